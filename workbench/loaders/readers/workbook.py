"""Workbooks of Excel and OpenDocument: every visible sheet, every cell as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.loaders.problem import NOTHING, Problem, UnreadableError
from workbench.loaders.readers.cellvalue import cell_text
from workbench.loaders.readers.container import open_container
from workbench.loaders.readers.excelscan import scan_book
from workbench.loaders.readers.odssheet import read_ods
from workbench.loaders.readers.sheetmarks import SheetMarks, fill_merged
from workbench.loaders.reading import Grid, Reading
from workbench.loaders.told import Told, tell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BOOK, _OPEN, _BINARY = "xl/workbook.xml", "content.xml", "xl/workbook.bin"
_COUNT = re.compile(rb"ount\s*=\s*[\"']\s*\+?(\d+)")
_DIGITS = 18
_AGAIN = tell("Open it in Excel, save it as .xlsx and hand that in.")
_LOCKED = tell("It is locked with a password.")
_UNLOCK = tell("Take the password away and hand it in again.")
_HIDDEN = tell("The sheet is hidden and was not read.")
_SHOW = tell("Show it and hand the file in again if it holds something to be read.")
_OLD = tell("Of a file from before 2007 it is not told which formulas failed, what is hidden and what is remarked.")
_CHART = tell("The sheet is a chart or a macro and was not read.")
_BOXES = tell("Words in boxes that lie over the cells were not read.")
_INTO = tell("Write them in cells.")

Scanned = Mapping[str, tuple[SheetMarks, list[str]]]


def read_workbook(data: bytes) -> Reading:
    """Read a workbook: XLSX, ODS, or XLS from before 2007.

    Returns
    -------
    Reading
        A grid a visible sheet. Merged cells all have the value; rows and columns that are hidden are read and told,
        sheets that are hidden are told and not read.

    Raises
    ------
    UnreadableError
        It is no workbook, or is damaged, locked, far too large, or has a cell very far out.
    """
    if data.startswith(_OLE):
        read = _read("xls", data, {})
        return Reading("xls", read.grids, problems=[*read.problems, Problem("", "", 0, "", "", _OLD, _AGAIN, "flag")])
    package = open_container(data)
    if _OPEN in package:
        return read_ods(package)
    if _BINARY in package or _BOOK not in package:
        raise UnreadableError("", tell("It is not a workbook of a kind that is read here."), _AGAIN)
    for name in package.names:  # what is read next inflates them all, and counts nothing
        _check_counts(package.read(name))
    return _read("xlsx", data, scan_book(package))


def _check_counts(part: bytes) -> None:
    """Refuse a part that says it holds more than it has bytes: the value reader takes memory for as many at once."""
    for said in _COUNT.finditer(part):
        within = part.rfind(b"<", 0, said.start()) > part.rfind(b">", 0, said.start())
        if within and (len(said[1]) > _DIGITS or int(said[1]) > len(part)):
            raise _damaged()


def _read(kind: str, data: bytes, scanned: Scanned) -> Reading:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - heavy

    grids, problems = [], []
    with _told(data), _opened(data) as book:
        for sheet in book.sheets_metadata:
            if sheet.visible != SheetVisibleEnum.Visible:
                problems.append(Problem("", sheet.name, 0, "", "", _HIDDEN, _SHOW, "flag"))
            elif sheet.typ != SheetTypeEnum.WorkSheet:
                problems.append(Problem("", sheet.name, 0, "", "", _CHART, NOTHING, "flag"))
            else:
                grid, told = _sheet(book, sheet, scanned)
                grids.append(grid)
                problems += told
    return Reading(kind, grids=grids, problems=problems)


def _sheet(book: CalamineWorkbook, sheet: SheetMetadata, scanned: Scanned) -> tuple[Grid, list[Problem]]:
    marks, boxes = scanned.get(sheet.name, (SheetMarks(sheet.name), []))
    cells = book.get_sheet_by_name(sheet.name)
    marks.merged = [
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in cells.merged_cell_ranges or []
    ]
    grid = Grid(list(_rows(cells, marks)), sheet.name)
    problems = marks.problems()
    if boxes:
        problems.append(Problem("", sheet.name, 0, "", " / ".join(boxes), _BOXES, _INTO, "flag"))
    return grid, problems


def _rows(sheet: CalamineSheet, marks: SheetMarks) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows that are not empty, with their numbers, from column A on."""
    if sheet.start is None:
        return
    top, left = sheet.start
    rows = [[""] * left + [cell_text(value) for value in row] for row in sheet.to_python()]
    for row, column, number in marks.places.pop("below", []):
        cell = rows[row - top - 1][column - 1]
        if cell != number and ":" in cell:  # a date before all dates: the value reader made it midnight
            rows[row - top - 1][column - 1] = number
            marks.mark("before", row, column, number)
    fill_merged(rows, marks, (top + 1, 1))
    yield from ((number, row) for number, row in enumerate(rows, start=top + 1) if any(row))


def _opened(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - heavy

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _told(data: bytes) -> Iterator[None]:
    """Say in words what the value reader says in its own; it stops with panics as well, which are no `Exception`."""
    from python_calamine import PasswordError  # noqa: PLC0415 - heavy

    try:
        yield
    except (UnreadableError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except PasswordError as error:
        raise UnreadableError("", _LOCKED, _UNLOCK) from error
    except BaseException as error:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("", _LOCKED, _UNLOCK) from error
        raise _damaged() from error


def _damaged() -> UnreadableError:
    rule: Told = tell("The workbook is damaged.")
    return UnreadableError("", rule, _AGAIN)
