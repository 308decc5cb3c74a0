"""Ways to damage a frozen study, each a function of its folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbench.errors import Fault, StudyError
from workbench.opening import open_study
from workbench.tables import TABLES

Damage = Callable[[Path], object]
SEALED = "changed since the study was sealed"


def faults_of(folder: Path) -> list[Fault]:
    """Faults of a study, less the remark that the damaged file is no longer what was sealed."""
    with pytest.raises(StudyError) as raised:
        open_study(folder)
    return [fault for fault in raised.value.faults if fault.found != SEALED]


def told(faults: list[Fault]) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.row, fault.column, fault.found) for fault in faults]


def written(name: str, content: str | bytes) -> Damage:
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def bytes_of(name: str, change: Callable[[bytes], bytes]) -> Damage:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def replaced(name: str, old: str, new: str) -> Damage:
    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return bytes_of(name, change)


def removed(name: str) -> Damage:
    return lambda folder: (folder / name).unlink()


def folder_instead(name: str) -> Damage:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return change


def lines(name: str, change: Callable[[list[str]], list[str]]) -> Damage:
    return bytes_of(name, lambda data: ("\n".join(change(data.decode().splitlines())) + "\n").encode())


def appended(name: str, /, **values: str) -> Damage:
    """Add a row to a table; columns that are not given are empty."""
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow([values.get(column.name, "") for column in TABLES[name].columns])
    return bytes_of(f"{name}.csv", lambda data: data + row.getvalue().encode())


def all_of(*damages: Damage) -> Damage:
    def change(folder: Path) -> None:
        for damage in damages:
            damage(folder)

    return change


def put(name: str, place: str, value: object) -> Damage:
    """Set the value at a dotted place of a YAML or JSON file."""
    return _edited(name, place, lambda inside, key: inside.__setitem__(key, value))


def without(name: str, place: str) -> Damage:
    """Take the value at a dotted place out of a YAML or JSON file."""
    return _edited(name, place, lambda inside, key: inside.__delitem__(key))


def _edited(name: str, place: str, change: Callable[[Any, Any], object]) -> Damage:
    def edit(folder: Path) -> None:
        content = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        inside: Any = content
        *above, last = [int(step) if step.isdigit() else step for step in place.split(".")]
        for step in above:
            inside = inside[step]
        change(inside, last)
        text = json.dumps(content) if name.endswith(".json") else yaml.safe_dump(content, allow_unicode=True)
        (folder / name).write_text(text, encoding="utf-8")

    return edit
