"""What the researchers gave back, what I answered, and how the page was made."""

from __future__ import annotations

from html import escape
from typing import Any

from workbench.apps.journey import Journey
from workbench.apps.markup import element, folded, items, section
from workbench.apps.rests import ANSWERS, answers_to, own_under, rests_on


def findings(journey: Journey) -> str:
    """Write the findings given back to the organisation, with the person's own answers, as HTML."""
    _ = journey.translate
    study = journey.study
    given = study.feedback.sort_values("given", ascending=False).drop_duplicates("finding")
    rows: Any = given.merge(study.findings, on="finding", suffixes=("_given", "")).itertuples()
    told = [f'<article class="wb-entry">{_given(journey, row)}</article>' for row in rows]
    nothing = element("p", _("Nothing has been given back yet."))
    return section(_("What the researchers have given back"), _door(journey), *(told or [nothing]), name="findings")


def _door(journey: Journey) -> str:
    """Lead to where findings are answered, on the server's pages; in a notebook of one's own there is no such place."""
    _ = journey.translate
    words = _("Say what you think of them, and see what became of your answers")
    return f'<p><a href="{ANSWERS}">{escape(words)}</a></p>' if journey.served else ""


def _given(journey: Journey, row: Any) -> str:
    _, own = journey.translate, own_under(journey, row.finding)
    mine = _("rests on {n} of your texts").format(n=own) if own > 1 else _("rests on one of your texts")
    told = ", ".join([journey.day(row.given), mine] if own else [journey.day(row.given)])
    head = f"<b>{escape(getattr(row, f'title_{journey.language}'))}</b> <span>{escape(told)}</span>"
    return folded(head, _finding(journey, row))


def _finding(journey: Journey, row: Any) -> str:
    study = journey.study
    text = f"<p>{escape(getattr(row, f'text_{journey.language}'))}</p>"
    given = study.feedback.loc[study.feedback["finding"] == row.finding, "feedback"]
    answers: Any = study.responses[study.responses["feedback"].isin(given)].itertuples()
    told = "".join(_answer(journey, answer) for answer in answers)
    return text + rests_on(journey, row.finding) + answers_to(journey, row.feedback) + told


def _answer(journey: Journey, row: Any) -> str:
    _ = journey.translate
    stances = {
        "agrees": _("You agreed"),
        "differs": _("You saw it differently"),
        "adds": _("You added"),
        "disputes": _("You disputed it"),
    }
    said = f"<b>{escape(stances[row.stance])}</b>" + (f": {escape(row.text)}" if isinstance(row.text, str) else "")
    if isinstance(row.outcome, str):
        became = escape(_("What became of it"))
        outcome = f"<b>{became}</b>: {escape(row.outcome)}"
    else:
        outcome = escape(_("The researchers have not said yet what became of it."))
    return f'<p class="wb-answer">{said}<br>{outcome}</p>'


def method(journey: Journey) -> str:
    """Write how the page was made and what it does not show, as HTML."""
    _ = journey.translate
    study, tongue = journey.study, journey.language
    lines = [
        _(
            "You see your own ratings and texts, what you agreed on and wrote together, and your organisation's "
            "experiments. Nobody in the network sees your own ratings on a page of theirs."
        ),
        _(
            "Texts that others have chosen to let you read are here without name, code and day. Who wrote one can take "
            "it back: then it is gone the next time you open the page."
        ),
        _("A consensus is what you agreed on after having rated one by one. It is not an average."),
        _("Where there was no rating the line stops. Nothing is filled in."),
        _("Organisations are not compared with each other: what counts is your own start."),
        _("The levels are the instrument's own. No standard defines them. Instrument: {id} {version}.").format(
            id=study.instrument.id, version=study.instrument.version
        ),
        _("Data: {title}, version {version}. {label}").format(
            title=getattr(study.about, f"title_{tongue}"),
            version=study.about.version,
            label=getattr(study.about, f"label_{tongue}"),
        ),
    ]
    return section(_("How this was made, and what it does not show"), items(map(escape, lines)), name="method")
