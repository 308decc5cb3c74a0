"""Parts of a Word document: its text, styles, lists, notes, comments and what stands in its page margins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.container import Container, open_container
from workbench.loaders.readers.elements import attribute, child, is_on, local, whole
from workbench.loaders.readers.partlinks import related
from workbench.loaders.readers.wordlists import WordLists, word_lists
from workbench.loaders.told import tell

_HEADING = re.compile(r"(heading|rubrik|title|subtitle|titel|underrubrik)\s*\d*")
_BODY_TEXT = 9  # the outline level of what is no heading
_FARTHEST = 20  # styles based on styles, should they go in a circle


@dataclass(frozen=True)
class Style:
    """What a style says that its text does not show."""

    heading: bool = False
    number: str = ""
    depth: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class WordParts:
    """A Word document in parts."""

    body: ET.Element
    styles: Styles
    lists: WordLists
    notes: Mapping[tuple[str, str], ET.Element]
    comments: Sequence[ET.Element]
    margins: Sequence[ET.Element]


def word_parts(data: bytes) -> WordParts:
    """Open a document and find its parts, which need not have their usual names.

    Raises
    ------
    UnreadableError
        It is no Word document, or is damaged, locked or far too large.
    """
    package = open_container(data)
    main = next(iter(related(package, "").get("officeDocument", [])), "word/document.xml")
    root = package.tree(main) if main in package else None
    body = child(root, "body")
    if body is None:
        cure = tell("Open it in Word, save it as .docx and hand that in.")
        raise UnreadableError("", tell("It is not a Word document."), cure)
    trees = {kind: [package.tree(path) for path in paths] for kind, paths in _wanted(package, main).items()}
    return WordParts(
        body,
        Styles(_first(trees, "styles")),
        word_lists(_first(trees, "numbering")),
        _notes(trees),
        [one for tree in trees.get("comments", []) for one in tree],
        [*trees.get("header", []), *trees.get("footer", [])],
    )


def _wanted(package: Container, main: str) -> dict[str, list[str]]:
    kinds = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
    every = related(package, main)
    return {kind: [path for path in every.get(kind, []) if path in package] for kind in kinds}


def _first(trees: Mapping[str, Sequence[ET.Element]], kind: str) -> ET.Element | None:
    return next(iter(trees.get(kind, [])), None)


def _notes(trees: Mapping[str, Sequence[ET.Element]]) -> dict[tuple[str, str], ET.Element]:
    """Sort notes by kind and id; those with a type are the lines drawn above notes."""
    return {
        (kind, attribute(one, "id")): one
        for kind in ("footnote", "endnote")
        for tree in trees.get(f"{kind}s", [])
        for one in tree
        if attribute(one, "type", "normal") == "normal"
    }


class Styles:
    """A document's styles, each read when it is first met: most documents bring hundreds and use five."""

    def __init__(self, root: ET.Element | None) -> None:
        elements = root if root is not None else ()
        self._every = {attribute(one, "styleId"): one for one in elements if local(one.tag) == "style"}
        self._read: dict[str, Style] = {"": Style()}

    def named(self, name: str) -> Style:
        """Read a style with what it takes from those it is based on."""
        if name not in self._read:
            self._read[name] = _style(self._line(name))
        return self._read[name]

    def _line(self, name: str) -> list[ET.Element]:
        line: list[ET.Element] = []
        while name in self._every and len(line) < _FARTHEST:
            line.append(self._every[name])
            name = attribute(child(line[-1], "basedOn"), "val")
        return line


def _style(line: Sequence[ET.Element]) -> Style:
    levels = [level for one in line if (level := child(one, "pPr", "outlineLvl")) is not None]
    lists = [found for one in line if (found := child(one, "pPr", "numPr")) is not None]
    number = lists[0] if lists else None
    outline = bool(levels) and whole(levels[0], "val", _BODY_TEXT) < _BODY_TEXT
    return Style(
        outline or any(_is_heading(one) for one in line[:1]),
        attribute(child(number, "numId"), "val"),
        whole(child(number, "ilvl"), "val"),
        any(is_on(child(one, "rPr", "vanish")) for one in line),
    )


def _is_heading(style: ET.Element) -> bool:
    names = (attribute(child(style, "name"), "val"), attribute(style, "styleId"))
    return attribute(style, "type") == "paragraph" and any(_HEADING.fullmatch(name.casefold()) for name in names)
