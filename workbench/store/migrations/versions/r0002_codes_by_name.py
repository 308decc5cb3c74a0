"""A code may begin as a name alone: its definition, limits and example may come later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Let these columns be empty."""
    with op.batch_alter_table("codes") as codes:
        for part in ("definition", "include", "exclude", "example"):
            for language in ("sv", "en"):
                codes.alter_column(f"{part}_{language}", existing_type=sa.Text(), nullable=True)
