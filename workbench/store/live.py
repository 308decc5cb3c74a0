"""A live study that can be written to: acts, and undoing them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd
import sqlalchemy as sa

from workbench.errors import Fault
from workbench.eventlog import row_record
from workbench.records import Record, Value, records_frame
from workbench.rules import Rule, rules_for
from workbench.store.checking import check_draft, guard
from workbench.store.database import Database
from workbench.store.draft import Act, Draft, as_values, fetch
from workbench.store.errors import RefusedError, StoreError
from workbench.store.log import EVENTS_TABLE, Head, append, read_events, read_head, require_actor
from workbench.store.parts import read_parts
from workbench.store.reading import read_open
from workbench.store.revision import require_current
from workbench.store.undo import REDO, UNDO, built_on, last_done, last_undone, plan_reversal, to_undo
from workbench.study import Study
from workbench.tables import TABLES

# A merge that changes no row still brings the other copy's events, and can be undone and redone.
_LASTS_WITHOUT_ROWS = {"merged", "undone", "done again"}


@dataclass(frozen=True)
class Done:
    """What an act became: its event's number, moment (ISO 8601) and hash; of undo and redo the event concerned."""

    sequence: int
    at: str
    hash: str
    concerns: int | None = None


class LiveStudy:
    """A live study opened for writing by one actor.

    ::

        with LiveStudy("var/mine", actor="K1") as live:
            live.do(code_span("A1-01", 0, 12, "COND_TIME"))  # an act, from workbench.acts
            live.undo()
            study = live.read()  # tables: study.codings, study.events, …

    Every act is checked, and kept in the log with who did it and why: it is done whole or not at all.

    Parameters
    ----------
    place : str or Path
        Folder of the study, or its URL.
    actor : str
        Who acts: a coder's, researcher's or participant's code, never a name.

    Raises
    ------
    StoreError
        There is no live study there, it cannot be reached, or it is of another version of the workbench.
    """

    def __init__(self, place: str | Path, *, actor: str) -> None:
        require_actor(actor)
        self.database, self.actor = Database(place), actor
        try:
            with self.database.reading() as connection:
                require_current(connection, self.database.name)
                self._rules = study_rules(connection)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Give the study."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the database."""
        self.close()

    def close(self) -> None:
        """Let go of the database; nothing is pending, ever."""
        self.database.close()

    def read(self) -> Study:
        """Return the study as it is now, read-only."""
        return read_open(self.database)

    def find(self, table: str, /, **where: Value | Collection[Value]) -> list[Record]:
        """Return the rows of one table whose columns have the given value, or one of the given values, in their order.

        Quicker than `read` where a few rows are wanted, as those of one entry.
        """
        wanted = {name: as_values(value) for name, value in where.items()}
        with self.database.reading() as connection:
            rows = sorted(fetch(connection, table, wanted), key=lambda row: row[0])  # type: ignore[arg-type, return-value]
        return [row_record(TABLES[table], row) for row in rows]

    def event(self, sequence: int) -> Record:
        """Return an event of the log by its number; StoreError when there is none."""
        with self.database.reading() as connection:
            for event in read_events(connection, EVENTS_TABLE.c.sequence == sequence):
                return event
        raise StoreError(f"{self.database.name}: there is no event {sequence}. `workbench history` lists them.")

    def back_up(self, why: str) -> Path:
        """Copy the study into its folder of backups, as before an import: see `workbench.store.backup.back_up`."""
        from workbench.store.backup import back_up  # noqa: PLC0415  migrations' library, only where it is needed

        return back_up(self.database, why)

    def do(self, act: Act, *, reason: str | None = None) -> Done:
        """Carry out an act: all of it, or nothing.

        Parameters
        ----------
        act : Act
            One of `workbench.acts`.
        reason : str, optional
            Why, for whoever reads the log; without it the reason that the act itself gives.

        Returns
        -------
        Done
            When it returns, the act survives a power cut.

        Raises
        ------
        RefusedError
            The act breaks a rule; nothing was changed.
        StoreError
            The database could not be written to; nothing was changed.
        """
        if act.backup:
            self.back_up(f"before {act.name}")
        with self.database.writing() as connection, uncollected():
            head = read_head(connection)
            draft = make_draft(connection, head, act.name, self.actor)
            act.plan(draft)
            return commit(draft, head, self._rules, reason=reason or act.reason)

    def planned(self, act: Act, *tables: str) -> list[pd.DataFrame]:
        """Plan an act and check it as `do` does, and write nothing: gives tables as it would leave them.

        Raises
        ------
        RefusedError
            The act breaks a rule.
        """
        with self.database.reading() as connection:
            draft = make_draft(connection, read_head(connection), act.name, self.actor)
            act.plan(draft)
            check_draft(draft, self._rules)
            return [records_frame(TABLES[name], draft.find(name)) for name in tables]

    def undo(self, sequence: int | None = None) -> Done:
        """Undo the actor's latest act that stands, or the event of a number, whoever's it was.

        Raises
        ------
        RefusedError
            There is nothing to undo, or others have built on it: `first` lists what to undo before it.
        """
        return self._turn(UNDO, sequence, last_done)

    def redo(self, sequence: int | None = None) -> Done:
        """Do again what the actor undid last, or the undone event of a number; raises as `undo`."""
        return self._turn(REDO, sequence, last_undone)

    def _turn(self, act: str, sequence: int | None, find: Callable[[sa.Connection, str], int | None]) -> Done:
        with self.database.writing() as connection:
            target = sequence if sequence is not None else find(connection, self.actor)
            if target is None:
                rule, cure = f"there is something to {act}", f"name the event to {act} by its number"
                raise RefusedError(act, [Fault("events", 0, "actor", self.actor, rule, cure)])
            head = read_head(connection)
            draft = make_draft(connection, head, act, self.actor)
            plan_reversal(draft, target)
            try:
                return commit(draft, head, self._rules, concerns=target)
            except RefusedError as refused:
                first = to_undo(draft, target, refused.first) if refused.first else built_on(draft, target)
                raise RefusedError(act, refused.faults, tuple(first)) from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage collector out: a bulk act keeps all it makes to its end, and looking through it takes time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def study_rules(connection: sa.Connection) -> Sequence[Rule]:
    """Return the rules that the study's acts must keep."""
    _, instrument, _ = read_parts(connection).read()
    return rules_for(set(instrument.components["component"]))


def make_draft(connection: sa.Connection, head: Head, act: str, actor: str) -> Draft:
    """Begin to plan the act that comes after the head."""
    return Draft(connection, act=act, actor=actor, now=head.next_moment(), sequence=head.sequence + 1)


def commit(
    draft: Draft, head: Head, rules: Sequence[Rule], *, reason: str | None = None, concerns: int | None = None
) -> Done:
    """Check a planned act, and write its rows and its event; the transaction's end makes them last."""
    if not any(draft.changes.values()) and not draft.faults and not _LASTS_WITHOUT_ROWS & draft.about.keys():
        rule = "an act changes something"
        raise RefusedError(draft.act, [Fault("study", 0, "", "no change", rule, "leave it, or give other values")])
    check_draft(draft, rules)
    told: Record = {"actor": draft.actor, "act": draft.act, "concerns": concerns, "reason": reason}
    try:
        event = append(
            draft.connection,
            head,
            {**told, "at": draft.now, "about": draft.about},
            draft.rows(after=False),
            draft.rows(after=True),
        )
    except sa.exc.IntegrityError as error:
        raise guard(error, draft) from error
    return Done(head.sequence + 1, str(event["at"]), str(event["hash"]), concerns)
