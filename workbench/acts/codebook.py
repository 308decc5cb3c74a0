"""A whole codebook taken in, as when it was edited as a file: the acts on codes that lead to it, done as one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from workbench.acts.codes import WORDS, add_code, move_code, redefine_code, rename_code, restore_code, retire_code
from workbench.acts.lineage import add_step
from workbench.codebook import FILE, Codebook
from workbench.errors import Fault
from workbench.records import Record
from workbench.store.draft import Act, Draft
from workbench.store.errors import RefusedError
from workbench.store.parts import read_parts

_NAMES = ("name_sv", "name_en")
_STEP = ("step", "version", "act", "sources", "targets")


def take_codebook(book: Codebook, *, reason: str) -> Act:
    """Make the study's codes say what another codebook says, each change a step of the lineage.

    Codes that are new are added, names, words and families changed, codes retired and restored. A step that the
    other codebook's lineage has and the study's has not gives its reason to the changes of the codes it names. No
    coding is touched: what the other lineage calls a merge retires the code here, and its codings stay.

    Parameters
    ----------
    book : Codebook
        Such as `workbench.codebook.make_codebook` gives of a file.
    reason : str
        Why, where its lineage does not say.

    Returns
    -------
    Act
        Refused, all faults at once, when it is another codebook (id, stance, title), when it lacks a code of the
        study or says that one came otherwise, and where an act on a code would be.
    """

    def plan(draft: Draft) -> None:
        ours = {str(row["code"]): row for row in draft.find("codes")}
        theirs = {str(row["code"]): row for row in _records(book.codes)}
        if faults := [*_other(draft, book), *_lacking(ours, theirs)]:
            raise RefusedError(draft.act, faults)
        reasons = _reasons(draft, book, reason)
        for act in _acts(ours, theirs, reasons):
            _carry_out(act, draft, faults)
        if faults:
            raise RefusedError(draft.act, faults)

    return Act("take codebook", plan, reason)


def _untold_steps(book: Codebook, lineage: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Give the steps of a codebook's lineage that another lineage does not have."""
    known = {tuple(step[name] for name in _STEP) for step in lineage}
    return [step for step in _records(book.lineage) if tuple(step[name] for name in _STEP) not in known]


def _records(frame: pd.DataFrame) -> list[Record]:
    rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _other(draft: Draft, book: Codebook) -> Iterator[Fault]:
    heading = json.loads(read_parts(draft.connection).codebook)
    title = heading.get("title") or {"sv": "", "en": ""}
    ours = {name: heading[name] for name in ("id", "stance")} | {f"title.{tongue}": title[tongue] for tongue in title}
    theirs = {"id": book.id, "stance": book.stance, "title.sv": book.title_sv, "title.en": book.title_en}
    for name, found in theirs.items():
        if found != ours[name]:
            rule = f"the study's codebook has {ours[name]!r} from its beginning to its end"
            yield Fault(FILE, 0, name, found, rule, "give it back, or begin another study with this codebook")


def _lacking(ours: Mapping[str, Record], theirs: Mapping[str, Record]) -> Iterator[Fault]:
    for code, row in ours.items():
        if code not in theirs:
            rule = "a code of the study stays, so that what was coded can be read"
            yield Fault(FILE, 0, "codes", f"no {code}", rule, f"give {code} back, with status: retired")
        elif (since := theirs[code]["since"]) != row["since"]:
            rule = f"{code} came with {row['since']}"
            yield Fault(FILE, 0, f"codes.{code}.since", str(since), rule, "leave it as it was")


def _reasons(draft: Draft, book: Codebook, reason: str) -> dict[str, str]:
    """Say for each code why it is changed."""
    told: dict[str, list[str]] = {}
    for step in _untold_steps(book, draft.find("lineage")):
        for code in f"{step['sources'] or ''} {step['targets'] or ''}".split():
            told.setdefault(code, []).append(str(step["reason"]))
    why = {code: " · ".join(dict.fromkeys(some)) for code, some in told.items()}
    return {str(code): why.get(str(code), reason) for code in book.codes["code"]}


def _acts(ours: Mapping[str, Record], theirs: Mapping[str, Record], reasons: Mapping[str, str]) -> Iterator[Act]:
    """Give the acts in an order in which each is allowed: what opens codes first, what closes them last."""
    order = _families_first(theirs)
    both = [code for code in order if code in ours]
    for code in both:
        if ours[code]["status"] == "retired" and theirs[code]["status"] == "active":
            yield restore_code(code, reason=reasons[code])
    for code in order:
        if code not in ours:
            fields: dict[str, Any] = {name: theirs[code][name] for name in ("name_en", "parent", *WORDS)}
            yield add_code(str(theirs[code]["name_sv"]), code=code, reason=reasons[code], **fields)
    for code in both:
        yield from _rewordings(code, ours[code], theirs[code], reasons[code])
    for code in reversed(order):
        yield from _closings(code, ours.get(code), theirs[code], reasons[code])


def _rewordings(code: str, ours: Record, theirs: Record, reason: str) -> Iterator[Act]:
    differ = {name: value for name, value in theirs.items() if value != ours[name]}
    names: dict[str, Any] = {name: differ[name] for name in _NAMES if name in differ}
    words = {name: differ[name] for name in WORDS if name in differ}
    if names:
        yield rename_code(code, reason=reason, **names)
    if words:
        yield redefine_code(code, reason=reason, **words)
    if "parent" in differ:
        parent: Any = theirs["parent"]
        yield move_code(code, parent, reason=reason)


def _closings(code: str, ours: Record | None, theirs: Record, reason: str) -> Iterator[Act]:
    heir: Any = theirs["replaced_by"]
    if theirs["status"] == "retired" and (ours is None or ours["status"] == "active"):
        yield retire_code(code, reason=reason, replaced_by=heir)
    elif ours is not None and ours["status"] == "retired" == theirs["status"] and ours["replaced_by"] != heir:
        yield Act("retire code", lambda draft: _name_heir(draft, code, heir, reason), reason)


def _name_heir(draft: Draft, code: str, heir: str | None, reason: str) -> None:
    draft.change("codes", (code,), replaced_by=heir)
    add_step(draft, "retire", [code], [heir] if heir else [], reason)


def _families_first(codes: Mapping[str, Record]) -> list[str]:
    """Order codes so that each comes after the code it lies under."""
    placed: dict[str, None] = {}

    def place(code: str) -> None:
        above = codes[code]["parent"]
        if isinstance(above, str) and above not in placed:
            place(above)
        placed[code] = None

    for code in codes:
        if code not in placed:
            place(code)
    return list(placed)


def _carry_out(act: Act, draft: Draft, faults: list[Fault]) -> None:
    """Plan an act, and keep what it is refused for beside what others were."""
    try:
        act.plan(draft)
    except RefusedError as refused:
        faults += refused.faults
