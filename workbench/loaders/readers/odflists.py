"""Lists and styles of an OpenDocument text: the marks a person sees before items, headings, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workbench.loaders.readers.elements import attribute, child, local, whole
from workbench.loaders.readers.listnumber import list_number

_TITLES = frozenset({"title", "subtitle", "titel", "underrubrik"})
_FARTHEST = 20  # styles based on styles, should they go in a circle
_DEEPEST = 10


@dataclass(frozen=True)
class Level:
    """How the items of a level are marked; without a form they have a bullet."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


@dataclass
class OdfStyles:
    """What styles say that the text does not show.

    Attributes
    ----------
    parents : mapping of str to str
        The style each is based on.
    hidden : set of str
        Styles whose text is not shown.
    levels : mapping of str to mapping of int to Level
        By list style, its levels from 1.
    """

    parents: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    levels: dict[str, Mapping[int, Level]] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def is_title(self, name: str) -> bool:
        """Tell whether a style is that of titles, or based on it."""
        for _ in range(_FARTHEST):
            if name.casefold() in _TITLES:
                return True
            name = self.parents.get(name, "")
        return False

    def mark(self, style: str, numbers: Sequence[int]) -> str:
        """Write what stands before an item, given its number and those of the items it lies in."""
        depth = len(numbers)
        levels = self.levels.get(style, {})
        level = levels.get(depth, Level())
        indent = "  " * (min(depth, _DEEPEST) - 1)
        if not level.form:
            return f"{indent}- "
        first = max(depth - max(level.shown, 1), 0)
        shown = [list_number(numbers[at], levels.get(at + 1, Level("1")).form or "1") for at in range(first, depth)]
        return f"{indent}{level.before}{'.'.join(shown)}{level.after} "


def odf_styles(*roots: ET.Element | None) -> OdfStyles:
    """Read the styles of a text's parts."""
    styles = OdfStyles()
    for one in _each(roots):
        name = attribute(one, "name")
        if local(one.tag) == "list-style":
            styles.levels[name] = {whole(level, "level", 1): _level(level) for level in one}
        else:
            styles.parents[name] = attribute(one, "parent-style-name")
            if attribute(child(one, "text-properties"), "display") == "none":
                styles.hidden.add(name)
    return styles


def _each(roots: Sequence[ET.Element | None]) -> Iterator[ET.Element]:
    for root in roots:
        for group in (child(root, "styles"), child(root, "automatic-styles")):
            yield from (
                one for one in (group if group is not None else ()) if local(one.tag) in {"style", "list-style"}
            )


def _level(element: ET.Element) -> Level:
    if local(element.tag) != "list-level-style-number":
        return Level()
    return Level(
        attribute(element, "num-format"),
        attribute(element, "num-prefix"),
        attribute(element, "num-suffix"),
        whole(element, "start-value", 1),
        whole(element, "display-levels", 1),
    )
