"""An act while it is being planned: the study's rows as they are now, with what the act changes laid over them."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from workbench.errors import Fault
from workbench.eventlog import Row, Rows, row_key, row_names, row_record
from workbench.records import Key, Record, Value, frame_rows, key_of, make_record, shown_key, storable
from workbench.store.errors import RefusedError
from workbench.store.schema import EVENT, SCHEMA
from workbench.tables import TABLES

PER_EVENT = 2**24  # rows one event may add
_AT_ONCE = 500  # values in one IN list; SQLite of old takes 999


@dataclass(frozen=True)
class Act:
    """One thing to do to a study.

    Attributes
    ----------
    name : str
        What it is called in the log, a short phrase.
    plan : callable
        Plans it on a `Draft`.
    reason : str or None
        Why, where the act itself says so.
    backup : bool
        Whether a backup is made first, as before an import or a merge.
    """

    name: str
    plan: Callable[[Draft], None]
    reason: str | None = None
    backup: bool = False


class Draft:
    """The rows an act reads and what it makes of them. Nothing is written.

    Attributes
    ----------
    act, actor : str
        What is done, and who does it.
    now : datetime
        When, in UTC.
    changes : dict
        By table and key: the row before (None: it was not there) and after (None: it is gone).
    about : dict
        What else the event tells, as JSON has it.
    faults : list of Fault
        What was wrong with values given; the act is then refused.
    made : dict
        By table, the keys that were made at random for new rows: no other row has them.
    """

    def __init__(self, connection: sa.Connection, *, act: str, actor: str, now: dt.datetime, sequence: int) -> None:
        self.connection = connection
        self.act, self.actor, self.now, self.sequence = act, actor, now, sequence
        self.changes: dict[str, dict[Key, tuple[Row | None, Row | None]]] = {}
        self.about: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.made: dict[str, set[str]] = {}
        self._added = 0
        self._read: dict[str, dict[Key, Row | None]] = {}  # nobody else writes while an act is planned

    def get(self, table: str, *key: Value) -> Record:
        """Return a row by its key; RefusedError when there is none."""
        row = self._row(table, key)
        if row is None:
            column, cure = TABLES[table].key[0], f"give a code of the study's {table}"
            raise self.refused(Fault(placed(table, *key), 0, column, shown_key(key), "there is no such row", cure))
        return row_record(TABLES[table], row)

    def has(self, table: str, *key: Value) -> bool:
        """Tell whether there is a row with that key."""
        return self._row(table, key) is not None

    def find(self, table: str, /, **where: Value | Collection[Value]) -> list[Record]:
        """Return the rows whose columns have the given value, or one of the given values, in their order."""
        wanted = {name: as_values(value) for name, value in where.items()}
        changed = self.changes.get(table, {})
        declared = TABLES[table]
        found = {row_key(declared, row): row for row in fetch(self.connection, table, wanted)}
        self._read.setdefault(table, {}).update(found)
        rows = [row for key, row in found.items() if key not in changed]
        rows += [after for _, after in changed.values() if after is not None and _fits(table, after, wanted)]
        return [row_record(declared, row) for row in sorted(rows, key=lambda row: row[0])]  # type: ignore[arg-type, return-value]

    def add(self, table: str, /, **values: object) -> Record:
        """Add a row; a key of one column that is not given is made, random, so that two copies never clash."""
        declared = TABLES[table]
        if len(declared.key) == 1 and values.get(declared.key[0]) is None:
            values[declared.key[0]] = self._new_codes(table, 1)[0]
        record, faults = make_record(declared, values)
        self.faults += faults
        self._add(table, [tuple(record.values())])
        return record

    def add_frame(self, table: str, frame: pd.DataFrame) -> None:
        """Add a frame's rows, in their order, with keys made where the frame has none."""
        declared = TABLES[table]
        if len(declared.key) == 1 and declared.key[0] not in frame:
            frame = frame.assign(**{declared.key[0]: self._new_codes(table, len(frame))})
        rows, faults = frame_rows(declared, frame)
        self.faults += faults
        self._add(table, rows)

    def change(self, table: str, key: Iterable[Value], /, **values: object) -> Record:
        """Change some columns of a row, never its key; RefusedError when there is none."""
        declared, key = TABLES[table], tuple(key)
        old = self.get(table, *key)
        record, faults = make_record(declared, {**old, **values})
        self.faults += faults
        if key_of(declared, record) != key:
            shown = shown_key(key_of(declared, record))
            cure = "add a row with the new key"
            raise self.refused(Fault(placed(table, *key), 0, declared.key[0], shown, "a key never changes", cure))
        before, now = self._original(table, key), self._row(table, key)
        assert now is not None  # noqa: S101  `get` found it
        self._note(table, key, before, (now[0], *record.values()))
        return record

    def remove(self, table: str, key: Iterable[Value]) -> Record:
        """Take a row away; RefusedError when there is none."""
        key = tuple(key)
        old = self.get(table, *key)
        self._note(table, key, self._original(table, key), None)
        return old

    def put(self, table: str, key: Key, row: Row | None) -> None:
        """Make a row what it is given as, place and all; None takes it away."""
        self._note(table, key, self._original(table, key), row)

    def stored(self, table: str, keys: Collection[Key]) -> dict[Key, Row]:
        """Return the rows with the given keys as the database has them, those that are there."""
        declared, read = TABLES[table], self._read.setdefault(table, {})
        if asked := [key for key in keys if key not in read]:
            wanted = {name: {key[place] for key in asked} for place, name in enumerate(declared.key)}
            read.update(dict.fromkeys(asked))
            read.update((row_key(declared, row), row) for row in fetch(self.connection, table, wanted))
        return {key: row for key in keys if (row := read[key]) is not None}

    def refused(self, fault: Fault) -> RefusedError:
        """Make the error that says why the act cannot be."""
        return RefusedError(self.act, [fault])

    def rows(self, *, after: bool) -> Rows:
        """All changed rows by table: as they are after the act, or as they were before it."""
        sides = {name: [pair[after] for pair in changed.values()] for name, changed in self.changes.items()}
        return {name: [row for row in side if row is not None] for name, side in sides.items() if any(side)}

    def _add(self, table: str, added: Iterable[tuple[Value, ...]]) -> None:
        changed = self.changes.setdefault(table, {})
        for values in added:
            row = (self.sequence * PER_EVENT + self._added, *values)
            self._added += 1
            key = row_key(TABLES[table], row)
            original, standing = changed.get(key, (None, None))
            if standing is None:
                changed[key] = (original, row)
            else:
                self.faults.append(same(table, TABLES[table].key, row))

    def _new_codes(self, table: str, count: int) -> list[str]:
        codes = new_codes(table, count)
        self.made.setdefault(table, set()).update(codes)
        return codes

    def _row(self, table: str, key: Key) -> Row | None:
        changed = self.changes.get(table, {})
        if key in changed:
            return changed[key][1]
        return self._stored(table, key)

    def _original(self, table: str, key: Key) -> Row | None:
        changed = self.changes.get(table, {})
        return changed[key][0] if key in changed else self._stored(table, key)

    def _stored(self, table: str, key: Key) -> Row | None:
        return self.stored(table, (key,)).get(key)

    def _note(self, table: str, key: Key, before: Row | None, after: Row | None) -> None:
        if before == after:
            self.changes.get(table, {}).pop(key, None)
        else:
            self.changes.setdefault(table, {})[key] = (before, after)


