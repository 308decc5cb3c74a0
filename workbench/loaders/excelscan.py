"""What an Excel sheet says beside its values: the reader of values tells nothing of it, and must be kept from it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from workbench.loaders.cellplace import cell_place
from workbench.loaders.container import Container, check_xml
from workbench.loaders.elements import attribute, child, local, whole
from workbench.loaders.partlinks import PartLink, part_links
from workbench.loaders.problem import UnreadableError
from workbench.loaders.sheetmarks import SheetMarks
from workbench.loaders.told import tell

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
            _scan(package.read(path), marks)
            scanned[name] = (marks, _beside(package, path, marks))
    return scanned


def _scan(data: bytes, marks: SheetMarks) -> None:
    """Go through a sheet row by row, keeping none."""
    check_xml(data, marks.sheet)
    row = 0
    try:
        for element in _rows(data):
            name = local(element.tag)
            if name == "row":
                row = _row(element, row, marks)
            elif name == "col" and is_hidden(element):
                marks.hidden_columns.append((whole(element, "min"), whole(element, "max")))
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableError(marks.sheet, _DAMAGED, _AGAIN) from error


def _rows(data: bytes) -> Iterator[ET.Element]:
    """Rows and column widths; what was read is let go."""
    lines: ET.Element | None = None
    for event, element in ET.iterparse(io.BytesIO(data), events=("start", "end")):  # noqa: S314 - checked before
        name = local(element.tag)
        if event == "start":
            lines = element if name == "sheetData" else lines
        elif name in {"row", "col"}:
            yield element
            if lines is not None:
                lines.clear()


def is_hidden(element: ET.Element) -> bool:
    """Tell whether a row or a column is hidden."""
    return attribute(element, "hidden", "0") not in {"0", "false"}


def _row(element: ET.Element, before: int, marks: SheetMarks) -> int:
    """Scan a row; one without a number is the next."""
    number = whole(element, "r", before + 1)
    if is_hidden(element):
        marks.hidden_rows.append((number, number))
    column = 0
    for cell in element:
        if local(cell.tag) == "c":
            column = _cell(cell, (number, column + 1), marks)
    return number


def _cell(cell: ET.Element, after: tuple[int, int], marks: SheetMarks) -> int:
    """Scan a cell; one without a place is the next."""
    named = attribute(cell, "r")
    place = cell_place(named) if named else after
    if place is None:
        raise UnreadableError(named, _DAMAGED, _AGAIN)
    parts = {local(one.tag): one for one in cell}
    value = (parts["v"].text or "") if "v" in parts else ""
    kind = attribute(cell, "t", "n")
    if value or "is" in parts:
        marks.fill(*place)
    if kind == "e":
        marks.mark("error", *place, value)
    elif "f" in parts and not value and kind not in {"str", "inlineStr"}:
        marks.mark("uncalculated", *place, f"={parts['f'].text or ''}")
    elif kind == "n" and value.startswith("-"):
        marks.mark("below", *place, value)
    return place[1]


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
