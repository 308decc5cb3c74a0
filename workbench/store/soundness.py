"""Whether a study's database is sound in itself, before what is in it is looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from workbench.store.broken import Broken
from workbench.store.database import Database
from workbench.store.schema import APPLICATION_ID, SCHEMA

_NAMED = 20  # faults of the file that are named
_AS_DECLARED = "tables, columns, indexes and references are those declared"
Shape = dict[str, set[tuple[Any, ...]]]


def database_faults(connection: sa.Connection, database: Database) -> Iterator[Broken]:
    """Check what the database itself can tell.

    SQLite: that the file is a study's, and every page, index and reference of it. PostgreSQL, which checks its
    pages as it reads them: that every index and constraint holds.
    """
    yield from _file_faults(connection) if database.path else _server_faults(connection)


def _file_faults(connection: sa.Connection) -> Iterator[Broken]:
    number = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if number != APPLICATION_ID:
        yield Broken("database", "application_id", str(number), f"a study's file has {APPLICATION_ID}")
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_NAMED})").all():
        if line != "ok":
            yield Broken("database", "integrity_check", line, "every page, row and index of the file is whole")
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_NAMED]:
        yield Broken("database", f"{table}, row {row}", f"a reference to no row of {parent}", "references lead to rows")


def shape_faults(connection: sa.Connection, database: Database) -> Iterator[Broken]:
    """Compare the database's tables, columns, indexes and references with those declared."""
    if database.path is None:
        yield from _server_shape_faults(connection)
        return
    found, declared = shape_of(connection), declared_shape()
    for name in sorted(declared.keys() - found.keys()):
        yield Broken("database", name, "no such table", "every table that is declared is there")
    for name in sorted(found.keys()):
        for part in sorted(declared.get(name, set()) - found.get(name, set()), key=str):
            yield Broken("database", name, "nothing", f"declared is {_told(part)}")
        for part in sorted(found.get(name, set()) - declared.get(name, set()), key=str):
            yield Broken("database", name, _told(part), "nothing of the kind is declared")


def _server_shape_faults(connection: sa.Connection) -> Iterator[Broken]:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  only where there is PostgreSQL
    from alembic.migration import MigrationContext  # noqa: PLC0415

    options = {"include_name": lambda name, kind, _parents: kind != "table" or name in SCHEMA.tables}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), SCHEMA)
    for difference in (part for one in found for part in (one if isinstance(one, list) else [one])):
        kind, last = str(difference[0]).replace("_", " "), difference[-1]
        table = getattr(getattr(last, "table", None), "name", None)
        names = [str(column.name) for column in getattr(last, "columns", ())] or [getattr(last, "name", difference[-4])]
        told = f"not as declared, which it would be after: {kind} {', '.join(map(str, names))}"
        yield Broken("database", str(table or difference[min(2, len(difference) - 1)]), told, _AS_DECLARED)


def _told(part: tuple[Any, ...]) -> str:
    return " ".join(str(value) for value in part)


@cache
def declared_shape() -> Shape:
    """Give the shape of the tables as they are declared."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        SCHEMA.create_all(connection)
        shape = shape_of(connection)
    engine.dispose()
    return shape


def shape_of(connection: sa.Connection) -> Shape:
    """Read what a SQLite file declares: columns, indexes and references by table, and whatever else is in it."""
    shape: Shape = {}
    kinds = connection.exec_driver_sql("SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    for kind, name, table in kinds.all():
        if table == "alembic_version":
            continue
        if kind == "table":
            shape.setdefault(table, set()).update(_table_shape(connection, name))
        elif kind != "index":
            shape.setdefault(table, set()).add((kind, name))
    return shape


def _table_shape(connection: sa.Connection, name: str) -> Iterator[tuple[Any, ...]]:
    for column in _pragma(connection, "table_info", name):
        yield ("column", column["name"], column["type"], "required" if column["notnull"] else "optional", column["pk"])
    for index in _pragma(connection, "index_list", name):
        columns = [str(part["name"]) for part in _pragma(connection, "index_info", index["name"])]
        yield ("index" if not index["unique"] else "unique index", *columns)
    for key in _pragma(connection, "foreign_key_list", name):
        yield ("reference", key["from"], "to", key["table"], key["to"])


def _pragma(connection: sa.Connection, kind: str, name: str) -> list[Any]:
    query = sa.text(f"SELECT * FROM pragma_{kind}(:name)")  # noqa: S608  kinds are our own
    return list(connection.execute(query, {"name": name}).mappings())


def _server_faults(connection: sa.Connection) -> Iterator[Broken]:
    indexes = sa.text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)")
    for (name,) in connection.execute(indexes).all():
        yield Broken("database", name, "an index that does not hold", "every index holds every row")
    constraints = sa.text("SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated")
    for name, table in connection.execute(constraints).all():
        yield Broken("database", table, f"constraint {name}, not validated", "references lead to rows")


def keep_odd_text(connection: sa.Connection) -> None:
    """Let SQLite give text that is no Unicode as words that say so, instead of failing."""
    held = connection.connection.driver_connection
    if isinstance(held, sqlite3.Connection):
        held.text_factory = _text


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"bytes that are no text in UTF-8: {data!r}"
