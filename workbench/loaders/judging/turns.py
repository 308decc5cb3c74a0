"""In which order items are judged: an experiment before what is told of it, in whatever order the files came."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from workbench.loaders.items.days import home_day, read_day
from workbench.loaders.items.item import Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.following import first_of, stage
from workbench.loaders.judging.incoming import Incoming
from workbench.loaders.judging.sorting import Sorted, Standing, sort_out
from workbench.loaders.vocabulary import normal, words_for
from workbench.records import Record

_DESIGN = {"title", "assumption", "test"}
Turn = tuple[float | str, ...]


def designs_first(items: Sequence[Item], known: Known, mapping: ImportMapping) -> list[int]:
    """Return the places of items, those that could begin an experiment first.

    Of two that could begin the same one, what is told earlier goes first, and one with a sign before one without;
    an experiment that continues another comes after it.
    """
    found = {place: Case(item, known, mapping) for place, item in enumerate(items) if item.fields.keys() >= _DESIGN}
    titles = {place: normal(case.value("title")) for place, case in found.items()}
    depths = first_of((titles[place], normal(case.value("follows"))) for place, case in found.items())
    turns: dict[int, Turn] = {
        place: (depths[titles[place]], stage(_sketch(case)) or 0, not case.value("sign"), *_when(case))
        for place, case in found.items()
    }
    return [*sorted(turns, key=turns.__getitem__), *(place for place in range(len(items)) if place not in turns)]


def _sketch(case: Case) -> Record:
    """Read what shows how far an experiment has come, without telling what is wrong with it."""
    told: Record = {name: case.value(name) for name in case.item.fields}
    kind = words_for("experiment kind").get(normal(case.value("experiment kind")))
    chosen = {name: words_for(name).get(normal(case.value(name))) for name in ("status", "decision")}
    return {**told, **chosen, "kind": kind}


def _when(case: Case) -> Turn:
    """Order cases by what they are about in time; by what they say where that is the same."""
    moment, _ = read_day(words, case.style) if (words := case.value("written")) else (None, False)
    occasion, _ = case.known.find_occasion(case.value("occasion"))
    if occasion is None and moment is not None:
        occasion = case.known.occasion_at(home_day(moment))
    number = case.known.occasion_numbers.get(occasion or "", math.inf)
    return number, moment.timestamp() if moment else math.inf, case.item.digest


class _Waiting(NamedTuple):
    place: int
    case: Case
    rows: list[Incoming]
    source: str

    @property
    def row(self) -> Incoming:
        """What it tells of an experiment."""
        return next(row for row in self.rows if row.follows_up)

    @property
    def turn(self) -> Turn:
        """What is told of an earlier stage first; last what shows none, which is of the stage that is reached."""
        reached = stage(self.row.record)
        return math.inf if reached is None else reached, *_when(self.case)


class Turns:
    """Sorts items out; what is told of an experiment waits until all are begun.

    Parameters
    ----------
    standing : Standing
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._found: dict[int, Sorted] = {}
        self._waiting: list[_Waiting] = []

    def take(self, place: int, case: Case, rows: list[Incoming], source: str) -> None:
        """Sort an item out, or let it wait."""
        if any(row.follows_up for row in rows):
            self._waiting.append(_Waiting(place, case, rows, source))
        else:
            self._found[place] = sort_out(case, rows, source, self.standing)

    def finish(self) -> list[Sorted]:
        """Sort out what waited, and return all in their order.

        What contradicts an experiment as it is so far is judged last: it may be of a stage that another row leaves
        behind, and would be so when the same files are imported again.
        """
        contrary = []
        for one in sorted(self._waiting, key=lambda one: one.turn):
            if self.standing.weighed(one.row).is_refused:
                contrary.append(one)
            else:
                self._sort_out(one)
        for one in contrary:
            self._sort_out(one)
        return [self._found[place] for place in sorted(self._found)]

    def _sort_out(self, one: _Waiting) -> None:
        self._found[one.place] = sort_out(one.case, one.rows, one.source, self.standing)
