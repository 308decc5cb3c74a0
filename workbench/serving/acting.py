"""The study that is served: read again when its log has moved on, and acted on by those who are in it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Literal

from workbench.access import slice_for
from workbench.errors import WorkbenchError
from workbench.eventlog import row_key, row_record, unpack
from workbench.language import Translate
from workbench.opening import is_live, open_study
from workbench.records import Key, Record, Value, shown_key
from workbench.serving.pages import PageHandler
from workbench.store.database import Database
from workbench.store.draft import Act
from workbench.store.errors import RefusedError, StoreError
from workbench.store.live import Done, LiveStudy
from workbench.store.log import EVENTS_TABLE, read_events, read_head
from workbench.study import Study
from workbench.tables import TABLES

Why = Literal["closed", "left", "same", "rule", "unwritable"]
STATUS: Final[Mapping[Why, int]] = {"closed": 409, "left": 409, "same": 409, "rule": 409, "unwritable": 503}
MOST_SLICES = 64
_SIDES = ("before", "after")


class CannotActError(WorkbenchError):
    """An act that was not done; nothing was changed.

    Attributes
    ----------
    why : Why
        ``closed``: the study is frozen. ``left``: the person takes part no longer. ``same``: it changes nothing.
        ``rule``: it breaks a rule of the study. ``unwritable``: the study cannot be written to now.
    """

    def __init__(self, why: Why, reason: object = "") -> None:
        self.why = why
        super().__init__(f"Nothing was done ({why}). {reason}".strip())


def words_for(why: Why, _: Translate) -> str:
    """Say why nothing was done, for the page."""
    return {
        "closed": _("The study is closed: nothing can be handed in now."),
        "left": _("You have left the study, so nothing more is kept of you. Ask the research team if that is wrong."),
        "same": _("Nothing differs from what stands already, so there is nothing to hand in."),
        "rule": _(
            "This could not be handed in, because it does not go together with what else is in the study. "
            "What you wrote is kept as a draft. Tell the research team."
        ),
        "unwritable": _("The study cannot be written to just now. What you wrote is kept as a draft. Try again soon."),
    }[why]


@dataclass(frozen=True)
class Version:
    """What one event made of a row: when, by whom, the row before and after (None: it was not there)."""

    at: str
    actor: str
    was: Record | None
    became: Record | None


class Studied:
    """The study that is served. What is read is kept until the log has moved on.

    Parameters
    ----------
    place : str
        Path or address of the study. It need not be there before it is asked for.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._lock = Lock()
        self._head = -1
        self._study: Study | None = None
        self._slices: dict[str, Study] = {}

    @property
    def is_live(self) -> bool:
        """Whether anything can be done to it."""
        return is_live(self.place)

    def study(self) -> Study:
        """Return the study as it is now, or was read while this waited; raises as `workbench.opening.open_study`."""
        asked = self._head_now()
        with self._lock:  # those who wait here share what is read next: at a meeting thirty hand in at once
            restored = asked < self._head and self._head_now() < self._head
            if self._study is None or self._head < asked or restored:
                self._head = self._head_now()
                self._study = open_study(self.place)
                self._slices.clear()
            return self._study

    def slice_of(self, person: str) -> Study:
        """Return what somebody may see of it, as it is now; raises as `workbench.access.slice_for`."""
        study = self.study()
        with self._lock:
            if study is self._study and person in self._slices:
                return self._slices[person]
        mine = slice_for(study, person)
        with self._lock:
            if study is self._study:
                self._slices[person] = mine
                for oldest in list(self._slices)[:-MOST_SLICES]:
                    del self._slices[oldest]
        return mine

    def do(self, person: str, act: Act) -> Done:
        """Carry out an act, as the person who asks for it: all of it, or nothing.

        Raises
        ------
        CannotActError
            It was refused, with why.
        """
        if not (person and self.is_live):
            raise CannotActError("closed")
        try:
            with LiveStudy(self.place, actor=person) as live:
                return live.do(act)
        except RefusedError as error:
            raise CannotActError(_why(error), error) from error
        except StoreError as error:
            raise CannotActError("unwritable", error) from error

    def deeds_of(self, person: str) -> list[tuple[str, str]]:
        """Return what somebody has done to the study: (when, name of the act), the latest first."""
        found = self._events(EVENTS_TABLE.c.actor == person)
        return [(str(event["at"]), str(event["act"])) for event in reversed(found)]

    def versions(self, table: str, *key: Value) -> list[Version]:
        """Return what each event made of the row with a key, the first first.

        What came in with very many others at once, as in an import, is not told of.
        """
        found = self._events(EVENTS_TABLE.c.objects.contains(shown_key(key), autoescape=True))
        told = [
            Version(str(event["at"]), str(event["actor"]), *(_row(event[side], table, key) for side in _SIDES))
            for event in found
        ]
        return [version for version in told if version.was != version.became]

    def _events(self, term: Any) -> list[Record]:
        if not self.is_live:
            return []
        with closing(Database(self.place, writes=False)) as database, database.reading() as connection:
            return list(read_events(connection, term))

    def _head_now(self) -> int:
        """Return the number of the log's last event; 0 for a frozen study, which never moves on."""
        if not self.is_live:
            return 0
        with closing(Database(self.place, writes=False)) as database, database.reading() as connection:
            return read_head(connection).sequence


def _row(packed: object, table: str, key: Key) -> Record | None:
    rows = unpack(packed if isinstance(packed, str) else None).get(table, [])
    declared = TABLES[table]
    return next((row_record(declared, row) for row in rows if row_key(declared, row) == key), None)


def _why(error: RefusedError) -> Why:
    columns = {(fault.column, fault.found) for fault in error.faults}
    if ("", "no change") in columns:
        return "same"
    left = any(fault.column == "person" and "withdrawn" in fault.rule for fault in error.faults)
    return "left" if left else "rule"


class ActingHandler(PageHandler):
    """A page of somebody who is in the study: it reads their slice, and does their acts, aside from the server."""

    @property
    def studied(self) -> Studied:
        """The study that is served."""
        studied: Studied = self.settings["studied"]
        return studied

    @property
    def person(self) -> str:
        """The pseudonym of whoever is logged in, as the server's session says; "" for those not in the study."""
        return self.who.person if self.who else ""

    async def mine(self) -> Study:
        """Read the slice of whoever is logged in."""
        return await asyncio.to_thread(self.studied.slice_of, self.person)

    async def act(self, act: Act) -> Done:
        """Do an act as whoever is logged in; raises as `Studied.do`."""
        return await asyncio.to_thread(self.studied.do, self.person, act)
