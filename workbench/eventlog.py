"""The log of a live study: each act's rows before and after, chained by hashes, and what follows from it. Pure.

A row is a tuple: its place (the order of rows in a table, given once and kept) and then the columns of
`workbench.tables`. The log alone gives the study as it was after any event: see `fold`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.columns import Table
from workbench.errors import WorkbenchError
from workbench.records import Key, Record, Value, columns_frame, moment_text
from workbench.tables import EVENTS, TABLES

PLACE = "_place"
KEPT = tuple(name for name in TABLES if name != "events")  # every table the log tells of
START = "0" * 64
MERGE = "merge"
_HASHED = ("sequence", "at", "actor", "act", "concerns", "objects", "reason")

_ROWS = {name: (PLACE, *(column.name for column in table.columns)) for name, table in TABLES.items()}
_KEYS = {name: tuple(_ROWS[name].index(column) for column in table.key) for name, table in TABLES.items()}

Row = tuple[Value, ...]
Rows = dict[str, list[Row]]
State = dict[str, dict[Key, Row]]


def row_names(table: Table) -> tuple[str, ...]:
    """Names of a row's values: its place, then the table's columns."""
    return _ROWS[table.name]


def row_key(table: Table, row: Sequence[Value]) -> Key:
    """Return the values of the table's key."""
    return tuple([row[place] for place in _KEYS[table.name]])


def row_record(table: Table, row: Sequence[Value]) -> Record:
    """Name a row's values, its place left out."""
    return dict(zip(row_names(table)[1:], row[1:], strict=True))


def pack(rows: Mapping[str, Sequence[Row]]) -> str | None:
    """Write rows by table as JSON; None when there are none."""
    tables = {name: {"columns": row_names(TABLES[name]), "rows": some} for name, some in rows.items() if some}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")) if tables else None


def unpack(text: str | None) -> Rows:
    """Read rows as `pack` wrote them; a column that came later is None, one that is gone is left out."""
    return {
        name: _fitted(TABLES[name], part["columns"], part["rows"])
        for name, part in json.loads(text or "{}").items()
        if name in TABLES
    }


def _fitted(table: Table, found: Sequence[str], rows: Iterable[Sequence[Value]]) -> list[Row]:
    names = row_names(table)
    if tuple(found) == names:
        return [tuple(row) for row in rows]
    places = [found.index(name) if name in found else None for name in names]
    return [tuple(None if place is None else row[place] for place in places) for row in rows]


def event_hash(event: Mapping[str, Value], previous: str) -> str:
    """SHA-256 of an event and the hash of the one before, in hexadecimal.

    Every part is written with its length in front, so that no two events read alike; the rows before and
    after enter by their own SHA-256.
    """
    parts: list[object] = [event[name] for name in _HASHED]
    parts += [None if event[name] is None else _digest(str(event[name])) for name in ("before", "after")]
    told = [previous, *("-" if part is None else str(part) for part in parts)]
    return _digest("".join(f"{len(part.encode())}:{part}," for part in told))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def fold(events: Iterable[Mapping[str, Value]]) -> State:
    """Let every event happen, in order: the rows of each table by key, as they are after the last."""
    state: State = {name: {} for name in KEPT}
    for event in events:
        for name, rows in unpack(_text(event["before"])).items():
            for row in rows:
                state[name].pop(row_key(TABLES[name], row), None)
        for name, rows in unpack(_text(event["after"])).items():
            state[name].update((row_key(TABLES[name], row), row) for row in rows)
    return state


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def event_records(events: pd.DataFrame) -> Iterator[Record]:
    """Go through the rows of the table ``events`` one by one, a missing value being None."""
    names = [column.name for column in EVENTS.columns]
    for row in events[names].itertuples(index=False, name=None):
        yield {name: None if pd.isna(value) else value for name, value in zip(names, row, strict=True)}


