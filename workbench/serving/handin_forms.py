"""What can be handed in: each form says what it asks for, and makes one act of what was answered. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

from workbench.access.given import says_yes
from workbench.errors import WorkbenchError
from workbench.language import Language, Translate, translator
from workbench.records import Key, Record
from workbench.serving.acting import Version
from workbench.serving.handin_fields import Choice, Field, Values, one
from workbench.store.draft import Act
from workbench.study import Study


class NotYoursError(WorkbenchError):
    """The form is asked to be about something that is not there, or is not the asker's."""


@dataclass(frozen=True)
class Told:
    """What is shown above a form: a title, and lines of (label, words)."""

    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A form being filled in.

    Attributes
    ----------
    study : Study
        The slice of the one who fills it in.
    person : str
        Their pseudonym.
    language : {"sv", "en"}
    today : str
        As 2026-03-31.
    values : dict
        What stands in it.
    draft : str
        Its id.
    versions : list of Version
        Of what it corrects (`Form.traces`).
    """

    study: Study
    person: str
    language: Language
    today: str
    values: Values
    draft: str
    versions: list[Version] = field(default_factory=list)

    @property
    def translate(self) -> Translate:
        """Translate English source strings to the reader's language."""
        return translator(self.language)

    @property
    def organisation(self) -> str:
        """Where the person works."""
        return str(self.study.people["organisation"].item())

    def one(self, name: str) -> str:
        """Return what stands in a field."""
        return one(self.values, name)

    def row(self, table: str, code: str) -> Record:
        """Return a row of the slice by its key; NotYoursError when it is not there."""
        frame: pd.DataFrame = getattr(self.study, table)
        found = frame[frame[frame.columns[0]] == code]
        if not code or found.empty:
            raise NotYoursError(f"{code!r} is not in {table} of {self.person}.")
        return {str(name): plain(value) for name, value in found.iloc[0].items()}

    def component_names(self) -> dict[str, str]:
        """Names of the components by code, in the fixed order."""
        ordered = self.study.components.sort_values("position")
        return dict(zip(ordered["component"], ordered[f"name_{self.language}"], strict=True))

    def begun(self) -> pd.DataFrame:
        """Return the occasions that have begun, the latest first; the first of all before that."""
        ordered = self.study.occasions.sort_values("number", ascending=False)
        begun = ordered[ordered["starts"] <= pd.Timestamp(self.today)]
        return begun if len(begun) else ordered.tail(1)


class Form(ABC):
    """One kind of thing to hand in.

    Attributes
    ----------
    kind : str
        The last part of its address.
    names : tuple of str
        Every field it may have, which is what a draft of it keeps.
    wordy : tuple of str
        Fields whose words tell drafts apart, the telling first.
    """

    kind: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    wordy: ClassVar[tuple[str, ...]]

    @property
    def address(self) -> str:
        """Where it is, below the server's own address."""
        return f"hand-in/{self.kind}"

    @abstractmethod
    def title(self, asked: Asked) -> str:
        """Give its heading."""

    @abstractmethod
    def fields(self, asked: Asked) -> list[Field]:
        """Give its fields; raises NotYoursError."""

    @abstractmethod
    def act(self, asked: Asked) -> Act:
        """Make the act of what stands in it, which has no fault."""

    def lead(self, asked: Asked) -> str:  # noqa: ARG002 -- for those that say it
        """Say what it is for."""
        return ""

    def told(self, asked: Asked) -> list[Told]:  # noqa: ARG002 -- for those that say it
        """Give what is shown above it."""
        return []

    def traces(self, asked: Asked) -> list[tuple[str, Key]]:  # noqa: ARG002 -- for those that correct what stands
        """Name the rows, by table and key, whose earlier versions are shown."""
        return []

    def before(self, asked: Asked) -> Values:  # noqa: ARG002 -- for those that say it
        """Give what stands in it before anything is typed."""
        return {}

    def faults(self, asked: Asked) -> dict[str, str]:  # noqa: ARG002 -- for those that say it
        """Tell what is wrong beyond each field: field → what, and how to mend it."""
        return {}

    def is_there(self, asked: Asked) -> bool:  # noqa: ARG002 -- for those that say it
        """Whether what this draft makes is in the study already: the form was sent twice."""
        return False

    def after(self, asked: Asked) -> dict[str, str]:  # noqa: ARG002 -- for those that say it
        """Give where to go on to when it has been handed in, as a query of the front page."""
        return {}


