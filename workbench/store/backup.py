"""Back a live study up while others write to it. A backup is a live study of its own: one SQLite file."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from workbench.store.altering import altering, upgrade
from workbench.store.beside import folder_beside, sync, told
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.revision import read_revision
from workbench.store.schema import APPLICATION_ID

NEWEST, DAYS = 10, 30  # backups kept whatever their age; days of which one each is kept
_NAME = re.compile(r"(\d{8}T\d{6}Z)-[a-z0-9-]+\.db")
_STAMP = "%Y%m%dT%H%M%SZ"


def back_up(database: Database, why: str, *, to: Path | None = None) -> Path:
    """Copy a study as one moment has it, while others write.

    Parameters
    ----------
    database : Database
    why : str
        Becomes part of the file's name: "before merge".
    to : Path, optional
        A new file. Without it, one in `backups_folder`, of which old ones are then removed: see `outdated`.

    Returns
    -------
    Path
        A file which `open_study`, `verify` and a merge take as they take a study. It holds everything.

    Raises
    ------
    StoreError
        The study cannot be read, the copy cannot be written, or the file is there already.
    """
    database.require_there()
    now = dt.datetime.now(dt.UTC)
    folder = to.parent if to else backups_folder(database)
    with told("No backup was made", to or folder, "make room, or mend the leave to write there"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with drafted(folder) as draft:
            copy_study(database, draft)
            if to:
                name_finished(draft, to)
            file = to or _name_free(draft, f"{now.strftime(_STAMP)}-{_slug(why)}")
        if to is None:
            for name in outdated([path.name for path in file.parent.iterdir()], now=now, made=file.name):
                (file.parent / name).unlink(missing_ok=True)
    return file


def backups_folder(database: Database) -> Path:
    """Return where a study's backups are kept.

    Beside a study's file; of one in PostgreSQL, in a folder of its own under the environment variable
    ``WORKBENCH_BACKUPS`` or else the user's data folder.
    """
    return folder_beside(database, "backups")


def _name_free(draft: Path, stem: str) -> Path:
    """Give a finished file a name that no backup has, nor one that another program makes meanwhile."""
    stems = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    for file in (draft.with_name(f"{name}.db") for name in stems):
        try:
            name_finished(draft, file)
        except StoreError as error:
            if not isinstance(error.__cause__, FileExistsError):
                raise
        else:
            return file
    raise StoreError(f"{draft.parent} has a thousand backups of this second. Cure: wait a second.")


def _slug(why: str) -> str:
    return re.sub("[^a-z0-9]+", "-", why.lower()).strip("-") or "backup"


def outdated(names: Iterable[str], *, now: dt.datetime, made: str) -> set[str]:
    """Choose the backups that may go.

    Kept are the newest ten, the last of each day for 30 days, the last of each month for ever, the one just
    made, those of a time to come (a clock was set back), and whatever this program did not name.
    """
    dated = sorted(
        (dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC), name)
        for name in names
        if (match := _NAME.fullmatch(name))
    )
    months = {when.strftime("%Y%m"): name for when, name in dated}
    days = {when.date(): name for when, name in dated if when > now - dt.timedelta(days=DAYS)}
    newest = {name for _, name in dated[-NEWEST:]} | {name for when, name in dated if when > now}
    return {name for _, name in dated} - newest - set(months.values()) - set(days.values()) - {made}


def copy_study(database: Database, draft: Path) -> None:
    """Copy a study into a new file and see that every page of it is whole; the file stands alone."""
    with closing(sqlite3.connect(draft)) as target:
        if database.path:
            with database.reading() as connection:
                held = connection.connection.driver_connection
                assert isinstance(held, sqlite3.Connection)  # noqa: S101
                held.backup(target)
        else:
            target.execute(f"PRAGMA application_id={APPLICATION_ID}")
        target.execute("PRAGMA journal_mode=DELETE")  # else whoever opens it needs two files more beside it
    if database.path is None:
        with database.reading() as source, altering(draft) as connection:
            upgrade(connection, read_revision(source))
            copy_rows(source, connection)
    draft.chmod(database.path.stat().st_mode & 0o777 if database.path else 0o600)
    require_pages(draft)


def copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    """Copy every row of every table; the other side has the same tables, without rows."""
    for table in plain_tables(source):
        query = sa.select(*table.c).execution_options(yield_per=1000)
        for rows in source.execute(query).mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in rows])


def plain_tables(connection: sa.Connection) -> Iterator[sa.TableClause]:
    """Give the tables that a database has, whatever its revision, with their columns and types."""
    seen = sa.inspect(connection)
    for name in seen.get_table_names():
        if name != "alembic_version":
            columns = {sa.quoted_name(column["name"], quote=True): column["type"] for column in seen.get_columns(name)}
            yield sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))


def require_pages(path: Path) -> None:
    """Refuse a file in which a page is broken."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"{path.name}: {found}. Cure: bring the latest whole backup back: workbench restore")


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Give the name of a file to be made in a folder; what is left of it under that name is removed."""
    draft = folder / f".{uuid.uuid4().hex}.db"
    try:
        yield draft
    finally:
        for left in folder.glob(f"{draft.name}*"):
            left.unlink()


def name_finished(draft: Path, file: Path) -> None:
    """Give a finished file its name, which no file has, in one step that a power cut leaves done or undone."""
    sync(draft)
    try:
        os.link(draft, file)
    except FileExistsError as error:
        raise StoreError(f"{file} is there already. Cure: choose a new name, or move it away.") from error
    sync(file.parent)
