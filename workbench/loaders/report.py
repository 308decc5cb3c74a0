"""What an import has to say, as a workbook to send back to whoever filled in the files."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pandas as pd

from workbench.language import Language
from workbench.loaders.problem import Problem, Weight, problems_frame
from workbench.loaders.templates.sheet import MADE, OPTIONS
from workbench.loaders.told import Told, tell

MATTERS: dict[Weight, Told] = {
    "refused": tell("To mend"),
    "changed": tell("Changed"),
    "flag": tell("To look at"),
}
ACCOUNT = tell("Account")
HEADINGS: dict[str, Told] = {
    "file": tell("File"),
    "sheet": tell("Sheet"),
    "row": tell("Row"),
    "column": tell("Column"),
    "found": tell("Found"),
    "rule": tell("What holds"),
    "cure": tell("What to do"),
    "kind": tell("Kind of file"),
    "rows": tell("Rows"),
    "taken": tell("Taken"),
    "there": tell("There already"),
    "refused": tell("Refused"),
}

_WIDTHS = {"file": 34, "sheet": 16, "column": 24, "found": 34, "rule": 46, "cure": 46}
_NARROW = 12
_MOST = 32_767  # characters in a cell
_TEXT = {"text_wrap": True, "valign": "top", "num_format": "@"}
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1}


def write_report(problems: Iterable[Problem], account: pd.DataFrame, *, language: Language) -> bytes:
    """Make a workbook of what to mend, what was changed, what to look at, and the account of every file.

    Parameters
    ----------
    problems : iterable of Problem
        What was found; a matter without any has no sheet.
    account : DataFrame
        A row a file or sheet: file, sheet, kind, rows, taken, there, refused.
    language : {"sv", "en"}
        In which words.

    Returns
    -------
    bytes
        XLSX. What stands in a cell is text and never a formula, whatever it begins with.
    """
    import xlsxwriter  # noqa: PLC0415  heavy, and only where a file is made

    table = problems_frame(problems, language)
    parts = {words: table[table["weight"] == weight].drop(columns="weight") for weight, words in MATTERS.items()}
    written = BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties({"created": MADE})
        for name, part in [*((name, part) for name, part in parts.items() if len(part)), (ACCOUNT, account)]:
            _write_sheet(book, name.told(language), part, language)
    return written.getvalue()


def _write_sheet(book: Any, name: str, table: pd.DataFrame, language: Language) -> None:
    sheet, text, heading = book.add_worksheet(name), book.add_format(_TEXT), book.add_format(_HEADING)
    for place, column in enumerate(table.columns):
        said = HEADINGS[column].told(language) if column in HEADINGS else str(column)
        sheet.set_column(place, place, _WIDTHS.get(column, _NARROW))
        sheet.write_string(0, place, said, heading)
        for row, value in enumerate(table[column], 1):
            _write_cell(sheet, row, place, value, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Any, row: int, place: int, value: Any, text: Any) -> None:
    """Write a number as one, words as they stand, and nothing where there is nothing."""
    if pd.api.types.is_integer(value):
        sheet.write_number(row, place, value)
    elif not pd.isna(value) and str(value):
        sheet.write_string(row, place, str(value)[:_MOST], text)
