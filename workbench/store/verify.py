"""Verify a live study: its database, its chain of events, its rows against the log, every rule and every quote.

Memory: the log is read one event at a time, of each row a digest is held, and for the rules every table but the
log is read as `open_study` reads it.

What it cannot tell: whether the log's end was cut off and the rows set back to match. Whoever noted the last
event's hash (`Report.head`) can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa
from adbc_driver_manager import Error as DriverError
from sqlalchemy import exc

from workbench.checks import Gaps, check_frames, check_table
from workbench.errors import Fault, WorkbenchError
from workbench.eventlog import KEPT, row_names, state_frame
from workbench.records import Value, shown_key
from workbench.rules import rules_for
from workbench.store.broken import UNREADABLE, Broken, Report
from workbench.store.chain import Chain, Turns, begin_faults, merge_faults
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.log import read_events
from workbench.store.parts import read_parts
from workbench.store.reading import read_open
from workbench.store.received import Received, received_folder
from workbench.store.replay import (
    Difference,
    Replay,
    Stored,
    last_rows,
    name_differences,
    named_keys,
)
from workbench.store.revision import read_revision, require_current
from workbench.store.schema import EVENT
from workbench.store.soundness import database_faults, keep_odd_text, shape_faults
from workbench.study import Study
from workbench.tables import TABLES

# What the database, the driver that reads whole tables, and words that are no rows give.
_DRIVER = (exc.SQLAlchemyError, DriverError, pa.ArrowException)
_UNREADABLE: tuple[type[Exception], ...] = (*_DRIVER, WorkbenchError, *UNREADABLE)
_NAMED = 50  # broken things of one kind that are named


def verify(place: str | Path) -> list[Broken]:
    """Say everything that is broken in a live study; nothing, when it is whole.

    Raises
    ------
    StoreError
        There is no study there, or it cannot be reached.
    """
    return list(examine(place).broken)


def examine(place: str | Path) -> Report:
    """Verify a live study, and count what was checked; raises as `verify`. Others may write meanwhile."""
    with closing(Database(place, writes=False)) as database:
        database.require_there()
        return _Examination(database).report()


class _Examination:
    """One go through a study, gathering what is broken, part by part: a part that cannot be read stops no other."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broken: list[Broken] = []
        self.rows = self.quotes = 0
        self.current = False
        self.chain, self.turns, self.replay = Chain(), Turns(), Replay()

    def report(self) -> Report:
        """Go through the study."""
        with self._guard("the database"), self.database.reading() as connection:
            keep_odd_text(connection)
            self._examine(connection)
        if self.current:  # outside of a transaction, where whole tables are read the quickest way
            self._gather("the rules", self._rules)
            self._gather("the files handed in", self._files)
        chain = self.chain
        return Report(self.database.name, tuple(self.broken), chain.sequence, self.rows, self.quotes, chain.hash)

    def _examine(self, connection: sa.Connection) -> None:
        self._gather("the database", lambda: database_faults(connection, self.database))
        try:
            require_current(connection, self.database.name)
        except StoreError as error:
            self.broken.append(Broken("revision", "alembic_version", str(read_revision(connection)), str(error)))
            return
        self.current = True
        self._gather("the tables", lambda: shape_faults(connection, self.database))
        self._gather("the log", lambda: self._log(connection))
        self._gather("the rows", lambda: self._all_rows(connection))

    @contextmanager
    def _guard(self, where: str) -> Iterator[None]:
        """Take what cannot be read for broken."""
        try:
            yield
        except _UNREADABLE as error:
            cause = error.__cause__ if isinstance(error, StoreError) else error
            told = str(getattr(cause, "orig", None) or error)
            self.broken.append(Broken("database", where, told, "it can be read"))

    def _gather(self, where: str, find: Callable[[], Iterable[Broken]]) -> None:
        with self._guard(where):
            found = iter(find())
            self.broken += islice(found, _NAMED)
            if more := sum(1 for _ in found):
                self.broken.append(Broken(self.broken[-1].part, where, f"{more} more", "see the first ones above"))

    def _log(self, connection: sa.Connection) -> Iterator[Broken]:
        """Follow the log; its first broken link is told of first."""
        told = list(self._events(connection))
        yield from self.chain.broken()
        yield from told

    def _events(self, connection: sa.Connection) -> Iterator[Broken]:
        parts = read_parts(connection)
        for event in read_events(connection):
            self.chain.take(event)
            if self.chain.sequence == 1:
                yield from begin_faults(event, parts.study, parts.hashes)
            yield from self.turns.take(event)
            yield from merge_faults(event)
            yield from self.replay.take(event)

    def _all_rows(self, connection: sa.Connection) -> Iterator[Broken]:
        differing: dict[str, list[Difference]] = {}
        for name in KEPT:
            with self._guard(name):
                differing[name] = list(self.replay.differences(name, self._stored(connection, name)))
        found = {name: some for name, some in differing.items() if some}
        told = last_rows(read_events(connection), {name: named_keys(some) for name, some in found.items()})
        for name, some in found.items():
            yield from name_differences(name, some, told[name])

    def _stored(self, connection: sa.Connection, name: str) -> Iterator[Stored]:
        """Read a table's rows as they lie there, whatever was put into them."""
        columns = [sa.column(sa.quoted_name(column, quote=True)) for column in (*row_names(TABLES[name]), EVENT)]  # type: ignore[var-annotated]
        truths = {place + 1 for place, column in enumerate(TABLES[name].columns) if column.kind == "truth"}
        query = sa.select(*columns).select_from(sa.table(name)).execution_options(yield_per=1000)
        for *row, event in connection.execute(query):
            self.rows += 1
            yield Stored(tuple(_truth(value) if place in truths else value for place, value in enumerate(row)), event)

    def _rules(self) -> Iterator[Broken]:
        study = read_open(self.database)
        frames = {name: getattr(study, name) for name in KEPT} | {"events": state_frame("events", [])}
        self.quotes = len(frames["codings"])
        faults = check_frames(frames, rules=rules_for(set(study.instrument.components["component"])))
        for fault in faults:
            table = next(table for table in TABLES.values() if table.source == fault.file)
            yield _rule_fault(fault, table.name, study)
        for name in ("codes", "lineage"):  # a frozen study's are checked where its codebook is read
            for fault in check_table(TABLES[name], frames, Gaps.of([])):
                yield _rule_fault(fault, name, study)

    def _files(self) -> Iterator[Broken]:
        """Read the files that were handed in; a copy of a study, such as a backup, has none beside it."""
        folder = received_folder(self.database)
        if not folder.is_dir():
            return
        received = Received(folder)
        for fault in received.verify():
            yield Broken("files", fault.file, fault.found, fault.rule)
        for source in read_open(self.database).sources["source"].astype("str"):
            if not received.names(source):
                yield Broken("files", f"received/{source}", "no file", "a file that was handed in is kept")


def _truth(value: Value) -> Value:
    return bool(value) if value in (0, 1) else value


def _rule_fault(fault: Fault, name: str, study: Study) -> Broken:
    row = getattr(study, name).iloc[fault.row - 2]
    key = shown_key(tuple(None if row[part] != row[part] else row[part] for part in TABLES[name].key))
    return Broken("rules", f"{name} {key}, column {fault.column}", fault.found, fault.rule)
