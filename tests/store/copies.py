"""Live studies small enough to check by eye, made once and copied."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd

from tests.tiny import tiny_study
from workbench.acts.codings import code_span
from workbench.opening import open_study
from workbench.store.altering import altering, upgrade
from workbench.store.backup import copy_rows
from workbench.store.creating import create_study
from workbench.store.database import Database
from workbench.store.live import LiveStudy
from workbench.store.revision import REVISIONS
from workbench.store.schema import APPLICATION_ID


def make_study(place: str | Path) -> None:
    """Begin the tiny study and act on it: event 3 codes a span, 4 undoes it, 5 does it again, 6 codes another."""
    create_study(place, tiny_study(), actor="K1")
    with LiveStudy(place, actor="K1") as live:
        live.do(code_span("N2", 0, 3, "COND_TIME"))
        live.undo()
        live.redo()
        live.do(code_span("N2", 0, 4, "COND_TIME"))


def make_empty(place: str) -> None:
    """Make the file that SQLite wants there; a server has made its database."""
    if "://" not in place:
        Path(place).mkdir()
        with closing(sqlite3.connect(Path(place) / "study.db")) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=WAL")


def make_older(place: str, like: Path) -> None:
    """Make a study whose tables are those of the first revision, with another's rows and true chain of events."""
    make_empty(place)
    with closing(Database(like, writes=False)) as database, database.reading() as source, altering(place) as connection:
        upgrade(connection, REVISIONS[0])
        copy_rows(source, connection)


def copy_of(folder: Path, to: Path) -> Path:
    """Copy a study that nobody has open."""
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(folder, to)


def run_sql(folder: Path, *lines: str) -> None:
    """Change a study's file behind its back."""
    with closing(sqlite3.connect(folder / "study.db", isolation_level=None)) as connection:
        for line in lines:
            connection.execute(line)


def contents(place: str | Path) -> dict[str, pd.DataFrame | str]:
    """Everything that can be read of a study."""
    study = open_study(place)
    return {**study.frames, **study.texts}


def same(one: dict[str, pd.DataFrame | str], other: dict[str, pd.DataFrame | str], *, log: bool = True) -> bool:
    """Tell whether two studies hold the same, with or without their logs."""
    names = [name for name in one if log or name != "events"]
    return one.keys() == other.keys() and all(_equal(one[name], other[name]) for name in names)


def _equal(one: pd.DataFrame | str, other: pd.DataFrame | str) -> bool:
    return one.equals(other) if isinstance(one, pd.DataFrame) else one == other
