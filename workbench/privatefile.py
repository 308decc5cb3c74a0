"""Small SQLite files that are somebody's alone: written whole or not at all, and what is removed is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Open a transaction that nobody else reads or writes in: all of it is done, or nothing.

    Parameters
    ----------
    db : Connection
        Without transactions of its own (``isolation_level=None``).
    """
    db.execute("pragma secure_delete = on")  # what is removed is written over
    db.execute("begin immediate")
    try:
        yield db
    except BaseException:
        db.execute("rollback")
        raise
    db.execute("commit")
