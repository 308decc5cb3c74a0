"""A study: everything a learning network leaves behind, read-only, one tidy DataFrame a table."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
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
from workbench.reading import read_frames, read_mapping, row_faults
from workbench.rules import RULES, Frames, Rule
from workbench.sealing import ABOUT_FILE, TEXTS, seal_faults
from workbench.shape import shape_faults
from workbench.tables import COMPONENTS, TABLES

Part = TypeVar("Part")
PLACE = "WORKBENCH_STUDY"


@dataclass(frozen=True)
class About:
    """What ``study.toml`` says of a study: texts and a day; `label` tells fictional data from real."""

    id: str
    version: str
    title_sv: str
    title_en: str
    about_sv: str
    about_en: str
    label_sv: str
    label_en: str
    licence: str
    published: dt.date


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
        self.about = about
        self._instrument, self._codebook = instrument, codebook
        self._texts = dict(texts)
        self._frames = {name: frame.copy(deep=False) for name, frame in frames.items()}

    @property
    def instrument(self) -> Instrument:
        """The instrument, its tables copied as the study's are."""
        return _lent(self._instrument)

    @property
    def codebook(self) -> Codebook:
        """The codebook, its tables copied as the study's are."""
        return _lent(self._codebook)

    @property
    def texts(self) -> dict[str, str]:
        """Content of the study's text files by file name, as it was read."""
        return dict(self._texts)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """All tables by name, in the order of `workbench.tables`."""
        return {name: getattr(self, name) for name in TABLES}

    def with_frames(self, frames: Mapping[str, pd.DataFrame]) -> Study:
        """Return the same study with other rows."""
        return Study(self.about, self._instrument, self._codebook, frames, self._texts)

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
        rows["path"] = rows["code"].map(self._codebook.paths(language)).astype("str")
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
    _require_folder(folder)
    about, faults = _read(folder, ABOUT_FILE, make_about)
    instrument, no_instrument = _read(folder, INSTRUMENT_FILE, make_instrument)
    codebook, no_codebook = _read(folder, CODEBOOK_FILE, make_codebook)
    frames, unread = read_frames(folder)
    if codebook is not None:
        frames["codes"] = codebook.codes
    faults += no_instrument + no_codebook + unread
    faults += check_frames(frames, unread + no_codebook, _rules(instrument))
    faults += _news(seal_faults(folder), faults)
    if faults or about is None or instrument is None or codebook is None:
        raise StudyError(folder.name, faults)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in TEXTS}
    return Study(about, instrument, codebook, {name: frames[name] for name in TABLES}, texts)


def _require_folder(folder: Path) -> None:
    try:
        found = "no folder" if not folder.is_dir() else ""
    except OSError as error:  # a folder above it that may not be entered
        found = str(error.strerror)
    if found:
        cure = "mend the path, or set WORKBENCH_STUDY"
        raise StudyError(folder.name, [Fault(str(folder), 0, "", found, "a frozen study is a folder", cure)])


def _news(sealed: list[Fault], known: list[Fault]) -> Iterator[Fault]:
    """Keep what the seal tells of files that reading them has not told already."""
    lost = {fault.file for fault in known if not (fault.row or fault.column)}
    return (fault for fault in sealed if fault.file not in lost)


def _nearest_demo() -> Path:
    here = Path.cwd()
    places = [folder / "data" / "demo" for folder in (here, *here.parents)]
    return next((place for place in places if place.is_dir()), places[0])


def _read(
    folder: Path, name: str, make: Callable[[Mapping[str, Any]], tuple[Part | None, list[Fault]]]
) -> tuple[Part | None, list[Fault]]:
    content, faults = read_mapping(folder / name)
    return make(content) if not faults else (None, faults)


def _rules(instrument: Instrument | None) -> tuple[Rule, ...]:
    if instrument is None:
        return RULES
    common = set(instrument.components["component"])

    def find(frames: Frames) -> Iterator[Fault]:
        given = frames["components"].dropna(subset=["component"])
        strange = given.loc[given["organisation"].isna() & ~given["component"].isin(common), "component"]
        rule = f"a component without an owner stands in {INSTRUMENT_FILE}"
        yield from row_faults(COMPONENTS, COMPONENTS["component"], strange, rule, "add its owner")

    return (*RULES, Rule(find, ((COMPONENTS, "component"), (COMPONENTS, "organisation"))))


def _lent(part: Part) -> Part:
    """Copy a part's tables and mappings, so that what is done to them never reaches the study."""
    values = {field.name: getattr(part, field.name) for field in fields(part)}  # type: ignore[arg-type]
    frames = {name: value.copy(deep=False) for name, value in values.items() if isinstance(value, pd.DataFrame)}
    mappings = {name: dict(value) for name, value in values.items() if isinstance(value, dict)}
    return replace(part, **frames, **mappings)  # type: ignore[type-var]


def read_about(folder: Path) -> About:
    """Read ``study.toml`` of a folder; StudyError when it cannot be read or lacks a field."""
    about, faults = _read(folder, ABOUT_FILE, make_about)
    if about is None:
        raise StudyError(folder.name, faults)
    return about


def make_about(content: Mapping[str, Any]) -> tuple[About | None, list[Fault]]:
    """Check the content of ``study.toml`` and give it shape; None when it has faults."""
    names = [field.name for field in fields(About)]
    faults = list(shape_faults(ABOUT_FILE, content, dict.fromkeys(names, str) | {"published": dt.date}))
    return (None if faults else About(**{name: content[name] for name in names})), faults
