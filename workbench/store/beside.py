"""Files beside a live study: where they lie, that they are on the disk, and what is said when they cannot be."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.parts import read_parts


def folder_beside(database: Database, name: str) -> Path:
    """Return the folder of that name beside a study's file.

    A study in PostgreSQL has a folder of its own: under the environment variable ``WORKBENCH_`` and the name, or else
    in the user's data folder.
    """
    if database.path:
        return database.path.parent / name
    with database.reading() as connection:
        study = read_parts(connection).study
    return Path(os.environ.get(variable(name)) or _data_folder() / name) / study


def variable(name: str) -> str:
    """Return the environment variable that says where such folders lie."""
    return f"WORKBENCH_{name.upper()}"


def _data_folder() -> Path:
    places = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Application Support")}
    named_by, usual = places.get(sys.platform, ("XDG_DATA_HOME", ".local/share"))
    return Path(os.environ.get(named_by) or Path.home() / usual) / "innovation-workbench"


def sync(path: Path) -> None:
    """See that a file, or a folder's names, are on the disk."""
    if path.is_dir() and sys.platform == "win32":
        return  # Windows keeps names by itself
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


@contextmanager
def told(failed: str, file: Path, cure: str) -> Iterator[None]:
    """Say what was not done, on which file, why, and what to do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{failed}: {getattr(error, 'filename', None) or file}: {reason}. Cure: {cure}.") from error
