"""The rules an act must keep, asked of the rows it changes and of those that hang together with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from workbench.checks import broken_by
from workbench.columns import Table
from workbench.errors import Fault
from workbench.eventlog import Row, row_key, row_names
from workbench.records import Key, Value
from workbench.rules import Rule
from workbench.store.draft import Draft, fetch, fetch_with_event, placed, same
from workbench.store.errors import RefusedError
from workbench.store.scope import Scope, ScopeFrames, referred, scope_of
from workbench.tables import TABLES

_SOURCES = {table.source: table for table in TABLES.values() if table.name != "lineage"}
_GUARDED = "see in what the database says which row stands in the way, and change that first"
_NAMED = 5  # how many of the rows that stand in the way are named


def check_draft(draft: Draft, rules: Sequence[Rule]) -> None:
    """Refuse an act that breaks a rule, naming every rule it breaks.

    Raises
    ------
    RefusedError
        With `first` naming the events behind rows that stand in the way.
    """
    if draft.faults:
        raise RefusedError(draft.act, draft.faults)
    standing, first = _still_used(draft)
    relevant = [rule for rule in rules if _touches(rule, draft)]
    scope = scope_of(draft, relevant)
    faults = [*_taken(draft, scope), *standing, *_broken(draft, relevant, scope)]
    if faults:
        raise RefusedError(draft.act, faults, [*first, *_builders(draft, scope)])


def _builders(draft: Draft, scope: Scope) -> Iterator[int]:
    """Find the events that made rows at fault what they are, where the act itself leaves them alone."""
    for name, key in scope.at_fault:
        if key not in draft.changes.get(name, {}):
            wanted = {column: (value,) for column, value in zip(TABLES[name].key, key, strict=True)}
            yield from (event for _, event in fetch_with_event(draft.connection, name, wanted))


def _broken(draft: Draft, relevant: Sequence[Rule], scope: Scope) -> Iterator[Fault]:
    frames = ScopeFrames(scope, relevant)
    for name, changed in draft.changes.items():
        yield from _wrong_values(TABLES[name], [after for _, after in changed.values() if after is not None])
        if scope.judged.get(name):
            yield from _unknown(TABLES[name], scope)
    for rule in relevant:
        yield from _named(rule.find(frames), scope)


def _wrong_values(table: Table, rows: Sequence[Row]) -> Iterator[Fault]:
    """Find values that break their column's declaration; each distinct value is asked for once."""
    for column, values in zip(table.columns, list(zip(*rows, strict=True))[1:], strict=False):
        ruled = column.allowed or column.kind == "whole"
        asked = set(values) if ruled else {None} if None in values else set()
        wrong = {value: broken for value in asked if (broken := broken_by(column, value))}
        for row, value in zip(rows, values, strict=True) if wrong else ():
            if value in wrong:
                found = "nothing" if value is None else str(value)
                yield Fault(placed(table.name, *row_key(table, row)), 0, column.name, found, *wrong[value])


def _unknown(table: Table, scope: Scope) -> Iterator[Fault]:
    """Find references of changed rows that lead nowhere."""
    names = row_names(table)
    for other, key, values in referred(table, scope.judged[table.name].values()):
        lacking = values - {row[row_names(TABLES[other]).index(key)] for row in scope.rows(other)}
        for row in scope.judged[table.name].values() if lacking else ():
            for column in table.columns:
                found = row[names.index(column.name)]
                if column.refers == f"{other}.{key}" and found in lacking:
                    rule, cure = f"must be a {key} of {other}", f"mend the code, or add it to {other} first"
                    yield Fault(placed(table.name, *row_key(table, row)), 0, column.name, str(found), rule, cure)


def _touches(rule: Rule, draft: Draft) -> bool:
    return any(column in _changed(draft, table.name) for table, column in rule.reads)


def _changed(draft: Draft, name: str) -> set[str]:
    """Columns of a table in which the act changes a row, or all when it adds one."""
    names, columns = row_names(TABLES[name]), set()
    for before, after in draft.changes.get(name, {}).values():
        if after is not None and before is None:
            return set(names)
        if after is not None and before is not None:
            columns |= {names[place] for place, value in enumerate(after) if value != before[place]}
    return columns


