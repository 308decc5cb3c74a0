"""One SQLite library at a time on a file, within one process.

Python writes with its SQLite; whole tables are read with the SQLite that the Arrow driver carries. A lock on a
file belongs to the process: where one library closes the file, the other's locks are gone, another process may
take away the journal they guard, and acts written to it are lost
(https://www.sqlite.org/howtocorrupt.html, section 2.2.1). So they take turns.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

import sqlalchemy as sa

_FILES: dict[object, FileUse] = {}
_ENGINES: WeakSet[sa.Engine] = WeakSet()
_GUARD = threading.Lock()


class FileUse:
    """How this process uses a file right now: Python's transactions on it, and the Arrow driver's readings."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._transactions = self._readings = 0
        self._engines: WeakSet[sa.Engine] = WeakSet()

    @contextmanager
    def by_python(self, engine: sa.Engine) -> Iterator[None]:
        """Use the file with Python's SQLite, after any reading with the other."""
        with self._turn:
            self._turn.wait_for(lambda: not self._readings)
            self._transactions += 1
            self._engines.add(engine)
        try:
            yield
        finally:
            with self._turn:
                self._transactions -= 1

    @contextmanager
    def by_arrow(self) -> Iterator[bool]:
        """Use the file with the Arrow driver's SQLite: False where Python's is at work on it, and it may not be.

        Connections that Python keeps for its next transaction are closed first.
        """
        with self._turn:
            free = not self._transactions
            self._readings += free
            for engine in self._engines if free else ():
                engine.dispose()
        try:
            yield free
        finally:
            with self._turn:
                self._readings -= free
                self._turn.notify_all()


def use_of(path: Path) -> FileUse:
    """Return how this process uses a file, by whatever path."""
    try:
        found = path.stat()
        key: object = (found.st_dev, found.st_ino)
    except OSError:
        key = str(path)  # it cannot be opened either, and that is told there
    with _GUARD:
        return _FILES.setdefault(key, FileUse())


def keep_to_process(engine: sa.Engine) -> sa.Engine:
    """Have the engine begin anew in a forked process: neither a lock nor a connection can be inherited."""
    _ENGINES.add(engine)
    return engine


def _begin_anew() -> None:
    global _GUARD  # noqa: PLW0603  another thread may have held it when the process was forked
    _GUARD = threading.Lock()
    _FILES.clear()
    for engine in list(_ENGINES):
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
