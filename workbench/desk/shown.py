"""A study's rows as the desk shows them: plain values, nothing that a browser cannot take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.coding.repetition import previous_entries
from workbench.records import Record, frame_records
from workbench.study import Study
from workbench.tables import CODES, ENTRIES, RATINGS, TABLES

BEGINNING = 90  # characters of a text that a list shows
RECENT = 10
_LISTED = ("entry", "organisation", "person", "occasion", "kind", "frame", "component", "experiment", "language")
Plain = dict[str, Any]


def listed_entries(study: Study) -> list[Plain]:
    """List the entries in the order they were written: what each is about, how it begins, who coded it how often."""
    counts = _counts(study.codings)
    records, _ = frame_records(ENTRIES, study.entries)
    ordered = sorted(records, key=lambda row: (str(row["written"]), str(row["entry"])))
    return [
        {name: row[name] for name in _LISTED}
        | {"written": str(row["written"])[:10], "coded": counts.get(str(row["entry"]), {})}
        | {"begins": str(row["text"])[:BEGINNING], "size": len(str(row["text"]))}
        for row in ordered
    ]


def _counts(codings: pd.DataFrame) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    sizes = codings.groupby(["entry", "coder"]).size().reset_index(name="count")
    for entry, coder, count in sizes.itertuples(index=False, name=None):
        counted.setdefault(entry, {})[coder] = int(count)
    return counted


def listed_codes(study: Study) -> list[Plain]:
    """List the codebook's codes in its order, with all that is said of each."""
    return [dict(row) for row in frame_records(CODES, study.codes)[0]]


def shown_coding(row: Mapping[str, Any]) -> Plain:
    """Show a coding: its span in code points, its code, whose it is."""
    return {name: row[name] for name in ("coding", "entry", "start", "end", "code", "coder")}


def recent_codes(study: Study, coder: str) -> list[str]:
    """Return the codes that a coder used last, latest first."""
    own = study.codings[study.codings["coder"] == coder].sort_values("coded", ascending=False, kind="stable")
    active = set(study.codes.loc[study.codes["status"] == "active", "code"])
    return [code for code in dict.fromkeys(own["code"].astype("str")) if code in active][:RECENT]


def choices(study: Study) -> Plain:
    """Give what entries can be chosen by, each with its values and their words: organisations, people, and so on."""
    names: dict[str, dict[str, str]] = {
        "organisation": dict(zip(study.organisations["organisation"], study.organisations["name"], strict=True)),
        "person": {str(person): str(person) for person in study.people["person"]},
        "occasion": dict(zip(study.occasions["occasion"], study.occasions["title_sv"], strict=True)),
        "component": dict(zip(study.components["component"], study.components["name_sv"], strict=True)),
    }
    kinds = next(column for column in TABLES["entries"].columns if column.name == "kind").allowed or ()
    return names | {"kind": {kind: kind.replace("_", " ") for kind in kinds}}


def context_of(study: Study, entry: Record) -> Plain:
    """Tell what stands around an entry: the same person's previous one, and the levels of that occasion."""
    mine = study.ratings[study.ratings["occasion"] == entry["occasion"]]
    mine = mine[mine["organisation"] == entry["organisation"]]
    same = mine["person"].isna() if entry["person"] is None else mine["person"] == entry["person"]
    levels = frame_records(RATINGS, mine[same])[0]
    told = [{name: row[name] for name in ("component", "frame", "level", "missing")} for row in levels]
    return {"previous": _previous(study.entries, entry), "levels": told}


def _previous(entries: pd.DataFrame, entry: Record) -> str | None:
    own = entries[entries["organisation"] == entry["organisation"]]
    found = previous_entries(own).set_index("entry")["previous"]
    before = found.get(entry["entry"])
    return None if before is None or pd.isna(before) else str(before)
