"""Sheets of an OpenDocument workbook, read here: other readers lose the tabs and line breaks in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers.cellvalue import cell_text
from workbench.loaders.readers.container import Container
from workbench.loaders.readers.elements import attribute, child, local, seen_through, whole
from workbench.loaders.readers.odflock import refuse_locked
from workbench.loaders.readers.odftext import odf_words
from workbench.loaders.readers.sheetmarks import SheetMarks, fill_merged
from workbench.loaders.reading import Grid, Reading
from workbench.loaders.told import tell

_ROWS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_COLUMNS = frozenset({"table-columns", "table-header-columns", "table-column-group"})
_TIME = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)")
_REPEATED = 10_000  # rows alike that hold something: a column filled to the end of the sheet
_MOMENT = 19  # letters of 2025-02-05T14:10:00
_ERROR = re.compile(r"#[A-ZÅÄÖ/0-9]+[!?]?|Err:\d+|#N/A")
_NUMBERS = frozenset({"float", "percentage", "currency"})
_HIDDEN = tell("The sheet is hidden and was not read.")
_SHOW = tell("Show it and hand the file in again if it holds something to be read.")
_BOXES = tell("Words in boxes that lie over the cells were not read.")
_INTO = tell("Write them in cells.")


def read_ods(package: Container) -> Reading:
    """Read the visible sheets of a workbook.

    Raises
    ------
    UnreadableError
        It is no workbook, or is damaged, locked, far too large, or has a cell very far out.
    """
    refuse_locked(package)
    try:
        return _read(package)
    except RecursionError as error:
        rule, cure = tell("Its parts lie too deep in each other."), tell("Copy the sheets into a new workbook.")
        raise UnreadableError("", rule, cure) from error


def _read(package: Container) -> Reading:
    root = package.tree("content.xml")
    book = child(root, "body", "spreadsheet")
    if book is None:
        raise UnreadableError("", tell("It is not a workbook."), tell("Save it as .xlsx and hand that in."))
    hidden, grids, problems = _hidden_styles(root), [], []
    for table in (one for one in book if local(one.tag) == "table"):
        name = attribute(table, "name")
        if attribute(table, "style-name") in hidden:
            problems.append(Problem("", name, 0, "", "", _HIDDEN, _SHOW, "flag"))
            continue
        sheet = _Sheet(SheetMarks(name))
        grids.append(sheet.grid(table))
        problems += sheet.marks.problems() + _boxes(table, name)
    return Reading("ods", grids=grids, problems=problems)


def _hidden_styles(root: ET.Element) -> frozenset[str]:
    styles = child(root, "automatic-styles")
    return frozenset(
        attribute(one, "name")
        for one in (styles if styles is not None else ())
        if attribute(child(one, "table-properties"), "display") == "false"
    )


def _boxes(table: ET.Element, name: str) -> list[Problem]:
    shapes = child(table, "shapes")
    words = [odf_words(one) for one in (shapes if shapes is not None else ())]
    found = " / ".join(filter(None, words))
    return [Problem("", name, 0, "", found, _BOXES, _INTO, "flag")] if found else []


@dataclass
class _Sheet:
    marks: SheetMarks
    rows: dict[int, Mapping[int, str]] = field(default_factory=dict)

    def grid(self, table: ET.Element) -> Grid:
        """Read all rows; those that are repeated stand once in the file."""
        at = 1
        for column in seen_through(table, "table-column", _COLUMNS):
            at = self._column(column, at)
        at = 1
        for row in seen_through(table, "table-row", _ROWS):
            at = self._row(row, at)
        width = self.marks.last[1]
        numbers = self._numbers()
        rows = [[self.rows.get(row, {}).get(column, "") for column in range(1, width + 1)] for row in numbers]
        fill_merged(rows, self.marks, (numbers.start, 1))
        return Grid(
            [(row, cells) for row, cells in zip(self._numbers(), rows, strict=True) if any(cells)], self.marks.sheet
        )

    def _numbers(self) -> range:
        first, last = self.marks.first[0], self.marks.last[0]
        return range(min(first, last + 1), last + 1)

    def _column(self, column: ET.Element, at: int) -> int:
        end = at + max(whole(column, "number-columns-repeated", 1), 1)
        if attribute(column, "visibility", "visible") != "visible":
            self.marks.hidden_columns.append((at, end - 1))
        return end

    def _row(self, row: ET.Element, at: int) -> int:
        end = at + max(whole(row, "number-rows-repeated", 1), 1)
        cells = dict(self._cells(row, at))
        if attribute(row, "visibility", "visible") != "visible":
            self.marks.hidden_rows.append((at, end - 1))
        if cells:
            for number in (at, end - 1):
                self.marks.fill(number, min(cells))
                self.marks.fill(number, max(cells))
            if end - at > _REPEATED:
                raise self.marks.reaching()
            self.rows.update(dict.fromkeys(range(at, end), cells))
        return end

    def _cells(self, row: ET.Element, number: int) -> Iterator[tuple[int, str]]:
        """Cells that hold something, by column."""
        column = 1
        for cell in row:
            if local(cell.tag) not in {"table-cell", "covered-table-cell"}:
                continue
            end = column + max(whole(cell, "number-columns-repeated", 1), 1)
            if value := self._value(cell, number, column):
                self.marks.fill(number, column)
                self.marks.fill(number, end - 1)  # before they are counted out
                yield from dict.fromkeys(range(column, end), value).items()
            column = end

    def _value(self, cell: ET.Element, row: int, column: int) -> str:
        """Read a cell, and note what is to know of it."""
        down, right = whole(cell, "number-rows-spanned", 1), whole(cell, "number-columns-spanned", 1)
        if down > 1 or right > 1:
            self.marks.merged.append((row, column, row + down - 1, column + right - 1))
        for note in (one for one in cell if local(one.tag) == "annotation"):
            self.marks.mark("comment", row, column, _paragraphs(note))
        words = _paragraphs(cell)
        kinds = {value for key, value in cell.attrib.items() if local(key) == "value-type"}
        formula = attribute(cell, "formula")
        if "error" in kinds or (formula and _ERROR.fullmatch(words)):
            self.marks.mark("error", row, column, words)
            return ""
        if formula and not kinds and not words:
            self.marks.mark("uncalculated", row, column, formula)
        return cell_text(_written(cell, words))


def _paragraphs(element: ET.Element) -> str:
    return "\n".join(odf_words(one) for one in element if local(one.tag) == "p")


def _written(cell: ET.Element, words: str) -> str:
    """Write a value by its kind; what a cell shows depends on the country of whoever made it."""
    kind = attribute(cell, "value-type", "string")
    if kind in _NUMBERS:
        return _number(attribute(cell, "value"), words)
    if kind == "date":
        return attribute(cell, "date-value")[:_MOMENT] or words
    if kind == "boolean":
        return attribute(cell, "boolean-value") or words
    if kind == "time" and (found := _TIME.match(attribute(cell, "time-value"))):
        return f"{found[1]}{int(found[2]):02}:{found[3]:0>2}:{found[4]:0>2}"
    return words or attribute(cell, "string-value")


def _number(value: str, words: str) -> str:
    try:
        return cell_text(float(value)) or words or value  # one without end is written as it stands
    except ValueError:
        return words
