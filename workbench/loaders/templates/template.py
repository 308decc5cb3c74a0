"""A hand-in template before it is a file: its head, fields, rows and choices, for one study and one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.errors import WorkbenchError
from workbench.language import Language
from workbench.loaders.templates.choices import choices
from workbench.loaders.templates.fields import FIELDS, HEADS, TemplateField, TemplateKind
from workbench.study import Study


class TemplateError(WorkbenchError):
    """A template for somebody, or an occasion, that the study does not have."""


@dataclass(frozen=True)
class Template:
    """What one person, or one organisation together, is asked to fill in.

    Attributes
    ----------
    study : Study
        Gives instrument, components, occasions and organisations.
    kind : {"ratings", "reflection", "experiment"}
        What it asks for.
    language : {"sv", "en"}
        In which words.
    person, organisation, occasion : str or None
        Codes that are filled in from the start. A person's organisation decides which own components and experiments
        can be chosen; without any, no organisation's can.
    """

    study: Study
    kind: TemplateKind
    language: Language
    person: str | None = None
    organisation: str | None = None
    occasion: str | None = None

    def __post_init__(self) -> None:
        """Refuse codes that the study does not have."""
        for table, code in (
            ("people", self.person),
            ("organisations", self.organisation),
            ("occasions", self.occasion),
        ):
            known = getattr(self.study, table).iloc[:, 0].tolist()
            if code is not None and code not in known:
                raise TemplateError(f"{table}: no {code!r} in the study.\nHint: choose one of {', '.join(known)}.")

    @property
    def whose(self) -> str | None:
        """The organisation that fills it in, as far as it is known."""
        people = self.study.people.set_index("person")["organisation"]
        return self.organisation if self.person is None else str(people[self.person])

    @property
    def head(self) -> Sequence[tuple[TemplateField, str]]:
        """What stands beside one cell each, and what is filled in there already."""
        codes = {"person": self.person, "occasion": self.occasion}
        codes |= {"organisation": None if self.person else self.organisation}
        return [(field, self._shown(field, codes.get(field.name))) for field in HEADS[self.kind]]

    @property
    def fields(self) -> Sequence[TemplateField]:
        """What stands above the columns; the start in retrospect is asked for at the last occasion only."""
        last = self.study.occasions.sort_values("number")["occasion"].iloc[-1]
        return [field for field in FIELDS[self.kind] if field.frame != "then" or self.occasion in {None, last}]

    @property
    def components(self) -> list[str]:
        """Names of the components that are rated, in the study's order."""
        return list(self.choices("components"))

    def choices(self, name: str) -> dict[str, str]:
        """List what can be chosen, with what it stands for."""
        return choices(self.study, name, self.language, organisation=self.whose)

    def anchors(self) -> dict[str, list[str]]:
        """Give each component's sentences, level by level; none for one that has no own."""
        sentences = self.study.instrument.anchors
        named = self.choices("components").items()
        return {name: sentences.loc[sentences["component"] == code, self.language].tolist() for name, code in named}

    def rules(self) -> list[str]:
        """Give what each level means in general."""
        levels: pd.DataFrame = self.study.instrument.levels
        return [str(rule) for rule in levels[f"rule_{self.language}"]]

    def _shown(self, field: TemplateField, code: str | None) -> str:
        if code is None or not field.choices:
            return code or ""
        return next(label for label, value in self.choices(field.choices).items() if value == code)
