"""The codebook's codes: each act keeps the lineage, with a reason, and makes the codebook's next version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from workbench.acts.lineage import add_step
from workbench.acts.require import require_active, require_among, require_words
from workbench.codebook import PARTS
from workbench.errors import Fault
from workbench.records import Record, Value
from workbench.store.draft import Act, Draft, new_codes, placed

WORDS = tuple(f"{part}_{tongue}" for part in PARTS for tongue in ("sv", "en"))


def add_code(name: str, *, reason: str, name_en: str | None = None, code: str | None = None, **fields: object) -> Act:
    """Add a code; a name is enough, its definition can come later.

    Parameters
    ----------
    name : str
        Its name in Swedish, and in English too unless `name_en` is given.
    reason : str
        Why, for the lineage.
    code : str, optional
        Its code, without spaces; made unless given.
    **fields
        `parent`, and `definition_sv`, `include_en` and the other words of ``codes``.

    Returns
    -------
    Act
        Refused without a reason, when the code holds a space, or its parent is retired.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "codes", "name_sv", name)
        require_words(draft, "codes", "name_en", name if name_en is None else name_en)
        require_among(draft, "codes", fields, ("parent", *WORDS))
        own = code or new_codes("codes", 1)[0]
        if any(sign.isspace() for sign in own):
            rule = "a code has no space in it: the lineage lists codes with a space between"
            raise draft.refused(Fault("codes", 0, "code", own, rule, "write it with _"))
        _require_active_parent(draft, fields.get("parent"))
        version = add_step(draft, "add", [], [own], reason)
        row = {"name_sv": name, "name_en": name_en or name, "since": version, "status": "active", **_words(fields)}
        draft.add("codes", code=own, **row)

    return Act("add code", plan, reason)


def rename_code(code: str, *, reason: str, name_sv: str | None = None, name_en: str | None = None) -> Act:
    """Give a code another name in one language or both; every coding stays."""

    def plan(draft: Draft) -> None:
        names = {"name_sv": name_sv, "name_en": name_en}
        new = {column: name for column, name in names.items() if name is not None}
        for column, name in new.items():
            require_words(draft, "codes", column, name)
        _change(draft, "rename", code, reason, **new)

    return Act("rename code", plan, reason)


def redefine_code(code: str, *, reason: str, **words: object) -> Act:
    """Word a code's definition, include, exclude or example anew, such as ``definition_sv=…``; None empties it."""

    def plan(draft: Draft) -> None:
        require_among(draft, "codes", words, WORDS)
        _change(draft, "redefine", code, reason, **_words(words))

    return Act("redefine code", plan, reason)


def move_code(code: str, parent: str | None, *, reason: str) -> Act:
    """Put a code under another, or under none; refused under itself or what lies under it, or a retired one."""

    def plan(draft: Draft) -> None:
        _require_active_parent(draft, parent)
        _change(draft, "move", code, reason, parent=parent)

    return Act("move code", plan, reason)


def retire_code(code: str, *, reason: str, replaced_by: str | None = None) -> Act:
    """Close a code to new coding; its codings stay.

    Parameters
    ----------
    code, reason : str
        Which, and why.
    replaced_by : str, optional
        The active code to use instead.

    Returns
    -------
    Act
        Refused while active codes lie under it.
    """

    def plan(draft: Draft) -> None:
        require_active(draft, code)
        for child in draft.find("codes", parent=code, status="active"):
            rule, cure = (
                f"no active code lies under a retired one; here {child['code']} does",
                "move or retire it first",
            )
            raise draft.refused(Fault(placed("codes", code), 0, "status", "active", rule, cure))
        _require_heir(draft, code, replaced_by)
        add_step(draft, "retire", [code], [replaced_by] if replaced_by else [], reason)
        draft.change("codes", (code,), status="retired", replaced_by=replaced_by)

    return Act("retire code", plan, reason)


def restore_code(code: str, *, reason: str) -> Act:
    """Open a retired code to coding again; codings that were merged away stay where they are."""

    def plan(draft: Draft) -> None:
        _require_active_parent(draft, draft.get("codes", code)["parent"])
        _change(draft, "restore", code, reason, status="active", replaced_by=None)

    return Act("restore code", plan, reason)


