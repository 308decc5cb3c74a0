"""Coding: a span of an entry's text, a code, a coder."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from workbench.acts.require import require_active
from workbench.errors import Fault
from workbench.records import Record, Value, make_record
from workbench.store.draft import Act, Draft, placed
from workbench.store.errors import RefusedError
from workbench.tables import TABLES

_SAME = ("entry", "start", "end", "code", "coder")  # what no two codings share


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
        row: Record = {"entry": entry, "start": start, "end": end, "code": code, "coder": coder or draft.actor}
        _require_new(draft, row)
        quote = quote_of(draft, entry, start, end)
        draft.add("codings", **row, quote=quote, coded=draft.now.replace(microsecond=0))

    return Act("code span", plan)


def code_spans(spans: pd.DataFrame, *, coder: str | None = None) -> Act:
    """Code many spans as one act: the run of a rule or a model.

    Parameters
    ----------
    spans : DataFrame
        entry, start, end, code; the quotes are taken from the texts.
    coder : str, optional
        The rule's or the model's name; who acts unless given.

    Returns
    -------
    Act
        Refused, whole, when one span is; the fault names it by its place in `spans`, counted from 0.
    """

    def plan(draft: Draft) -> None:
        if unkept := make_record(TABLES["codings"], {"coder": coder})[1]:
            raise RefusedError(draft.act, unkept)
        _require_columns(draft, spans)
        for code in spans["code"].drop_duplicates():
            require_active(draft, code)
        rows = _typed(draft, spans).assign(coder=pd.Series(coder or draft.actor, index=spans.index, dtype="str"))
        _require_all_new(draft, rows)
        entries = draft.find("entries", entry=rows["entry"].drop_duplicates().to_list())
        texts = {str(entry["entry"]): str(entry["text"]) for entry in entries}
        columns = (rows[name].to_list() for name in ("entry", "start", "end"))
        quotes = [texts.get(entry, "")[start:end] for entry, start, end in zip(*columns, strict=True)]
        moment = pd.Series(draft.now.replace(microsecond=0), index=rows.index, dtype="datetime64[us, UTC]")
        draft.add_frame("codings", rows.assign(quote=pd.Series(quotes, index=rows.index, dtype="str"), coded=moment))

    return Act("code spans", plan)


def move_coding(coding: str, start: int, end: int) -> Act:
    """Move a coding's ends; its quote becomes the words now between them."""

    def plan(draft: Draft) -> None:
        found = draft.get("codings", coding)
        _require_new(draft, {**found, "start": start, "end": end})
        quote = quote_of(draft, str(found["entry"]), start, end)
        draft.change("codings", (coding,), start=start, end=end, quote=quote)

    return Act("move coding", plan)


def recode(coding: str, code: str) -> Act:
    """Give a coding another code, one that is active and that its coder has not given the same span."""

    def plan(draft: Draft) -> None:
        require_active(draft, code)
        _require_new(draft, {**draft.get("codings", coding), "code": code})
        draft.change("codings", (coding,), code=code)

    return Act("recode", plan)


def remove_coding(coding: str) -> Act:
    """Take a coding away; the log keeps it."""

    def plan(draft: Draft) -> None:
        draft.remove("codings", (coding,))

    return Act("remove coding", plan)


def quote_of(draft: Draft, entry: str, start: object, end: object) -> str:
    """Return the words of a span; what is no span is told of by the rules."""
    text = str(draft.get("entries", entry)["text"])
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else ""


def _require_new(draft: Draft, row: Record) -> None:
    """Refuse a coding that its coder has made already."""
    start = row["start"]
    if not isinstance(start, int):
        return  # the column's type has a fault of its own
    for found in draft.find("codings", entry=row["entry"], coder=row["coder"], start=start):
        if found["coding"] != row.get("coding") and all(found[name] == row[name] for name in _SAME):
            raise _coded_already(draft, placed("codings", found["coding"]), row)


def _coded_already(draft: Draft, place: str, row: Record) -> RefusedError:
    rule = f"a coder codes a span once with a code; {row['coder']} has coded {row['entry']} at {row['start']} so"
    return draft.refused(Fault(place, 0, "code", str(row["code"]), rule, "leave it, or choose another span or code"))


def _require_columns(draft: Draft, spans: pd.DataFrame) -> None:
    lacking = [name for name in ("entry", "start", "end", "code") if name not in spans]
    if lacking:
        found = ", ".join(str(name) for name in spans.columns)
        raise draft.refused(Fault("spans", 0, lacking[0], found, "spans have entry, start, end, code", "add it"))


def _typed(draft: Draft, spans: pd.DataFrame) -> pd.DataFrame:
    rows = spans[["entry", "start", "end", "code"]]
    try:
        typed = rows.astype({"entry": "str", "start": "Int64", "end": "Int64", "code": "str"})
    except (TypeError, ValueError, OverflowError) as error:
        rule, cure = "start and end are whole numbers", "count characters from 0, the end exclusive"
        fault = Fault("spans", 0, "start", str(error), rule, cure)
        raise draft.refused(fault) from error
    for name in typed.columns[typed.isna().any()]:
        raise draft.refused(Fault("spans", 0, name, "nothing", "a value is required", f"fill in {name}"))
    return typed


def _require_all_new(draft: Draft, rows: pd.DataFrame) -> None:
    own = _same(rows)
    entries = rows["entry"].drop_duplicates().to_list()
    coder = rows["coder"].iloc[0] if len(rows) else ""
    standing = draft.find("codings", entry=entries, coder=coder) if entries else []
    seen = {tuple(found[name] for name in _SAME) for found in standing}
    for place, key in enumerate(own):
        if key in seen:
            raise _coded_already(draft, f"spans {place}", dict(zip(_SAME, key, strict=True)))
        seen.add(key)


def _same(rows: pd.DataFrame) -> Iterable[tuple[Value, ...]]:
    return zip(*(rows[name].to_list() for name in _SAME), strict=True)
