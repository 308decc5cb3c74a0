"""The number of a list's item as a person reads it: 3, c, C, iii, III."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26
_MOST = 4000  # beyond it nobody numbers with letters


def list_number(number: int, form: str) -> str:
    """Write a number in one of the forms ``1``, ``a``, ``A``, ``i`` and ``I``."""
    written = str(number)
    if 0 < number < _MOST and form in {"a", "A"}:
        written = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
    elif 0 < number < _MOST and form in {"i", "I"}:
        written = _roman(number)
    return written.upper() if form in {"A", "I"} else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
