"""Rounds of coding apart: who codes what, when each is done, and the round's end."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workbench.acts.require import require_words
from workbench.errors import Fault
from workbench.records import Record
from workbench.store.draft import Act, Draft, placed

AGREED = "agreed"  # the coder whose codings are those agreed on
_NAMED = 5  # unfinished assignments that a refusal names
Assignments = Mapping[str, Collection[str]]  # entry to coders


def open_round(
    title: str,
    assignments: Assignments,
    *,
    question: str | None = None,
    round_code: str | None = None,
) -> Act:
    """Open a round: until it is closed nobody sees another's codings of its entries at the desk.

    Parameters
    ----------
    title : str
        Its title.
    assignments : mapping
        Each entry, and the two or more who code it: see `workbench.coding.assigning.assign_evenly`.
    question : str, optional
        What is to be learnt of it.
    round_code : str, optional
        Its code, made unless given.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "rounds", "title", title)
        if not assignments:
            raise draft.refused(Fault("assignments", 0, "entry", "none", "a round has entries", "give some"))
        moment = draft.now.replace(microsecond=0)
        row = draft.add("rounds", round=round_code, title=title, question=question or None, opened=moment)
        for entry, coders in assignments.items():
            if len(set(coders)) < 2:  # noqa: PLR2004  apart takes two
                found = f"{entry}: {', '.join(coders) or 'nobody'}"
                rule = "an entry is coded apart by two or more"
                raise draft.refused(Fault("assignments", 0, "coder", found, rule, "give it another coder"))
            _assign(draft, row["round"], entry, coders)

    return Act("open round", plan)


def assign(round_code: str, assignments: Assignments) -> Act:
    """Give a round more entries, or an entry more coders, while it is open."""

    def plan(draft: Draft) -> None:
        require_open(draft, round_code)
        for entry, coders in assignments.items():
            _assign(draft, round_code, entry, coders)

    return Act("assign", plan)


def unassign(round_code: str, entry: str, coder: str) -> Act:
    """Take an entry from a coder who has not finished it, while the round is open."""

    def plan(draft: Draft) -> None:
        require_open(draft, round_code)
        found = draft.get("assignments", round_code, entry, coder)
        if found["finished"] is not None:
            place = placed("assignments", round_code, entry, coder)
            rule, cure = "what is finished stays assigned", "reopen the entry first"
            raise draft.refused(Fault(place, 0, "finished", str(found["finished"]), rule, cure))
        draft.remove("assignments", (round_code, entry, coder))

    return Act("unassign", plan)


def finish(round_code: str, entries: str | Collection[str], *, coder: str | None = None) -> Act:
    """Say that a coder, who acts unless named, is done with an entry or several of an open round."""

    def plan(draft: Draft) -> None:
        moment = draft.now.replace(microsecond=0)
        _mark(draft, round_code, entries, coder, finished=moment)

    return Act("finish", plan)


def reopen_entry(round_code: str, entries: str | Collection[str], *, coder: str | None = None) -> Act:
    """Say that a coder, who acts unless named, is not done after all with an entry or several of an open round."""

    def plan(draft: Draft) -> None:
        _mark(draft, round_code, entries, coder, finished=None)

    return Act("reopen entry", plan)


def close_round(round_code: str, *, without: Assignments | None = None, reason: str | None = None) -> Act:
    """Close a round: from now on all may see all codings of its entries.

    Parameters
    ----------
    round_code : str
        Which.
    without : mapping, optional
        Entry to coders: the assignments that are left unfinished, all of them. They are not compared.
    reason : str, optional
        Why they are left; required with `without`.

    Returns
    -------
    Act
        Refused when an assignment is unfinished that `without` does not name. Undoing it makes the round blind again.
    """

    def plan(draft: Draft) -> None:
        require_open(draft, round_code)
        left = {(row["entry"], row["coder"]) for row in draft.find("assignments", round=round_code, finished=None)}
        told = {(entry, coder) for entry, coders in (without or {}).items() for coder in coders}
        if left != told:
            raise draft.refused(_unfinished(round_code, left, told))
        if left:
            require_words(draft, "rounds", "reason", reason)
        draft.change("rounds", (round_code,), closed=draft.now.replace(microsecond=0))

    return Act("close round", plan, reason)


def require_open(draft: Draft, code: str) -> Record:
    """Return a round's row; refuse one that is closed."""
    found = draft.get("rounds", code)
    if found["closed"] is not None:
        rule, cure = "this is done while a round is open", "undo its closing, or open a new round"
        raise draft.refused(Fault(placed("rounds", code), 0, "closed", str(found["closed"]), rule, cure))
    return found


def require_closed(draft: Draft, code: str) -> Record:
    """Return a round's row; refuse one that is open: who decides has seen what others coded."""
    found = draft.get("rounds", code)
    if found["closed"] is None:
        rule = "readings are compared when the round is closed"
        raise draft.refused(Fault(placed("rounds", code), 0, "closed", "open", rule, "close the round first"))
    return found


def _assign(draft: Draft, code: object, entry: str, coders: Collection[str]) -> None:
    for coder in dict.fromkeys(coders):
        if coder == AGREED:
            rule = f"{AGREED} is whose the codings are that were agreed on, nobody who codes"
            raise draft.refused(Fault("assignments", 0, "coder", AGREED, rule, "give another coder"))
        draft.add("assignments", round=code, entry=entry, coder=coder)


def _mark(draft: Draft, code: str, entries: str | Collection[str], coder: str | None, **finished: object) -> None:
    require_open(draft, code)
    for entry in (entries,) if isinstance(entries, str) else entries:
        draft.change("assignments", (code, entry, coder or draft.actor), **finished)


def _unfinished(code: str, left: Collection[tuple[object, object]], told: Collection[tuple[object, object]]) -> Fault:
    """Tell of assignments that are unfinished and not told of, or told of and finished."""
    if wrong := sorted(set(told) - set(left), key=str):
        found = ", ".join(f"{entry} by {coder}" for entry, coder in wrong[:_NAMED])
        rule = "what is left unfinished is assigned and not finished"
    else:
        lacking = sorted(set(left) - set(told), key=str)
        found = ", ".join(f"{entry} by {coder}" for entry, coder in lacking[:_NAMED])
        rule = f"every assignment is finished; {len(lacking)} are not"
    cure = "wait, or name what is left unfinished (without) and why (reason)"
    return Fault(placed("rounds", code), 0, "closed", found, rule, cure)
