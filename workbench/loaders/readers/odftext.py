"""Words of an OpenDocument paragraph, in a text or in a cell: its spaces are elements, and others count once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.elements import attribute, local, whole
from workbench.loaders.told import tell

Acts = Mapping[str, Callable[[ET.Element, list[str]], None]]

_SPACE = re.compile(r"[ \t\r\n]+")
_MARK = "\0"  # stands for a space of the file's, which XML cannot hold itself
_MARKS = re.compile(f"{_MARK}+")
_MOST_SPACES = 10_000
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:svg"  # titles of pictures; a text's title is a field of it
_BREAKS = {"tab": "\t", "line-break": "\n"}
SILENT = frozenset({
    "annotation", "annotation-end", "tracked-changes", "binary-data", "forms",
    "soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "event-listeners", "list-header-label",
})  # fmt: skip


def odf_words(element: ET.Element, acts: Acts | None = None) -> str:
    """Words of a paragraph; `acts` say what to do with elements that are more than words."""
    words: list[str] = []
    add_words(element, words, acts or {})
    return _MARKS.sub(" ", "".join(words).strip(_MARK))


def add_words(element: ET.Element, words: list[str], acts: Acts) -> None:
    """Add an element's words to those before it."""
    words.append(_SPACE.sub(_MARK, element.text or ""))
    for one in element:
        _add_one(one, words, acts)
        words.append(_SPACE.sub(_MARK, one.tail or ""))


def _add_one(element: ET.Element, words: list[str], acts: Acts) -> None:
    name = local(element.tag)
    if act := acts.get(name):
        act(element, words)
    elif name == "s":
        words.append(" " * _spaces(element))
    elif name in _BREAKS:
        words.append(_BREAKS[name])
    elif name not in SILENT and not element.tag.startswith(_DRAWN):
        add_words(element, words, acts)


def _spaces(element: ET.Element) -> int:
    count = whole(element, "c", 1 if not attribute(element, "c") else _MOST_SPACES + 1)
    if count > _MOST_SPACES:
        rule = tell("It has more than {most} spaces in a row.", most=_MOST_SPACES)
        raise UnreadableError(attribute(element, "c"), rule, tell("Take them away and hand it in again."))
    return max(count, 0)
