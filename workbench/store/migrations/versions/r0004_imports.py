"""What imports leave behind: the files handed in, where rows came from, what was not taken, and entries' attributes."""

from __future__ import annotations

from workbench.store.migrations.versions.r0001_tables import make_tables

revision, down_revision = "0004", "0003"

TABLES = """
attributes | entry!>entries name! value! | entry name
sources | source! kind! bytes:number! | source
origins | origin! source!>sources place table! row! | origin
quarantine | held! source!>sources place reason! | held
"""


def upgrade() -> None:
    """Make the tables."""
    make_tables(TABLES)
