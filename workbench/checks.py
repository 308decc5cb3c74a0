"""The checks of a study's tables: typed frames in, faults out. Nothing is read and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.columns import Column, Table
from workbench.errors import Fault
from workbench.reading import row_faults
from workbench.records import Value
from workbench.rules import RULES, Frames, Rule
from workbench.tables import TABLES


@dataclass(frozen=True)
class Gaps:
    """What could not be read of the tables, told by the faults of reading."""

    places: frozenset[tuple[str, int, str]]

    @classmethod
    def of(cls, unread: Iterable[Fault]) -> Gaps:
        """Take a fault without a row or a column as its whole file, one in the header as its whole column."""
        places = {(at.file, at.row, at.column) if at.row and at.column else (at.file, 0, "") for at in unread}
        return cls(frozenset(places))

    def lost(self, file: str, column: str) -> bool:
        """Tell whether the whole column could not be read."""
        return (file, 0, "") in self.places or (file, 1, column) in self.places

    def at(self, fault: Fault, columns: Iterable[str]) -> bool:
        """Tell whether one of the columns could not be read in the fault's row."""
        return any((fault.file, fault.row, column) in self.places for column in columns)


def check_frames(frames: Frames, unread: Iterable[Fault] = (), rules: Iterable[Rule] = RULES) -> list[Fault]:
    """Check every table against its declaration and the rules between tables.

    Parameters
    ----------
    frames : mapping of DataFrame
        Every table.
    unread : iterable of Fault
        What could not be read; it is missing in `frames`, and that must not become a second fault.
    rules : iterable of Rule
        The rules between columns and between tables.

    Returns
    -------
    list of Fault
        Every fault there is; empty when the study is sound.
    """
    gaps = Gaps.of(unread)
    faults: list[Fault] = []
    for table in TABLES.values():
        if table.source.endswith(".csv"):  # the codebook's codes are checked where they are read
            faults += check_table(table, frames, gaps)
    for rule in rules:
        if not any(gaps.lost(table.source, name) for table, name in rule.reads):
            faults += [fault for fault in rule.find(frames) if not gaps.at(fault, rule.columns(fault.file))]
    return faults


def check_table(table: Table, frames: Frames, gaps: Gaps) -> list[Fault]:
    """Check one table's values, references and keys, where it could be read."""
    if frames[table.name].empty:
        return []
    faults = list(check_values(table, frames[table.name], gaps))
    for column in table.columns:
        if not gaps.lost(table.source, column.name):
            found = _unknown(table, column, frames, gaps)
            faults += [fault for fault in found if not gaps.at(fault, (column.name,))]
    return faults


def check_values(table: Table, frame: pd.DataFrame, gaps: Gaps) -> Iterator[Fault]:
    """Check what can be told from the table alone: required and allowed values, ranges, keys."""
    for column in table.columns:
        if not gaps.lost(table.source, column.name):
            found = _column_faults(table, column, frame[column.name])
            yield from (fault for fault in found if not gaps.at(fault, (column.name,)))
    for key in (table.key, *table.unique):
        if not any(gaps.lost(table.source, name) for name in key):
            yield from (fault for fault in _key_faults(table, key, frame) if not gaps.at(fault, key))


def _column_faults(table: Table, column: Column, found: pd.Series[Any]) -> Iterator[Fault]:
    if (broken := broken_by(column, None)) and found.hasnans:
        yield from row_faults(table, column, found[found.isna()], *broken)
    if found.empty or not (column.allowed or column.kind == "whole"):
        return
    distinct = found.dropna().unique().tolist()  # far fewer than rows
    wrong = {value: broken for value in distinct if (broken := broken_by(column, value))}
    for told in dict.fromkeys(wrong.values()):
        alike = [value for value in wrong if wrong[value] == told]
        yield from row_faults(table, column, found[found.isin(alike)], *told)


def broken_by(column: Column, value: Value) -> tuple[str, str] | None:
    """Tell the rule that a value breaks of its column's declaration, and the cure; None when it keeps them all."""
    if value is None:
        return ("a value is required", f"fill in {column.name}") if column.required else None
    if column.allowed and value not in column.allowed:
        return f"allowed are {', '.join(column.allowed)}", "choose one of them"
    if isinstance(value, int) and not _within(column, value):
        limit = "no limit" if column.highest is None else str(column.highest)
        return f"allowed is {column.lowest} to {limit}", "mend the number"
    return None


def _within(column: Column, number: int) -> bool:
    above = column.lowest is None or number >= column.lowest
    return above and (column.highest is None or number <= column.highest)


def _unknown(table: Table, column: Column, frames: Frames, gaps: Gaps) -> Iterator[Fault]:
    """Find what refers to a row that is not there; when the other table could not be read, nobody knows."""
    if not column.refers:
        return
    name, other = column.refers.split(".")
    source = TABLES[name].source
    if not gaps.lost(source, other):
        present = frames[table.name][column.name].dropna()
        unknown = present[~present.isin(frames[name][other])]
        rule = f"must stand in {source} as {other}"
        yield from row_faults(table, column, unknown, rule, f"mend the code, or add it to {source}")


def _key_faults(table: Table, key: Sequence[str], frame: pd.DataFrame) -> Iterator[Fault]:
    twice = frame[list(key)].duplicated(keep="first")
    if not twice.any():
        return
    required = [name for name in key if table[name].required]  # one that is missing is a fault already
    rows = frame.loc[twice, list(key)].dropna(subset=required).astype("str").itertuples(name=None)
    shown = {
        index: " · ".join("(none)" if pd.isna(value) else str(value) for value in values) for index, *values in rows
    }
    rule = f"{' + '.join(key)} must be unique"
    cure = "remove the row, or give it a key of its own"
    yield from row_faults(table, table[key[0]], pd.Series(shown, dtype="str"), rule, cure)
