"""What a merge mends without asking: spans in a corrected text, codes that were merged away, doubles, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbench.coding.anchoring import re_anchor
from workbench.records import Record, Value, key_of, shown_key
from workbench.store.draft import Draft
from workbench.store.merge.log import Where
from workbench.store.merge.plan import OURS, THEIRS, Outcome, combine_row, reason_of
from workbench.store.merge.rows import Combined, combine
from workbench.tables import TABLES

# Numbers that only tell an order, and within what they are unique: of two alike, theirs gets the next free one.
NUMBERED: dict[str, tuple[str, tuple[str, ...]]] = {
    "components": ("position", ()),
    "definitions": ("version", ("organisation", "component")),
}
_SPAN = ("start", "end", "quote")
_ONE_CODING = ("entry", "start", "end", "code", "coder")


def combine_codings(outcome: Outcome) -> None:
    """Combine the codings, where the texts of the copies differ in the text that the merge leaves."""
    for entry, wheres in _by_entry(outcome).items():
        texts = Texts(outcome, entry)
        if not texts.differ:
            for where in wheres:
                combine_row(outcome, where)
            continue
        combined = texts.combined(wheres)
        if any(_lost(one.if_ours) for one in combined.values()):
            _choose_text(outcome, texts, [where for where, one in combined.items() if _lost(one.if_ours)])
            combined = texts.combined(wheres)
        for where, one in combined.items():
            _take(outcome, where, one)


def _by_entry(outcome: Outcome) -> dict[Value, list[Where]]:
    found: dict[Value, list[Where]] = {}
    for where in outcome.copies.touched:
        record = outcome.copies.ours(where) or outcome.copies.theirs(where)
        if where[0] == "codings" and record:
            found.setdefault(record["entry"], []).append(where)
    return found


class Texts:
    """An entry's text before, in our copy and in theirs, and the text that the merge leaves."""

    def __init__(self, outcome: Outcome, entry: Value) -> None:
        self.outcome, self.where = outcome, ("entries", (entry,))
        copies = outcome.copies
        versions = (copies.common(self.where), copies.ours(self.where), copies.theirs(self.where))
        self.base, self.ours, self.theirs = (str(one["text"]) if one else None for one in versions)

    @property
    def differ(self) -> bool:
        """Tell whether the copies have different texts, and the merge leaves one of them."""
        both = self.ours is not None and self.theirs is not None
        return both and self.ours != self.theirs and self.outcome.now(self.where) is not None

    def combined(self, wheres: Iterable[Where]) -> dict[Where, Combined]:
        """Combine codings, their spans sought in the text that the merge leaves."""
        wheres, copies = list(wheres), self.outcome.copies
        sides = (
            self._placed(self.base, [copies.common(where) for where in wheres]),
            self._placed(self.ours, [copies.ours(where) for where in wheres]),
            self._placed(self.theirs, [copies.theirs(where) for where in wheres]),
        )
        return {where: combine(TABLES["codings"], *versions) for where, *versions in zip(wheres, *sides, strict=True)}

    def _placed(self, text: str | None, records: list[Record | None]) -> list[Record | None]:
        left = self.outcome.now(self.where)
        new = str(left["text"]) if left else ""
        if text == new:
            return records
        spans = [(int(str(one["start"])), int(str(one["end"]))) for one in records if one and text is not None]
        found = iter(re_anchor(text or "", new, spans) if text is not None else [])
        return [one and {**one, **_span(new, next(found, None))} for one in records]


def _span(text: str, span: tuple[int, int] | None) -> Record:
    values = (*span, text[slice(*span)]) if span else (None, None, None)
    return dict(zip(_SPAN, values, strict=True))


def _lost(record: Record | None) -> bool:
    return record is not None and record["start"] is None


def _choose_text(outcome: Outcome, texts: Texts, lost: list[Where]) -> None:
    """Ask which text holds, when some coding cannot be found in the one that would."""
    names = ", ".join(shown_key(key) for _, key in lost)
    why = f"a text was corrected in which codings made apart cannot be found ({names})"
    chosen = texts.theirs if outcome.decide(texts.where, why, ("text",)) == THEIRS else texts.ours
    outcome.become(texts.where, {**(outcome.now(texts.where) or {}), "text": chosen})


def _take(outcome: Outcome, where: Where, combined: Combined) -> None:
    taken = combined.if_ours
    if combined.clashes:
        choices = (OURS,) if _lost(combined.if_theirs) else (OURS, THEIRS)
        why = reason_of(outcome.copies, where)
        if outcome.decide(where, why, combined.clashing, choices) == THEIRS:
            taken = combined.if_theirs
    if _lost(taken):
        outcome.notes.append(f"coding {shown_key(where[1])} has no place in its entry's text and is left out")
        taken = None
    outcome.become(where, taken)


def follow_heirs(outcome: Outcome) -> None:
    """Give what one copy coded with a code that the other merged away the code that took its place."""
    heirs = dict(_heirs(outcome))
    followed = 0
    for where in outcome.copies.touched:
        record = outcome.now(where) if where[0] in {"codings", "memos"} else None
        if record and record["code"] in heirs:
            outcome.become(where, {**record, "code": _last(heirs, record["code"])})
            followed += 1
    if followed:
        outcome.notes.append(f"{followed} codings and memos follow a code that was merged into another")


def _heirs(outcome: Outcome) -> Iterator[tuple[Value, Value]]:
    for where in outcome.copies.touched:
        record = outcome.now(where) if where[0] == "codes" else None
        if record and record["status"] == "retired" and record["replaced_by"] is not None:
            base = outcome.copies.common(where)
            if base is None or base["replaced_by"] != record["replaced_by"]:
                yield record["code"], record["replaced_by"]


def _last(heirs: Mapping[Value, Value], code: Value) -> Value:
    seen: set[Value] = set()
    while code in heirs and code not in seen:
        seen.add(code)
        code = heirs[code]
    return code


def keep_one(outcome: Outcome) -> None:
    """Keep one, the first made, where both copies coded the same span with the same code and coder."""
    alike: dict[tuple[Value, ...], list[Where]] = {}
    for where in outcome.copies.touched:
        record = outcome.now(where) if where[0] == "codings" else None
        if record:
            alike.setdefault(tuple(record[name] for name in _ONE_CODING), []).append(where)
    for wheres in alike.values():
        if any(where in outcome.rows for where in wheres):
            first, *others = sorted(wheres, key=lambda where: str(where[1]))
            for where in others:  # by key, so that each copy keeps the same one
                outcome.become(where, None)
                outcome.notes.append(f"coding {shown_key(where[1])} is the same as {shown_key(first[1])}")


def number_anew(outcome: Outcome, draft: Draft) -> None:
    """Give theirs the next free number where both copies gave the same one."""
    for name, (number, within) in NUMBERED.items():
        incoming = {where: record for where, record in outcome.rows.items() if where[0] == name and record}
        taken: dict[tuple[Value, ...], set[int]] = {}
        for record in draft.find(name) if incoming else ():
            if (name, key_of(TABLES[name], record)) not in outcome.rows:
                taken.setdefault(tuple(record[one] for one in within), set()).add(int(str(record[number])))
        for where, record in incoming.items():
            used = taken.setdefault(tuple(record[one] for one in within), set())
            found = int(str(record[number]))
            if found in used:
                found = max(used) + 1
                outcome.become(where, {**record, number: found})
                outcome.notes.append(f"{name} {shown_key(where[1])} gets {number} {found}: both copies gave one")
            used.add(found)
