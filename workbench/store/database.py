"""The database of one live study: opening it, and its transactions."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc

from workbench.store.errors import StoreError
from workbench.store.schema import SCHEMA
from workbench.store.sharing import keep_to_process, use_of

DATABASE = "study.db"
PATIENCE_SECONDS = 60  # how long an act waits for others' acts
_WRITES = "workbench_writes"

_SECRETS = ("password", "sslpassword")  # that an address may hold among its options

_CURES = {
    "disk is full": "make room on the disk; every act that was acknowledged is kept",
    "no space left": "make room on the disk; every act that was acknowledged is kept",
    "disk i/o error": "see to the disk, then run: workbench verify STUDY; every act that was acknowledged is kept",
    "readonly": "open it where you may write, or work on a copy",
    "read-only": "open it where you may write, or work on a copy",
    "lock timeout": "wait for the other program to end its act, then try again",
    "locked": "wait for the other program to end its act, then try again",
    "malformed": "keep the file, and bring the latest backup back: workbench restore BACKUP STUDY",
    "not a database": "keep the file, and bring the latest backup back: workbench restore BACKUP STUDY",
    "connection failed": "see that the server runs, and mend the address: its host, database, user or password",
    "resolve host": "mend the address: its host is not known",
    "not known": "mend the address: its host is not known",
    "not a directory": "mend the path: a study lies in a folder",
    "unable to open": "mend the path, or the leave to read and write it",
}


class Database:
    """One live study's database: SQLite in the study's folder, or PostgreSQL by its URL."""

    def __init__(self, place: str | Path, *, writes: bool = True) -> None:
        self.place = str(place)
        self.closed = False
        self.writes = writes
        self.path = None if "://" in self.place else database_file(Path(place))
        self.address = sqlite_address(self.path, writes=writes) if self.path else ""
        self._mark = self._state()
        self.engine = keep_to_process(_sqlite(self.address) if self.path else _postgresql(self.place, writes=writes))

    @property
    def name(self) -> str:
        """The place as it may be shown: without a password."""
        if self.path is not None:
            return str(self.path)
        shown = self.engine.url.set(drivername="postgresql", password=None).difference_update_query(_SECRETS)
        return shown.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that sees the study as it is now, however long it lasts."""
        self._require_open()
        with self.told(), self._turn(), self.engine.connect() as connection:
            if self.path is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open the one transaction that may write; it waits for its turn, and ends whole or not at all."""
        self._require_open()
        with (
            self.told(),
            self._turn(),
            self.engine.connect().execution_options(**{_WRITES: True}) as connection,
            connection.begin(),
        ):
            if self.path is None:
                patience = f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS * 1000:.0f}ms'"
                connection.exec_driver_sql(f"{patience}; LOCK TABLE events IN EXCLUSIVE MODE")
            yield connection

    def _turn(self) -> AbstractContextManager[None]:
        return use_of(self.path).by_python(self.engine) if self.path else nullcontext()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn a database's errors into ones that say what to do."""
        try:
            yield
        except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error) as error:
            self.require_there()
            raise self.error(getattr(error, "orig", None) or error) from error

    def error(self, reason: object) -> StoreError:
        """Make the error that names the place, what its database said, and the cure."""
        shown = re.sub(r"\s+", " ", str(reason)).strip().rstrip(".?")
        return StoreError(f"{self.name}: {shown}. Cure: {_cure(shown)}.")

    def require_there(self) -> None:
        """Refuse a file that is not there; one that may not be looked for is told of where it is opened."""
        with suppress(PermissionError):
            if self.path and not self.path.exists():
                cure = "mend the path, or begin a study: workbench create"
                raise StoreError(f"{self.name} is not there: a live study is looked for by that name. Cure: {cure}")

    def require_still(self) -> None:
        """Refuse what was read of a file without its writers' agreement, when one has written since."""
        if self._state() != self._mark:
            raise StoreError(f"{self.name} was written to while it was read. Cure: open it again.")

    def _state(self) -> tuple[int, ...]:
        if self.path is None or "immutable" not in self.address or not self.path.exists():
            return ()
        found = self.path.stat()
        return found.st_mtime_ns, found.st_size

    def close(self) -> None:
        """Let go of the database."""
        self.closed = True
        self.engine.dispose()

    def _require_open(self) -> None:
        if self.closed:
            raise StoreError(f"{self.name} was closed here. Cure: open the study anew.")


def database_file(place: Path) -> Path:
    """Return the SQLite file of a study's folder; a file is itself."""
    return place if place.suffix == ".db" else place / DATABASE


def _cure(reason: str) -> str:
    cures = (cure for part, cure in _CURES.items() if part in reason.lower())
    return next(cures, "run: workbench verify STUDY")


def sqlite_address(path: Path, *, writes: bool) -> str:
    """Write a study's file as an address, with how it may be opened.

    Where its folder cannot be written to, SQLite cannot make the file by which writers and readers agree. Unless a
    writer has made it, nobody writes there, and the study can be read without.
    """
    beside = [path.with_name(f"{path.name}-{part}") for part in ("wal", "shm")]
    alone = not writes and not os.access(path.parent, os.W_OK) and not any(file.exists() for file in beside)
    return f"file:{quoted(path)}?mode={'rw' if writes else 'ro'}{'&immutable=1' if alone else ''}"


def _sqlite(address: str) -> sa.Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS, check_same_thread=False)
        return _prepare(connection)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def quoted(path: Path) -> str:
    """Write a path as SQLite's ``file:`` addresses want it."""
    return re.sub("[%?#]", lambda sign: f"%{ord(sign[0]):02x}", str(path.absolute()))


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Let SQLite keep references, and an acknowledged act through a power cut."""
    connection.isolation_level = None  # transactions begin where `_begin` says
    for line in ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {line}")
    return connection


def _begin(connection: sa.Connection) -> None:
    driver = connection.connection.driver_connection
    if connection.get_execution_options().get(_WRITES) and isinstance(driver, sqlite3.Connection):
        _begin_to_write(driver)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_to_write(connection: sqlite3.Connection) -> None:
    """Wait for the turn to write.

    SQLite's own waiting sleeps longer the longer it has waited, so that newcomers overtake: among eight busy
    writers one waited seconds. Here all who wait have the same chance.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while not _begun(connection, last=time.monotonic() > end):
            time.sleep(random.uniform(0.0005, 0.002))  # noqa: S311  no secret
    finally:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_SECONDS * 1000:.0f}")


def _begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _postgresql(place: str, *, writes: bool) -> sa.Engine:
    address = _parsed(place)
    try:
        return sa.create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,  # a server that was started again is not an error
            execution_options={"postgresql_readonly": not writes},
        )
    except ModuleNotFoundError as error:
        cure = "pip install 'innovation-workbench[postgresql]'"
        raise StoreError(f"A study in PostgreSQL needs {error.name}. Cure: {cure}") from error


def _parsed(place: str) -> sa.URL:
    """Read an address; an error does not repeat it, for it may hold a password."""
    cure = "Cure: write postgresql://user@host/database, with the password in PGPASSWORD or ~/.pgpass."
    try:
        address = sa.make_url(place)
    except (exc.ArgumentError, ValueError):
        raise StoreError(f"That is no address of a study. {cure}") from None
    if address.get_backend_name() not in {"postgresql", "postgres"}:
        raise StoreError(f"{address.drivername}: a study lives in SQLite or PostgreSQL. {cure}")
    return address


def has_tables(connection: sa.Connection) -> bool:
    """Tell whether the database holds a study."""
    return bool(set(sa.inspect(connection).get_table_names()) & set(SCHEMA.tables))
