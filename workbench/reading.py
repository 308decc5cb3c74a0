"""Read a frozen study's folder: files in, typed DataFrames and faults out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from workbench.columns import Column, Kind, Table
from workbench.csvtext import parse_csv
from workbench.errors import Fault
from workbench.tables import TABLES

_DEEPEST = 50
_DIGITS = re.compile(r"-?[0-9]{1,15}")
DATE_FORMAT = "%Y-%m-%d"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DAY + "T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{6})?Z"


# Beside ValueError (bad UTF-8, TOML or number), PyYAML lets these out for a tag its value does not fit.
UNREADABLE = (ValueError, RecursionError, yaml.YAMLError, LookupError, AttributeError, TypeError)


def read_mapping(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Read a YAML or TOML file whose top level is a mapping; an unreadable one is a fault."""
    try:
        found = parse_mapping(path.name, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, [Fault(path.name, 0, "", "no file", "the file is required", f"put {path.name} in the folder")]
    except OSError as error:
        return {}, [_closed(path, error)]
    except UNREADABLE as error:
        return {}, [Fault(path.name, 0, "", _reason(error), "must be readable, in UTF-8", "mend the place it names")]
    if not isinstance(found, dict):
        return {}, [
            Fault(
                path.name,
                0,
                "",
                "nothing" if found is None else "no mapping",
                "must be a mapping",
                "start from the demo's file",
            )
        ]
    return found, []


def _closed(path: Path, error: OSError) -> Fault:
    found = error.strerror or type(error).__name__  # without the folders of this machine
    cure = "put the file in its place, with leave to read it"
    return Fault(path.name, 0, "", found, "must be a file that can be read", cure)


def _reason(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error).strip() or type(error).__name__


def parse_mapping(name: str, text: str) -> Any:
    """Parse the text of a TOML or YAML file, told apart by its name; raises what their parsers raise."""
    return tomllib.loads(text) if name.endswith(".toml") else _parse_yaml(text)


def _parse_yaml(text: str) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where the C library is there
    depth = 0
    for event in yaml.parse(text, Loader=loader):  # first, since the C library ends the process on a deep nesting
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders


def read_frames(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Read every CSV table of the folder with the dtypes of `workbench.tables`.

    Returns
    -------
    frames : dict of DataFrame
        One per table, with exactly its columns; a value that cannot be read is missing, and a fault.
    faults : list of Fault
        Unreadable files, missing and unknown columns, values of the wrong type.
    """
    frames, faults = {}, []
    for table in TABLES.values():
        if table.source.endswith(".csv"):
            raw, unreadable = _read_csv(folder, table)
            frames[table.name], mistyped = type_frame(raw, table)
            faults += unreadable + mistyped
    return frames, faults


def _read_csv(folder: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    path, names = folder / table.source, [column.name for column in table.columns]
    nothing = pd.DataFrame(columns=names, dtype="str")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        cure = f"add it, if only with its header: {','.join(names)}"
        return nothing, [Fault(path.name, 0, "", "no file", "every table has its file", cure)]
    except OSError as error:
        return nothing, [_closed(path, error)]
    except UnicodeDecodeError as error:
        cure = "save it as CSV in UTF-8, comma between columns"
        return nothing, [Fault(path.name, 0, "", str(error), "must be a CSV table in UTF-8", cure)]
    if text == ",".join(names) + "\n":  # no rows, as in many tables of a slice
        return nothing, []
    raw, faults = parse_csv(text, path.name)
    if faults:
        return nothing, faults
    return raw.reindex(columns=names).astype("str"), list(_header_faults(table, list(raw.columns)))


def _header_faults(table: Table, found: list[str]) -> Iterator[Fault]:
    allowed = [column.name for column in table.columns]
    for name in allowed:
        if name not in found:
            yield Fault(table.source, 1, name, "no such column", "every column is required", f"add column {name}")
    for name in found:
        if name not in allowed:
            rule = f"columns are {', '.join(allowed)}"
            yield Fault(table.source, 1, name, name, rule, "rename or remove the column")


def type_frame(raw: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """Give each column of a frame of strings its declared dtype; what cannot be read becomes missing and a fault."""
    typed, faults = {}, []
    for column in table.columns:
        read, rule = _READERS.get(column.kind, (None, ""))
        typed[column.name] = read(raw[column.name]) if read else raw[column.name]
        if read:
            lost = typed[column.name].isna() & raw[column.name].notna()
            faults += list(row_faults(table, column, raw.loc[lost, column.name], rule, f"write {rule}"))
    return pd.DataFrame(typed), faults


def row_faults(table: Table, column: Column, found: pd.Series[Any], rule: str, cure: str) -> Iterator[Fault]:
    """One fault for each value of `found`, a slice of the column whose index counts rows from 0."""
    for index, value in found.items():
        shown = "nothing" if pd.isna(value) else str(value)
        yield Fault(table.source, int(str(index)) + 2, column.name, shown, rule, cure)


def _whole(raw: pd.Series[Any]) -> pd.Series[Any]:
    distinct = [value for value in raw.dropna().unique() if _DIGITS.fullmatch(value)]  # far fewer than rows
    return raw.map({value: int(value) for value in distinct}).astype("Int64")


def _date(raw: pd.Series[Any]) -> pd.Series[Any]:
    return pd.to_datetime(_exact(raw, _DAY), format=DATE_FORMAT, errors="coerce").astype("datetime64[us]")


def _time(raw: pd.Series[Any]) -> pd.Series[Any]:
    read = pd.to_datetime(_exact(raw, _MOMENT), format="ISO8601", errors="coerce", utc=True)
    return read.astype("datetime64[us, UTC]")


def moment_texts(moments: pd.Series[Any]) -> pd.Series[str]:
    """Write moments in UTC as ISO 8601, with microseconds only where there are any."""
    distinct = moments.dropna().unique()  # far fewer than rows where many were made at once
    return moments.map({moment: moment.isoformat().replace("+00:00", "Z") for moment in distinct}).astype("str")


def _exact(raw: pd.Series[Any], pattern: str) -> pd.Series[Any]:
    """Keep what is written in full; pandas alone would take 2025-1-1 too."""
    lines = "\n".join(["", *raw.dropna().to_list()])
    if re.fullmatch(f"(?:\n{pattern})*", lines):  # all at once, as in most files: one by one takes five times as long
        return raw
    return raw.where(raw.str.fullmatch(pattern).fillna(value=False).astype("bool"))


def _truth(raw: pd.Series[Any]) -> pd.Series[Any]:
    return raw.map({"true": True, "false": False}).astype("boolean")


_READERS: dict[Kind, tuple[Callable[[pd.Series[Any]], pd.Series[Any]], str]] = {
    "whole": (_whole, "a whole number, such as 3"),
    "date": (_date, "a day, such as 2025-02-05"),
    "time": (_time, "a moment in UTC, such as 2025-02-05T14:10:00Z"),
    "truth": (_truth, "true or false"),
}
