"""Describe a frozen study: a Frictionless Data Package and an RO-Crate, made from the declared tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workbench.columns import Column, Kind, Table
from workbench.errors import WorkbenchError
from workbench.frozen import read_about
from workbench.reading import DATE_FORMAT
from workbench.sealing import ABOUT_FILE, CRATE, FORM, PACKAGE, TEXTS, file_hash
from workbench.tables import TABLES

_TYPES: dict[Kind, dict[str, str]] = {
    "id": {"type": "string"},
    "text": {"type": "string"},
    "choice": {"type": "string"},
    "whole": {"type": "integer"},
    "date": {"type": "date", "format": DATE_FORMAT},
    "time": {"type": "datetime"},
    "truth": {"type": "boolean"},
}
_MEDIA = {".csv": "text/csv", ".toml": "application/toml", ".yaml": "application/yaml", ".json": "application/json"}


def describe(folder: Path) -> dict[str, Any]:
    """Make the content of ``datapackage.json`` for the files as they are now, the RO-Crate among them.

    Raises
    ------
    WorkbenchError
        A file of the frozen form is lacking, or ``study.toml`` does not say what the study is.

    Source: Frictionless Data Package v1 (Data Package, Tabular Data Resource, Table Schema).
    """
    about = read_about(folder)
    require(folder, FORM)
    return {
        "profile": "data-package",
        "name": about.id,
        "version": about.version,
        "title": about.title_en,
        "description": f"{about.label_en} {about.about_en}",
        "licenses": [{"name": about.licence}],
        "resources": [*_resources(folder), _resource(folder / CRATE)],
    }


def require(folder: Path, names: Iterable[str]) -> None:
    """Raise a WorkbenchError that names every file that is not in the folder."""
    if lacking := [name for name in names if not (folder / name).is_file()]:
        raise WorkbenchError(f"{folder.name} lacks {', '.join(lacking)}. Cure: put them in the folder.")


def _resources(folder: Path) -> list[dict[str, Any]]:
    extra = sorted(path.name for path in folder.glob("*.toml") if path.name != ABOUT_FILE)
    texts = [_resource(folder / name) for name in (*TEXTS, *extra)]
    return texts + [_tabular(folder, table) for table in TABLES.values() if table.source.endswith(".csv")]


def _resource(path: Path) -> dict[str, Any]:
    return {
        "name": path.stem.replace("_", "-"),
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": _MEDIA[path.suffix],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_hash(path)}",
    }


def _tabular(folder: Path, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if all(table[name].required for name in table.key):  # the standard allows no empty value in a key
        schema["primaryKey"] = list(table.key)
    if keys := [
        _foreign(table, column) for column in table.columns if column.refers.split(".")[0] not in {"", "codes"}
    ]:
        schema["foreignKeys"] = keys
    described = {"profile": "tabular-data-resource", "title": table.en, "schema": schema}
    return {**_resource(folder / table.source), **described}


def _field(column: Column) -> dict[str, Any]:
    limits: Mapping[str, Any] = {
        "required": column.required or None,
        "enum": list(column.allowed) or None,
        "minimum": column.lowest,
        "maximum": column.highest,
    }
    constraints = {name: value for name, value in limits.items() if value is not None}
    return {"name": column.name, **_TYPES[column.kind], "description": column.en, "constraints": constraints}


def _foreign(table: Table, column: Column) -> dict[str, Any]:
    name, field = column.refers.split(".")
    where = "" if name == table.name else name.replace("_", "-")
    return {"fields": [column.name], "reference": {"resource": where, "fields": [field]}}


def describe_crate(folder: Path) -> dict[str, Any]:
    """Make the content of ``ro-crate-metadata.json``: the study and its files as linked data; raises as `describe`.

    Source: RO-Crate Metadata Specification 1.1.
    """
    about = read_about(folder)
    require(folder, (name for name in FORM if name != CRATE))
    files = [{"@id": item["path"], "@type": "File", "encodingFormat": item["mediatype"], "sha256": item["hash"][7:]}
             for item in _resources(folder)]  # fmt: skip
    files.append({"@id": PACKAGE, "@type": "File", "encodingFormat": "application/json"})
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title_en,
        "description": f"{about.label_en} {about.about_en}",
        "version": about.version,
        "license": about.licence,
        "datePublished": about.published.isoformat(),
        "hasPart": [{"@id": item["@id"]} for item in files],
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [descriptor, root, *files]}


def to_json(content: Mapping[str, Any]) -> str:
    """Write JSON as people read it: indented, in UTF-8, ending in a line end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
