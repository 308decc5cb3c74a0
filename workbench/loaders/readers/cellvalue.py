"""What stands in a cell, written as text the way a `Grid` has it."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta

_HOUR, _MINUTE = 3600, 60
_HALF = timedelta(microseconds=500_000)  # a spreadsheet keeps 14:10 as a fraction of a day, never quite


def cell_text(value: object) -> str:
    """Write a value: days as 2025-02-05, whole numbers without a decimal point, line ends as LF."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return number_text(float(value))
    if isinstance(value, timedelta):
        return duration_text(value)
    return moment_text(value) if isinstance(value, date | time) else ""


def number_text(value: float) -> str:
    """Write a number with the fifteen digits a spreadsheet shows: 0.1 + 0.2 is 0.3."""
    return f"{value:.15g}" if math.isfinite(value) else ""


def moment_text(value: date | time) -> str:
    """Write a day, a moment or a time of day, to the second."""
    if isinstance(value, datetime):
        rounded = value + _HALF if value < datetime.max - _HALF else value  # noqa: DTZ901 - cells have no time zone
        return rounded.isoformat(timespec="seconds")
    return value.isoformat(timespec="seconds") if isinstance(value, time) else value.isoformat()


def duration_text(value: timedelta) -> str:
    """Write hours, minutes and seconds; hours go on beyond a day."""
    seconds = round(value.total_seconds())
    sign, seconds = "-" * (seconds < 0), abs(seconds)
    return f"{sign}{seconds // _HOUR:02}:{seconds % _HOUR // _MINUTE:02}:{seconds % _MINUTE:02}"
