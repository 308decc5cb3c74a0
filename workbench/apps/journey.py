"""One person's journey: their slice of the study, and the names to show it with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.access import slice_for
from workbench.errors import WorkbenchError
from workbench.language import Language, Translate, translator
from workbench.opening import open_study
from workbench.study import Study

EVERYTHING = ""


@dataclass(frozen=True)
class Journey:
    """A study that holds one person, in one language.

    Attributes
    ----------
    study : Study
        The person's slice.
    language : {"sv", "en"}
    """

    study: Study
    language: Language

    @property
    def translate(self) -> Translate:
        """Translate English source strings to the reader's language."""
        return translator(self.language)

    @property
    def person(self) -> str:
        """The person's code."""
        return str(self.study.people["person"].item())

    @property
    def organisation(self) -> str:
        """Name of the person's organisation."""
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


def open_journey(study: Study | None, person: str | None, language: Language | None) -> Journey:
    """Open the journey that the server has prepared, or one person's part of a whole study for a preview.

    Raises
    ------
    WorkbenchError
        The study holds several people and nobody is named: a page never guesses whose it is.
    """
    study = study or open_study()
    if person is not None:
        study = slice_for(study, person)
    if len(study.people) != 1:
        codes = ", ".join(study.people["person"].head(3))
        raise WorkbenchError(
            f"{study.about.id} holds {len(study.people)} people, and Min resa shows one. "
            f"Cure: name one to preview, such as min_resa(person=…) with one of {codes}, …"
        )
    chosen = language or os.environ.get("WORKBENCH_LANGUAGE")
    return Journey(study, "en" if chosen == "en" else "sv")
