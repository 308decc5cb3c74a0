"""Undo and redo: an event's rows put back as they were, or made again, as an act of its own.

Each actor goes back through their own events, any depth, also after a restart: all that is needed stands in
the log. An act that follows an undone one ends its redoing, as in any editor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from workbench.columns import Table
from workbench.errors import Fault
from workbench.eventlog import Row, row_key, unpack
from workbench.records import Key, Record
from workbench.store.draft import Draft, placed
from workbench.store.errors import RefusedError
from workbench.store.log import EVENTS_TABLE, read_events
from workbench.tables import TABLES

UNDO, REDO, BEGIN, RESTORE = "undo", "redo", "create study", "restore"
LASTING = frozenset({UNDO, REDO, BEGIN, RESTORE})  # events that are not themselves undone
_E = EVENTS_TABLE.c


def last_done(connection: sa.Connection, actor: str) -> int | None:
    """Find the actor's latest act that stands."""
    own = sa.select(_E.sequence).where(_E.actor == actor, _E.act.not_in(LASTING))
    standing = own.where(sa.not_(_undone())).order_by(_E.sequence.desc()).limit(1)
    return connection.execute(standing).scalar()


def last_undone(connection: sa.Connection, actor: str) -> int | None:
    """Find the actor's act that was undone last, unless they have acted anew since."""
    later = EVENTS_TABLE.alias("later")
    undo = sa.select(_E.sequence, _E.concerns).where(_E.actor == actor, _E.act == UNDO)
    superseded = sa.exists().where(later.c.concerns == _E.concerns, later.c.sequence > _E.sequence)
    found = connection.execute(undo.where(~superseded).order_by(_E.sequence.desc()).limit(1)).first()
    if found is None:
        return None
    acted = sa.select(_E.sequence).where(_E.actor == actor, _E.sequence > found.sequence, _E.act.not_in([UNDO, REDO]))
    return None if connection.execute(acted.limit(1)).scalar() else found.concerns


def _undone() -> sa.ColumnElement[bool]:
    """Tell whether the latest event that concerns an event undid it."""
    later = EVENTS_TABLE.alias("later")
    last = sa.select(later.c.act).where(later.c.concerns == _E.sequence).order_by(later.c.sequence.desc()).limit(1)
    return sa.func.coalesce(last.correlate(EVENTS_TABLE).scalar_subquery(), "") == UNDO


def is_undone(connection: sa.Connection, sequence: int) -> bool:
    """Tell whether an event stands undone."""
    return bool(connection.execute(sa.select(_undone()).where(_E.sequence == sequence)).scalar())


def plan_reversal(draft: Draft, sequence: int) -> None:
    """Plan to put an event's rows back as they were before it (undo), or make them again (redo).

    Raises
    ------
    RefusedError
        There is no such event, or its rows have been changed since: `first` names the events to undo first.
    """
    known = 0 < sequence < draft.sequence  # a number may be longer than the database has
    event = next(read_events(draft.connection, _E.sequence == sequence), None) if known else None
    fault = _unfit(draft, event, sequence)
    if event is None or fault:
        raise RefusedError(draft.act, [fault] if fault else [])
    draft.about = {"undone" if draft.act == UNDO else "done again": event["act"]}
    left, made = ("after", "before") if draft.act == UNDO else ("before", "after")
    changes = {name: _paired(name, event, left, made) for name in _tables(event)}
    _require_untouched(
        draft, sequence, {name: {key: pair[0] for key, pair in some.items()} for name, some in changes.items()}
    )
    for name, pairs in changes.items():
        for key, (_, row) in pairs.items():
            draft.put(name, key, row)


def _unfit(draft: Draft, event: Record | None, sequence: int) -> Fault | None:
    cure = "look up its number: workbench history STUDY"
    if event is None:
        return Fault("events", 0, "sequence", str(sequence), "there is such an event", cure)
    if event["act"] in LASTING:
        return Fault("events", 0, "act", str(event["act"]), "only an act itself is undone or done again", cure)
    if is_undone(draft.connection, sequence) != (draft.act == REDO):
        rule = "what stands can be undone, what was undone can be done again"
        return Fault("events", 0, "sequence", str(sequence), rule, cure)
    return None


