"""What several acts require of the rows they build on, beyond the rules that every row keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workbench.errors import Fault
from workbench.records import Record, Value
from workbench.store.draft import Draft, placed


def require_words(draft: Draft, table: str, column: str, words: object) -> None:
    """Refuse a text of nothing but space."""
    if not (isinstance(words, str) and words.strip()):
        rule, cure = "some words are required", f"give {column}"
        raise draft.refused(Fault(table, 0, column, repr(words), rule, cure))


def require_among(draft: Draft, table: str, given: Iterable[str], allowed: Collection[str]) -> None:
    """Refuse a column that the act does not set."""
    for name in given:
        if name not in allowed:
            rule = f"{draft.act!r} sets {', '.join(allowed)}"
            cure = "leave it out; a researcher mends other columns with change_row"
            raise draft.refused(Fault(table, 0, name, name, rule, cure))


def require_active(draft: Draft, code: str) -> Record:
    """Return a code's row; refuse one that is retired, naming the code that took its place."""
    found = draft.get("codes", code)
    if found["status"] == "retired":
        heir = found["replaced_by"]
        cure = f"use {heir}" if heir else "restore the code, or choose another"
        rule = "only an active code is used in new coding"
        raise draft.refused(Fault(placed("codes", code), 0, "status", "retired", rule, cure))
    return found


def require_taking_part(draft: Draft, person: str) -> Record:
    """Return a person's row; refuse one whose latest choice is not to take part."""
    found = draft.get("people", person)
    choices = draft.find("consents", person=person, purpose="take_part")
    latest = max(choices, key=lambda choice: str(choice["decided"]), default=None)
    if latest is not None and latest["given"] is False:
        rule = f"nothing is kept of a person who has withdrawn, as this one did on {latest['decided']}"
        cure = "undo the withdrawal if it was a mistake, or ask for a new consent first"
        raise draft.refused(Fault(placed("people", person), 0, "person", person, rule, cure))
    return found


def owner(draft: Draft, person: str | None) -> dict[str, Value]:
    """Return the organisation that a person of the study belongs to, as a column; nothing without a person."""
    return {"organisation": require_taking_part(draft, person)["organisation"]} if person else {}


def given(fields: dict[str, object]) -> dict[str, object]:
    """Leave out what is None, so that a default can take its place."""
    return {name: value for name, value in fields.items() if value is not None}