def _named(faults: Iterable[Fault], scope: Scope) -> Iterator[Fault]:
    """Say of a fault which row it is in, by its key; only judged rows can be at fault."""
    for fault in faults:
        table = _SOURCES[fault.file]
        judged = list(scope.judged.get(table.name, ()))
        if fault.row - 2 < len(judged):
            scope.at_fault.append((table.name, judged[fault.row - 2]))
            yield replace(fault, file=placed(table.name, *judged[fault.row - 2]), row=0)


def _taken(draft: Draft, scope: Scope) -> Iterator[Fault]:
    """Find rows that have the same key, or other columns that are unique, as one that the act makes."""
    for name, changed in draft.changes.items():
        for columns in TABLES[name].unique:
            yield from _twice(TABLES[name], columns, [after for _, after in changed.values() if after is not None])
        for columns in (TABLES[name].key, *TABLES[name].unique):
            for row in _clashes(draft, TABLES[name], columns, changed):
                scope.at_fault.append((name, row_key(TABLES[name], row)))
                yield same(name, columns, row)


def _twice(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Fault]:
    """Find rows of the act itself that are alike where they must differ; a draft has a key only once anyway."""
    places = [row_names(table).index(name) for name in columns]
    seen: set[Key] = set()
    for row in rows:
        found = tuple([row[place] for place in places])
        if found in seen:
            yield same(table.name, columns, row)
        seen.add(found)


def _clashes(
    draft: Draft, table: Table, columns: Sequence[str], changed: Mapping[Key, tuple[Row | None, Row | None]]
) -> Iterator[Row]:
    """Find stored rows that the act would make another row like."""
    places = [row_names(table).index(name) for name in columns]
    if tuple(columns) == table.key:  # which never changes
        made = draft.made.get(table.name, set())
        added = (key for key, (before, after) in changed.items() if before is None and after is not None)
        new = {key for key in added if key[0] not in made}
    else:
        new = {
            tuple([after[place] for place in places])
            for before, after in changed.values()
            if after is not None and (before is None or any(before[place] != after[place] for place in places))
        }
    if not new:
        return
    wanted = {name: {key[number] for key in new} for number, name in enumerate(columns)}
    for row in fetch(draft.connection, table.name, wanted):
        found = tuple(row[place] for place in places)
        key = row_key(table, row)
        gone = key in changed and changed[key][0] is not None
        if found in new and not gone:
            yield row


def _still_used(draft: Draft) -> tuple[list[Fault], list[int]]:
    """Find rows that refer to one the act takes away, and the events that made them so."""
    faults, events = [], []
    for name, changed in draft.changes.items():
        gone = {key[0] for key, (_, after) in changed.items() if after is None and len(key) == 1}
        for table, column in _referring(name) if gone else ():
            standing = list(_standing(draft, table, column, gone))
            events += [event for _, event in standing]
            for row, event in standing[:_NAMED]:
                found = row[row_names(table).index(column)]
                rule = f"{len(standing)} {table.name} still have it as {column}"
                cure = f"change or remove them first; this one came with event {event}"
                faults.append(Fault(placed(table.name, *row_key(table, row)), 0, column, str(found), rule, cure))
    return faults, events


def _standing(draft: Draft, table: Table, column: str, gone: set[Value]) -> Iterator[tuple[Row, int]]:
    changed = draft.changes.get(table.name, {})
    for row, event in fetch_with_event(draft.connection, table.name, {column: gone}):
        if row_key(table, row) not in changed:
            yield row, event


def _referring(name: str) -> Iterator[tuple[Table, str]]:
    for table in TABLES.values():
        for column in table.columns:
            if column.refers == f"{name}.{TABLES[name].key[0]}":
                yield table, column.name


def guard(error: sa.exc.IntegrityError, draft: Draft) -> RefusedError:
    """Tell of a rule that only the database saw broken."""
    fault = Fault("study", 0, "", str(error.orig), "keys are unique and references lead somewhere", _GUARDED)
    return RefusedError(draft.act, [fault])
