"""The data dictionary: every table and column in words, made from `workbench.tables`."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.columns import Column, Kind, Table
from workbench.tables import TABLES

_KINDS: dict[Kind, str] = {
    "id": "code",
    "text": "text",
    "choice": "one of",
    "whole": "whole number",
    "date": "day",
    "time": "moment, UTC",
    "truth": "true or false",
}

_OPENING = """# Data dictionary

Made by `workbench dictionary` from `workbench/tables`; a test keeps the two in step. Do not edit.

`demo/` is a network of eight agencies, `demo-municipalities/` two municipalities followed by researchers.
**Both are fictional**: no organisation, person or event in them exists. Licence: CC0-1.0. The texts were
written for this purpose; the ratings of `demo/` are drawn from the truth in `demo/simulation.toml`.

A study's folder is a Frictionless Data Package: `study.toml` (what it is), `instrument.yaml`, `codebook.yaml`,
a CSV file a table (UTF-8, comma, LF, nothing for a missing value), `datapackage.json` (schemas and SHA-256
checksums) and `ro-crate-metadata.json`. After a change by hand: `workbench seal FOLDER`.

Privacy: *open* holds no personal data; *pseudonymous* is about a person behind a random code; *free text* may
hold anything somebody wrote. Names and e-mail addresses are in none of these tables.
"""


def data_dictionary() -> str:
    """Write the content of ``data/README.md``, in Markdown, English with the Swedish meaning beside it."""
    return "\n".join([_OPENING, *(line for table in TABLES.values() for line in _describe(table))])


def _describe(table: Table) -> Iterator[str]:
    unique = "".join(f" Unique: {', '.join(names)}." for names in table.unique)
    yield f"## {table.name}\n\n{table.en} *{table.sv}* File: `{table.source}`. Key: {', '.join(table.key)}.{unique}\n"
    yield "| column | type | may be empty | meaning | betydelse | privacy |"
    yield "|---|---|---|---|---|---|"
    for column in table.columns:
        empty = "" if column.required else "yes"
        yield f"| {column.name} | {_type(column)} | {empty} | {column.en} | {column.sv} | {column.privacy} |"
    yield ""


def _type(column: Column) -> str:
    parts = [_KINDS[column.kind], " ".join(f"`{value}`" for value in column.allowed)]
    if column.lowest is not None:
        parts.append(f"{column.lowest} to {column.highest}" if column.highest is not None else f"from {column.lowest}")
    parts.append(f"of `{column.refers}`" if column.refers else "")
    return " ".join(part for part in parts if part)
