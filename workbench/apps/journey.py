"""What a page shows: a slice of the study, counts beside it, and the names to show it with."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.access import slice_for
from workbench.access.pages import Counts, Slice, read_counts
from workbench.errors import WorkbenchError
from workbench.language import Language, Translate, translator
from workbench.opening import PLACE, is_live, open_study
from workbench.study import Study

EVERYTHING = ""
FIRST_LOOK = "first_look.json"


def read_drawn() -> dict[str, Any]:
    """Read what the server has drawn for this kernel already: nothing, unless it has a slice."""
    path = Path(os.environ.get(PLACE) or os.devnull) / FIRST_LOOK
    drawn: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return drawn


@dataclass(frozen=True)
class Page:
    """A slice of a study in one language.

    Attributes
    ----------
    study : Study
        The slice.
    language : {"sv", "en"}
    counts : mapping of str to DataFrame
        Of rows that the slice does not hold: see `workbench.access.pages`.
    drawn : dict
        Parts that are drawn already, by name and choice: see `workbench.apps.first_look`.
    served : bool
        Whether it is shown on the server's pages, with other pages beside it.
    """

    study: Study
    language: Language
    counts: Counts = field(default_factory=dict)
    drawn: dict[str, Any] = field(default_factory=read_drawn)
    served: bool = field(default_factory=lambda: bool(os.environ.get("WORKBENCH_ROLE")))

    @property
    def translate(self) -> Translate:
        """Translate English source strings to the reader's language."""
        return translator(self.language)

    @property
    def organisation(self) -> str:
        """Name of the one organisation that the slice is of."""
        return str(self.study.organisations["name"].item())

    @property
    def levels(self) -> list[str]:
        """Names of the levels 0 to 5."""
        return list(self.study.instrument.levels[self.language])

    def components(self) -> dict[str, str]:
        """Names of the components by code, in the fixed order."""
        ordered = self.study.components.sort_values("position")
        return dict(zip(ordered["component"], ordered[f"name_{self.language}"], strict=True))

    def occasions(self) -> dict[str, str]:
        """Names of the occasions by code, in order of time, such as "Tillfälle 2, mars 2025"."""
        _ = self.translate
        months = _("January February March April May June July August September October November December").split()
        rows: Any = self.study.occasions.sort_values("number").itertuples()
        named = _("Occasion {number}, {month} {year}")
        return {
            row.occasion: named.format(number=row.number, month=months[row.starts.month - 1], year=row.starts.year)
            for row in rows
        }

    def day(self, moment: Any) -> str:
        """Write a day as people read it, in Swedish time; "" for none."""
        if pd.isna(moment):
            return ""
        local = moment.tz_convert("Europe/Stockholm") if moment.tzinfo else moment
        return f"{local:%Y-%m-%d}"


@dataclass(frozen=True)
class Journey(Page):
    """A study that holds one person, in one language."""

    @property
    def person(self) -> str:
        """The person's code."""
        return str(self.study.people["person"].item())


def opened_slice() -> Slice | None:
    """Open the slice that the server has prepared for this kernel; None where the study is no slice."""
    folder = os.environ.get(PLACE, "")
    counts = read_counts(Path(folder)) if folder and not is_live(folder) else None
    return None if counts is None else Slice(open_study(), counts)


def chosen_language(language: Language | None) -> Language:
    """Return the language wished for, else the reader's, else Swedish."""
    return "en" if (language or os.environ.get("WORKBENCH_LANGUAGE")) == "en" else "sv"


def open_journey(study: Study | None, person: str | None, language: Language | None) -> Journey:
    """Open the journey that the server has prepared, or one person's part of a whole study for a preview.

    Raises
    ------
    WorkbenchError
        The study holds several people and nobody is named: a page never guesses whose it is.
    """
    part = opened_slice() if study is None else None
    study, counts = (part.study, part.counts) if part else (study or open_study(), {})
    if person is not None:
        study = slice_for(study, person)
    if len(study.people) != 1:
        codes = ", ".join(study.people["person"].head(3))
        raise WorkbenchError(
            f"{study.about.id} holds {len(study.people)} people, and Min resa shows one. "
            f"Cure: name one to preview, such as min_resa(person=…) with one of {codes}, …"
        )
    return Journey(study, chosen_language(language), counts)
