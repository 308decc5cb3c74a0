"""Lists of a Word document: the mark a person sees before each item, which the text itself does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workbench.loaders.readers.elements import attribute, child, local, whole
from workbench.loaders.readers.listnumber import list_number

_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8


@dataclass(frozen=True)
class Level:
    """How the items of a level are marked."""

    form: str = "bullet"
    pattern: str = ""
    start: int = 1


@dataclass
class WordLists:
    """Levels by list, and how far each has counted.

    Attributes
    ----------
    levels : mapping of str to mapping of int to Level
        By the list's number, its levels.
    kinds : mapping of str to str
        Lists of one kind go on counting from each other.
    restarts : set of (str, int)
        Lists and levels that begin anew when they are first used.
    """

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    restarts: set[tuple[str, int]] = field(default_factory=set)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, number: str, depth: int) -> str:
        """Count one more item and return what stands before it, indented by its level."""
        depth = min(max(depth, 0), _DEEPEST)
        level = self.levels.get(number, {}).get(depth, Level())
        counts = self.counted.setdefault(self.kinds.get(number, number), {})
        if (number, depth) in self.restarts:
            self.restarts.discard((number, depth))
            counts.pop(depth, None)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return "  " * depth + self._written(number, level, counts)

    def _written(self, number: str, level: Level, counts: Mapping[int, int]) -> str:
        if level.form == "bullet":
            return "- "
        levels = self.levels[number]

        def place(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = levels.get(depth, Level())
            return list_number(counts.get(depth, other.start), _FORMS.get(other.form, "1"))

        written = _PLACE.sub(place, "" if level.form == "none" else level.pattern).strip()
        return f"{written} " if written else ""


def word_lists(root: ET.Element | None) -> WordLists:
    """Read the part that tells of lists; without it every item gets a dash."""
    lists = WordLists()
    if root is None:
        return lists
    kinds = {attribute(one, "abstractNumId"): _levels(one) for one in root if local(one.tag) == "abstractNum"}
    every: dict[str, Mapping[int, Level]] = {}
    of_kind: dict[str, str] = {}
    for one in (one for one in root if local(one.tag) == "num"):
        number = attribute(one, "numId")
        of_kind[number] = attribute(child(one, "abstractNumId"), "val")
        every[number] = _overridden(one, number, kinds.get(of_kind[number], {}), lists.restarts)
    return WordLists(every, of_kind, lists.restarts)


def _levels(element: ET.Element) -> dict[int, Level]:
    return {whole(one, "ilvl"): _level(one) for one in element if local(one.tag) == "lvl"}


def _level(element: ET.Element) -> Level:
    form = attribute(child(element, "numFmt"), "val", "decimal")
    return Level(form, attribute(child(element, "lvlText"), "val"), whole(child(element, "start"), "val", 1))


def _overridden(
    element: ET.Element, number: str, levels: Mapping[int, Level], restarts: set[tuple[str, int]]
) -> dict[int, Level]:
    """Levels of one list, where it differs from its kind."""
    own = dict(levels)
    for one in (one for one in element if local(one.tag) == "lvlOverride"):
        depth, start, level = whole(one, "ilvl"), child(one, "startOverride"), child(one, "lvl")
        was = _level(level) if level is not None else own.get(depth, Level())
        own[depth] = Level(was.form, was.pattern, whole(start, "val", was.start))
        if start is not None:
            restarts.add((number, depth))
    return own
