"""A matrix as a workbook: one sheet of cells, one of quotes, each cell a link to its first quote."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from workbench.exchange.matrix import NOTHING, Matrix

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the same matrix is the same bytes, whenever it is made
_MOST = 32_767  # characters in a cell of a workbook
_TEXT = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1}
_FORMATS = {
    "text": _TEXT,
    "heading": _TEXT | {"bold": True, "bg_color": "#DCE6F1"},
    "empty": _TEXT | {"bg_color": "#EDEDED", "font_color": "#595959"},
}
QUOTES = "Quotes"


def write_workbook(matrix: Matrix) -> bytes:
    """Make the workbook; what stands in a cell is text and never a formula, whatever it begins with."""
    import xlsxwriter  # noqa: PLC0415  heavy, and only where a file is made

    written = BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties({"title": matrix.title, "created": MADE})
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        sheet, quotes = book.add_worksheet("Matrix"), book.add_worksheet(QUOTES)
        first = _write_quotes(quotes, matrix, formats)
        _write_cells(sheet, matrix, formats, first)
    return written.getvalue()


def _write_quotes(sheet: Any, matrix: Matrix, formats: dict[str, Any]) -> dict[tuple[str, ...], int]:
    """Write every quote, cell by cell; give the row of each cell's first."""
    headings = [*matrix.down, matrix.across, "coding", "quote", "stands in"]
    _write_row(sheet, 0, headings, formats["heading"])
    sheet.set_column(0, len(headings) - 3, 14)
    sheet.set_column(len(headings) - 2, len(headings) - 2, 90)
    sheet.set_column(len(headings) - 1, len(headings) - 1, 30)
    sheet.freeze_panes(1, 0)
    first, row = {}, 0
    for cell, found in matrix.sources().items():
        first[cell] = row + 2  # as a reader numbers rows
        for source in found:
            row += 1
            _write_row(sheet, row, [*cell, *source], formats["text"])
    return first


def _write_cells(sheet: Any, matrix: Matrix, formats: dict[str, Any], first: dict[tuple[str, ...], int]) -> None:
    begin = len(matrix.down)
    _write_row(sheet, 0, [*matrix.down, *matrix.columns], formats["heading"])
    sheet.set_column(0, begin - 1, 18)
    sheet.set_column(begin, begin + len(matrix.columns) - 1, 40)
    sheet.freeze_panes(1, begin)
    words, sources = matrix.words(), matrix.sources()
    for place, row in enumerate(matrix.rows, 1):
        _write_row(sheet, place, row, formats["heading"])
        for column, name in enumerate(matrix.columns, begin):
            cell = (*row, name)
            look = formats["text"] if words.get(cell) else formats["empty"]
            said = _shown(words, cell, len(sources.get(cell, ())))
            if cell in first:
                sheet.write_url(place, column, f"internal:'{QUOTES}'!A{first[cell]}", look, said)
            else:
                sheet.write_string(place, column, said, look)


def _shown(words: dict[tuple[str, ...], str], cell: tuple[str, ...], quotes: int) -> str:
    """Tell what a cell says and how many quotes it has; the empty cell and the one that cannot be are not alike."""
    if cell not in words:
        return ""  # no such cell: another organisation's component
    counted = f"[quotes: {quotes}]"
    return f"{_cut(words[cell] or NOTHING, _MOST - len(counted) - 1)}\n{counted}"


def _cut(words: str, most: int = _MOST) -> str:
    """Cut what a cell of a workbook cannot hold, and say so; characters are counted as Excel does."""
    if len(words.encode("utf-16-le")) // 2 <= most:
        return words
    note = " […] (longer than a cell can hold)"
    kept = words.encode("utf-16-le")[: (most - len(note)) * 2].decode("utf-16-le", errors="ignore")
    return kept + note


def _write_row(sheet: Any, row: int, values: Any, look: Any) -> None:
    for column, value in enumerate(values):
        sheet.write_string(row, column, _cut(str(value)), look)
