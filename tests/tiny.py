"""A study small enough to check by eye: two organisations, three people, two occasions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.about import make_about
from workbench.codebook import codebook_text, make_codebook
from workbench.instrument import make_instrument
from workbench.reading import read_mapping, type_frame
from workbench.study import Study
from workbench.tables import TABLES

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "data" / "demo"
MUNICIPALITIES = ROOT / "data" / "demo-municipalities"
EMOJI_TEXT = "Vi vågade 🙂 säga nej.\nSedan gick vi hem."

ROWS: dict[str, list[dict[str, Any]]] = {
    "organisations": [
        {"organisation": "A1", "name": "Ena verket", "kind": "agency", "joined": "2025-02-05"},
        {"organisation": "A2", "name": "Andra verket", "kind": "agency", "joined": "2025-02-05"},
    ],
    "people": [
        {"person": "P-1", "organisation": "A1", "role": "participant", "joined": "2025-02-05"},
        {"person": "P-2", "organisation": "A1", "role": "participant", "joined": "2025-02-05"},
        {"person": "P-3", "organisation": "A2", "role": "participant", "joined": "2025-02-05"},
    ],
    "occasions": [
        {"occasion": "T1", "number": "1", "title_sv": "Start", "title_en": "Start", "starts": "2025-02-05",
         "ends": "2025-02-06"},
        {"occasion": "T2", "number": "2", "title_sv": "Slut", "title_en": "End", "starts": "2025-03-26",
         "ends": "2025-03-27"},
    ],
    "components": [
        {"component": "I3", "position": "1", "name_sv": "Ledarskap", "name_en": "Leadership", "block": "CONDITIONS",
         "arena": "internal"},
    ],
    "focus": [{"occasion": "T1", "component": "I3"}, {"occasion": "T2", "component": "I3"}],
    "entries": [
        {"entry": "N1", "organisation": "A1", "person": "P-1", "occasion": "T1", "phase": "home", "kind": "reflection",
         "visibility": "organisation", "written": "2025-03-01T09:00:00Z", "language": "sv", "text": EMOJI_TEXT},
        {"entry": "N2", "organisation": "A1", "person": "P-2", "occasion": "T1", "phase": "home", "kind": "reflection",
         "visibility": "organisation", "written": "2025-03-02T09:00:00Z", "language": "sv", "text": "Hemligt."},
        {"entry": "N3", "organisation": "A2", "person": "P-3", "occasion": "T1", "phase": "home", "kind": "reflection",
         "visibility": "network", "written": "2025-03-03T09:00:00Z", "language": "sv", "text": "Chefen gick."},
        {"entry": "N4", "organisation": "A1", "occasion": "T2", "phase": "meeting", "kind": "discussion",
         "visibility": "researchers", "written": "2025-03-26T09:00:00Z", "language": "sv", "text": "Utan chefen."},
    ],
    "ratings": [
        {"organisation": "A1", "person": "P-1", "occasion": "T1", "component": "I3", "frame": "now",
         "basis": "individual", "level": "2"},
        {"organisation": "A1", "person": "P-2", "occasion": "T1", "component": "I3", "frame": "now",
         "basis": "individual", "missing": "DK"},
        {"organisation": "A1", "occasion": "T1", "component": "I3", "frame": "now", "basis": "consensus", "level": "1"},
        {"organisation": "A2", "person": "P-3", "occasion": "T1", "component": "I3", "frame": "now",
         "basis": "individual", "level": "4"},
    ],
    "codings": [
        {"coding": "C1", "entry": "N1", "start": "10", "end": "21", "quote": "🙂 säga nej.", "code": "COND_TIME",
         "coder": "K1", "coded": "2025-04-01T09:00:00Z"},
        {"coding": "C2", "entry": "N3", "start": "0", "end": "6", "quote": "Chefen", "code": "COND_TIME",
         "coder": "K1", "coded": "2025-04-01T09:01:00Z"},
    ],
}  # fmt: skip


def tiny_study() -> Study:
    """Build the study in memory, with the demo's instrument and codebook."""
    texts = {
        name: (DEMO / name).read_text(encoding="utf-8") for name in ("study.toml", "instrument.yaml", "codebook.yaml")
    }
    about, _ = make_about(read_mapping(DEMO / "study.toml")[0])
    instrument, _ = make_instrument(read_mapping(DEMO / "instrument.yaml")[0])
    codebook, _ = make_codebook(read_mapping(DEMO / "codebook.yaml")[0])
    assert about and instrument and codebook
    frames = {name: _frame(name) for name in TABLES} | {"codes": codebook.codes, "lineage": codebook.lineage}
    return Study(about, instrument, codebook, frames, texts)


def reflexive_study() -> Study:
    """Build the same study with a codebook that is talked over, not measured."""
    study = tiny_study()
    book = replace(study.codebook, stance="reflexive")
    texts = {**study.texts, "codebook.yaml": codebook_text(book)}
    return Study(study.about, study.instrument, book, study.frames, texts)


def _frame(name: str) -> pd.DataFrame:
    names = [column.name for column in TABLES[name].columns]
    typed, faults = type_frame(pd.DataFrame(ROWS.get(name, []), columns=names).astype("str"), TABLES[name])
    assert not faults
    return typed