def plain(value: Any) -> Any:
    """Return a cell as a plain value: None for nothing, a day or moment as text."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat() if value.tzinfo else f"{value:%Y-%m-%d}"
    return value


def handed_in_code(asked: Asked, part: str = "") -> str:
    """Give the code of a row that a draft makes: always the same, so that no draft is handed in twice."""
    return f"H-{asked.draft}{part}"


def has_row(asked: Asked, table: str, code: str) -> bool:
    """Whether a row is in the slice."""
    frame: pd.DataFrame = getattr(asked.study, table)
    return bool((frame[frame.columns[0]] == code).any())


def occasion_field(asked: Asked, *, heading: str = "") -> Field:
    """Ask at which occasion."""
    _ = asked.translate
    rows: Any = asked.begun().itertuples()
    choices = tuple(
        Choice(row.occasion, f"{row.number}. {getattr(row, f'title_{asked.language}')} ({row.starts:%Y-%m-%d})")
        for row in rows
    )
    return Field(
        "occasion", _("Occasion"), "choose", choices=choices, required=_("Choose an occasion."), heading=heading
    )


def latest_occasion(asked: Asked) -> str:
    """Return the occasion that began last."""
    return str(asked.begun()["occasion"].iloc[0])


DRAFT = "draft"


def visibility_field(asked: Asked, *, required: bool = True, draft: bool = True, together: bool = False) -> Field:
    """Ask who may read a text of one's own, or one written together; nothing is chosen beforehand."""
    _ = asked.translate
    nobody = Choice(DRAFT, _("Nobody yet"), _("It stays a draft that only you can open, and is not handed in."))
    colleagues, everybody = _readers_of_joint(asked) if together else _readers_of_own(asked)
    choices = (
        *((nobody,) if draft else ()),
        Choice("researchers", _("Researchers"), _("The research team, and you.")),
        Choice("organisation", _("My organisation"), colleagues),
        Choice("network", _("The network"), everybody),
    )
    fault = _("Choose who may read it.") if required else ""
    return Field("visibility", _("Who may read it"), "one", choices=choices, required=fault)


def _readers_of_joint(asked: Asked) -> tuple[str, str]:
    """Tell who reads what was written together when it is the organisation's or the network's to read."""
    _ = asked.translate
    return (
        _("Those in your organisation who take part, and researchers."),
        _("Those who take part in the other organisations and the facilitator too. Your organisation is not named."),
    )


def _readers_of_own(asked: Asked) -> tuple[str, str]:
    """Tell who reads a text of one's own so, and what they see of the writer."""
    _ = asked.translate
    colleagues = _(
        "Others in your organisation who take part, and researchers. Your name, your code and the day are not shown, "
        "but who knows you may guess that you wrote it."
    )
    everybody = _(
        "Those who take part in the other organisations and the facilitator too, if you say yes to sharing in the "
        "network. Your organisation is named only if you say yes to that. You choose both under About me."
    )
    if asked.person not in says_yes(asked.study, "shared_in_network"):
        everybody += " " + _("You have not said yes to sharing: until you do, only your organisation reads it.")
    return colleagues, everybody


def component_field(asked: Asked, *, required: str = "") -> Field:
    """Ask which component it is about."""
    _ = asked.translate
    none = () if required else (Choice("", _("None in particular")),)
    choices = tuple(Choice(code, name) for code, name in asked.component_names().items())
    return Field("component", _("Component"), "choose", choices=(*none, *choices), required=required)
