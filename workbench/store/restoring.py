"""Bring a backup back: the study becomes what the backup holds, in one step, and what was there is kept."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from workbench.store.altering import altering, upgrade
from workbench.store.backup import (
    back_up,
    backups_folder,
    copy_rows,
    copy_study,
    drafted,
    name_finished,
    plain_tables,
)
from workbench.store.beside import sync
from workbench.store.database import Database, has_tables
from workbench.store.errors import StoreError
from workbench.store.log import append, read_head, require_actor
from workbench.store.migrating import needed
from workbench.store.revision import require_current
from workbench.store.soundness import shape_faults
from workbench.store.undo import RESTORE
from workbench.store.verify import verify


@dataclass(frozen=True)
class Coming:
    """A backup that is about to be brought back: a checked copy of it, its name, and who brings it back."""

    copy: Database
    name: str
    actor: str


def restore(backup: str | Path, place: str | Path, *, actor: str) -> Path | None:
    """Make a study what a backup holds.

    The log becomes the backup's, with one event more: who brought it back, from which file, and instead of what.
    Others who have the study open go on with what was brought back.

    Parameters
    ----------
    backup : str or Path
        A file that `back_up` made. One of an older version of the workbench is brought up to date in a copy.
    place : str or Path
        The study, or an empty place for it: a folder, or the URL of a database.
    actor : str
        Code of who brings it back.

    Returns
    -------
    Path or None
        Where what was there before is kept; None when nothing was there.

    Raises
    ------
    StoreError
        The backup is broken, or of another study; nothing was changed then.
    """
    require_actor(actor)
    database = Database(place)
    with closing(database), _told(database.name), _checked(Path(backup), database) as copy:
        coming = Coming(copy, Path(backup).name, actor)
        if database.path is None:
            return _into_server(database, coming)
        if database.path.exists():
            return _into_study(database, coming) if _is_sound(database) else _over_broken(database, coming)
        name_finished(_finish(coming, None), database.path)
        return None


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{name} was left as it was: {reason}. Cure: make room, or mend the leave to write."
        ) from error


@contextmanager
def _checked(backup: Path, database: Database) -> Iterator[Database]:
    """Give a copy of a backup that is of this program's revision and verified, on the study's own disk."""
    if not backup.is_file():
        raise StoreError(f"{backup} is not there. Cure: name one of the files in the study's folder of backups.")
    folder = database.path.parent if database.path else Path(tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    with drafted(folder) as draft:
        with closing(Database(backup, writes=False)) as held:
            outdated = needed(held)
            copy_study(held, draft)
        if outdated:
            with altering(draft) as connection:
                upgrade(connection)
        if broken := verify(draft):
            raise StoreError(f"{backup} is broken: {broken[0]}. Cure: choose another backup.")
        with closing(Database(draft)) as copy:
            yield copy


def _is_sound(database: Database) -> bool:
    """Tell whether a study's file can be written to by ordinary means."""
    try:
        with database.reading() as connection:
            whole = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
            if whole and connection.exec_driver_sql("PRAGMA schema_version").scalar():
                require_current(connection, database.name)
                return not any(shape_faults(connection, database))
    except StoreError as error:
        reason = getattr(error.__cause__, "orig", None) or error.__cause__
        if getattr(reason, "sqlite_errorcode", 0) & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise
    return False


def _into_study(database: Database, coming: Coming) -> Path:
    """Put the backup's rows in the place of the study's, while no one else writes."""
    with coming.copy.reading() as source, database.writing() as connection:
        require_current(connection, database.name)
        _require_same(source, connection, f"{coming.name} is a backup of another study than {database.name}")
        head = read_head(connection)
        kept = back_up(database, "before restore")  # nobody can write between this and what follows
        for table in reversed(list(plain_tables(source))):
            connection.execute(sa.delete(table))
        copy_rows(source, connection)
        _tell(connection, coming, {"sequence": head.sequence, "hash": head.hash, "kept": kept.name})
    return kept


def _require_same(source: sa.Connection, connection: sa.Connection, otherwise: str) -> None:
    expected, found = (side.execute(sa.text("SELECT study FROM study")).scalar() for side in (source, connection))
    if found != expected:
        raise StoreError(f"{otherwise}: {expected}, not {found}. Cure: choose one of its own, or an empty place.")


def _tell(connection: sa.Connection, coming: Coming, instead: dict[str, object] | None) -> None:
    """Add the event that tells of it."""
    head = read_head(connection)
    told = {"actor": coming.actor, "act": RESTORE, "concerns": None, "reason": None, "at": head.next_moment()}
    append(connection, head, {**told, "about": {"backup": coming.name, "instead of": instead}}, {}, {})


def _into_server(database: Database, coming: Coming) -> Path | None:
    with database.reading() as connection:
        empty = not has_tables(connection)
    if not empty:
        return _into_study(database, coming)
    with coming.copy.reading() as source, altering(database.place) as connection:
        if has_tables(connection):
            raise StoreError(f"{database.name} holds a study by now. Cure: run it again.")
        upgrade(connection)
        copy_rows(source, connection)
        _tell(connection, coming, None)
    return None


def _finish(coming: Coming, instead: dict[str, object] | None) -> Path:
    """Make the copy a study's file: with the event that tells of it, and a journal that lets many use it."""
    with coming.copy.writing() as connection:
        _tell(connection, coming, instead)
    coming.copy.close()
    assert coming.copy.path  # noqa: S101
    with closing(sqlite3.connect(coming.copy.path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    return coming.copy.path


def _over_broken(database: Database, coming: Coming) -> Path:
    """Keep a file that cannot be read aside, journal and all, and give its name to the backup.

    Whoever still has the old file open is told that it is no longer a study.
    """
    file = database.path
    assert file  # noqa: S101
    kept = _set_aside(file, backups_folder(database))
    finished = _finish(coming, {"kept": kept.name})
    with file.open("rb+") as old:
        for part in ("-wal", "-shm"):  # they belong to the old file
            file.with_name(f"{file.name}{part}").unlink(missing_ok=True)
        sync(finished)
        finished.replace(file)
        sync(file.parent)
        old.truncate(0)
    return kept


def _set_aside(file: Path, folder: Path) -> Path:
    stem = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%fZ}-broken"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in ("", "-wal"):
        source = file.with_name(f"{file.name}{part}")
        if source.exists():
            shutil.copy2(source, folder / f"{stem}.db{part}")
            sync(folder / f"{stem}.db{part}")
    sync(folder)
    return folder / f"{stem}.db"
