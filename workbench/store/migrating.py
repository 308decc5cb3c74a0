"""Bring an older study's tables up to date: a backup first, then all of it in one transaction."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from workbench.store.altering import altering, upgrade
from workbench.store.backup import back_up
from workbench.store.database import Database
from workbench.store.revision import REVISIONS, read_revision, require_current


def needed(database: Database) -> str | None:
    """Return an older study's revision; None when it is this program's.

    Raises
    ------
    StoreError
        There is no study, or a newer one.
    """
    with database.reading() as connection:
        found = read_revision(connection)
        if found in REVISIONS[:-1]:
            return found
        require_current(connection, database.name)
    return None


def migrate(place: str | Path) -> Path | None:
    """Bring a study up to date, with consent given by whoever calls.

    Returns
    -------
    Path or None
        The backup made before; None when nothing needed doing.

    Raises
    ------
    StoreError
        There is no study, it is newer than this program, or it cannot be backed up; nothing was changed then.
    """
    with closing(Database(place)) as database:
        found = needed(database)
        if found is None:
            return None
        backup = back_up(database, f"before migration from {found}")
    with altering(place) as connection:
        upgrade(connection)
    return backup