def fetch(connection: sa.Connection, table: str, wanted: Mapping[str, Collection[Value]]) -> Iterator[Row]:
    """Read the rows whose columns have one of the wanted values; None wants what is missing."""
    for row, _ in fetch_with_event(connection, table, wanted):
        yield row


def fetch_with_event(
    connection: sa.Connection, table: str, wanted: Mapping[str, Collection[Value]]
) -> Iterator[tuple[Row, int]]:
    """Read rows as `fetch` does, each with the event that made it what it is."""
    stored = SCHEMA.tables[table]
    columns = [stored.c[name] for name in (*row_names(TABLES[table]), EVENT)]
    longest = max(wanted, key=lambda name: len(wanted[name]), default=None)
    parts = _parts(list(wanted[longest])) if longest else [[]]
    for part in parts:
        terms = [_among(stored.c[name], part if name == longest else wanted[name]) for name in wanted]
        for found in connection.execute(sa.select(*columns).where(*terms)):
            *row, event = found
            yield tuple(row), event


def _parts(values: list[Value]) -> Iterator[list[Value]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _among(column: sa.Column[Any], values: Collection[Value]) -> sa.ColumnElement[bool]:
    present = [value for value in values if _may_hold(column, value)]
    if len(present) == len(values) == 1:
        return column == present[0]
    among = column.in_(present) if present else sa.false()
    return sa.or_(among, column.is_(None)) if None in values else among


def _may_hold(column: sa.Column[Any], value: Value) -> bool:
    """Tell whether a column could hold a value: a driver that is asked for another may fail."""
    kind = column.type.python_type
    if isinstance(value, str):
        return kind is str and storable(value)
    return type(value) is kind and abs(value) < 2**62  # type: ignore[arg-type]


def _fits(table: str, row: Row, wanted: Mapping[str, Collection[Value]]) -> bool:
    record = row_record(TABLES[table], row)
    return all(record[name] in values for name, values in wanted.items())


def as_values(value: Value | Collection[Value]) -> tuple[Value, ...]:
    """Return the values that are wanted: those given, or the one."""
    return tuple(value) if isinstance(value, Collection) and not isinstance(value, str) else (value,)


def same(table: str, columns: Sequence[str], row: Row) -> Fault:
    """Tell of a row that has what another has already, where the two must differ."""
    record = row_record(TABLES[table], row)
    found, together = shown_key(tuple(record[name] for name in columns)), " + ".join(columns)
    cure = f"give it {together} of its own, or change the row that is there"
    key = key_of(TABLES[table], record)
    return Fault(placed(table, *key), 0, columns[0], found, f"{together} must be unique", cure)


def placed(table: str, *key: Value) -> str:
    """Name a row for a reader, by its table and key."""
    return f"{table} {shown_key(key)}"


def new_codes(table: str, count: int) -> list[str]:
    """Make codes for new rows: random, and in the order of time, which keeps indexes small and quick."""
    begins, drawn = f"{table[0]}{time.time_ns() // 1_000_000:011x}", secrets.token_hex(8 * count)
    return [begins + end for end in sorted(drawn[16 * place : 16 * place + 16] for place in range(count))]
