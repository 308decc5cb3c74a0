"""What a participant did themselves, as the log of the study has it."""

from __future__ import annotations

from contextlib import closing

from workbench.opening import is_live
from workbench.records import Record
from workbench.store.database import Database
from workbench.store.log import EVENTS_TABLE, read_events


def own_acts(place: str, person: str) -> list[Record]:
    """Read of a study's log a person's own acts alone, in order; a frozen study has none.

    Raises
    ------
    StoreError
        The study cannot be read.
    """
    if not is_live(place):
        return []
    with closing(Database(place, writes=False)) as database, database.reading() as connection:
        return list(read_events(connection, EVENTS_TABLE.c.actor == person))