def merge_codes(sources: Iterable[str], into: str, *, reason: str) -> Act:
    """Make codes one: codings, memos and the codes under them go to `into`, and they are retired.

    Where a coder gave the same span both codes, one coding is left; the event names those that went as
    ``doubled``.

    Parameters
    ----------
    sources : iterable of str
        The codes that end.
    into : str
        The active code that takes their place.
    reason : str
        Why, for the lineage.

    Returns
    -------
    Act
        Refused when a code is retired already, is merged into itself, or would lie under itself.
    """
    ended = tuple(dict.fromkeys(sources))

    def plan(draft: Draft) -> None:
        require_active(draft, into)
        _require_some(draft, "code", ended)
        for code in ended:
            require_active(draft, code)
            _require_heir(draft, code, into)
        _recode(draft, {str(coding["coding"]): into for coding in draft.find("codings", code=ended)})
        for memo in draft.find("memos", code=ended):
            draft.change("memos", (memo["memo"],), code=into)
        for child in draft.find("codes", parent=ended):
            draft.change("codes", (child["code"],), parent=_parent_after(draft, child, ended, into))
        for code in ended:
            draft.change("codes", (code,), status="retired", replaced_by=into)
        add_step(draft, "merge", [into, *ended], [into], reason)

    return Act("merge codes", plan, reason)


def split_code(code: str, recoded: Mapping[str, str], *, reason: str) -> Act:
    """Divide a code: chosen codings of it get other codes, the rest keep it.

    Parameters
    ----------
    code : str
        The code that is divided.
    recoded : mapping of str to str
        For each coding that leaves it the active code it gets; add new codes first, or in one `bulk`.
    reason : str
        Why, for the lineage.

    Returns
    -------
    Act
        Refused when a coding has another code, or a new code is retired.
    """

    def plan(draft: Draft) -> None:
        targets = tuple(dict.fromkeys(recoded.values()))
        _require_some(draft, "coding", targets)
        for target in targets:
            require_active(draft, target)
        for coding in recoded:
            found = draft.get("codings", coding)["code"]
            if found != code:
                rule = f"only codings of {code} leave it"
                raise draft.refused(Fault(placed("codings", coding), 0, "code", str(found), rule, "leave it out"))
        _recode(draft, recoded)
        add_step(draft, "split", [code], dict.fromkeys((code, *targets)), reason)

    return Act("split code", plan, reason)


def _change(draft: Draft, act: str, code: str, reason: str, **columns: object) -> None:
    old = draft.get("codes", code)
    if draft.change("codes", (code,), **columns) == old and not draft.faults:
        rule, cure = f"to {act} a code changes it", "leave it, or give something else"
        raise draft.refused(Fault(placed("codes", code), 0, "", "no change", rule, cure))
    add_step(draft, act, [code], [code], reason)


def _require_some(draft: Draft, what: str, given: Collection[str]) -> None:
    if not given:
        raise draft.refused(
            Fault("codes", 0, what, "nothing", f"{draft.act!r} begins with a {what}", "name at least one")
        )


def _words(fields: Mapping[str, object]) -> dict[str, object]:
    """Take words of nothing but space as none."""
    return {name: None if isinstance(some, str) and not some.strip() else some for name, some in fields.items()}


def _require_active_parent(draft: Draft, parent: object) -> None:
    if isinstance(parent, str):
        require_active(draft, parent)


def _require_heir(draft: Draft, code: str, heir: str | None) -> None:
    if heir is None:
        return
    require_active(draft, heir)
    if heir == code:
        raise draft.refused(
            Fault(placed("codes", code), 0, "replaced_by", heir, "not the code itself", "choose another")
        )


def _parent_after(draft: Draft, child: Record, ended: tuple[str, ...], into: str) -> Value:
    """Say under which code a child of an ended one comes; `into` itself comes under the nearest that stands."""
    if child["code"] not in (into, *ended):
        return into
    parent = child["parent"]
    while child["code"] == into and parent in ended:
        parent = draft.get("codes", parent)["parent"]
    return parent


def _recode(draft: Draft, recoded: Mapping[str, str]) -> None:
    """Give codings other codes; of two that become alike the one that was there stays."""
    codings = draft.find("codings", coding=list(recoded))
    beside = draft.find("codings", code=sorted(set(recoded.values())), entry=list({row["entry"] for row in codings}))
    seen = {_likeness(row, row["code"]) for row in beside if row["coding"] not in recoded}
    doubled = []
    for coding in codings:
        code = recoded[str(coding["coding"])]
        if _likeness(coding, code) in seen:
            doubled.append(draft.remove("codings", (coding["coding"],))["coding"])
        else:
            draft.change("codings", (coding["coding"],), code=code)
        seen.add(_likeness(coding, code))
    if doubled:
        draft.about["doubled"] = [*draft.about.get("doubled", []), *doubled]


def _likeness(row: Record, code: Value) -> tuple[Value, ...]:
    return row["entry"], row["start"], row["end"], row["coder"], code
