"""What is looked for, as values; how it is written is in `workbench.search.parsing`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.search.base import SearchError

How = Literal["any form", "exact", "pattern"]

_SHOWN = 40  # characters of a query on either side of its fault


@dataclass(frozen=True)
class Sought:
    """One word: in any of its forms, just as it is, or what fits a pattern (``förm*``); folded."""

    form: str
    how: How


@dataclass(frozen=True)
class Run:
    """Words right after each other: most often one, several in a phrase or in *e-post*."""

    words: tuple[Sought, ...]


@dataclass(frozen=True)
class Near:
    """Runs in any order, with at most `distance` words between the first and the last of them."""

    runs: tuple[Run, ...]
    distance: int


@dataclass(frozen=True)
class Item:
    """What an entry must have, or be without: one of several ways, as it was written."""

    ways: tuple[Run | Near, ...]
    without: bool
    said: str


class QueryError(SearchError):
    """A query that cannot be understood.

    Attributes
    ----------
    start, end : int
        Where in the query the fault is: code points, end exclusive.
    """

    def __init__(self, query: str, start: int, end: int, found: str, cure: str) -> None:
        self.start, self.end = start, end
        low = max(start - _SHOWN, 0)
        line = re.sub(r"[\s\x00-\x1f]", " ", query[low : start + _SHOWN])
        mark = " " * (start - low) + "^" * max(min(end - start, _SHOWN), 1)
        super().__init__(f"{found} (character {start + 1}).\n  {line}\n  {mark}\nCure: {cure}.")


def words_sought(items: Sequence[Item]) -> dict[Sought, None]:
    """Give every word that is looked for, once and in order."""
    ways = [way for item in items for way in item.ways]
    runs = [run for way in ways for run in (way.runs if isinstance(way, Near) else (way,))]
    return dict.fromkeys(word for run in runs for word in run.words)
