"""Read a live study: one transaction, every table straight into a DataFrame."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbench.columns import Column, Kind, Table
from workbench.eventlog import KEPT, PLACE
from workbench.store.database import Database, quoted
from workbench.store.parts import read_parts
from workbench.store.revision import require_current
from workbench.study import Study
from workbench.tables import EVENTS, TABLES

# SQLite has no column types: the driver guesses them from the first rows, and these must then be all rows.
_ALL_ROWS = str(2**31 - 2)
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
        with database.reading() as connection:
            require_current(connection, database.name)
        return read_open(database)
    finally:
        database.close()


def read_open(database: Database) -> Study:
    """Read the study of an open database as it is now; its events are read when they are asked for."""
    with database.reading() as connection:  # holds the head still while the tables are read
        parts = read_parts(connection)
    about, instrument, codebook = parts.read()
    frames, head = _read_frames(database)
    later = partial(_read_events, database.place, head)
    return Study(about, instrument, codebook, {**frames, "events": later}, parts.texts)


def _read_frames(database: Database) -> tuple[dict[str, pd.DataFrame], int]:
    """Read every table but the log, and the log's last sequence, as one moment saw them."""
    with database.told(), _connect(database) as connection, _cursor(connection, database) as cursor:
        head = _query(cursor, "SELECT coalesce(max(sequence), 0) AS head FROM events")["head"][0].as_py()
        return {name: _typed(_query(cursor, _statement(name)), TABLES[name]) for name in KEPT}, head


def _read_events(place: str, head: int) -> pd.DataFrame:
    """Read the log up to an event. What is written in a log stays, so this may be later than the tables."""
    names = ", ".join(_quoted(column.name) for column in EVENTS.columns)
    database = Database(place, writes=False)
    with database.told(), _connect(database) as connection, _cursor(connection, database) as cursor:
        found = _query(cursor, f"SELECT {names} FROM events WHERE sequence <= {head:d} ORDER BY sequence")  # noqa: S608
        return _typed(found, EVENTS)


def _connect(database: Database) -> Any:
    if database.path is None:
        import adbc_driver_postgresql.dbapi as driver  # noqa: PLC0415  only where there is PostgreSQL

        url = database.engine.url.set(drivername="postgresql")
        connection = driver.connect(url.render_as_string(hide_password=False))
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return connection
    import adbc_driver_sqlite.dbapi as driver  # noqa: PLC0415

    return driver.connect(f"file:{quoted(database.path)}?mode=ro")


def _cursor(connection: Any, database: Database) -> Any:
    options = {"adbc.sqlite.query.batch_rows": _ALL_ROWS} if database.path else {}
    return connection.cursor(adbc_stmt_kwargs=options)


def _query(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetch_arrow_table()


def _statement(name: str) -> str:
    columns = ", ".join(_quoted(column.name) for column in TABLES[name].columns)
    return f"SELECT {columns} FROM {_quoted(name)} ORDER BY {_quoted(PLACE)}"  # noqa: S608  names are our own


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
