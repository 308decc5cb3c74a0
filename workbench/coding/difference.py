"""What differs between two versions of a codebook, as a table and in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import indent
from typing import Any

import pandas as pd

from workbench.codebook import Codebook
from workbench.tables import CODES

_BOOK = ("id", "version", "stance", "title_sv", "title_en")
_COLUMNS = ("code", "what", "before", "after")
_STEP = ("step", "version", "act", "sources", "targets")


def codebook_diff(old: Codebook, new: Codebook) -> pd.DataFrame:
    """Tell what differs between two codebooks, value by value.

    Parameters
    ----------
    old, new : Codebook
        Such as ``study.as_of(moment).codebook`` and ``study.codebook``, or `workbench.codebook.make_codebook` of a
        file.

    Returns
    -------
    DataFrame (values that differ,)
        code (NA: the codebook itself), what: the column of the table ``codes`` or the codebook's own; before, after:
        NA where there was nothing. A code that is new has all it has as `after`, its row `code` among them; one
        that is gone has it as `before`. In the order of `new`, what is gone last; the order of codes is not compared.
        Empty when they say the same.
    """
    ones, others = _codes(old), _codes(new)
    lines: list[tuple[Any, ...]] = [(None, name, getattr(old, name), getattr(new, name)) for name in _BOOK]
    for code in [*others, *(gone for gone in ones if gone not in others)]:
        before, after = ones.get(code, {}), others.get(code, {})
        lines += [(code, column.name, before.get(column.name), after.get(column.name)) for column in CODES.columns]
    return pd.DataFrame([line for line in lines if line[2] != line[3]], columns=list(_COLUMNS)).astype("str")


def new_steps(old: Codebook, new: Codebook) -> pd.DataFrame:
    """Give the steps of `new`'s lineage that `old`'s does not have, in order, with their reasons."""
    known = set(old.lineage[list(_STEP)].fillna("").itertuples(index=False, name=None))
    mine = new.lineage[list(_STEP)].fillna("").itertuples(index=False, name=None)
    return new.lineage[[step not in known for step in mine]].reset_index(drop=True)


def codebook_diff_text(old: Codebook, new: Codebook) -> str:
    """Tell the same in words: the steps between with their reasons, then code by code what was and what is.

    Returns
    -------
    str
        Lines; a code begins with ``+`` when it is new, ``-`` when it is gone and ``~`` when it has changed, and its
        values with ``-`` (was) and ``+`` (is). Steps that only `old` has, as when two copies went apart, are told
        apart.
    """
    parts = [f"{old.id} {old.version} → {new.id} {new.version}"]
    parts += _steps_text("Steps", new_steps(old, new))
    parts += _steps_text("Steps that are not in the newer one", new_steps(new, old))
    names = {**_names(old), **_names(new)}
    diff = codebook_diff(old, new).astype("object")
    rows = diff.where(diff.notna(), None).itertuples(index=False, name=None)
    changes = [_change(code, list(some), names) for code, some in groupby(rows, key=lambda row: row[0])]
    parts += ["Codes\n" + "\n".join(changes)] if changes else ["The codes say the same."]
    return "\n\n".join(parts) + "\n"


def _codes(book: Codebook) -> dict[str, dict[str, Any]]:
    """Every code's values by column, those that are missing left out."""
    rows = book.codes.to_dict("records")
    return {str(row["code"]): {str(name): value for name, value in row.items() if pd.notna(value)} for row in rows}


def _names(book: Codebook) -> dict[str, str]:
    return dict(zip(book.codes["code"], book.codes["name_en"], strict=True))


def _steps_text(heading: str, steps: pd.DataFrame) -> list[str]:
    told = [
        f"  {step.version}  {step.changed:%Y-%m-%d}  {step.act}  {_listed(step.sources)} → {_listed(step.targets)}\n"
        + indent(str(step.reason), " " * 4)
        for step in steps.itertuples()
    ]
    return [f"{heading}\n" + "\n".join(told)] if told else []


def _listed(codes: object) -> str:
    return ", ".join(codes.split()) if isinstance(codes, str) else "nothing"


def _change(code: str | None, rows: list[tuple[Any, ...]], names: dict[str, str]) -> str:
    there = {what: (before is not None, after is not None) for _, what, before, after in rows}
    sign = {(False, True): "+", (True, False): "-"}.get(there.get("code", (True, True)), "~")
    title = "the codebook" if code is None else f"{code} ({names[code]})"
    return "\n".join([f"{sign} {title}", *(line for row in rows for line in _value(row) if row[1] != "code")])


def _value(row: tuple[Any, ...]) -> Iterator[str]:
    _, what, before, after = row
    yield f"    {what}"
    yield from (indent(str(text), f"      {sign} ") for sign, text in (("-", before), ("+", after)) if text is not None)
