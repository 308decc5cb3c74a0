"""Which items are taken, which are refused, and which the study has already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Literal, NamedTuple

from workbench.acts.experiments import FOLLOWED
from workbench.columns import Table
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.incoming import Incoming
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal
from workbench.records import Key, Record, frame_records, key_of
from workbench.tables import EXPERIMENTS, RATINGS

Outcome = Literal["taken", "there", "refused"]
_WHOSE = ("organisation", "person", "occasion", "component", "frame", "experiment", "text")
_whose = itemgetter(*_WHOSE)
STATED = ("title", "kind", "assumption", "test", "sign")  # before the start, and not changed by what comes after


class Sorted(NamedTuple):
    """An item with what became of it.

    Attributes
    ----------
    item : Item
    source : str
        SHA-256 of its file.
    outcome : {"taken", "there", "refused"}
    rows : tuple of Incoming
        The rows it adds or follows up, when it is taken: those that the study has not.
    problems : tuple of Problem
    origins : tuple of str
        Of everything it says, also of what is there already.
    """

    item: Item
    source: str
    outcome: Outcome
    rows: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass
class Standing:
    """What the study holds already, and what this import has added so far."""

    known: Known
    seen: set[str] = field(default_factory=set)  # origins of this import
    rated: dict[Key, Record] = field(default_factory=dict)

    @cached_property
    def origins(self) -> frozenset[str]:
        """Origins of earlier imports."""
        return frozenset(self.known.study.origins["origin"].astype("str"))

    @cached_property
    def texts(self) -> frozenset[tuple[str | None, ...]]:
        """Every text of the study with whose it is, when and about what; imported ones are known by their origin."""
        table, imported = self.known.study.entries, self.known.study.origins["row"]
        table = table[~table["entry"].isin(imported)]
        columns = [table[name].astype("object").where(table[name].notna(), None) for name in _WHOSE]
        return frozenset(zip(*columns, strict=True))

    @cached_property
    def ratings(self) -> dict[Key, Record]:
        """Every rating of the study by its key."""
        return _by_key(RATINGS, self.known)

    @cached_property
    def experiments(self) -> dict[Key, Record]:
        """Every experiment of the study by its code."""
        return _by_key(EXPERIMENTS, self.known)

    def has(self, row: Incoming) -> bool:
        """Tell whether the study, or what this import has added, has a row already."""
        if row.origin in self.seen or row.origin in self.origins:
            return True
        if row.table == "entries":
            return _whose(row.record) in self.texts
        if row.table == "ratings":
            standing = self.rating(row)
            return standing is not None and _is_same(row.record, standing)
        return row.follows_up and not followed(row, self.experiments)

    def rating(self, row: Incoming) -> Record | None:
        """Return the rating that stands where a row would."""
        key = key_of(RATINGS, row.record)
        return self.rated.get(key) or self.ratings.get(key)

    def add(self, rows: Iterable[Incoming]) -> None:
        """Note what is taken."""
        for row in rows:
            self.seen.add(row.origin)
            if row.table == "ratings":
                self.rated[key_of(RATINGS, row.record)] = row.record


def _is_same(told: Record, standing: Record) -> bool:
    """Tell whether a rating says nothing that the one there does not."""
    levels = all(told[name] == standing[name] for name in ("level", "missing"))
    return levels and all(value is None or standing[name] == value for name, value in told.items())


def _by_key(table: Table, known: Known) -> dict[Key, Record]:
    records, _ = frame_records(table, getattr(known.study, table.name))
    return {key_of(table, record): record for record in records}


def followed(row: Incoming, experiments: dict[Key, Record]) -> Record:
    """Return what an experiment's row tells that the study does not have yet."""
    standing = experiments[row.record["experiment"],]
    told = {name: row.record.get(name) for name in FOLLOWED}
    return {name: value for name, value in told.items() if value is not None and value != standing[name]}


def sort_out(case: Case, rows: Sequence[Incoming], source: str, standing: Standing) -> Sorted:
    """Tell what becomes of an item: it is taken whole or not at all."""
    new = list({row.origin: row for row in rows if not standing.has(row)}.values())  # one row may say a thing twice
    for row in new:
        _judge(case, row, standing)
    if case.is_refused or (not rows and not _is_answered(case)):
        return Sorted(case.item, source, "refused", (), tuple(case.problems))
    standing.add(new)
    origins = tuple([row.origin for row in rows])
    return Sorted(case.item, source, "taken" if new else "there", tuple(new), tuple(case.problems), origins)


def _is_answered(case: Case) -> bool:
    """Tell whether an item without rows had answers that stand for none: then there is nothing to take, or to mend."""
    return any(problem.weight == "changed" for problem in case.problems)


def _judge(case: Case, row: Incoming, standing: Standing) -> None:
    if row.table == "ratings" and (there := standing.rating(row)) is not None:
        found = there["missing"] if there["level"] is None else there["level"]
        rule = tell(
            "For this person, occasion, component and state there is another rating already: {found}.", found=found
        )
        cure = tell("Take it out of the file; if it should be changed, change the rating in the study.")
        case.tell(Cell(f"{row.record['component']}: {row.record['level']}", ""), rule, cure)
    if row.follows_up:
        for name in _restated(row, standing):
            rule = tell("It was stated before the experiment began, and differs from what was stated then.")
            cure = tell("It was left as it was; the rest was taken.")
            cell = case.cell("experiment kind" if name == "kind" else name)
            case.tell(cell, rule, cure, "changed")


def _restated(row: Incoming, standing: Standing) -> Iterator[str]:
    there = standing.experiments[row.record["experiment"],]
    for name in STATED:
        told = row.record.get(name)
        if told is not None and normal(str(told)) != normal(str(there[name] or "")):
            yield name