def _tables(event: Record) -> Iterator[str]:
    yield from {**unpack(_json(event, "before")), **unpack(_json(event, "after"))}


def _json(event: Record, side: str) -> str | None:
    value = event[side]
    return value if isinstance(value, str) else None


def _paired(name: str, event: Record, left: str, made: str) -> dict[Key, tuple[Row | None, Row | None]]:
    sides = [
        {row_key(TABLES[name], row): row for row in unpack(_json(event, side)).get(name, [])} for side in (left, made)
    ]
    return {key: (sides[0].get(key), sides[1].get(key)) for key in {**sides[0], **sides[1]}}


def _require_untouched(draft: Draft, sequence: int, expected: dict[str, dict[Key, Row | None]]) -> None:
    """Refuse where a row is no longer as the event left it, naming every event since that touched it."""
    touched = {
        name: {key for key, row in rows.items() if row != found.get(key)}
        for name, rows in expected.items()
        for found in [draft.stored(name, rows)]
    }
    if not any(touched.values()):
        return
    later = list(_touching(draft.connection, sequence, touched))
    faults = [
        Fault(placed(name, *key), 0, "", "changed since", *_since(later, name, key))
        for name, keys in touched.items()
        for key in sorted(keys, key=str)
    ]
    raise RefusedError(draft.act, faults, [int(str(event["sequence"])) for event in later])


def _since(later: list[Record], name: str, key: Key) -> tuple[str, str]:
    told = [
        f"event {event['sequence']} ({event['act']} by {event['actor']})"
        for event in later
        if key in _keys(event, name)
    ]
    if not told:
        return "a row is put back from how the event left it", "undo and redo in turn, the latest first"
    return f"nothing has been built on it; here has: {', '.join(told)}", "undo that first"


def built_on(draft: Draft, sequence: int) -> Iterator[int]:
    """Find the acts since an event that touched its rows or rows these refer to: what to undo before it."""
    related: dict[str, set[Key]] = {name: set(changed) for name, changed in draft.changes.items()}
    for name, rows in draft.rows(after=True).items():
        for other, keys in _referred(TABLES[name], rows):
            related.setdefault(other, set()).update(keys)
    yield from (int(str(event["sequence"])) for event in _touching(draft.connection, sequence, related))


def to_undo(draft: Draft, sequence: int, events: Sequence[int]) -> Iterator[int]:
    """Give the acts to undo instead of events: an undo or a redo is not undone itself, but what it left standing is."""
    for event in read_events(draft.connection, _E.sequence.in_(events)):
        if event["act"] == REDO:
            yield int(str(event["concerns"]))
        elif event["act"] == UNDO:
            touched = {name: _keys(event, name) for name in _tables(event)}
            yield from (int(str(act["sequence"])) for act in _touching(draft.connection, sequence, touched))
        else:
            yield int(str(event["sequence"]))


def _referred(table: Table, rows: Sequence[Row]) -> Iterator[tuple[str, set[Key]]]:
    for place, column in enumerate(table.columns, start=1):
        if column.refers:
            yield column.refers.split(".")[0], {(row[place],) for row in rows}


def _touching(connection: sa.Connection, sequence: int, touched: dict[str, set[Key]]) -> Iterator[Record]:
    for event in read_events(connection, _E.sequence > sequence):
        standing = event["act"] not in {UNDO, REDO} and not is_undone(connection, int(str(event["sequence"])))
        if standing and any(keys & _keys(event, name) for name, keys in touched.items()):
            yield event


def _keys(event: Record, name: str) -> set[Key]:
    rows = [row for side in ("before", "after") for row in unpack(_json(event, side)).get(name, [])]
    return {row_key(TABLES[name], row) for row in rows}
