"""The language in which people say what they look for.

``lärande ledning`` both, in any form · ``"säga nej"`` just so · ``innov*`` ``*ledning*`` parts of a word ·
``chef | ledare`` either · ``-ekonomi`` without · ``near(tid möte, 5)`` at most five words between.
Other signs are those of ordinary text and stand for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.search.query import Item, Near, QueryError, Run, Sought
from workbench.search.vocabulary import ANYTHING
from workbench.search.words import fold, words_of

DISTANCE = 10  # words between, when none is said
_FARTHEST = 9999
_MARKS = '"”“„«»'  # that open or close a phrase
_SIGN = re.compile(
    rf"(?P<near>(?:near|nära)\()|(?P<phrase>[{_MARKS}][^{_MARKS}]*[{_MARKS}])|(?P<mark>[{_MARKS}])|(?P<either>\|)"
    rf"|(?P<without>(?<![^\s(|])-(?=[^\s)]))|(?P<close>\))|(?P<plain>[^\s|{_MARKS}()]+)",
    re.IGNORECASE,
)
_DISTANCE = re.compile(r",\s*(\d+)\s*$")


def parse_query(query: str) -> tuple[Item, ...]:
    """Understand a query.

    Returns
    -------
    tuple of Item
        An entry is found when it has every one of them, and none that it is to be without.

    Raises
    ------
    QueryError
        It has a fault, or nothing is looked for; says where.
    """
    items = tuple(_Reader(query).items())
    if all(item.without for item in items):
        found = "It only says what to be without" if items else "It has no word to look for"
        raise QueryError(query, 0, len(query), found, "write a word, such as lärande")
    return items


class _Part(NamedTuple):
    """A part of a query: its kind, as in `_SIGN`, and where it stands."""

    kind: str
    start: int
    end: int


class _Reader:
    """Reads the parts of a query from first to last."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._parts = [_Part(str(sign.lastgroup), *sign.span()) for sign in _SIGN.finditer(query)]
        self._next = 0

    def items(self) -> Iterator[Item]:
        """Read all that an entry must have, or be without."""
        while self._next < len(self._parts):
            start = self._parts[self._next].start
            without = self._took("without")
            ways = self._ways()
            if ways:
                end = self._parts[self._next - 1].end
                yield Item(ways, without, self._query[start + without : end])

    def _ways(self) -> tuple[Run | Near, ...]:
        ways = self._way()
        while self._took("either"):
            place = self._parts[self._next - 1]
            more = self._way()
            if not ways or not more:
                raise self._fault(place, "A word lacks beside |", "write one on either side of it, or take it away")
            ways += more
        return ways

    def _way(self) -> tuple[Run | Near, ...]:
        """Read one way in which an entry may have an item; none where there are only signs."""
        if self._next == len(self._parts) or self._parts[self._next].kind == "either":
            return ()
        part = self._parts[self._next]
        self._next += 1
        if part.kind == "near":
            return (self._near(part),)
        if part.kind == "without":
            raise self._fault(part, "A - stands after |", "write what to be without by itself")
        return self._run(part, part.end)

    def _run(self, part: _Part, end: int) -> tuple[Run, ...]:
        """Read a phrase, or what stands between two blanks."""
        if part.kind == "mark":
            raise self._fault(part, "The phrase that begins here does not end", 'write " after its last word')
        words = tuple(_sought(self._query[part.start : end], exact=part.kind == "phrase"))
        return (Run(words),) if words else ()

    def _near(self, opened: _Part) -> Near:
        inside = []
        while not self._took("close"):
            if self._next == len(self._parts):
                raise self._fault(opened, "What begins here does not end", "write ) after its last word")
            inside.append(self._parts[self._next])
            self._next += 1
        last, distance = self._distance(opened, self._parts[self._next - 1].start)
        runs = [run for part in inside if part.start < last for run in self._near_run(part, min(part.end, last))]
        if len(runs) < 2:  # noqa: PLR2004  near each other are two
            raise self._fault(opened, "Two words lack to be near each other", "write them as near(tid möte, 5)")
        return Near(tuple(runs), distance)

    def _near_run(self, part: _Part, end: int) -> tuple[Run, ...]:
        if part.kind in {"near", "either", "without"}:
            shown = self._query[part.start : part.end]
            raise self._fault(part, f"{shown} has no place inside near( )", "write words, phrases or parts of words")
        return self._run(part, end)

    def _distance(self, opened: _Part, closed: int) -> tuple[int, int]:
        """Tell where the words end inside a near( ), and its distance."""
        said = _DISTANCE.search(self._query[opened.end : closed])
        if not said:
            return closed, DISTANCE
        start, end = (opened.end + place for place in said.span(1))
        if len(said[1]) > len(str(_FARTHEST)):
            cure = f"write a number of words, at most {_FARTHEST}"
            raise self._fault(_Part("plain", start, end), "That is too far to be near", cure)
        return opened.end + said.start(), int(said[1])

    def _took(self, kind: str) -> bool:
        taken = self._next < len(self._parts) and self._parts[self._next].kind == kind
        self._next += taken
        return taken

    def _fault(self, part: _Part, found: str, cure: str) -> QueryError:
        return QueryError(self._query, part.start, part.end, found, cure)


def _sought(written: str, *, exact: bool) -> Iterator[Sought]:
    """Read the words that stand somewhere; those that only a * parts are one."""
    found = words_of([written])
    spans: list[tuple[int, int]] = []
    for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
        between = written[spans[-1][1] : start] if spans else ""
        if between and not between.strip(ANYTHING):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        before, after = written[:start].endswith(ANYTHING), written[end:].startswith(ANYTHING)
        parts = [fold(part) for part in written[start:end].split(ANYTHING)]
        form = ANYTHING * before + ANYTHING.join(parts) + ANYTHING * after
        yield Sought(form, "pattern" if ANYTHING in form else "exact" if exact else "any form")
