"""Rows as records: plain values that read the same in a database, in an event and in a CSV file.

A record holds every column of its table: text, whole numbers, yes and no as they are, days and moments as
ISO 8601 text (which sorts as time does), nothing as None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from workbench.columns import Column, Kind, Table
from workbench.errors import Fault
from workbench.reading import moment_texts, type_frame

Value = str | int | bool | None
Record = dict[str, Value]
Key = tuple[Value, ...]

GREATEST = 10**15 - 1  # as many digits as `workbench.reading` takes for a number
_BRIEF = pd.StringDtype("python", na_value=np.nan)  # "str" as pandas alone has it

_CURES: dict[Kind, str] = {
    "whole": "a whole number, such as 3",
    "date": "a day, such as 2025-02-05",
    "time": "a moment with its time zone, such as 2025-02-05T14:10:00Z",
    "truth": "true or false",
}


def key_of(table: Table, record: Mapping[str, Value]) -> Key:
    """Return the values of the table's key."""
    return tuple(record[name] for name in table.key)


def shown_key(key: Key) -> str:
    """Write a key for a reader."""
    return " · ".join("(none)" if value is None else str(value) for value in key)


def make_record(table: Table, values: Mapping[str, object]) -> tuple[Record, list[Fault]]:
    """Give values the form of a record; what is not given is None, as is a text of no characters: CSV has no other.

    Returns
    -------
    record : Record
        Every column of the table.
    faults : list of Fault
        Names the table does not have, values of the wrong type, characters no database keeps.
    """
    record, faults = {}, list(_strange_names(table, values))
    for column in table.columns:
        record[column.name], found = _value(table, column, values.get(column.name))
        faults += found
    return record, faults


def _strange_names(table: Table, values: Mapping[str, object]) -> Iterator[Fault]:
    names = [column.name for column in table.columns]
    for name in values:
        if name not in names:
            yield Fault(table.name, 0, name, name, f"columns are {', '.join(names)}", "mend the name")


def _value(table: Table, column: Column, given: object) -> tuple[Value, list[Fault]]:
    if given is None or given is pd.NA or given is pd.NaT or (isinstance(given, float) and pd.isna(given)):
        return None, []
    if isinstance(given, str) and not given:
        return None, []
    value = _READERS.get(column.kind, _text)(given)
    if value is not None:
        return value, []
    rule = _CURES.get(column.kind, "text in Unicode without NUL or half characters")
    return None, [Fault(table.name, 0, column.name, repr(given)[:80], f"must be {rule}", f"give {rule}")]


def _text(given: object) -> str | None:
    return str(given) if isinstance(given, str) and storable(given) else None


def storable(text: str) -> bool:
    """Tell whether any database keeps the text as it is: no NUL, no half of a character pair."""
    try:
        text.encode()  # tells of half characters ten times faster than looking for them
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _whole(given: object) -> int | None:
    if isinstance(given, bool) or not hasattr(given, "__int__") or isinstance(given, str):
        return None
    try:
        number = int(given)
    except (ArithmeticError, TypeError, ValueError):  # without end, no number, many
        return None
    return number if number == given and abs(number) <= GREATEST else None


def _date(given: object) -> str | None:
    if isinstance(given, dt.datetime):
        return given.date().isoformat() if given.time() == dt.time() else None
    return _parsed(given, dt.date.fromisoformat) if isinstance(given, str) else _iso(given)


def _iso(given: object) -> str | None:
    return given.isoformat() if isinstance(given, dt.date) else None


def _parsed(given: str, read: Any) -> str | None:
    try:
        return given if read(given).isoformat() == given else None
    except ValueError:
        return None


def _time(given: object) -> str | None:
    try:
        moment = dt.datetime.fromisoformat(given) if isinstance(given, str) else given
        return moment_text(moment) if isinstance(moment, dt.datetime) and moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # the second of a moment that in UTC lies before the year 1
        return None


def moment_text(moment: dt.datetime) -> str:
    """Write a moment in UTC, with its microseconds when it has any; no column has what is smaller."""
    if isinstance(moment, pd.Timestamp):
        moment = moment.to_pydatetime(warn=False)
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def _truth(given: object) -> bool | None:
    return bool(given) if isinstance(given, bool) or type(given).__name__ == "bool" else None


_READERS: dict[Kind, Any] = {"whole": _whole, "date": _date, "time": _time, "truth": _truth}


