"""What coders decide when they have coded apart: the log of their dialogue, and the coding they agree on."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from workbench.acts.codings import code_span, code_spans
from workbench.acts.require import require_words
from workbench.acts.rounds import AGREED, require_closed
from workbench.errors import Fault
from workbench.records import Value
from workbench.store.draft import Act, Draft

Span = tuple[int, int, str]  # start, end, code
Place = tuple[int, int, str | None]


def decide(round_code: str, entry: str, place: Place, text: str, *, outcome: str = "open") -> Act:
    """Write what was said of a place that was coded apart, and what became of it.

    Parameters
    ----------
    round_code, entry : str
        A closed round, and an entry of it.
    place : (start, end, code)
        The place in the entry's text, in Unicode code points, the end exclusive; the code it is about, or None.
    text : str
        What was said, and why.
    outcome : {"agreed", "apart", "codebook", "open"}
        Agreed on; both readings stand; the codebook is to be changed; not decided.

    Returns
    -------
    Act
        Refused while the round is open.
    """

    def plan(draft: Draft) -> None:
        require_closed(draft, round_code)
        require_words(draft, "decisions", "text", text)
        _require_in_round(draft, round_code, [entry])
        start, end, code = place
        told: dict[str, object] = {"outcome": outcome, "author": draft.actor, "text": text}
        about: dict[str, object] = {"round": round_code, "entry": entry, "start": start, "end": end, "code": code}
        draft.add("decisions", **about, **told, decided=draft.now.replace(microsecond=0))

    return Act("decide", plan)


def adjudicate(round_code: str, entry: str, readings: Collection[Span], taken: Collection[Span], text: str) -> Act:
    """Settle a place that was coded apart: the codings agreed on are those taken, and the decision says why.

    Parameters
    ----------
    round_code, entry : str
        A closed round, and an entry of it.
    readings : collection of (start, end, code)
        How the place was coded by the two.
    taken : collection of (start, end, code)
        What is agreed on instead of the readings: one of them, others, or nothing, when it is agreed that the place is
        not coded.
    text : str
        What was said, and why.

    Returns
    -------
    Act
        Codings of the coder ``agreed``, and a decision whose outcome is ``agreed``; refused while the round is open.
        Settling a place again takes away what had been taken of the readings.
    """
    kept = dict.fromkeys(taken)

    def plan(draft: Draft) -> None:
        spans = list(readings) or list(kept)
        if not spans:
            raise draft.refused(Fault("decisions", 0, "start", "none", "a decision is about a place", "give readings"))
        place = min(span[0] for span in spans), max(span[1] for span in spans), _only({span[2] for span in spans})
        decide(round_code, entry, place, text, outcome="agreed").plan(draft)
        standing = {
            (row["start"], row["end"], row["code"]): row["coding"]
            for row in draft.find("codings", entry=entry, coder=AGREED)
        }
        for span in set(readings) - set(kept):
            if span in standing:
                draft.remove("codings", (standing[span],))
        for span in kept:
            if span not in standing:
                code_span(entry, *span, coder=AGREED).plan(draft)

    return Act("adjudicate", plan)


def agree(round_code: str, spans: pd.DataFrame) -> Act:
    """Take what coders read alike as agreed on, without a word.

    Parameters
    ----------
    round_code : str
        A closed round.
    spans : DataFrame
        entry, start, end, code: of `workbench.coding.compare` the places that are the same.

    Returns
    -------
    Act
        Codings of the coder ``agreed``; refused while the round is open, and when one of them is there already.
    """

    def plan(draft: Draft) -> None:
        require_closed(draft, round_code)
        _require_in_round(draft, round_code, spans["entry"].drop_duplicates().to_list())
        code_spans(spans, coder=AGREED).plan(draft)

    return Act("agree", plan)


def _only(codes: Collection[str]) -> str | None:
    """Return the code that all are of; nothing where they differ."""
    return next(iter(codes)) if len(codes) == 1 else None


def _require_in_round(draft: Draft, code: str, entries: Collection[Value]) -> None:
    held = {row["entry"] for row in draft.find("assignments", round=code, entry=list(entries))}
    for entry in entries:
        if entry not in held:
            rule, cure = f"the entry is in round {code}", "name the round it was coded in"
            raise draft.refused(Fault("decisions", 0, "entry", str(entry), rule, cure))
