"""The rules that a study's tables keep, asked of rows that are to come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from workbench.checks import Gaps, check_table
from workbench.columns import Table
from workbench.errors import Fault
from workbench.loaders.judging.incoming import Incoming
from workbench.loaders.judging.sorting import Sorted
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.records import Record, columns_frame, records_frame
from workbench.rules import rules_for
from workbench.study import Study
from workbench.tables import TABLES

ASKED = ("ratings", "experiments", "experiment_components")  # an entry keeps them all by how it is made
_BEHIND = ("organisations", "people", "occasions", "components", "definitions", "experiments")


def new_records(row: Incoming) -> list[tuple[str, Record]]:
    """List the rows that an incoming row adds, each with its table; none where it follows up an experiment."""
    if row.follows_up:
        return []
    names = {"experiment": row.record.get("experiment"), "definition": None}
    beside = [("experiment_components", {**names, "component": component}) for component in row.components]
    return [(row.table, row.record), *beside]


def refuse_rule_breakers(items: Sequence[Sorted], study: Study) -> list[Sorted]:
    """Refuse each item of which a row would break a rule of the study, and say which."""
    if not (asked := [(place, row) for place, one in enumerate(items) for row in one.rows if row.table in ASKED]):
        return list(items)
    added: dict[str, list[tuple[int, Record]]] = defaultdict(list)
    for place, row in asked:
        for table, record in new_records(row):
            added[table].append((place, record))
    broken: dict[int, list[Problem]] = defaultdict(list)
    for fault, place in _faults(added, study):
        broken[place].append(_told(items[place], fault))
    if not broken:
        return list(items)
    _bar_what_follows(items, broken)
    barred = {row.origin: problem for place, told in broken.items() for row in items[place].rows for problem in told}
    return [_refused(one, broken.get(place, []), barred) for place, one in enumerate(items)]


def _bar_what_follows(items: Sequence[Sorted], broken: dict[int, list[Problem]]) -> None:
    """Refuse also what tells of an experiment, or continues one, that is not begun because a rule was broken."""
    gone: set[object] = set()
    while found := {row.record["experiment"] for place in broken for row in items[place].rows if _begins(row)} - gone:
        gone |= found
        for place, one in enumerate(items):
            if place not in broken and any(_experiments_of(row) & gone for row in one.rows):
                rule = tell("The experiment that it tells of, or continues, is refused.")
                problem = Problem(
                    *one.item[:3], "", "", rule, tell("Mend that one in the file; this one needs nothing.")
                )
                broken[place].append(problem)


def _begins(row: Incoming) -> bool:
    return row.table == "experiments" and not row.follows_up


def _experiments_of(row: Incoming) -> set[object]:
    return {row.record.get("experiment"), row.record.get("follows")}


def _refused(one: Sorted, told: Sequence[Problem], barred: Mapping[str, Problem]) -> Sorted:
    """Refuse an item with a broken rule, and one that was there already only because the same was about to come in."""
    file, sheet, row, *_ = one.item
    same = [barred[origin] for origin in one.origins if one.outcome == "there" and origin in barred]
    also = [replace(problem, file=file, sheet=sheet, row=row) for problem in same]
    if not told and not also:
        return one
    return one._replace(outcome="refused", rows=(), problems=(*one.problems, *told, *also))


def _faults(added: Mapping[str, list[tuple[int, Record]]], study: Study) -> list[tuple[Fault, int]]:
    """Find the faults of added rows, each with the place of its item."""
    frames = {name: records_frame(table, []) for name, table in TABLES.items()}
    frames |= {name: getattr(study, name) for name in _BEHIND}
    before = dict.fromkeys(ASKED, 0) | {name: len(frames[name]) for name in _BEHIND}
    for name, rows in list(added.items()):
        new = _brief(TABLES[name], [record for _, record in rows])
        frames[name] = pd.concat([frames[name], new], ignore_index=True) if before[name] else new
    found = []
    for fault in _broken(frames, study):
        name = fault.file.removesuffix(".csv")
        place = fault.row - 2 - before[name]
        if 0 <= place < len(added[name]):
            found.append((fault, added[name][place][0]))
    return found


def _broken(frames: Mapping[str, pd.DataFrame], study: Study) -> Iterator[Fault]:
    """Find what is wrong in the tables asked of."""
    asked = {TABLES[name].source for name in ASKED}
    for name in ASKED:
        yield from check_table(TABLES[name], frames, Gaps.of(()))
    for rule in rules_for(set(study.instrument.components["component"])):
        if any(table.source in asked for table, _ in rule.reads):
            yield from (fault for fault in rule.find(frames) if fault.file in asked)


def _brief(table: Table, rows: Sequence[Record]) -> pd.DataFrame:
    columns = {column.name: [row.get(column.name) for row in rows] for column in table.columns}
    return columns_frame(table, columns, brief=True)


def _told(one: Sorted, fault: Fault) -> Problem:
    rule = tell("It breaks a rule of the study ({column}): {rule}.", column=fault.column, rule=fault.rule)
    item = one.item
    return Problem(item.file, item.sheet, item.row, "", fault.found[:60], rule, tell("Mend it in the file."))