def frame_records(table: Table, frame: pd.DataFrame) -> tuple[list[Record], list[Fault]]:
    """Turn a frame into records, as `frame_rows` into rows."""
    rows, faults = frame_rows(table, frame)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in rows], faults


def frame_rows(table: Table, frame: pd.DataFrame) -> tuple[Iterator[tuple[Value, ...]], list[Fault]]:
    """Turn a frame into rows: one of the table's own dtypes, or one of strings as a CSV file has them.

    Returns
    -------
    rows : iterator of tuple
        In the frame's order, each with a value for every column of the table.
    faults : list of Fault
        As of `make_record`, with the frame's rows counted as a spreadsheet counts them.
    """
    names = [column.name for column in table.columns]
    faults = list(_strange_names(table, dict.fromkeys(frame.columns)))
    whole = frame.reindex(columns=names).reset_index(drop=True)
    if others := tuple(column for column in table.columns if str(whole[column.name].dtype) != column.dtype):
        read = _as_text(whole[[column.name for column in others]])
        typed, mistyped = type_frame(read, replace(table, columns=others))
        whole, faults = whole.assign(**typed), faults + mistyped
    lists = [_values(whole[column.name], column) for column in table.columns]
    faults += [fault for column, values in zip(table.columns, lists, strict=True) for fault in _unkept(column, values)]
    return zip(*lists, strict=True), faults


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Write every value as a CSV file would, so that one reader judges them all."""
    out = {}
    for name, values in frame.items():
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            out[name] = moment_texts(values)
        elif values.dtype.kind == "M":
            out[name] = values.dt.strftime("%Y-%m-%d")
        elif values.dtype.kind == "b":
            out[name] = values.map({True: "true", False: "false"})
        elif values.dtype.kind == "f":
            out[name] = values.astype("Int64").astype("str") if (values.dropna() % 1 == 0).all() else values
        else:
            out[name] = values
    return pd.DataFrame(out).astype("str")


def _values(values: pd.Series[Any], column: Column) -> list[Value]:
    if column.kind == "time":
        values = moment_texts(values)
    elif column.kind == "date":
        values = values.dt.strftime("%Y-%m-%d")
    listed = values.to_list()
    if not values.hasnans and "" not in listed:
        return listed
    return [None if value is pd.NA or value != value or value == "" else value for value in listed]  # noqa: PLR0124


def _unkept(column: Column, values: Sequence[Any]) -> Iterator[Fault]:
    if column.kind == "whole":
        for place, value in enumerate(values):
            if isinstance(value, int) and abs(value) > GREATEST:
                rule = f"must be {_CURES['whole']}, of at most {len(str(GREATEST))} digits"
                yield Fault(column.name, place + 2, column.name, str(value), rule, "mend the number")
    if column.kind not in {"text", "id", "choice"} or storable("".join(filter(None, values))):
        return
    for place, value in enumerate(values):
        if isinstance(value, str) and not storable(value):
            rule = "text in Unicode without NUL or half characters"
            yield Fault(column.name, place + 2, column.name, repr(value)[:80], f"must be {rule}", f"give {rule}")


def records_frame(table: Table, records: Iterable[Mapping[str, Value]]) -> pd.DataFrame:
    """Make the table's frame, with its dtypes, of records, in their order."""
    rows = list(records)
    return columns_frame(table, {column.name: [row[column.name] for row in rows] for column in table.columns})


def columns_frame(table: Table, columns: Mapping[str, Sequence[Value]], *, brief: bool = False) -> pd.DataFrame:
    """Make a frame of some or all of the table's columns, each given as its values, with their dtypes.

    A `brief` one, to be looked through once, keeps its strings as they are: making Arrow's of them takes longer.
    """
    given = [column for column in table.columns if column.name in columns]
    return pd.DataFrame({column.name: _array(columns[column.name], column, brief=brief) for column in given})


def _array(values: Sequence[Value], column: Column, *, brief: bool) -> Any:
    if column.kind == "time":
        bare = [value.removesuffix("Z") if isinstance(value, str) else None for value in values]
        return pd.DatetimeIndex(np.array(bare, dtype="datetime64[us]"), tz="UTC")
    if column.kind == "date":
        return np.array(list(values), dtype="datetime64[us]")
    dtype: Any = _BRIEF if brief and column.dtype == "str" else column.dtype
    return pd.array(list(values), dtype=dtype)
