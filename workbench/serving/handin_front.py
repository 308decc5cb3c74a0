"""What the page of everything to hand in shows: what is begun, what is to be done, what has been handed in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.acts.agreeing import NAME as AGREEING
from workbench.drafts.draft import Draft
from workbench.language import Translate
from workbench.serving.handin_forms import Asked, Form, latest_occasion
from workbench.serving.handin_rating import own_ratings

SWEDEN = ZoneInfo("Europe/Stockholm")
_MOST_DEEDS = 30


@dataclass(frozen=True)
class Line:
    """One line of a list: what it is, what it says, when, and where it leads."""

    what: str
    words: str
    when: str
    link: str
    key: str = ""


def kinds(_: Translate) -> dict[str, str]:
    """Name what is handed in, by the form's kind."""
    return {
        "reflection": _("Reflection"),
        "rating": _("Rating"),
        "experiment": _("Experiment"),
        "log": _("Experiment log"),
        "outcome": _("How an experiment goes"),
        "definition": _("Own definition"),
        "text": _("Correction"),
        "consensus": _("What we agree on"),
        "component": _("Own component"),
        "practice": _("Way of working"),
    }


def draft_lines(drafts: list[Draft], forms: dict[str, Form], _: Translate) -> list[Line]:
    """Give the drafts, the latest first."""
    named = kinds(_)
    return [
        Line(
            named[draft.kind],
            draft.begins(forms[draft.kind].wordy) or _("No words yet"),
            moment(pd.Timestamp(draft.saved_at, unit="s", tz="UTC")),
            f"{forms[draft.kind].address}?draft={draft.id}",
            draft.id,
        )
        for draft in drafts
        if draft.kind in forms
    ]


def moment(at: Any) -> str:
    """Write a moment as people read it, in Swedish time."""
    local = pd.Timestamp(at).tz_convert(SWEDEN)
    return f"{local:%Y-%m-%d %H:%M}"


def text_lines(asked: Asked) -> list[Line]:
    """Give the texts of one's own, the latest first; those that a researcher wrote down lead nowhere."""
    _ = asked.translate
    named = {
        "reflection": _("Reflection"),
        "state_description": _("Description of a state"),
        "experiment_log": _("Experiment log"),
        "interview": _("Interview"),
        "observation": _("Observation"),
        "conversation": _("Conversation"),
        "discussion": _("Discussion"),
        "document": _("Document"),
    }
    entries = asked.study.entries
    mine: Any = entries[entries["person"] == asked.person].sort_values("written", ascending=False).itertuples()
    return [
        Line(
            named[row.kind],
            Draft("", "", {"text": [row.text]}, 0, 0).begins(["text"]),
            moment(row.written),
            f"hand-in/text?entry={row.entry}" if pd.isna(row.recorder) else "",
            readers(row.visibility, _),
        )
        for row in mine
    ]


def readers(visibility: str, _: Translate) -> str:
    """Say who may read a text."""
    return {
        "researchers": _("Researchers"),
        "organisation": _("My organisation"),
        "network": _("The network"),
    }[visibility]


def deed_lines(deeds: list[tuple[str, str]], _: Translate) -> list[Line]:
    """Give what somebody has handed in here, the latest first, with when."""
    named = {
        "hand in entry": _("Text handed in"),
        "correct entry": _("Text corrected"),
        "rate": _("Component rated"),
        "register experiment": _("Experiment designed"),
        "follow experiment": _("Told how an experiment goes"),
        "define component": _("Component defined"),
        "add component": _("Component added"),
        "add practice": _("Way of working told of"),
        AGREEING: _("Told what you agree on"),
    }
    return [Line(named[act], "", moment(at), "") for at, act in deeds if act in named][:_MOST_DEEDS]


def experiment_lines(asked: Asked) -> list[Line]:
    """Give the organisation's experiments, the latest first; `key` is the code."""
    rows: Any = asked.study.experiments.iloc[::-1].itertuples()
    return [Line(str(row.status), str(row.title), "", "", str(row.experiment)) for row in rows]


@dataclass(frozen=True)
class ToRate:
    """The components to rate at an occasion: (code, name, rated), those in focus and the others."""

    occasion: str
    focus: list[tuple[str, str, bool]]
    others: list[tuple[str, str, bool]]

    @property
    def left(self) -> list[tuple[str, str, bool]]:
        """Those in focus that are not rated."""
        return [part for part in self.focus if not part[2]]


def to_rate(asked: Asked) -> ToRate:
    """Tell which components were in focus at the occasion asked for, and which are rated."""
    known = set(asked.begun()["occasion"])
    occasion = asked.one("occasion") if asked.one("occasion") in known else latest_occasion(asked)
    rated = set(own_ratings(asked.study, asked.person, occasion)["component"])
    focus = asked.study.focus
    chosen = set(focus.loc[focus["occasion"] == occasion, "component"])
    parts = [(code, name, code in rated) for code, name in asked.component_names().items()]
    inside = [part for part in parts if part[0] in chosen]
    return ToRate(occasion, inside, [part for part in parts if part[0] not in chosen])
