"""Alter a live study's tables: one transaction, from one revision to another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from workbench.store import migrations
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.revision import REVISIONS


def upgrade(connection: sa.Connection, revision: str | None = None) -> None:
    """Make the tables those of a revision, by default this program's, from whichever they are."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision or REVISIONS[-1])


@contextmanager
def altering(place: str | Path) -> Iterator[sa.Connection]:
    """Open the one transaction that may rebuild tables, where references are checked at its end.

    Raises
    ------
    StoreError
        A reference leads nowhere then; nothing was changed.
    """
    with closing(Database(place)) as database:
        if database.path:
            sa.event.listen(database.engine, "connect", _without_references)
        with database.writing() if database.path else _beginning(database) as connection:
            yield connection
            if database.path and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise StoreError(f"{database.name}: {lost[0]}, row {lost[1]} refers to no row. Cure: workbench verify")


@contextmanager
def _beginning(database: Database) -> Iterator[sa.Connection]:
    with database.told(), database.engine.begin() as connection:
        if sa.inspect(connection).has_table("events"):
            connection.execute(sa.text("LOCK TABLE events IN ACCESS EXCLUSIVE MODE"))
        yield connection


def _without_references(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA foreign_keys=OFF")  # SQLite rebuilds a table by dropping the old one
