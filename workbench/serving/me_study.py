"""What a participant's own pages read of the study: all of it as it is now, and what they did themselves."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from workbench.opening import is_live, open_study
from workbench.records import Record
from workbench.store.database import Database
from workbench.store.log import EVENTS_TABLE, read_events
from workbench.study import Study


@dataclass(frozen=True)
class Read:
    """A study as it is now, and one person's own acts in it."""

    study: Study
    acts: list[Record]


def read_for(place: str, person: str) -> Read:
    """Read the study at a place, and of its log a person's own acts alone; a frozen study has none.

    Raises
    ------
    WorkbenchError
        The study cannot be read.
    """
    return Read(open_study(place), _own_acts(place, person) if is_live(place) else [])


def _own_acts(place: str, person: str) -> list[Record]:
    with closing(Database(place, writes=False)) as database, database.reading() as connection:
        return list(read_events(connection, EVENTS_TABLE.c.actor == person))
