"""The text of a CSV file into a DataFrame of strings; rows of the wrong length are faults, never shifted columns."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator

import pandas as pd

from workbench.errors import Fault

_HEADER = 10_000  # characters that surely hold the header
_UTF8 = "save it as CSV in UTF-8, comma between columns"
_EXCEL = (
    "save it as CSV with commas; a Swedish Excel writes semicolons: choose comma as the list separator "
    "(listavgränsare) in the system's region settings, or save it from LibreOffice with comma as field delimiter"
)


def parse_csv(text: str, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Read a table's text; with faults of its form there is no telling its columns, and the frame is empty."""
    faults = list(_form_faults(text, file))
    if faults:
        return pd.DataFrame(), faults
    try:
        frame = _parse(text)
    except (ValueError, pd.errors.ParserWarning) as error:
        unclear = Fault(file, 0, "", str(error).strip(), "must be a CSV table in UTF-8", _UTF8)
        return pd.DataFrame(), list(_row_faults(text, file)) or [unclear]
    return (frame, []) if not _may_be_short(frame, text) else (frame, list(_row_faults(text, file)))


def _parse(text: str) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # else a field too many in every row is dropped
        return pd.read_csv(
            io.BytesIO(text.encode()),
            dtype="str",
            keep_default_na=False,
            na_values=[""],
            index_col=False,
            skip_blank_lines=False,
        )


def _header(text: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text[:_HEADER], newline="")), [])
    except csv.Error:
        return []


def _form_faults(text: str, file: str) -> Iterator[Fault]:
    names = _header(text)
    if "\0" in text:
        row = sum(1 for _ in csv.reader(io.StringIO(text[: text.index("\0")], newline="")))
        yield Fault(file, row, "", "a NUL character", "a table holds text only", "remove it, or save as CSV anew")
    elif not any(names):
        yield Fault(file, 0, "", "no header", "the first row names the columns", _UTF8)
    elif len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        mark = "semicolons" if ";" in names[0] else "tabs"
        yield Fault(file, 0, "", f"{mark} between columns", "a comma stands between columns", _EXCEL)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Fault(file, 1, "", f"{name} {names.count(name)} times", "a column occurs once", "remove or rename one")


def _may_be_short(frame: pd.DataFrame, text: str) -> bool:
    """Tell whether a row may lack fields; pandas fills them, so that the last column is then empty."""
    last = frame.iloc[:, -1].isna()
    if not last.any():
        return False
    commas = (len(frame.columns) - 1) * (len(frame) + 1)
    return '"' in text or text.count(",") != commas or bool(frame[last].isna().all(axis=1).any())


def _row_faults(text: str, file: str) -> Iterator[Fault]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # an interview may be long
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    number, width = 0, 0
    try:
        for number, cells in enumerate(rows, start=1):
            width = width or len(cells)
            if not any(cells):
                yield Fault(file, number, "", "an empty row", "every row holds something", "remove the row")
            elif len(cells) != width:
                cure = "mend the row; a text with a comma or a line end stands in double quotes"
                yield Fault(
                    file, number, "", f"{len(cells)} of {width} values", f"the header names {width} columns", cure
                )
    except csv.Error as error:
        cure = 'mend the double quotes; within a quoted text, write "" for one'
        yield Fault(file, number + 1, "", str(error), "double quotes come in pairs", cure)
