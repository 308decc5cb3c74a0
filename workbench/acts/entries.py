"""Entries: handing one in, correcting one so that its codings follow their words."""

from __future__ import annotations

import json

import pandas as pd

from workbench.acts.require import given, owner, require_words
from workbench.coding.anchoring import re_anchor
from workbench.eventlog import event_records, row_record, unpack
from workbench.records import Record, Value
from workbench.store.draft import Act, Draft
from workbench.tables import TABLES

_ANCHOR = ("coding", "code", "coder", "start", "end")


def hand_in(text: str, *, occasion: str, kind: str, person: str | None = None, **fields: object) -> Act:
    """Hand in an entry.

    Parameters
    ----------
    text : str
        The words; line ends become LF, nothing else is changed.
    occasion, kind : str
        At which occasion, or at home after it; what kind of entry.
    person : str, optional
        Who wrote or spoke; nobody for a joint entry, which then names its `organisation`.
    **fields
        Other columns of ``entries``. Without them: `organisation` is the person's, `written` now, `language`
        sv, `visibility` researchers, `phase` meeting on the occasion's days and home on others.

    Returns
    -------
    Act
        Refused when there are no words, or the person has withdrawn.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "entries", "text", text)
        row: dict[str, object] = {"written": draft.now.replace(microsecond=0), "language": "sv"}
        row |= {"visibility": "researchers", **owner(draft, person), **given(fields)}
        if "phase" not in row:
            row["phase"] = _phase(draft.get("occasions", occasion), str(row["written"])[:10])
        draft.add("entries", text=unix_lines(text), occasion=occasion, kind=kind, person=person, **row)

    return Act("hand in entry", plan)


def unix_lines(text: str) -> str:
    """Make every line end LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _phase(occasion: Record, day: str) -> str:
    return "meeting" if str(occasion["starts"]) <= day <= str(occasion["ends"]) else "home"


def correct_entry(entry: str, *, text: str | None = None, **fields: object) -> Act:
    """Correct an entry, or take names out of it; its codings follow their words.

    A coding goes where its words went: see `workbench.coding.anchoring`. One whose words cannot be found for
    sure is taken away, and named in the event: `lost_anchors` lists it. Undoing brings all back.

    Parameters
    ----------
    entry : str
        Which entry.
    text : str, optional
        The words as they shall be.
    **fields
        Other columns of ``entries`` to set.

    Returns
    -------
    Act
        Refused when no words are left.
    """

    def plan(draft: Draft) -> None:
        old = str(draft.get("entries", entry)["text"])
        if text is not None:
            require_words(draft, "entries", "text", text)
            _follow(draft, entry, old, unix_lines(text))
        draft.change("entries", (entry,), **fields, **({} if text is None else {"text": unix_lines(text)}))

    return Act("correct entry", plan)


def _follow(draft: Draft, entry: str, old: str, new: str) -> None:
    codings = draft.find("codings", entry=entry)
    spans = [(_number(coding["start"]), _number(coding["end"])) for coding in codings]
    lost = []
    for coding, span in zip(codings, re_anchor(old, new, spans), strict=True):
        if span is None:
            lost.append({name: coding[name] for name in _ANCHOR})  # not its words: these stand in `before`
            draft.remove("codings", (coding["coding"],))
        else:
            draft.change("codings", (coding["coding"],), start=span[0], end=span[1], quote=new[slice(*span)])
    if lost:
        draft.about["unplaced"] = [*draft.about.get("unplaced", []), *({"entry": entry, **anchor} for anchor in lost)]


def _number(value: Value) -> int:
    return int(value or 0)


def lost_anchors(events: pd.DataFrame) -> pd.DataFrame:
    """List the codings that corrections took away because their words could not be found for sure.

    Parameters
    ----------
    events : DataFrame
        The table ``events``.

    Returns
    -------
    DataFrame
        sequence, at, actor, entry, coding, code, coder, start, end, quote; the last three as they were. What
        was undone is left out.
    """
    records = list(event_records(events))
    last = {event["concerns"]: event["act"] for event in records}
    told = [
        {**{name: event[name] for name in ("sequence", "at", "actor")}, **anchor}
        for event in records
        if last.get(event["sequence"]) != "undo" and event["act"] not in {"undo", "redo"}
        for anchor in _unplaced(event)
    ]
    return pd.DataFrame(told, columns=["sequence", "at", "actor", "entry", *_ANCHOR, "quote"])


def _unplaced(event: Record) -> list[Record]:
    anchors = json.loads(str(event["objects"])).get("unplaced", [])
    before = unpack(str(event["before"])).get("codings", []) if anchors else []
    quotes = {row[1]: row_record(TABLES["codings"], row)["quote"] for row in before}
    return [{**anchor, "quote": quotes.get(anchor["coding"])} for anchor in anchors]
