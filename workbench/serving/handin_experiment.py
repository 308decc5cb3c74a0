"""Handing in an experiment: its design, its log, and what came of it."""

from __future__ import annotations

from typing import Any

from workbench.acts.entries import hand_in
from workbench.acts.experiments import follow_experiment, register_experiment
from workbench.language import Translate
from workbench.records import Record
from workbench.serving.handin_fields import LONG, SHORT, Choice, Field, Values, day
from workbench.serving.handin_forms import (
    Asked,
    Form,
    Told,
    handed_in_code,
    has_row,
    latest_occasion,
    occasion_field,
    visibility_field,
)
from workbench.store.draft import Act

_BEGUN = ("running", "done", "partly")


class DesignForm(Form):
    """An experiment that is to be tried at home."""

    kind = "experiment"
    names = ("title", "kind", "assumption", "test", "sign", "components", "occasion", "follows")
    wordy = ("title", "assumption", "test")

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Design an experiment")

    def lead(self, asked: Asked) -> str:
        """Say whose it is and what cannot be changed."""
        _ = asked.translate
        return _(
            "An experiment is your organisation's: your colleagues in the study, and the researchers, see it. "
            "What you believe, the test and the sign are stated before the start, and stand as you state them here."
        )

    def before(self, asked: Asked) -> Values:
        """Begin at the latest occasion."""
        return {"occasion": [latest_occasion(asked)]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give what a design tells."""
        _ = asked.translate
        kinds = (
            Choice("improve", _("Improve"), _("Do better what we do already.")),
            Choice("renew", _("Renew"), _("Do something else, or in another way altogether.")),
        )
        parts = tuple(Choice(code, name) for code, name in asked.component_names().items())
        rows: Any = asked.study.experiments.itertuples()
        earlier = tuple(Choice(row.experiment, row.title) for row in rows)
        say = _("Write some words here.")
        return [
            Field("title", _("Title"), "line", most=SHORT, required=say),
            Field("assumption", _("What we believe"), "area", required=say,
                  hint=_("We believe that if … then … because …")),
            Field("test", _("Smallest test"), "area", required=say,
                  hint=_("What is the least that can be done to find out? Who, where, for how long?")),
            Field("sign", _("Sign"), "area",
                  hint=_("What shall we see if it works? Without a sign stated now, the result cannot be held "
                         "against one.")),
            Field("kind", _("Kind"), "one", choices=kinds, required=_("Choose one of the two.")),
            Field("components", _("What it tries"), "some", choices=parts, required=_("Choose one component or more.")),
            occasion_field(asked),
            Field("follows", _("It goes on from"), "choose", choices=(Choice("", _("No earlier one")), *earlier)),
        ]  # fmt: skip

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "experiments", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Register it."""
        return register_experiment(
            asked.organisation,
            asked.one("occasion"),
            title=asked.one("title"),
            components=[value for value in asked.values.get("components", ()) if value],
            kind=asked.one("kind"),
            assumption=asked.one("assumption"),
            test=asked.one("test"),
            sign=asked.one("sign") or None,
            follows=asked.one("follows") or None,
            experiment=handed_in_code(asked),
        )


class LogForm(Form):
    """What happened on the way."""

    kind = "log"
    names = ("experiment", "text", "occasion", "visibility")
    wordy = ("text",)

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Write in the experiment's log")

    def told(self, asked: Asked) -> list[Told]:
        """Show the design, and the log so far."""
        return [_design(asked), *_log(asked)]

    def before(self, asked: Asked) -> Values:
        """Begin after the latest occasion."""
        return {"occasion": [latest_occasion(asked)]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give the words and for whom they are."""
        _ = asked.translate
        asked.row("experiments", asked.one("experiment"))
        hint = _("What did you do, what got in the way, what turned out otherwise than you had thought?")
        return [
            Field("experiment", "", "kept"),
            Field("text", _("In the log"), "area", hint=hint, most=LONG, required=_("Write something first.")),
            occasion_field(asked),
            visibility_field(asked),
        ]

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "entries", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Hand it in as an entry of the experiment's log."""
        return hand_in(
            asked.one("text"),
            occasion=asked.one("occasion"),
            kind="experiment_log",
            person=asked.person,
            entry=handed_in_code(asked),
            experiment=asked.one("experiment"),
            visibility=asked.one("visibility"),
            language=asked.language,
        )


class OutcomeForm(Form):
    """How it went, what was learnt, and what comes next."""

    kind = "outcome"
    names = ("experiment", "status", "not_done_reason", "started", "ended", "happened", "result",
             "learning_innovation", "learning_leading", "decision")  # fmt: skip
    wordy = ("happened", "learning_innovation", "learning_leading", "not_done_reason")

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Tell how the experiment goes")

    def lead(self, asked: Asked) -> str:
        """Say that what did not happen counts too."""
        _ = asked.translate
        return _("An experiment that did not show what you believed, or was not carried out, teaches something too.")

    def told(self, asked: Asked) -> list[Told]:
        """Show the design, which stands."""
        return [_design(asked)]

    def before(self, asked: Asked) -> Values:
        """Begin with what has been told."""
        found = asked.row("experiments", asked.one("experiment"))
        return {name: [str(found[name] or "")] for name in self.names[1:]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give what is told of an experiment after its start."""
        _ = asked.translate
        sign = asked.row("experiments", asked.one("experiment"))["sign"]
        seen = _("Against the sign: {sign}").format(sign=sign) if sign else _("No sign was stated before the start.")
        return [
            Field("experiment", "", "kept"),
            Field("status", _("How far it has come"), "one", choices=_statuses(_), required=_("Choose one.")),
            Field("not_done_reason", _("Why not, or only partly"), "area"),
            Field("started", _("First day"), "day"),
            Field("ended", _("Last day"), "day"),
            Field("happened", _("What happened"), "area", heading=_("What came of it")),
            Field("result", _("Result"), "one", choices=_results(_), hint=seen),
            Field("learning_innovation", _("What we learnt about innovating"), "area"),
            Field("learning_leading", _("What we learnt about leading it"), "area"),
            Field("decision", _("What comes next"), "one", choices=_decisions(_), required=_("Choose one.")),
        ]

    def faults(self, asked: Asked) -> dict[str, str]:
        """Hold status, reason and days together."""
        _ = asked.translate
        faults, status = {}, asked.one("status")
        first, last = day(asked.values, "started"), day(asked.values, "ended")
        if status in {"not_done", "partly"} and not asked.one("not_done_reason"):
            faults["not_done_reason"] = _("Say why: it is a result too.")
        if first and last and last < first:
            faults["ended"] = _("The last day cannot be before the first.")
        if asked.one("result") and status not in _BEGUN:
            faults["result"] = _("There is a result only of what has begun. Choose how far it has come.")
        return faults

    def act(self, asked: Asked) -> Act:
        """Tell it."""
        words = {name: asked.one(name) or None for name in self.names[1:] if name not in {"started", "ended"}}
        days = {name: day(asked.values, name) for name in ("started", "ended")}
        return follow_experiment(asked.one("experiment"), **words, **days)


def _design(asked: Asked) -> Told:
    _ = asked.translate
    found: Record = asked.row("experiments", asked.one("experiment"))
    lines = [(_("We believe"), found["assumption"]), (_("Smallest test"), found["test"])]
    lines += [(_("Sign, stated before"), found["sign"] or _("No sign was stated before the start."))]
    return Told(str(found["title"]), [(label, str(words)) for label, words in lines])


def _log(asked: Asked) -> list[Told]:
    _ = asked.translate
    entries = asked.study.entries
    rows: Any = entries[entries["experiment"] == asked.one("experiment")].sort_values("written").itertuples()
    lines = [(f"{row.written:%Y-%m-%d}", str(row.text)) for row in rows]
    return [Told(_("In the log so far, by you and by you together"), lines)] if lines else []


def _statuses(_: Translate) -> tuple[Choice, ...]:
    return (
        Choice("idea", _("An idea")),
        Choice("planned", _("Planned")),
        Choice("running", _("Under way")),
        Choice("done", _("Carried out")),
        Choice("partly", _("Partly carried out")),
        Choice("not_done", _("Not carried out")),
    )


def _results(_: Translate) -> tuple[Choice, ...]:
    return (
        Choice("supported", _("The sign was seen")),
        Choice("partly", _("The sign was partly seen")),
        Choice("not_supported", _("The sign was not seen")),
        Choice("inconclusive", _("It cannot be told")),
    )


def _decisions(_: Translate) -> tuple[Choice, ...]:
    return (
        Choice("none", _("Not decided yet")),
        Choice("adopt", _("Adopt")),
        Choice("adapt", _("Adapt and try again")),
        Choice("extend", _("Go on longer or wider")),
        Choice("pause", _("Pause")),
        Choice("abandon", _("Abandon")),
    )
