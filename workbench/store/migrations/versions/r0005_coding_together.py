"""Coding together: answered suggestions, rounds of coding apart, who codes what in them, and what was decided."""

from __future__ import annotations

from workbench.store.migrations.versions.r0001_tables import make_tables

revision, down_revision = "0005", "0004"

TABLES = """
suggestions | suggestion! entry!>entries start:number! end:number! code!>codes model! percent:number! answer! coder! \
    answered! | suggestion \
    | entry start end code coder
rounds | round! title! question opened! closed | round
assignments | round!>rounds entry!>entries coder! finished | round entry coder
decisions | decision! round!>rounds entry!>entries start:number! end:number! code>codes outcome! author! decided! \
    text! | decision
"""


def upgrade() -> None:
    """Make the tables."""
    make_tables(TABLES)
