"""Handing in a reflection: five questions, A / B / A→B, or free words."""

from __future__ import annotations

from typing import Any

from workbench.acts.entries import hand_in
from workbench.serving.handin_fields import LONG, Choice, Field, Values
from workbench.serving.handin_forms import (
    Asked,
    Form,
    component_field,
    handed_in_code,
    has_row,
    latest_occasion,
    occasion_field,
    visibility_field,
)
from workbench.store.draft import Act

QUESTIONS, SHORT_FORM, FREE = "questions", "ab", "free"
WAYS = (QUESTIONS, SHORT_FORM, FREE)
_PARTS = {
    QUESTIONS: ("happened", "felt", "worked", "assumed", "next"),
    SHORT_FORM: ("a", "b", "ab"),
    FREE: ("text",),
}


class ReflectionForm(Form):
    """A reflection."""

    kind = "reflection"
    names = ("way", *(name for parts in _PARTS.values() for name in parts), "occasion", "phase", "component",
             "experiment", "visibility")  # fmt: skip
    wordy = tuple(name for parts in _PARTS.values() for name in parts)

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Write a reflection")

    def lead(self, asked: Asked) -> str:
        """Say what it is for."""
        _ = asked.translate
        return _("Answer what you have something to say about, and leave the rest. There are no wrong answers.")

    def before(self, asked: Asked) -> Values:
        """Begin with the five questions, at the latest occasion."""
        phase = "meeting" if asked.begun()["ends"].iloc[0].strftime("%Y-%m-%d") >= asked.today else "home"
        return {"way": [QUESTIONS], "occasion": [latest_occasion(asked)], "phase": [phase]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give the questions of the way chosen, then what it is about and for whom."""
        _ = asked.translate
        labels = _labels(asked)
        way = _way(asked)
        most = LONG if way == FREE else LONG // 3
        words = [Field(name, labels[name], "area", most=most) for name in _PARTS[way]]
        phases = (Choice("meeting", _("At the meeting")), Choice("home", _("At home, after it")))
        return [
            Field("way", "", "kept"),
            *words,
            occasion_field(asked, heading=_("What it is about")),
            Field("phase", _("Where"), "one", choices=phases, required=_("Choose one of the two.")),
            component_field(asked),
            _experiment_field(asked),
            visibility_field(asked),
        ]

    def faults(self, asked: Asked) -> dict[str, str]:
        """Ask for some words."""
        first = _PARTS[_way(asked)][0]
        _ = asked.translate
        return {} if _text(asked) else {first: _("Write something first.")}

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "entries", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Hand it in as one entry, its questions as headings."""
        return hand_in(
            _text(asked),
            occasion=asked.one("occasion"),
            kind="reflection",
            person=asked.person,
            entry=handed_in_code(asked),
            phase=asked.one("phase"),
            component=asked.one("component") or None,
            experiment=asked.one("experiment") or None,
            visibility=asked.one("visibility"),
            language=asked.language,
        )


def _way(asked: Asked) -> str:
    return asked.one("way") if asked.one("way") in WAYS else QUESTIONS


def _labels(asked: Asked) -> dict[str, str]:
    _ = asked.translate
    return {
        "happened": _("What happened?"),
        "felt": _("What did we think and feel?"),
        "worked": _("What was good, and what was hard?"),
        "assumed": _("What does it say about our assumptions?"),
        "next": _("What do we do next?"),
        "a": _("A: Where are we?"),
        "b": _("B: Where do we want to be?"),
        "ab": _("A→B: How do we get there?"),
        "text": _("Your reflection"),
    }


def _text(asked: Asked) -> str:
    """Put the answers together, each under its question; those of the ways not chosen stay in the draft."""
    parts, labels = _PARTS[_way(asked)], _labels(asked)
    answered = [(labels[name], asked.one(name)) for name in parts if asked.one(name)]
    if parts == _PARTS[FREE]:
        return answered[0][1] if answered else ""
    return "\n\n".join(f"{label}\n{words}" for label, words in answered)


def _experiment_field(asked: Asked) -> Field:
    _ = asked.translate
    rows: Any = asked.study.experiments.itertuples()
    choices = tuple(Choice(row.experiment, row.title) for row in rows)
    return Field("experiment", _("Experiment"), "choose", choices=(Choice("", _("None in particular")), *choices))
