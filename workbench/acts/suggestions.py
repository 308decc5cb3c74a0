"""Answering what a model suggests: accepted, it is a coding of whoever accepts; either way the answer is kept."""

from __future__ import annotations

from collections.abc import Callable

from workbench.acts.codings import code_span
from workbench.acts.require import require_active
from workbench.errors import Fault
from workbench.records import Record
from workbench.store.draft import Act, Draft, placed


def accept_suggestion(  # noqa: PLR0913  a span, its code, and by what it was suggested
    entry: str, start: int, end: int, code: str, *, model: str, percent: int
) -> Act:
    """Code a span as a model suggests: the coding is the coder's own, and the answer stands beside it.

    Parameters
    ----------
    entry, code : str
        Which entry, which code.
    start, end : int
        Unicode code points of the entry's text, the end exclusive.
    model : str
        The model's name, which says its version and what it learnt from.
    percent : int
        Probability that it gave, 0 to 100.

    Returns
    -------
    Act
        Refused as `code_span` is, when the coder has answered it before, or while an open round has the coder code the
        entry apart.
    """

    def plan(draft: Draft) -> None:
        _answer(draft, {"entry": entry, "start": start, "end": end, "code": code}, "accepted", model, percent)
        code_span(entry, start, end, code).plan(draft)

    return Act("accept suggestion", plan)


def reject_suggestion(  # noqa: PLR0913  as accepting
    entry: str, start: int, end: int, code: str, *, model: str, percent: int
) -> Act:
    """Say no to what a model suggests, so that it is not suggested again; as `accept_suggestion`, without a coding."""

    def plan(draft: Draft) -> None:
        require_active(draft, code)
        _answer(draft, {"entry": entry, "start": start, "end": end, "code": code}, "rejected", model, percent)

    return Act("reject suggestion", plan)


def _answer(draft: Draft, what: Record, answer: str, model: str, percent: int) -> None:
    _require_no_round(draft, str(what["entry"]))
    for found in draft.find("suggestions", **what, coder=draft.actor):
        rule = f"a suggestion is answered once; {draft.actor} has {found['answer']} this one"
        place = placed("suggestions", found["suggestion"])
        raise draft.refused(Fault(place, 0, "code", str(what["code"]), rule, "undo that answer first"))
    moment = draft.now.replace(microsecond=0)
    told = {"model": model, "percent": percent, "answer": answer, "coder": draft.actor, "answered": moment}
    draft.add("suggestions", **what, **told)


def waiting(find: Callable[..., list[Record]], entry: str, coder: str) -> Record | None:
    """Give the assignment of an open round in which a coder codes an entry apart; None when there is none.

    Until the round is closed, not only until the coder is done: what is accepted in between would be compared with
    others' codings as if nothing had led it.

    Parameters
    ----------
    find : callable
        `LiveStudy.find`, or a draft's.
    entry, coder : str
        Which entry, who codes.
    """
    own = find("assignments", entry=entry, coder=coder)
    closed = {row["round"] for row in find("rounds", round=[row["round"] for row in own]) if row["closed"] is not None}
    return next((row for row in own if row["round"] not in closed), None)


def _require_no_round(draft: Draft, entry: str) -> None:
    """Refuse while a round that is open has the coder code the entry apart: nothing may lead it."""
    if row := waiting(draft.find, entry, draft.actor):
        rule = f"suggestions wait while {draft.actor} codes {entry} apart in round {row['round']}, until it is closed"
        place = placed("assignments", row["round"], entry, draft.actor)
        cure = "code the entry yourself, and come back when the round is closed"
        raise draft.refused(Fault(place, 0, "round", str(row["round"]), rule, cure))
