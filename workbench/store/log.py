"""The log in the database: its head, its events, and appending to it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from workbench.checks import broken_by
from workbench.errors import Fault
from workbench.eventlog import START, Rows, event_hash, pack, row_key, row_names
from workbench.records import Record, make_record, moment_text, storable
from workbench.store.errors import RefusedError, StoreError
from workbench.store.schema import EVENT, SCHEMA
from workbench.tables import EVENTS, TABLES

EVENTS_TABLE = SCHEMA.tables["events"]
_NAMES = tuple(column.name for column in EVENTS.columns)


@dataclass(frozen=True)
class Head:
    """Where the log ends: the last event's sequence, moment (ISO 8601) and hash."""

    sequence: int
    at: str
    hash: str

    def next_moment(self) -> dt.datetime:
        """Now, or the head's own moment where a clock has been set back: time in a log never does."""
        now = dt.datetime.now(dt.UTC)
        return max(now, dt.datetime.fromisoformat(self.at)) if self.at else now


def require_actor(actor: str) -> None:
    """Refuse a code of nothing but space: every event tells who."""
    if not actor.strip() or not storable(actor):
        raise StoreError("An act has an actor. Cure: give the code of who acts, such as K1.")


def read_head(connection: sa.Connection) -> Head:
    """Read where the log ends."""
    columns = (EVENTS_TABLE.c.sequence, EVENTS_TABLE.c.at, EVENTS_TABLE.c.hash)
    found = connection.execute(sa.select(*columns).order_by(EVENTS_TABLE.c.sequence.desc()).limit(1)).first()
    return Head(found.sequence, found.at, found.hash) if found else Head(0, "", START)


def read_events(connection: sa.Connection, *terms: sa.ColumnElement[bool]) -> Iterator[Record]:
    """Read events in order, one at a time."""
    statement = sa.select(*(EVENTS_TABLE.c[name] for name in _NAMES)).where(*terms).order_by(EVENTS_TABLE.c.sequence)
    with connection.execute(statement, execution_options={"yield_per": 200}) as result:
        for found in result:
            yield dict(zip(_NAMES, found, strict=True))


def append(connection: sa.Connection, head: Head, told: dict[str, Any], before: Rows, after: Rows) -> Record:
    """Write the rows of an act, and its event, chained to the head.

    Parameters
    ----------
    told : dict
        at (datetime), actor, act, concerns, reason, about (what else, as JSON has it).
    before, after : Rows
        The changed rows by table.

    Raises
    ------
    RefusedError
        The act has no name, or its name or reason are words that no database keeps.
    """
    event: Record = {
        "sequence": head.sequence + 1,
        "at": moment_text(told["at"]),
        **_words(told),
        "objects": json.dumps({**_objects(before, after), **told["about"]}, ensure_ascii=False, separators=(",", ":")),
        "before": pack(before),
        "after": pack(after),
    }
    event["hash"] = event_hash(event, head.hash)
    connection.execute(EVENTS_TABLE.insert(), event)
    write_rows(connection, head.sequence + 1, before, after)
    return event


def _words(told: dict[str, Any]) -> Record:
    """Give what an event says of itself the form that every row has."""
    names = ("actor", "act", "concerns", "reason")
    record, faults = make_record(EVENTS, {name: told[name] for name in names})
    for name in names if not faults else ():
        if broken := broken_by(EVENTS[name], record[name]):
            faults.append(Fault(EVENTS.name, 0, name, "nothing", *broken))
    if faults:
        raise RefusedError(str(told["act"]), faults)
    return {name: record[name] for name in names}


_NAMED = 20


def _objects(before: Rows, after: Rows) -> dict[str, Any]:
    """Name the rows an event is about, or count them where they are many."""
    told: dict[str, Any] = {}
    for name in {**before, **after}:
        sides = [side[name] for side in (before, after) if side.get(name)]
        if len(sides) == 1 and len(sides[0]) > _NAMED:  # no key stands twice on one side
            told[name] = len(sides[0])
            continue
        keys = {row_key(TABLES[name], row) for side in sides for row in side}
        told[name] = sorted(_plain(key) for key in keys) if len(keys) <= _NAMED else len(keys)
    return told


def _plain(key: Sequence[Any]) -> Any:
    return key[0] if len(key) == 1 else " · ".join("(none)" if part is None else str(part) for part in key)


def write_rows(connection: sa.Connection, sequence: int, before: Rows, after: Rows) -> None:
    """Make the current rows what they are after an event."""
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    for name in {**before, **after}:
        delete, insert = _statements(name, mark)
        if before.get(name):
            connection.exec_driver_sql(delete, [(row[0],) for row in before[name]])
        if after.get(name):
            connection.exec_driver_sql(insert, [(*row, sequence) for row in after[name]])


@cache
def _statements(name: str, mark: str) -> tuple[str, str]:
    """Write the statements that take a row away and add one: the driver takes tuples as they are, many at once."""
    names = (*row_names(TABLES[name]), EVENT)
    columns, marks = ", ".join(f'"{column}"' for column in names), ", ".join([mark] * len(names))
    delete = f'DELETE FROM "{name}" WHERE "{names[0]}" = {mark}'  # noqa: S608  names are our own
    return delete, f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'  # noqa: S608
