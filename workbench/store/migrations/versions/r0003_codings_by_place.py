"""One coder's codings at one place of an entry are found by an index, however many the entry has."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Let the index on a coding's entry go on with its coder and its start."""
    op.drop_index("codings_entry", "codings")
    op.create_index("codings_entry", "codings", ["entry", "coder", "start"])