def frames_as_of(events: pd.DataFrame, when: dt.datetime | int) -> dict[str, pd.DataFrame]:
    """Make the tables as they were: at a moment, or right after the event of a number.

    Parameters
    ----------
    events : DataFrame
        The table ``events``.
    when : datetime or int
        A moment with its time zone, or an event's sequence.

    Returns
    -------
    dict of DataFrame
        Every table; `events` holds those that had happened.

    Raises
    ------
    WorkbenchError
        The study had not begun, has no log or no such event, or the moment lacks its time zone.
    """
    if not isinstance(when, (int, dt.datetime)) or isinstance(when, bool):
        raise WorkbenchError(
            f"{when!r} is neither a moment nor an event's number. Cure: give a datetime or a whole number."
        )
    if isinstance(when, dt.datetime) and when.tzinfo is None:
        raise WorkbenchError(f"{when} has no time zone. Cure: add one, such as datetime(..., tzinfo=UTC).")
    known = events[events["sequence"] <= when] if isinstance(when, int) else events[events["at"] <= when]
    last = 0 if events.empty else int(events["sequence"].max())
    if isinstance(when, int) and 0 < last < when:
        raise WorkbenchError(
            f"There is no event {when}: the log ends with event {last}. Cure: choose one of its events."
        )
    if known.empty:
        shown = moment_text(when) if isinstance(when, dt.datetime) else f"event {when}"
        raise WorkbenchError(f"Nothing is known of {shown}: {_span(events)}. Cure: choose a later moment.")
    state = fold(event_records(known))
    frames = {name: state_frame(name, state[name].values()) for name in KEPT}
    return {name: known.reset_index(drop=True) if name == "events" else frames[name] for name in TABLES}


def _span(events: pd.DataFrame) -> str:
    return "the study has no log" if events.empty else f"the log begins {moment_text(events['at'].iloc[0])}"


def state_frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Make a table's frame of its rows, in the order of their places."""
    return rows_frame(TABLES[name], sorted(rows, key=_place))


def _place(row: Row) -> Any:
    return row[0]


def rows_frame(
    table: Table, rows: Sequence[Row], names: Collection[str] | None = None, *, brief: bool = False
) -> pd.DataFrame:
    """Make a table's frame, or some of its columns, of rows in the order given; `brief` as in `columns_frame`."""
    lists = zip(*rows, strict=True) if rows else ([] for _ in row_names(table))
    values = dict(zip(row_names(table), lists, strict=True))
    wanted = names or row_names(table)
    return columns_frame(table, {name: values[name] for name in values if name in wanted}, brief=brief)


def history_of(events: pd.DataFrame, table: str, *key: Value) -> pd.DataFrame:
    """Tell what happened to one row, one line for each column that an event changed.

    Returns
    -------
    DataFrame
        sequence, at, actor, act, reason, column, before, after; the values as text, missing where the row
        was not there or the column was empty. What was done in another copy is told as it was done there,
        under the number of the merge that brought it, and then what the merge made of it.

    Raises
    ------
    WorkbenchError
        There is no such table, or the key has other parts.
    """
    if table not in KEPT:
        raise WorkbenchError(f"A log tells of no table {table!r}. Cure: name one of {', '.join(KEPT)}.")
    declared, lines = TABLES[table], []
    if len(key) != len(declared.key):
        raise WorkbenchError(
            f"A key of {table} is {', '.join(declared.key)}; {len(key)} given. Cure: give each of them."
        )
    for event, sequence in _with_carried(event_records(events)):
        sides = [_one(declared, key, unpack(_text(event[side])).get(table, [])) for side in ("before", "after")]
        for column in declared.columns:
            was, became = (side.get(column.name) for side in sides)
            if was != became:
                told = {name: event[name] for name in ("at", "actor", "act", "reason")}
                lines.append({"sequence": sequence, **told, "column": column.name, "before": was, "after": became})
    names = ["sequence", "at", "actor", "act", "reason", "column", "before", "after"]
    frame = pd.DataFrame(lines, columns=names)
    moments = pd.to_datetime(frame["at"], utc=True).dt.as_unit("us")
    texts = {side: frame[side].astype("str") for side in ("before", "after")}
    return frame.assign(at=moments, sequence=frame["sequence"].astype("Int64"), **texts)


def _with_carried(events: Iterable[Record]) -> Iterator[tuple[Record, Value]]:
    """Go through events, before a merge through those of the other copy that it carries, with the log's own number."""
    for event in events:
        merged = json.loads(str(event["objects"])).get("merged", {}) if event["act"] == MERGE else {}
        yield from ((carried, event["sequence"]) for carried in merged.get("events", ()))
        yield event, event["sequence"]


def _one(table: Table, key: Key, rows: Iterable[Row]) -> Record:
    return next((row_record(table, row) for row in rows if row_key(table, row) == key), {})
