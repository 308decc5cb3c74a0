"""The seal of a frozen study: every file of its form listed in ``datapackage.json`` with its checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.errors import Fault
from workbench.shape import Listed, shape_faults
from workbench.tables import TABLES

PACKAGE = "datapackage.json"
CRATE = "ro-crate-metadata.json"
ABOUT_FILE = "study.toml"
TEXTS = (ABOUT_FILE, "instrument.yaml", "codebook.yaml")
FORM = (*TEXTS, *(table.source for table in TABLES.values() if table.source.endswith(".csv")), CRATE)
_SHAPE = {"resources": Listed({"path": str, "hash": str})}
_RESEAL = "make it anew with: workbench seal FOLDER"


def seal_faults(folder: Path) -> list[Fault]:
    """Compare the folder's files with ``datapackage.json``: all of the frozen form listed, there, unchanged.

    Source: Frictionless Data Package v1, "resource" (`hash`, ``sha256:`` prefix).
    """
    listed, faults = _read_package(folder / PACKAGE)
    if faults:
        return faults
    for resource in listed:
        faults += _file_faults(folder, resource["path"], resource["hash"])
    return faults + list(_unlisted({resource["path"] for resource in listed}))


def _read_package(path: Path) -> tuple[list[dict[str, Any]], list[Fault]]:
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # bad UTF-8 and bad JSON are ValueErrors
        return [], [Fault(path.name, 0, "", type(error).__name__, "a frozen study is sealed", _RESEAL)]
    faults = [replace(fault, cure=_RESEAL) for fault in shape_faults(path.name, described, _SHAPE)]
    return ([], faults) if faults else (described["resources"], [])


def _file_faults(folder: Path, name: str, sealed: str) -> Iterator[Fault]:
    if name in {".", ".."} or "\\" in name or Path(name).name != name:
        yield Fault(PACKAGE, 0, "resources", name, "a path is the bare name of a file in the folder", _RESEAL)
        return
    try:
        found = f"sha256:{file_hash(folder / name)}"
    except (OSError, ValueError) as error:
        cure = f"put {name} back, or seal the study without it: workbench seal FOLDER"
        yield Fault(name, 0, "", _reason(error), f"{PACKAGE} lists it", cure)
        return
    if found != sealed:
        cure = "restore the file, or seal the change with: workbench seal FOLDER"
        yield Fault(name, 0, "", "changed since the study was sealed", f"{PACKAGE} says {sealed}", cure)


def _unlisted(listed: Collection[str]) -> Iterator[Fault]:
    for name in FORM:
        if name not in listed:
            rule = "every file of a frozen study is listed with its checksum"
            yield Fault(PACKAGE, 0, "resources", f"no {name}", rule, _RESEAL)


def _reason(error: Exception) -> str:
    return "no file" if isinstance(error, FileNotFoundError) else type(error).__name__


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
