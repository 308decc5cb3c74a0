"""A study: everything a learning network leaves behind, read-only, one tidy DataFrame a table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from workbench.checks import check_frames
from workbench.codebook import FILE as CODEBOOK_FILE
from workbench.codebook import Codebook, make_codebook
from workbench.errors import Fault, StudyError
from workbench.instrument import FILE as INSTRUMENT_FILE
from workbench.instrument import Instrument, make_instrument
from workbench.language import Language
from workbench.reading import read_frames, read_mapping, row_faults, seal_faults
from workbench.tables import TABLES

Part = TypeVar("Part")
PLACE = "WORKBENCH_STUDY"
ABOUT_FILE = "study.toml"
TEXTS = (ABOUT_FILE, INSTRUMENT_FILE, CODEBOOK_FILE)


@dataclass(frozen=True)
class About:
    """What ``study.toml`` says of a study; every field is a text, `label` tells fictional data from real."""

    id: str
    version: str
    title_sv: str
    title_en: str
    about_sv: str
    about_en: str
    label_sv: str
    label_en: str
    licence: str


class Study:
    """A study, read-only: each table is an attribute, a DataFrame with the columns of `workbench.tables`.

    What is done to a returned DataFrame never reaches the study (pandas copies on write).
    """

    organisations: pd.DataFrame
    people: pd.DataFrame
    occasions: pd.DataFrame
    components: pd.DataFrame
    focus: pd.DataFrame
    definitions: pd.DataFrame
    experiments: pd.DataFrame
    experiment_components: pd.DataFrame
    practices: pd.DataFrame
    entries: pd.DataFrame
    ratings: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    memos: pd.DataFrame
    findings: pd.DataFrame
    evidence: pd.DataFrame
    feedback: pd.DataFrame
    responses: pd.DataFrame
    consents: pd.DataFrame
    events: pd.DataFrame

    def __init__(
        self,
        about: About,
        instrument: Instrument,
        codebook: Codebook,
        frames: Mapping[str, pd.DataFrame],
        texts: Mapping[str, str],
    ) -> None:
        self.about, self.instrument, self.codebook = about, instrument, codebook
        self.texts = dict(texts)
        self._frames = dict(frames)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """All tables by name, in the order of `workbench.tables`."""
        return {name: getattr(self, name) for name in TABLES}

    def with_frames(self, frames: Mapping[str, pd.DataFrame]) -> Study:
        """Return the same study with other rows."""
        return Study(self.about, self.instrument, self.codebook, frames, self.texts)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return the table called `name`; AttributeError when the study has no such table."""
        if name not in TABLES:
            raise AttributeError(f"a study has no table {name!r}; it has {', '.join(TABLES)}")
        return self._frames[name].copy(deep=False)

    def __repr__(self) -> str:
        """Name the study and count what is in it."""
        counts = ", ".join(f"{len(frame)} {name}" for name, frame in self._frames.items() if len(frame))
        return f"<Study {self.about.id} {self.about.version}: {counts}>"

    def tidy_codings(self, language: Language = "sv") -> pd.DataFrame:
        """One row per coding, with who, when and in what it stands.

        Returns
        -------
        DataFrame
            coding, quote, code, path, coder, organisation, person, occasion, number, written, kind,
            component, entry, start, end. `path` is in `language`; `number` is the occasion's order;
            `start` and `end` count Unicode code points, end exclusive.
        """
        entries = self.entries[["entry", "organisation", "person", "occasion", "written", "kind", "component"]]
        numbers = self.occasions[["occasion", "number"]]
        rows = self.codings.merge(entries, on="entry", how="left").merge(numbers, on="occasion", how="left")
        rows["path"] = rows["code"].map(self.codebook.paths(language)).astype("str")
        who = ["organisation", "person", "occasion", "number", "written", "kind", "component"]
        return rows[["coding", "quote", "code", "path", "coder", *who, "entry", "start", "end"]]


def open_study(path: str | Path | None = None) -> Study:
    """Open a frozen study's folder, checked, read-only.

    Parameters
    ----------
    path : str or Path, optional
        The folder. Without it, the environment variable ``WORKBENCH_STUDY``; without that, the nearest
        ``data/demo`` in this folder or one above.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The folder is no sound study; lists every fault with file, row, column, value and cure.
    """
    folder = Path(path or os.environ.get(PLACE) or _nearest_demo())
    if not folder.is_dir():
        cure = "mend the path, or set WORKBENCH_STUDY"
        raise StudyError(folder.name, [Fault(str(folder), 0, "", "no folder", "a frozen study is a folder", cure)])
    about, faults = _read(folder, ABOUT_FILE, make_about)
    instrument, no_instrument = _read(folder, INSTRUMENT_FILE, make_instrument)
    codebook, no_codebook = _read(folder, CODEBOOK_FILE, make_codebook)
    frames, unread = read_frames(folder)
    faults += no_instrument + no_codebook + unread + seal_faults(folder)
    if codebook is not None:
        frames = {name: codebook.codes if name == "codes" else frames[name] for name in TABLES}
        faults += _checks_of(frames, instrument, unread)
    if faults or about is None or instrument is None or codebook is None:
        raise StudyError(folder.name, faults)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in TEXTS}
    return Study(about, instrument, codebook, frames, texts)


def _nearest_demo() -> Path:
    here = Path.cwd()
    places = [folder / "data" / "demo" for folder in (here, *here.parents)]
    return next((place for place in places if place.is_dir()), places[0])


def _read(
    folder: Path, name: str, make: Callable[[Mapping[str, Any]], tuple[Part | None, list[Fault]]]
) -> tuple[Part | None, list[Fault]]:
    content, faults = read_mapping(folder / name)
    return make(content) if not faults else (None, faults)


def _checks_of(frames: Mapping[str, pd.DataFrame], instrument: Instrument | None, unread: list[Fault]) -> list[Fault]:
    broken = {fault.file for fault in unread if not fault.row}
    faults = [fault for fault in check_frames(frames) if fault.file not in broken]
    if instrument is not None:
        known = set(instrument.components["component"])
        given = frames["components"]
        strange = given.loc[given["organisation"].isna() & ~given["component"].isin(known), "component"]
        rule = f"a component without an owner stands in {INSTRUMENT_FILE}"
        faults += row_faults(TABLES["components"], TABLES["components"]["component"], strange, rule, "add its owner")
    return faults


def make_about(content: Mapping[str, Any]) -> tuple[About | None, list[Fault]]:
    """Check the content of ``study.toml`` and give it shape; None when it has faults."""
    names = [field.name for field in fields(About)]
    lacking = [name for name in names if not str(content.get(name) or "").strip()]
    rule = "a text is required"
    faults = [Fault(ABOUT_FILE, 0, name, str(content.get(name)), rule, f'add {name} = "…"') for name in lacking]
    return (None if faults else About(**{name: str(content[name]) for name in names})), faults
