"""Which version of the tables a live study has, and bringing an older one up to date."""

from __future__ import annotations

import sqlalchemy as sa

from workbench.store.errors import StoreError

REVISIONS = ("0001", "0002", "0003", "0004", "0005")  # in order; the last is this program's
_VERSION = sa.table("alembic_version", sa.column("version_num"))


def read_revision(connection: sa.Connection) -> str | None:
    """Read the revision a study's tables have; None where there is no study."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.select(_VERSION.c.version_num)).scalar()


def require_current(connection: sa.Connection, place: str) -> None:
    """Refuse a place without a study, and a study of a newer or an older version of the workbench.

    Raises
    ------
    StoreError
        Says which of the three it is, and what to do.
    """
    found = read_revision(connection)
    if found == REVISIONS[-1]:
        return
    if found is None:
        raise StoreError(f"{place} holds no live study. Cure: mend the path, or begin one with: workbench create")
    if found in REVISIONS:
        cure = "bring it up to date, with a backup made first: workbench migrate STUDY"
        raise StoreError(f"{place} was made by an older version of the workbench (revision {found}). Cure: {cure}")
    cure = "install the version of the workbench it was written with, or a newer one"
    raise StoreError(f"{place} was made by a newer version of the workbench (revision {found}). Cure: {cure}")


def stamp(connection: sa.Connection, revision: str = REVISIONS[-1]) -> None:
    """Write down which revision a new study's tables have."""
    connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(_VERSION.insert(), {"version_num": revision})
