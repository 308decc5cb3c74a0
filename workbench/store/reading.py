"""Read a live study: one transaction, every table straight into a DataFrame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from workbench.columns import Column, Kind, Table
from workbench.eventlog import KEPT, PLACE
from workbench.store.database import Database
from workbench.store.parts import read_parts
from workbench.store.revision import require_current
from workbench.store.sharing import use_of
from workbench.study import Study
from workbench.tables import EVENTS, TABLES

Ask = Callable[[str, Sequence[str], int], Any]  # a statement, its columns, its most rows in; an Arrow table out
_BATCH = "adbc.sqlite.query.batch_rows"
_ARROW: dict[Kind, Any] = {"whole": pa.int64(), "truth": pa.bool_()}
_PANDAS = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


def read_study(place: str) -> Study:
    """Open a live study, read-only.

    Its rows were checked when they were written, so they are not checked again: see `workbench.store.verify`.

    Raises
    ------
    StoreError
        The study cannot be reached, or is of another version of the workbench.
    """
    database = Database(place, writes=False)
    try:
        return read_open(database)
    finally:
        database.close()


def read_open(database: Database) -> Study:
    """Read the study of an open database as it is now; its events are read when they are asked for."""
    with database.reading() as connection:
        require_current(connection, database.name)
        parts = read_parts(connection)
    about, instrument, codebook = parts.read()
    frames, head = _read_frames(database)
    later = partial(_read_events, database.place, head)
    return Study(about, instrument, codebook, {**frames, "events": later}, parts.texts)


def _read_frames(database: Database) -> tuple[dict[str, pd.DataFrame], int]:
    """Read every table but the log, and the log's last sequence, as one moment saw them."""
    with _asking(database) as ask:
        head = ask("SELECT coalesce(max(sequence), 0) AS head FROM events", ["head"], 1)["head"][0].as_py()
        return {name: _read_table(ask, TABLES[name]) for name in KEPT}, head


def _read_table(ask: Ask, table: Table) -> pd.DataFrame:
    name, columns = _quoted(table.name), ", ".join(_quoted(column) for column in _names(table))
    count = ask(f"SELECT count(*) AS rows FROM {name}", ["rows"], 1)["rows"][0].as_py()  # noqa: S608  names are our own
    statement = f"SELECT {columns} FROM {name} ORDER BY {_quoted(PLACE)}"  # noqa: S608
    return _typed(ask(statement, _names(table), count), table)


def _read_events(place: str, head: int) -> pd.DataFrame:
    """Read the log up to an event. What is written in a log stays, so this may be later than the tables."""
    names = ", ".join(_quoted(name) for name in _names(EVENTS))
    statement = f"SELECT {names} FROM events WHERE sequence <= {head:d} ORDER BY sequence"  # noqa: S608
    database = Database(place, writes=False)
    try:
        with _asking(database) as ask:
            return _typed(ask(statement, _names(EVENTS), head), EVENTS)
    finally:
        database.close()


@contextmanager
def _asking(database: Database) -> Iterator[Ask]:
    """Open one moment's view of a database, to ask for tables of it."""
    if database.path is None:
        with _arrow_asking(database, _postgresql) as ask:
            yield ask
        return
    with use_of(database.path).by_arrow() as free:
        if free:
            with _arrow_asking(database, _sqlite) as ask:
                yield ask
            database.require_still()
            return
    with database.reading() as connection:
        yield partial(_ask_python, connection)


@contextmanager
def _arrow_asking(database: Database, connect: Callable[[Database], Any]) -> Iterator[Ask]:
    from adbc_driver_manager import Error  # noqa: PLC0415  only where there is a live study

    try:
        with connect(database) as connection, connection.cursor() as cursor:
            if database.path is None:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield partial(_ask_arrow, cursor, batches=database.path is not None)
    except (Error, pa.ArrowException) as error:  # the second is of values that are not what was declared
        raise database.error(error) from error


def _postgresql(database: Database) -> Any:
    import adbc_driver_postgresql.dbapi as driver  # noqa: PLC0415  only where there is PostgreSQL

    return driver.connect(database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False))


def _sqlite(database: Database) -> Any:
    import adbc_driver_sqlite.dbapi as driver  # noqa: PLC0415  only where there is SQLite

    return driver.connect(database.address.replace("mode=rw", "mode=ro"))


def _ask_arrow(cursor: Any, statement: str, _names: Sequence[str], rows: int, *, batches: bool) -> Any:
    """Ask through Arrow.

    SQLite has no column types: the driver guesses them from the first batch, which must then be all rows, and
    takes memory for as many as it is told.
    """
    if batches:
        cursor.adbc_statement.set_options(**{_BATCH: str(rows + 1)})
    cursor.execute(statement)
    return cursor.fetch_arrow_table()


def _ask_python(connection: sa.Connection, statement: str, names: Sequence[str], _rows: int) -> Any:
    found = connection.exec_driver_sql(statement).all()
    columns = zip(*found, strict=True) if found else [()] * len(names)
    return pa.table({name: pa.array(values) for name, values in zip(names, columns, strict=True)})


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _typed(found: Any, table: Table) -> pd.DataFrame:
    """Give an Arrow table the declared dtypes."""
    columns = {column.name: _arrow(found[column.name], column) for column in table.columns}
    frame: pd.DataFrame = pa.table(columns).to_pandas(types_mapper=_PANDAS.get)
    return frame.astype(
        {column.name: column.dtype for column in table.columns if frame[column.name].dtype != column.dtype}
    )


def _arrow(values: Any, column: Column) -> Any:
    if column.kind == "date":
        return values.cast(pa.string()).cast(pa.timestamp("us"))
    if column.kind == "time":
        bare = pc.utf8_rtrim(values.cast(pa.string()), characters="Z")
        return pc.assume_timezone(bare.cast(pa.timestamp("us")), "UTC")
    return values.cast(_ARROW.get(column.kind, pa.string()))
