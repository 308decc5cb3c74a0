"""Begin a live study."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from workbench.eventlog import KEPT
from workbench.store.database import Database, database_file, has_tables
from workbench.store.draft import Act, Draft
from workbench.store.errors import StoreError
from workbench.store.live import commit, make_draft, study_rules
from workbench.store.log import append, read_head, require_actor
from workbench.store.parts import Parts, parts_of, write_parts
from workbench.store.revision import stamp
from workbench.store.schema import APPLICATION_ID, SCHEMA
from workbench.study import Study


def create_study(place: str | Path, like: Study, *, actor: str, rows: bool = True) -> None:
    """Begin a live study with what another study, often a frozen one, says of itself, its instrument and its codes.

    Parameters
    ----------
    place : str or Path
        A folder, made when it is not there, or the URL of an empty PostgreSQL database.
    like : Study
        Gives the texts, the instrument and the codebook, and unless `rows` is False everything else but its log.
    actor : str
        Code of who begins it.
    rows : bool
        False begins with the codebook only.

    Raises
    ------
    StoreError
        There is a study already, or the place cannot be written to. Nothing is left behind then.
    """
    require_actor(actor)
    if "://" in str(place):
        with closing(Database(place)) as database:
            _fill(database, like, actor=actor, rows=rows)
        return
    file = database_file(Path(place))
    draft = file.with_name(f".{uuid.uuid4().hex}.db")
    try:
        _create_file(file, draft, partial(_fill, like=like, actor=actor, rows=rows))
    except FileExistsError as error:
        raise StoreError(f"{file} is there already. Cure: choose another folder.") from error
    except (OSError, sqlite3.Error) as error:
        raise Database(file).error(error) from error
    finally:
        for left in draft.parent.glob(f"{draft.name}*"):
            left.unlink()


def _create_file(file: Path, draft: Path, fill: Callable[[Database], None]) -> None:
    if file.exists():
        raise FileExistsError
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode=WAL")
    with closing(Database(draft)) as database:
        fill(database)
    _finish_file(draft, file)


def _finish_file(draft: Path, file: Path) -> None:
    """Give the finished file its name, in one step that a power cut leaves done or undone."""
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.link(draft, file)  # unlike a rename, it never takes the place of a study made meanwhile
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _fill(database: Database, like: Study, *, actor: str, rows: bool) -> None:
    with database.told(), database.engine.begin() as connection:
        if database.path is None:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(APPLICATION_ID)))  # one beginner at a time
        if has_tables(connection):
            raise StoreError(f"{database.name} holds a study already. Cure: choose an empty database.")
        SCHEMA.create_all(connection)
        stamp(connection)
        parts = parts_of(like, uuid.uuid4().hex)
        write_parts(connection, parts)
        _begin_log(connection, parts, actor)
        _take_in(connection, like, actor, KEPT if rows else ("codes", "lineage"))


def _begin_log(connection: sa.Connection, parts: Parts, actor: str) -> None:
    about = {"study": parts.study, "texts": parts.hashes}
    told = {"at": dt.datetime.now(dt.UTC), "actor": actor, "act": "create study", "concerns": None, "reason": None}
    append(connection, read_head(connection), {**told, "about": about}, {}, {})


def _take_in(connection: sa.Connection, like: Study, actor: str, names: tuple[str, ...]) -> None:
    frames = {name: frame for name in names if len(frame := getattr(like, name))}
    if frames:
        head = read_head(connection)
        draft = make_draft(connection, head, "take in", actor)
        take_in(frames).plan(draft)
        commit(draft, head, study_rules(connection), reason=f"{like.about.id} {like.about.version}")


def take_in(frames: dict[str, pd.DataFrame], name: str = "take in") -> Act:
    """Add many rows to many tables as one act, such as an import; a backup is made first.

    Parameters
    ----------
    frames : dict of DataFrame
        By table. A frame lacks what is optional, and its key where the key is one column, which is then made.
    """

    def plan(draft: Draft) -> None:
        for table, frame in frames.items():
            draft.add_frame(table, frame)

    return Act(name, plan, backup=True)
