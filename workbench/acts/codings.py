"""Coding: a span of an entry's text, a code, a coder."""

from __future__ import annotations

from workbench.errors import Fault
from workbench.store.draft import Act, Draft, placed


def code_span(entry: str, start: int, end: int, code: str, *, coder: str | None = None) -> Act:
    """Code a span of an entry's text.

    Parameters
    ----------
    entry, code : str
        Which entry, which code.
    start, end : int
        Unicode code points of the entry's text, the end exclusive.
    coder : str, optional
        Who codes, where it is not who acts: a rule's or a model's name.

    Returns
    -------
    Act
        Refused when the span lies outside the text, or the code is retired or the same coder's span has it already.
    """

    def plan(draft: Draft) -> None:
        require_active(draft, code)
        quote = quote_of(draft, entry, start, end)
        who = coder or draft.actor
        draft.add(
            "codings", entry=entry, start=start, end=end, quote=quote, code=code, coder=who,
            coded=draft.now.replace(microsecond=0),
        )  # fmt: skip

    return Act("code span", plan)


def quote_of(draft: Draft, entry: str, start: object, end: object) -> str:
    """Return the words of a span; what is no span is told of by the rules."""
    text = str(draft.get("entries", entry)["text"])
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else ""


def require_active(draft: Draft, code: str) -> None:
    """Refuse a code that is retired, naming the one that took its place."""
    found = draft.get("codes", code)
    if found["status"] == "retired":
        heir = found["replaced_by"]
        cure = f"use {heir}" if heir else "restore the code, or choose another"
        rule = "only an active code is used in new coding"
        raise draft.refused(Fault(placed("codes", code), 0, "status", "retired", rule, cure))
