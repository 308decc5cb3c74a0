"""Findings, giving them back, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.acts.require import given, require_among, require_taking_part, require_words
from workbench.errors import Fault
from workbench.store.draft import Act, Draft

REVISED = ("title_sv", "title_en", "text_sv", "text_en", "audience")


def state_finding(*, title_sv: str, text_sv: str, evidence: Iterable[str], **fields: object) -> Act:
    """State a finding and the entries it rests on.

    Parameters
    ----------
    title_sv, text_sv : str
        Its title and words in Swedish, and in English too unless `title_en` and `text_en` are given.
    evidence : iterable of str
        Entries, at least one.
    **fields
        `title_en`, `text_en`, `audience` (both unless given), `author` (who acts), `stated` (today), `finding`.

    Returns
    -------
    Act
        Refused without evidence.
    """
    entries = tuple(dict.fromkeys(evidence))

    def plan(draft: Draft) -> None:
        require_words(draft, "findings", "text_sv", text_sv)
        row: dict[str, object] = {"title_en": title_sv, "text_en": text_sv, "audience": "both"}
        row |= {"author": draft.actor, "stated": draft.now.date(), **given(fields)}
        finding = draft.add("findings", title_sv=title_sv, text_sv=text_sv, **row)["finding"]
        _rest_on(draft, str(finding), entries)

    return Act("state finding", plan)


def revise_finding(finding: str, *, evidence: Iterable[str] | None = None, **fields: object) -> Act:
    """Revise a finding: its words or audience, or all it rests on.

    Parameters
    ----------
    finding : str
        Which.
    evidence : iterable of str, optional
        The entries it rests on from now, at least one, in the place of those before.
    **fields
        `title_sv`, `title_en`, `text_sv`, `text_en`, `audience`; author and day stay.
    """
    entries = None if evidence is None else tuple(dict.fromkeys(evidence))

    def plan(draft: Draft) -> None:
        require_among(draft, "findings", fields, REVISED)
        draft.change("findings", (finding,), **fields)
        if entries is not None:
            _rest_on(draft, finding, entries)

    return Act("revise finding", plan)


def _rest_on(draft: Draft, finding: str, entries: tuple[str, ...]) -> None:
    if not entries:
        rule, cure = "a finding rests on something", "give at least one entry as evidence"
        raise draft.refused(Fault("evidence", 0, "entry", "nothing", rule, cure))
    standing = {row["entry"] for row in draft.find("evidence", finding=finding)}
    for entry in standing - set(entries):
        draft.remove("evidence", (finding, entry))
    for entry in entries:
        if entry not in standing:
            draft.add("evidence", finding=finding, entry=entry)


def give_feedback(finding: str, organisation: str, occasion: str, *, channel: str, **fields: object) -> Act:
    """Give a finding back to an organisation.

    Parameters
    ----------
    finding, organisation, occasion, channel : str
        What, to whom, at which occasion or at home after it, in what way.
    **fields
        `given` (today unless given), `note`, `feedback`.
    """

    def plan(draft: Draft) -> None:
        row: dict[str, object] = {"given": draft.now.date(), **given(fields)}
        draft.add("feedback", finding=finding, organisation=organisation, occasion=occasion, channel=channel, **row)

    return Act("give feedback", plan)


def respond(feedback: str, person: str, *, stance: str, **fields: object) -> Act:
    """Answer a finding that was given back.

    Parameters
    ----------
    feedback, person, stance : str
        To what, who, and whether they agree, differ, add or dispute.
    **fields
        `text`, `responded` (today unless given), `outcome`, `response`.

    Returns
    -------
    Act
        Refused when the person has withdrawn, or it was given to another organisation.
    """

    def plan(draft: Draft) -> None:
        require_taking_part(draft, person)
        row: dict[str, object] = {"responded": draft.now.date(), **given(fields)}
        draft.add("responses", feedback=feedback, person=person, stance=stance, **row)

    return Act("respond", plan)


def note_outcome(response: str, outcome: str) -> Act:
    """Tell what became of an answer."""

    def plan(draft: Draft) -> None:
        require_words(draft, "responses", "outcome", outcome)
        draft.change("responses", (response,), outcome=outcome)

    return Act("note outcome", plan)
