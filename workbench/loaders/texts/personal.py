"""What in a text a human should look at: personal identity numbers, e-mail addresses, phone numbers, names."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

from workbench.loaders.texts.given import Names, names_of
from workbench.loaders.texts.scanning import Batch, batches, capitalised, digit_runs, occurrences

PersonalKind = Literal["personal number", "e-mail", "phone", "name"]
KINDS: tuple[PersonalKind, ...] = get_args(PersonalKind)
NOBODY: frozenset[str] = frozenset()

_DASH = "[-+\u2010-\u2013\u2212 \u00a0]"
_NUMBER = re.compile(rf"(?<![0-9])((?:18|19|20)?[0-9]{{6}}){_DASH}?([0-9]{{4}})(?![0-9])")
_GAP = "[- \u00a0\u2010-\u2013]?"
_AREA = r"(?<![0-9][-/.])(?:08|0[1-79][0-9]{1,2})"
_PHONE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00)[1-9][0-9]{{0,2}}{_GAP}(?:\(0\){_GAP})?[1-9][0-9]?(?:{_GAP}[0-9]){{5,11}}"
    r"|07[02369][0-9]{7}"
    rf"|{_AREA}(?: ?[-/\u2010-\u2013] ?|[ \u00a0])[0-9]{{2,3}}(?:[- \u00a0\u2010-\u2013][0-9]{{2,3}}){{1,3}}"
    rf"|{_AREA}(?: ?[-/\u2010-\u2013] ?)[0-9]{{5,8}})(?![0-9])"
)
_MAIL = re.compile(r"[\w.+'-]+@[^\W_][\w-]*(?:\.[\w-]*[^\W_])+")

_MAIL_BEFORE, _MAIL_AFTER = 64, 255  # longest local part and domain, RFC 5321
_DIGIT_GAP_BYTES = 3  # between two digits of one number: a dash, or ") "
_FEWEST_DIGITS = 8  # 08-12 34 56
_LEAST_PHONE, _MOST_PHONE = 8, 15  # E.164
_CHILD_YEAR = 2013  # born later, and four digits that are a time of day: rather a moment than a person


@dataclass(frozen=True, order=True)
class Finding:
    """Something that may tell who a person is.

    Attributes
    ----------
    start, end : int
        Where it stands, in code points, end exclusive.
    kind : {"personal number", "e-mail", "phone", "name"}
        What it seems to be.
    masked : str
        What can be shown of it: "85••••-••••", "a•••@…", "A••• S•••".
    """

    start: int
    end: int
    kind: PersonalKind
    masked: str


def find_personal(text: str, *, names: frozenset[str] = NOBODY) -> list[Finding]:
    """Find what may tell who a person is, in one text.

    Parameters
    ----------
    text : str
        The words.
    names : frozenset of str
        People known to be about: "Anna Ek", "Ek, Anna" or an address, which is left to the other rules.

    Returns
    -------
    list of Finding
        In order, none within another. A given name that is also a word ("Per", "Stig") counts when a surname
        follows or when it stands within a sentence. Names written in small letters are not found.
    """
    return find_in_texts([text], names).get(0, [])


def find_in_texts(texts: Sequence[str], names: frozenset[str] = NOBODY) -> dict[int, list[Finding]]:
    """Find the same in many texts: place of each text that has something, to what it has."""
    known = names_of(names)
    found: dict[int, list[Finding]] = {}
    for batch in batches(texts):
        for place, one in _in_batch(batch, texts, known):
            found.setdefault(place, []).append(one)
    return {place: _apart(found[place]) for place in sorted(found)}


def _in_batch(batch: Batch, texts: Sequence[str], known: Names) -> Iterator[tuple[int, Finding]]:
    """Look closer at each place where something may stand."""
    data = batch.bytes
    runs = digit_runs(data, gap=_DIGIT_GAP_BYTES, fewest=_FEWEST_DIGITS)
    ends = batch.points(end for _begin, end in runs)
    for (place, begin), (_same, end) in zip(batch.points(begin for begin, _end in runs), ends, strict=True):
        for one in _numbers(texts[place], begin, end):
            yield place, one
    looks: list[tuple[Iterator[int], Callable[[str, int], Iterator[Finding]]]] = [
        (occurrences(batch.data, b"@"), _mail),
        (iter(known.table.among(batch.data, capitalised(data)).tolist()), partial(_name, known)),
    ]
    for places, look in looks:
        for place, point in batch.points(places):
            for one in look(texts[place], point):
                yield place, one


def _apart(findings: list[Finding]) -> list[Finding]:
    """Leave out what overlaps another, the longest kept; of two as long, the kind first in `KINDS`."""
    kept: list[Finding] = []
    for one in sorted(set(findings), key=lambda one: (one.start - one.end, KINDS.index(one.kind), one.start)):
        place = bisect(kept, one)
        if all(one.end <= other.start or other.end <= one.start for other in kept[max(place - 1, 0) : place + 1]):
            kept.insert(place, one)
    return kept


def _numbers(text: str, begin: int, end: int) -> Iterator[Finding]:
    """Find identity and phone numbers in a run of digits; a plus or a nought may stand right before."""
    for match in _NUMBER.finditer(text, begin, end):
        if _is_personal(*match.groups()):
            yield Finding(*match.span(), "personal number", _dotted(match[0], 2))
    for match in _PHONE.finditer(text, max(begin - 1, 0), end):
        if _LEAST_PHONE <= sum(letter.isdigit() for letter in match[0]) <= _MOST_PHONE:
            yield Finding(*match.span(), "phone", _dotted(match[0], 3))


def _is_personal(day: str, last: str) -> bool:
    """Tell by date and check digit: a day 61 to 91 is a coordination number's.

    Source: Skatteverket, SKV 704 and SKV 707; the check digit is Luhn's.
    """
    digits = [int(digit) for digit in day[-6:] + last]
    doubled = [sum(divmod(digit * (2 - place % 2), 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0 and any(_is_day(year + day[-6:], last) for year in _centuries(day))


def _centuries(day: str) -> tuple[str, ...]:
    return (day[:2],) if len(day) == len("19121212") else ("19", "20")


def _is_day(date: str, last: str) -> bool:
    year, month, day = int(date[:4]), int(date[4:6]), int(date[6:])
    try:
        dt.date(year, month, day - 60 if day > 60 else day)  # noqa: PLR2004  coordination numbers
    except ValueError:
        return False
    return not (year > _CHILD_YEAR and last[:2] < "24" and last[2:] < "60")


def _mail(text: str, point: int) -> Iterator[Finding]:
    for match in _MAIL.finditer(text, max(point - _MAIL_BEFORE, 0), point + _MAIL_AFTER):
        if match.start() <= point < match.end():
            yield Finding(*match.span(), "e-mail", f"{match[0][0]}•••@…")


def _name(known: Names, text: str, point: int) -> Iterator[Finding]:
    if end := known.end_of_name(text, point):
        yield _person(text, point, end)


def _person(text: str, start: int, end: int) -> Finding:
    return Finding(start, end, "name", " ".join(f"{part[0]}•••" for part in text[start:end].split()))


def _dotted(words: str, shown: int) -> str:
    return words[:shown] + re.sub("[0-9]", "•", words[shown:])
