"""Small SQLite files that are their owner's alone: written whole or not at all, and what is removed is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from workbench.errors import WorkbenchError

PATIENCE_SECONDS: Final = 10  # how long it waits for a server, or a command, that has the file


class PrivateFile:
    """A file, opened for one task at a time: it may run in any thread, and nothing stays open.

    Parameters
    ----------
    path : Path
        Made when lacking, readable by its owner alone.
    make : callable
        Brings the file that it is given to the newest version; raises when it holds something else.
    error : type
        What is raised when the file cannot be read or written.
    """

    def __init__(self, path: Path, make: Callable[[sqlite3.Connection], None], error: type[WorkbenchError]) -> None:
        self.path = path
        self.error = error
        if not path.exists():
            path.touch(mode=0o600)
        with self.writing() as db:
            make(db)
        path.chmod(0o600)  # now that it is known to be ours

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read with."""
        try:
            with closing(sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)) as db:
                db.execute("pragma foreign_keys = on")
                yield db
        except sqlite3.Error as error:
            cure = "try again if it is locked; else mend the path or the leave to write there, or bring a backup back"
            raise self.error(f"{self.path}: {error}. Cure: {cure}.") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction that nobody else reads or writes in: all of it is done, or nothing."""
        with self.reading() as db:
            db.execute("pragma secure_delete = on")  # what is removed is written over
            db.execute("begin immediate")
            try:
                yield db
            except BaseException:
                db.execute("rollback")
                raise
            db.execute("commit")


def version_of(db: sqlite3.Connection, path: Path, known: int, error: type[WorkbenchError]) -> int:
    """Return the version of a file; raises the error for one that is newer than is known."""
    version = int(db.execute("pragma user_version").fetchone()[0])
    if version > known:
        cure = "use the workbench that made it, or a newer one"
        raise error(f"{path} has version {version}; this workbench knows {known}. Cure: {cure}.")
    return version


def tables_of(db: sqlite3.Connection) -> set[str]:
    """Return the names of a file's tables."""
    return {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
