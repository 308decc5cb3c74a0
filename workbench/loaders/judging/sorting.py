"""Which items are taken, which are refused, and which the study has already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from operator import itemgetter
from typing import Literal, NamedTuple

from workbench.columns import Table
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.experiments import judge_follow_up
from workbench.loaders.judging.following import Weighed, weigh
from workbench.loaders.judging.incoming import Incoming
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.records import Key, Record, frame_records, key_of
from workbench.tables import EXPERIMENTS, RATINGS

Outcome = Literal["taken", "there", "refused"]
_WHOSE = ("organisation", "person", "occasion", "component", "frame", "experiment", "text")
_whose = itemgetter(*_WHOSE)


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
    turns: Iterator[int] = field(default_factory=count)

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
        """Every experiment of the study, as this import leaves it so far, by its code."""
        return _by_key(EXPERIMENTS, self.known)

    @cached_property
    def tested(self) -> defaultdict[str, set[str]]:
        """Components that each experiment tests."""
        table, found = self.known.study.experiment_components, defaultdict[str, set[str]](set)
        for code, component in zip(table["experiment"], table["component"], strict=True):
            found[str(code)].add(str(component))
        return found

    def weighed(self, row: Incoming) -> Weighed:
        """Hold what is told of an experiment against it as it is so far."""
        return weigh(row.record, self.experiments[row.record["experiment"],])

    def has(self, row: Incoming) -> bool:
        """Tell whether the study, or what this import has added, has a row already."""
        if row.origin in self.seen or row.origin in self.origins:
            return True
        if row.table == "entries":
            return _whose(row.record) in self.texts
        if row.table == "ratings":
            standing = self.rating(row)
            return standing is not None and _is_same(row.record, standing)
        return False

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
            elif row.table == "experiments":
                self._note_experiment(row)

    def _note_experiment(self, row: Incoming) -> None:
        record = row.record
        code = str(record["experiment"])
        if row.follows_up:
            self.experiments[code,] |= row.changes
            return
        self.experiments[code,] = {column.name: record.get(column.name) for column in EXPERIMENTS.columns}
        self.tested[code] = set(row.components)
        self.known.begin_experiment(str(record["organisation"]), str(record["title"]), code)


def _is_same(told: Record, standing: Record) -> bool:
    """Tell whether a rating says nothing that the one there does not."""
    levels = all(told[name] == standing[name] for name in ("level", "missing"))
    return levels and all(value is None or standing[name] == value for name, value in told.items())


def _by_key(table: Table, known: Known) -> dict[Key, Record]:
    records, _ = frame_records(table, getattr(known.study, table.name))
    return {key_of(table, record): record for record in records}


def sort_out(case: Case, rows: Sequence[Incoming], source: str, standing: Standing) -> Sorted:
    """Tell what becomes of an item: it is taken whole or not at all."""
    new = list({row.origin: row for row in rows if not standing.has(row)}.values())  # one row may say a thing twice
    new = [row for row in (_judged(case, one, standing) for one in new) if row is not None]
    if case.is_refused or (not rows and not case.is_answered):
        return Sorted(case.item, source, "refused", (), tuple(case.problems))
    standing.add(new)
    origins = tuple([row.origin for row in rows])
    return Sorted(case.item, source, "taken" if new else "there", tuple(new), tuple(case.problems), origins)


def _judged(case: Case, row: Incoming, standing: Standing) -> Incoming | None:
    """Judge a row that is new, and return it; None when nothing comes of it."""
    if row.follows_up:
        code = row.record["experiment"]
        row = row._replace(turn=next(standing.turns))
        return judge_follow_up(
            case, row, standing.weighed(row), standing.experiments[code,], standing.tested[str(code)]
        )
    if row.table == "ratings" and (there := standing.rating(row)) is not None:
        found = there["missing"] if there["level"] is None else there["level"]
        rule = tell(
            "For this person, occasion, component and state there is another rating already: {found}.", found=found
        )
        cure = tell("Take it out of the file; if it should be changed, change the rating in the study.")
        case.tell(Cell(f"{row.record['component']}: {row.record['level']}", ""), rule, cure)
    return row
