"""The database's tables, made of the declarations in `workbench.tables`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from workbench.columns import Column, Table
from workbench.eventlog import KEPT, PLACE
from workbench.tables import EVENTS, TABLES

EVENT = "_event"
APPLICATION_ID = 0x496E5762  # "InWb", which tells a study's SQLite file from any other

# An entry may have hundreds of thousands of codings: one coder's at one place are found without reading the rest.
SOUGHT = {("codings", "entry"): ("entry", "coder", "start")}

# In SQLite only INTEGER makes a primary key the row's own number, and reading in its order then costs nothing.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def make_schema() -> sa.MetaData:
    """Declare every table: its place and last event beside its columns, keys, references, and an index on each.

    References are checked when a transaction ends, so that the order within an act is free. Days and
    moments are ISO 8601 text: the same in the row, in the event that tells of it and in the CSV file.
    """
    schema = sa.MetaData()
    sa.Table(
        "study",
        schema,
        sa.Column("study", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("codebook", sa.Text, nullable=False),
    )
    for name in KEPT:
        _declare(TABLES[name], schema)
    _declare_events(schema)
    return schema


def _declare(table: Table, schema: sa.MetaData) -> None:
    declared = sa.Table(
        table.name,
        schema,
        sa.Column(PLACE, NUMBER, primary_key=True, autoincrement=False),
        *(_column(column) for column in table.columns),
        sa.Column(EVENT, NUMBER, nullable=False),
    )
    for number, key in enumerate((table.key, *table.unique)):
        name, columns = f"{table.name}_key{number}", [_keyed(declared, table[column]) for column in key]
        if all(table[column].required for column in key):  # PostgreSQL lets a reference lead to a constraint only
            declared.append_constraint(sa.UniqueConstraint(*columns, name=name))
        else:
            sa.Index(name, *columns, unique=True)
    for column in table.columns:
        if column.refers and (column.name,) != table.key:
            sought = SOUGHT.get((table.name, column.name), (column.name,))
            sa.Index(f"{table.name}_{column.name}", *(declared.c[name] for name in sought))


def _column(column: Column) -> sa.Column[object]:
    kinds: dict[str, Any] = {"whole": sa.BigInteger(), "truth": sa.Boolean()}
    kind = kinds.get(column.kind, sa.Text())
    refers = sa.ForeignKey(column.refers, deferrable=True, initially="DEFERRED") if column.refers else None
    return sa.Column(
        column.name, kind, *([refers] if refers is not None else []), nullable=not column.required, quote=True
    )


def _keyed(declared: sa.Table, column: Column) -> sa.ColumnElement[object]:
    """Let two rows without a value have the same key."""
    held = declared.c[column.name]
    return held if column.required else sa.func.coalesce(held, "")


def _declare_events(schema: sa.MetaData) -> None:
    columns = [
        sa.Column(column.name, NUMBER if column.kind == "whole" else sa.Text, nullable=not column.required)
        for column in EVENTS.columns[1:]
    ]
    events = sa.Table("events", schema, sa.Column("sequence", NUMBER, primary_key=True, autoincrement=False), *columns)
    sa.Index("events_actor", events.c.actor, events.c.sequence)
    sa.Index("events_concerns", events.c.concerns)


SCHEMA = make_schema()
