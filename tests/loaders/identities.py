"""Made-up personal identity numbers with the right check digit."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st


def checked(number: str) -> str:
    """Add the check digit to a number of nine digits, or eleven with the century."""
    digits = [int(digit) for digit in number if digit.isdigit()][-9:]
    total = sum(sum(divmod(digit * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return f"{number}{-total % 10}"


def dates() -> st.SearchStrategy[str]:
    """Birthdays of grown-ups, with or without the century."""
    days = st.dates(dt.date(1920, 1, 1), dt.date(2008, 1, 1))
    return st.builds(lambda day, form: f"{day:{form}}", days, st.sampled_from(["%Y%m%d", "%y%m%d"]))
