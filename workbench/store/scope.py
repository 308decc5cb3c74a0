"""What an act is judged on: the rows it changes, and those that hang together with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from workbench.columns import Table
from workbench.eventlog import Row, row_key, row_names, rows_frame
from workbench.records import Key, Value
from workbench.rules import Rule
from workbench.store.draft import Draft, fetch
from workbench.tables import TABLES


@dataclass
class Scope:
    """The rows to judge, table by table, and those that only help to judge them."""

    judged: dict[str, dict[Key, Row]] = field(default_factory=dict)
    known: dict[str, dict[Key, Row]] = field(default_factory=dict)
    at_fault: list[tuple[str, Key]] = field(default_factory=list)

    def rows(self, table: str) -> list[Row]:
        """Give the judged rows, then the others, of one table."""
        judged = self.judged.get(table, {})
        return [*judged.values(), *(row for key, row in self.known.get(table, {}).items() if key not in judged)]

    def add(self, table: str, rows: Iterator[Row], *, judged: bool) -> None:
        """Take rows in."""
        side = self.judged if judged else self.known
        side.setdefault(table, {}).update((row_key(TABLES[table], row), row) for row in rows)


class ScopeFrames(dict[str, pd.DataFrame]):
    """The scope's frames, each made when a rule asks for it, of its key and the columns that the rules read."""

    def __init__(self, scope: Scope, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._scope = scope
        self._read = {(table.name, column) for rule in rules for table, column in rule.reads}

    def __missing__(self, name: str) -> pd.DataFrame:
        """Make the table's frame of the columns that the rules read."""
        columns = {*TABLES[name].key, *(column for table, column in self._read if table == name)}
        self[name] = rows_frame(TABLES[name], self._scope.rows(name), columns, brief=True)
        return self[name]


def scope_of(draft: Draft, rules: Sequence[Rule]) -> Scope:
    """Gather what an act is judged on.

    Judged are the rows it adds or changes, whole tables where a rule must see all, and rows that refer to one
    that changes where a rule reads it; known are the rows that these refer to.
    """
    scope = Scope()
    for name, changed in draft.changes.items():
        scope.judged[name] = {key: after for key, (_, after) in changed.items() if after is not None}
    for rule in rules:
        for table, _ in rule.reads:
            if rule.whole:
                scope.add(table.name, _current(draft, table.name, {}), judged=True)
        for name, column, keys in _below(rule, draft):
            scope.add(name, _current(draft, name, {column: keys}), judged=True)
    for name in list(scope.judged):
        for other, column, values in referred(TABLES[name], scope.judged[name].values()):
            lacking = values - {row[row_names(TABLES[other]).index(column)] for row in scope.rows(other)}
            if lacking:
                scope.add(other, _by_key(draft, other, {(value,) for value in lacking}), judged=False)
    return scope


def _below(rule: Rule, draft: Draft) -> Iterator[tuple[str, str, set[Value]]]:
    """Find what refers to a row that changes where the rule reads it."""
    for table, column in rule.reads:
        names = row_names(table)
        keys = {
            key[0]
            for key, (before, after) in draft.changes.get(table.name, {}).items()
            if before and after and before[names.index(column)] != after[names.index(column)]
        }
        for other, reference in rule.reads:
            if keys and other[reference].refers == f"{table.name}.{table.key[0]}":
                yield other.name, reference, keys


def referred(table: Table, rows: Collection[Row]) -> Iterator[tuple[str, str, set[Value]]]:
    """Tell what rows refer to: for each reference the other table, its key's column and the values."""
    names = row_names(table)
    for column in table.columns:
        if column.refers:
            other, key = column.refers.split(".")
            place = names.index(column.name)
            yield other, key, {row[place] for row in rows} - {None}


def _current(draft: Draft, name: str, wanted: Mapping[str, Collection[Value]]) -> Iterator[Row]:
    """Rows of a table as the act leaves them."""
    changed, table = draft.changes.get(name, {}), TABLES[name]
    for row in fetch(draft.connection, name, wanted):
        if row_key(table, row) not in changed:
            yield row
    places = {column: row_names(table).index(column) for column in wanted}
    for _, after in changed.values():
        if after is not None and all(after[places[column]] in values for column, values in wanted.items()):
            yield after


def _by_key(draft: Draft, name: str, keys: set[Key]) -> Iterator[Row]:
    """Rows with the given keys as the act leaves them."""
    changed = draft.changes.get(name, {})
    left = {key: changed[key][1] for key in keys if key in changed}
    yield from (row for row in {**left, **draft.stored(name, keys - left.keys())}.values() if row is not None)
