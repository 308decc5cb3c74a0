"""Consents, and withdrawing from the study."""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbench.records import Record, Value, key_of, make_record
from workbench.store.draft import Act, Draft
from workbench.tables import CONSENTS, TABLES

TAKE_PART = "take_part"
_OF_ENTRIES = ("codings", "suggestions", "assignments", "decisions", "memos", "attributes")  # what goes with an entry
_CLEARED = {"level": None, "missing": "WD", "evidence": None, "confidence": None, "target": None}


def consent(person: str, purpose: str, *, given: bool, information: str, decided: dt.date | None = None) -> Act:
    """Note a person's choice for one purpose; the latest holds, and of one day the one noted last.

    Parameters
    ----------
    person, purpose : str
        Who, and for what.
    given : bool
        Yes or no.
    information : str
        Version of the information the person was given.
    decided : date, optional
        Today unless given.
    """

    def plan(draft: Draft) -> None:
        _note(draft, person, purpose, decided or draft.now.date(), given=given, information=information)

    return Act("consent", plan)


def _note(draft: Draft, person: str, purpose: str, day: dt.date, **choice: object) -> None:
    row = {"person": person, "purpose": purpose, "decided": day, **choice}
    key = key_of(CONSENTS, make_record(CONSENTS, row)[0])
    if draft.has("consents", *key):
        draft.change("consents", key, **choice)
    else:
        draft.add("consents", **row)


def withdraw(person: str, *, information: str | None = None) -> Act:
    """Let a person leave the study, and all that is theirs go with them.

    From today they do not take part, and have left. Their own ratings become missing (WD), with level,
    evidence, confidence and target cleared. Their entries go, with all that was said and coded of them and
    places as evidence, and so do their answers. What they did jointly with others stays.

    The event keeps a tombstone of each entry (code, kind, day; no words) and names the findings that rested
    on one. **The words stay in the log's `before`**, so it can be undone; destroying them is another matter,
    for a decision (gallring), and not part of this act.

    Parameters
    ----------
    person : str
        Who.
    information : str, optional
        Version of the information the withdrawal rests on; that of their latest choice unless given.

    Returns
    -------
    Act
        Refused when there is no such person.
    """

    def plan(draft: Draft) -> None:
        found = draft.get("people", person)
        told = information or _latest_information(draft, person)
        _note(draft, person, TAKE_PART, draft.now.date(), given=False, information=told)
        draft.change("people", (person,), left=_last_day(draft, found))
        for rating in draft.find("ratings", person=person, basis="individual"):
            key = [rating[name] for name in ("organisation", "person", "occasion", "component", "frame", "basis")]
            draft.change("ratings", key, **_CLEARED)
        for response in draft.find("responses", person=person):
            draft.remove("responses", (response["response"],))
        _remove_entries(draft, draft.find("entries", person=person))

    return Act("withdraw", plan)


def _latest_information(draft: Draft, person: str) -> str:
    choices = draft.find("consents", person=person)
    latest = max(choices, key=lambda choice: str(choice["decided"]), default=None)
    return str(latest["information"]) if latest else "none given"


def _last_day(draft: Draft, person: Record) -> Value:
    """Today, or the day they or their organisation had left already; never before they joined."""
    organisation = draft.get("organisations", person["organisation"])
    ends = [str(day) for day in (person["left"], organisation["left"]) if day]
    return max(str(person["joined"]), min([draft.now.date().isoformat(), *ends]))


def _remove_entries(draft: Draft, entries: list[Record]) -> None:
    codes: list[Value] = [entry["entry"] for entry in entries]
    if not codes:
        return
    rested = draft.find("evidence", entry=codes)
    for row in rested:
        draft.remove("evidence", (row["finding"], row["entry"]))
    for table in _OF_ENTRIES:
        for row in draft.find(table, entry=codes):
            draft.remove(table, key_of(TABLES[table], row))
    for code in codes:
        draft.remove("entries", (code,))
    stones: list[dict[str, Any]] = [
        {"entry": entry["entry"], "kind": entry["kind"], "date": str(entry["written"])[:10]} for entry in entries
    ]
    findings = sorted({str(row["finding"]) for row in rested})
    draft.about |= {"tombstones": stones, **({"findings that rested on them": findings} if findings else {})}
