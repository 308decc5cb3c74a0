"""Days and moments as people write them. Times without a zone are Swedish, a day without a time is its noon."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Stockholm")
_NOON = dt.time(12)
_CENTURY = 100  # years below it are written with two digits
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "augusti august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = (
    r"(?:[T,\s]+(?:kl\.?\s*)?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[apfe]\.?m\.?)?\s*(?P<zone>Z|CES?T|EES?T|(?:UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?)?)?"
)
_FORMS = {
    "iso": r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    "compact": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    "year first": r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})",
    "day first": r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.\s-]+(?P<y>\d{4}|\d{2})",
    "month first": r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})",
    "words": r"(?:\w+dag(?:en)?\s+)?(?:den\s+)?(?P<d>\d{1,2})(?::?[ea]|st|nd|rd|th)?\.?\s+"
    r"(?P<month>[a-zåäö]+)\.?,?\s+(?P<y>\d{4})",
    "english": r"(?:\w+day,?\s+)?(?P<month>[a-z]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
}
_PATTERNS = {name: re.compile(form + _TIME, re.IGNORECASE) for name, form in _FORMS.items()}
_SLASHED = dict.fromkeys(("day first", "month first")).keys()
_SPAN = re.compile(r"(?:([a-zåäö]+)\.?\s+)?(20\d{2})")
_SERIAL = re.compile(r"(?P<days>[34]\d{4})(?P<part>\.\d+)?")
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
_EPOCH = dt.datetime(1899, 12, 30, tzinfo=HOME)  # Excel's day 0; it is right from 1 March 1900 on


@lru_cache(maxsize=20_000)
def readings_of(words: str) -> dict[str, dt.datetime]:
    """Read a day or a moment in every way that it can be read.

    Returns
    -------
    dict of str to datetime
        By style ("iso", "day first", "month first", "words", "serial", …), with its time zone; empty when it is no day.
    """
    found = {}
    for style, pattern in _PATTERNS.items():
        if (match := pattern.fullmatch(words.strip())) and (moment := _moment(match.groupdict())):
            found[style] = moment
    if not found and (match := _SERIAL.fullmatch(words.strip())):
        whole = _EPOCH + dt.timedelta(days=int(match["days"]))
        seconds = round(float(match["part"] or "0.5") * 86_400)
        found["serial"] = whole + dt.timedelta(seconds=seconds)
    return found


def _moment(parts: dict[str, str | None]) -> dt.datetime | None:
    month = MONTHS.get((parts.get("month") or "").casefold()) or int(parts.get("m") or 0)
    year = int(parts["y"] or 0)
    try:
        day = dt.date(year + 2000 * (year < _CENTURY), month, int(parts["d"] or 0))
        time = _NOON if parts["h"] is None else dt.time(_hour(parts), int(parts["min"] or 0), int(parts["s"] or 0))
        return dt.datetime.combine(day, time, _zone(parts["zone"]))
    except ValueError:
        return None


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts["h"] or 0), (parts["half"] or "").casefold()[:1]
    return hour % 12 + 12 * (half in {"p", "e"}) if half else hour  # fm and em in Swedish


def _zone(written: str | None) -> dt.tzinfo:
    """Read a zone, as in Z, UTC, GMT+1, +01:00 or CET."""
    if not written:
        return HOME
    plain = written.upper()
    if plain in _ZONES:
        return dt.timezone(dt.timedelta(hours=_ZONES[plain]))
    digits = re.sub("[^0-9]", "", plain)
    hours, minutes = (digits, "0") if len(digits) < len("0100") - 1 else (digits[:-2], digits[-2:])
    sign = -1 if "-" in plain else 1
    return dt.timezone(sign * dt.timedelta(hours=int(hours), minutes=int(minutes)))


def style_of(column: Iterable[str], *, likely: Callable[[dt.datetime], bool]) -> str | None:
    """Tell which style a column's days are written in, where 3/4 could be the third of April or the fourth of March.

    Parameters
    ----------
    column : iterable of str
        The cells, some perhaps empty.
    likely : callable
        Tells whether a moment may be meant, as within the study's time; asked only when both styles read every cell.

    Returns
    -------
    str or None
        "day first" or "month first"; None when nothing tells them apart.
    """
    read = [readings_of(words) for words in set(column) if words]
    doubtful = [found for found in read if found.keys() & _SLASHED]
    styles = [style for style in _SLASHED if all(style in found for found in doubtful)]
    if len(styles) > 1:
        kept = [style for style in styles if all(likely(found[style]) for found in doubtful)]
        styles = kept if len(kept) == 1 else styles
    return styles[0] if len(styles) == 1 else None


@lru_cache(maxsize=20_000)
def home_day(moment: dt.datetime) -> dt.date:
    """Return the day that a moment has in Sweden."""
    return moment.astimezone(HOME).date()


@lru_cache(maxsize=20_000)
def read_day(words: str, style: str | None = None) -> tuple[dt.datetime | None, bool]:
    """Read one cell.

    Returns
    -------
    moment : datetime or None
        In UTC; None when it is no day, or when nothing tells which of two days.
    unclear : bool
        Whether it could be one of two days.
    """
    found = readings_of(words)
    moments = set(found.values())
    if len(moments) > 1 and style in found:
        moments = {found[style]}
    return (moments.pop().astimezone(dt.UTC), False) if len(moments) == 1 else (None, len(moments) > 1)


def last_day_of(words: str) -> dt.date | None:
    """Return the last day of a month or year written without a day, as ``dec 2026``; None for anything else."""
    match = _SPAN.fullmatch(words.strip().casefold())
    month = MONTHS.get(match[1] or "december") if match else None
    if match is None or month is None:
        return None
    after = dt.date(int(match[2]) + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)
