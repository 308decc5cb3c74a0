"""What an Excel sheet says beside its values: the reader of values tells nothing of it, and must be kept from it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.cellplace import cell_place
from workbench.loaders.readers.container import Container, check_xml
from workbench.loaders.readers.elements import attribute, child, local
from workbench.loaders.readers.partlinks import PartLink, part_links
from workbench.loaders.readers.sheetmarks import SheetMarks
from workbench.loaders.told import tell

_FARTHEST, _DIGITS = 2**31, 9
_BOOK = "xl/workbook.xml"
_DAMAGED = tell("The sheet is damaged.")
_AGAIN = tell("Open it in Excel, save it anew and hand that in.")


def scan_book(package: Container) -> dict[str, tuple[SheetMarks, list[str]]]:
    """Scan every sheet.

    Returns
    -------
    mapping of str to (SheetMarks, list of str)
        By the sheet's name: its marks, and the words of text boxes that lie over it.

    Raises
    ------
    UnreadableError
        A sheet is damaged, or reaches so far that it must not be read.
    """
    paths = {link.name: link.path for link in part_links(package, _BOOK)}
    sheets = child(package.tree(_BOOK), "sheets")
    scanned = {}
    for sheet in sheets if sheets is not None else ():
        name, path = attribute(sheet, "name"), paths.get(attribute(sheet, "id"), "")
        if path in package:
            marks = SheetMarks(name)
            _Scan(marks).read(package.read(path))
            scanned[name] = (marks, _beside(package, path, marks))
    return scanned


class _Scan:
    """One way through a sheet, hearing of each element as it passes: trees of them are several times as slow."""

    def __init__(self, marks: SheetMarks) -> None:
        self.marks = marks
        self.place = (0, 0)
        self.kind = "n"
        self.filled = False
        self.span = (_FARTHEST, 0)
        self.words: dict[str, list[str]] = {}
        self.into: list[str] | None = None

    def read(self, data: bytes) -> None:
        """Go through a sheet."""
        check_xml(data, self.marks.sheet)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data
        try:
            parser.Parse(data, True)  # noqa: FBT003 - it takes no names
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnreadableError(self.marks.sheet, _DAMAGED, _AGAIN) from error

    def start(self, tag: str, look: Mapping[str, str]) -> None:
        """Hear of an element; rows and cells without a place are the next."""
        name = tag[tag.rfind(":") + 1 :]
        if name == "c":
            self.place = self._place(look.get("r", ""))
            self.kind, self.filled, self.words = look.get("t", "n"), False, {}
        elif name in {"v", "f"}:
            self.into = self.words.setdefault(name, [])
        elif name == "is":
            self.filled = True
        elif name == "row":
            self.place = (_number(look.get("r", ""), self.place[0] + 1), 0)
            if _is_hidden(look):
                self.marks.hidden_rows.append((self.place[0], self.place[0]))
        elif name == "col" and _is_hidden(look):
            self.marks.hidden_columns.append((_number(look.get("min", ""), 1), _number(look.get("max", ""), 0)))

    def data(self, words: str) -> None:
        """Hear of words; only those of values and formulas are kept."""
        if self.into is not None:
            self.into.append(words)

    def end(self, tag: str) -> None:
        """Hear of an element's end."""
        name = tag[tag.rfind(":") + 1 :]
        if name in {"v", "f"}:
            self.into = None
        elif name == "c":
            self._cell()
        elif name == "row":
            self._end_row()

    def _place(self, named: str) -> tuple[int, int]:
        place = cell_place(named) if named else (self.place[0], self.place[1] + 1)
        if place is None:
            raise UnreadableError(named, _DAMAGED, _AGAIN)
        if place[0] != self.place[0]:
            self._end_row()  # a row may leave its number to its cells
        return place

    def _end_row(self) -> None:
        for column in self.span if self.span[1] else ():
            self.marks.fill(self.place[0], column)
        self.span = (_FARTHEST, 0)

    def _cell(self) -> None:
        value = "".join(self.words.get("v", ()))
        if value or self.filled:
            self.span = (min(self.span[0], self.place[1]), max(self.span[1], self.place[1]))
        if self.kind == "e":
            self.marks.mark("error", *self.place, value)
        elif "f" in self.words and not value and self.kind not in {"str", "inlineStr"}:
            self.marks.mark("uncalculated", *self.place, "=" + "".join(self.words["f"]))
        elif self.kind == "n" and value.startswith("-"):
            self.marks.mark("below", *self.place, value)


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else default


def _is_hidden(look: Mapping[str, str]) -> bool:
    return look.get("hidden", "0") not in {"0", "false"}


def _beside(package: Container, path: str, marks: SheetMarks) -> list[str]:
    """Find comments, and the words of text boxes."""
    boxes = []
    for link in (link for link in part_links(package, path) if link.path in package):
        if link.kind in {"comments", "threadedComment"}:
            _comments(package, link, marks)
        elif link.kind == "drawing":
            boxes += [_words(one) for one in package.tree(link.path).iter() if local(one.tag) == "txBody"]
    return [words for words in boxes if words]


def _comments(package: Container, link: PartLink, marks: SheetMarks) -> None:
    """Note comments; a thread stands a second time as an old comment, with a sentence on newer programs before it."""
    for one in package.tree(link.path).iter():
        place = cell_place(attribute(one, "ref"))
        if place and local(one.tag) in {"comment", "threadedComment"} and "[Threaded comment]" not in _words(one):
            marks.mark("comment", *place, _words(one))


def _words(element: ET.Element) -> str:
    words = [one.text or "" for one in element.iter() if local(one.tag) in {"t", "text"}]
    return "".join(words).strip()
