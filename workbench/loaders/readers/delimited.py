"""Tables in text files: cells between commas, semicolons, tabs or bars."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers.decoding import decode, seems_spoilt
from workbench.loaders.readers.quoted import split_table
from workbench.loaders.reading import Grid, Reading
from workbench.loaders.told import Told, tell

_NAMES = {  # where two are as good, the first: a decimal comma stands between semicolons
    ";": tell("semicolon"), ",": tell("comma"), "\t": tell("tab"), "|": tell("bar"),
}  # fmt: skip
_NEARLY_ALL = 0.9  # of the rows, in a table with a line above its heading
_SAMPLE = 200_000  # characters from which the delimiter shows
_HEAD = 4 * _SAMPLE + 8  # bytes that hold more, even if each character takes four
_EXCEL_SAYS = re.compile(r'"?sep=([^\w\s"]|\t)"?\n', re.IGNORECASE)
_QUOTES = tell('Close the quotes; within a text in quotes, write "" for one.')


def read_delimited(data: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Reading:
    """Read a CSV or TSV file.

    Parameters
    ----------
    data : bytes
        The whole file.
    encoding, delimiter : str, optional
        Where somebody knows them; else they are found, and said.

    Returns
    -------
    Reading
        Of kind csv, with one grid: every cell as it stands, line ends within it LF.

    Raises
    ------
    UnreadableError
        Its encoding is unclear, or a quote does not close.
    """
    quick = None if encoding else _read_quickly(data, delimiter)
    return quick or _read_closely(data, encoding, delimiter)


def _read_quickly(data: bytes, delimiter: str | None) -> Reading | None:
    """Read a large file as most are: UTF-8, quotes as they should be, nothing to tell of; None for others."""
    data = data.removeprefix(codecs.BOM_UTF8)
    head = data[:_HEAD].decode(errors="ignore").replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" in data or not head.strip() or head[0] == "\ufeff" or _EXCEL_SAYS.match(head):
        return None
    found, doubts = (delimiter, []) if delimiter else _find_delimiter(head)
    rows = split_table(data, found)
    if not rows or any(seems_spoilt(cell) for row in rows for cell in row if not cell.isascii()):
        return None
    return Reading("csv", [Grid(_numbered(rows))], problems=doubts)


def _read_closely(data: bytes, encoding: str | None, delimiter: str | None) -> Reading:
    text, problems = decode(data, encoding=encoding)
    told = _EXCEL_SAYS.match(text)
    text = text[told.end() :] if told else text
    known = delimiter or (told.group(1) if told else "")
    found, doubts = (known, []) if known else _find_delimiter(text)
    rows = split_table(text.encode(), found) or _parse_strictly(text, found)
    return Reading("csv", [Grid(_numbered(rows))], problems=[*problems, *doubts])


def _numbered(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]


def _parse_strictly(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # an interview may be long
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        rule = tell("The quotes that open in row {row} do not close where a cell ends.", row=len(rows) + 1)
        raise UnreadableError(_beginning(text, len(rows), delimiter), rule, _QUOTES) from error
    return rows


def _beginning(text: str, rows: int, delimiter: str) -> str:
    """Give the first words of the row after so many."""
    lines = io.StringIO(text, newline="\n")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for _ in range(rows):
        next(reader)
    return lines.readline().strip()[:60]


def _find_delimiter(text: str) -> tuple[str, list[Problem]]:
    """Find what makes rows of one width; say what was chosen, unless it is the comma without doubt."""
    shares = {delimiter: _share(text, delimiter) for delimiter in _NAMES}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    also = [delimiter for delimiter in shares if shares[delimiter] == shares[best] and delimiter != best]
    if not shares[best]:
        nowhere = next(char for char in map(chr, range(0xE000, 0xF8FF)) if char not in text)  # so a line is one cell
        return nowhere, [_single()] if any(_share(text, mark, heading=False) for mark in _NAMES) else []
    if also:
        return best, [_doubt(_NAMES[best], _NAMES[also[0]])]
    return best, [] if best == "," else [_choice(_NAMES[best])]


def _share(text: str, delimiter: str, *, heading: bool = True) -> float:
    """Say how large a part of the first rows has the same number of cells; 0 where that may be chance."""
    widths = [len(cells) for cells in _first_rows(text, delimiter) if any(cells)]
    [(width, count)] = Counter(width for width in widths if width > 1).most_common(1) or [(0, 0)]
    share = count / max(1, len(widths))
    if heading and share < _NEARLY_ALL and widths[:1] != [width]:  # sentences with commas under a heading without
        return 0.0
    return share if share >= 1 / 2 else 0.0


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), _SAMPLE))
    rows = list(csv.reader(io.StringIO(text[:_SAMPLE], newline="\n"), delimiter=delimiter))
    return rows[:-1] if len(text) > _SAMPLE and len(rows) > 1 else rows  # the last is cut


def _single() -> Problem:
    rule = tell("It was read as one column: its rows do not part into the same number of cells.")
    return Problem("", "", 0, "", "", rule, tell("Look at it; if wrong, name the delimiter in the mapping."), "flag")


def _choice(name: Told) -> Problem:
    rule = tell("Its cells are parted by the {name}, not by a comma.", name=name)
    return Problem("", "", 0, "", "", rule, tell("Nothing needs to be done if the columns are right."), "changed")


def _doubt(name: Told, other: Told) -> Problem:
    rule = tell("Its cells are parted by the {name} or by the {other}; the first was taken.", name=name, other=other)
    return Problem("", "", 0, "", "", rule, tell("Look at the columns; if wrong, name it in the mapping."), "flag")
