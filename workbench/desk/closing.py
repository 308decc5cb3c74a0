"""Rows as they were when a round was closed: talk and a changed codebook move codings afterwards."""

from __future__ import annotations

from collections.abc import Collection

from workbench.eventlog import row_record, unpack
from workbench.records import Record, key_of
from workbench.store.draft import fetch_with_event
from workbench.store.live import LiveStudy
from workbench.store.log import EVENTS_TABLE, read_events
from workbench.tables import TABLES


class Closing:
    """The moment that a round was closed.

    Parameters
    ----------
    live : LiveStudy
        The study.
    round_code : str
        A round that is closed.
    """

    def __init__(self, live: LiveStudy, round_code: str) -> None:
        with live.database.reading() as connection:
            [(_, sequence)] = fetch_with_event(connection, "rounds", {"round": (round_code,)})
            self._later = list(read_events(connection, EVENTS_TABLE.c.sequence > sequence))
        self._live = live

    def find(self, table: str, entries: Collection[str]) -> list[Record]:
        """Return a table's rows about some entries as they were then: each later event is taken back in turn."""
        declared = TABLES[table]
        rows = {key_of(declared, row): row for row in self._live.find(table, entry=entries)}
        for event in reversed(self._later):
            before, after = (unpack(str(event[side]) if event[side] else None) for side in ("before", "after"))
            for row in after.get(table, []):
                rows.pop(key_of(declared, row_record(declared, row)), None)
            for row in before.get(table, []):
                record = row_record(declared, row)
                rows[key_of(declared, record)] = record
        return [row for row in rows.values() if row["entry"] in entries]
