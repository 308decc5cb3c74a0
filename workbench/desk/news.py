"""News at the desk: what became of the study since it was last told of, whoever changed it and from wherever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from workbench.desk.shown import Plain, shown_coding
from workbench.eventlog import row_record, unpack
from workbench.records import Record
from workbench.store.live import LiveStudy
from workbench.store.log import EVENTS_TABLE, read_events, read_head
from workbench.store.undo import RESTORE
from workbench.tables import TABLES

MOST = 300  # rows changed, or events, of which each is told; after more all is told anew
# What a change of these alters is told row by row; of other tables that the desk shows, all is told anew.
TOLD = {"codings", "memos", "codes"}
UNSHOWN = {"lineage", "decisions", "suggestions"}  # shown only where they are asked for
Asked = Mapping[str, Any]
Seen = Callable[[list[Record]], list[Record]]


class News:
    """What is new in a study.

    Parameters
    ----------
    live : LiveStudy
        The study.
    seen : callable
        Leaves out of some codings or memos what this coder may not see.

    Attributes
    ----------
    answers : dict
        For each thing that can be asked what answers it.
    """

    def __init__(self, live: LiveStudy, seen: Seen) -> None:
        self._live, self._seen = live, seen
        self.answers: dict[str, Callable[[Asked], Plain]] = {"news": lambda asked: self._since(int(asked["since"]))}

    def head(self) -> int:
        """Tell the number of the study's last event."""
        with self._live.database.reading() as connection:
            return read_head(connection).sequence

    def _since(self, since: int) -> Plain:
        """Tell what is otherwise than it was after an event: rows as they are now, however often they changed."""
        with self._live.database.reading() as connection:
            head = read_head(connection).sequence
            if head == since:
                return {"sequence": head}
            later = EVENTS_TABLE.c.sequence > since
            if head < since or _is_much(connection, later):
                return {"sequence": head, "anew": True}
            events = list(read_events(connection, later))
        return {"sequence": head, **self._told(events)}

    def _told(self, events: Sequence[Record]) -> Plain:
        befores, afters = ([unpack(_text(event[side])) for event in events] for side in ("before", "after"))
        tables = sorted({name for side in (*befores, *afters) for name in side})
        codings, memos = (self._changed(name, befores, afters) for name in ("codings", "memos"))
        told: Plain = {"tables": tables, "coded": self._coded(codings)}
        told |= {side: [shown_coding(row) for row in codings[side]] for side in ("gone", "come")}
        told["memos"] = {"gone": [row["memo"] for row in memos["gone"]], "come": memos["come"]}
        return told | ({"codes": self._live.find("codes")} if "codes" in tables else {})

    def _changed(self, name: str, befores: Iterable[Asked], afters: Iterable[Asked]) -> dict[str, list[Record]]:
        """Give the rows that events left otherwise: those that were there in between, and those that are there now."""
        key = TABLES[name].key[0]
        once = list(_records(name, (*befores, *afters)))
        touched = list(dict.fromkeys(row[key] for row in once))
        now = {row[key]: row for row in self._live.find(name, **{key: touched})} if touched else {}
        gone = [row for row in once if row != now.get(row[key])]
        return {"gone": self._seen(gone), "come": self._seen(list(now.values()))}

    def _coded(self, codings: Mapping[str, Sequence[Record]]) -> dict[str, dict[str, int]]:
        """Count who coded each entry that codings were changed in how often."""
        counted: dict[str, dict[str, int]] = {str(row["entry"]): {} for rows in codings.values() for row in rows}
        for row in self._seen(self._live.find("codings", entry=list(counted))) if counted else ():
            of_entry = counted[str(row["entry"])]
            of_entry[str(row["coder"])] = of_entry.get(str(row["coder"]), 0) + 1
        return counted


def _is_much(connection: sa.Connection, later: sa.ColumnElement[bool]) -> bool:
    """Tell whether events changed so much, or such things, that all is better told anew; their rows are not read."""
    columns = EVENTS_TABLE.c.act, EVENTS_TABLE.c.objects
    found = connection.execute(sa.select(*columns).where(later).limit(MOST + 1)).all()
    objects = [json.loads(told) for _, told in found]
    sizes = [_size(rows) for told in objects for name, rows in told.items() if name in TABLES]
    other = {name for told in objects for name in told} & TABLES.keys() - TOLD - UNSHOWN
    return len(found) > MOST or sum(sizes) > MOST or bool(other) or any(act == RESTORE for act, _ in found)


def _size(rows: object) -> int:
    return rows if isinstance(rows, int) else len(rows) if isinstance(rows, list) else 0


def _records(name: str, sides: Iterable[Asked]) -> Iterator[Record]:
    for side in sides:
        yield from (row_record(TABLES[name], row) for row in side.get(name, []))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
