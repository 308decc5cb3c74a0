"""Where a cell is: B7 is row 7, column 2."""

from __future__ import annotations

import re
from functools import cache

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.IGNORECASE)
_LETTERS = 26


def column_letters(number: int) -> str:
    """Write a column's number as a spreadsheet does: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_place(name: str) -> tuple[int, int] | None:
    """Read a cell's name as row and column, both from 1; None when it names no cell."""
    found = _PLACE.fullmatch(name)
    if not found:
        return None
    return int(found[2]), _column(found[1])


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column
