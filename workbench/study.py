"""A study: everything a learning network leaves behind, read-only, one tidy DataFrame a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

import pandas as pd

from workbench.about import About
from workbench.codebook import FILE as CODEBOOK_FILE
from workbench.codebook import Codebook, codebook_text
from workbench.eventlog import frames_as_of, history_of
from workbench.instrument import Instrument
from workbench.language import Language
from workbench.records import Value
from workbench.tables import TABLES

Part = TypeVar("Part")
Frames = Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]]  # a callable reads its table when it is asked for


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
    attributes: pd.DataFrame
    ratings: pd.DataFrame
    sources: pd.DataFrame
    origins: pd.DataFrame
    quarantine: pd.DataFrame
    codes: pd.DataFrame
    lineage: pd.DataFrame
    codings: pd.DataFrame
    suggestions: pd.DataFrame
    rounds: pd.DataFrame
    assignments: pd.DataFrame
    decisions: pd.DataFrame
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
        frames: Frames,
        texts: Mapping[str, str],
    ) -> None:
        self.about = about
        self._instrument, self._codebook = instrument, codebook
        self._texts = dict(texts)
        self._frames = {name: frame if callable(frame) else frame.copy(deep=False) for name, frame in frames.items()}

    @property
    def instrument(self) -> Instrument:
        """The instrument, its tables copied as the study's are."""
        return _lent(self._instrument)

    @property
    def codebook(self) -> Codebook:
        """The codebook as the study's codes and lineage have it."""
        lineage = self.lineage
        version = self._codebook.version if lineage.empty else lineage["version"].iloc[-1]
        return replace(self._codebook, version=version, codes=self.codes, lineage=lineage)

    @property
    def texts(self) -> dict[str, str]:
        """Content of the study's text files by file name, as it was read; a live study's codebook is written anew."""
        texts = dict(self._texts)
        if CODEBOOK_FILE not in texts:
            texts[CODEBOOK_FILE] = codebook_text(self.codebook)
        return texts

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
        frame = self._frames[name]
        if callable(frame):
            self._frames[name] = frame = frame()
        return frame.copy(deep=False)

    def __repr__(self) -> str:
        """Name the study and count what is in it."""
        counts = ", ".join(
            f"{len(frame)} {name}" for name, frame in self._frames.items() if not callable(frame) and len(frame)
        )
        return f"<Study {self.about.id} {self.about.version}: {counts}>"

    def as_of(self, when: dt.datetime | int) -> Study:
        """Return the study as it was: at a moment, or right after the event of a number.

        Raises as `workbench.eventlog.frames_as_of`.
        """
        return self._with_book(frames_as_of(self.events, when))

    def history(self, table: str, *key: Value) -> pd.DataFrame:
        """Tell what happened to one row, found by its key: see `workbench.eventlog.history_of`."""
        return history_of(self.events, table, *key)

    def _with_book(self, frames: Mapping[str, pd.DataFrame]) -> Study:
        texts = {name: text for name, text in self._texts.items() if name != CODEBOOK_FILE}
        return Study(self.about, self._instrument, self._codebook, frames, texts)

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


def _lent(part: Part) -> Part:
    """Copy a part's tables and mappings, so that what is done to them never reaches the study."""
    values = {field.name: getattr(part, field.name) for field in fields(part)}  # type: ignore[arg-type]
    frames = {name: value.copy(deep=False) for name, value in values.items() if isinstance(value, pd.DataFrame)}
    mappings = {name: dict(value) for name, value in values.items() if isinstance(value, dict)}
    return replace(part, **frames, **mappings)  # type: ignore[type-var]
