"""How many entries carry a code, occasion by occasion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.repetition import repeated_codings
from workbench.coding.rows import chosen
from workbench.frames import Frame, made, native, read


def families(codes: Any) -> dict[str, str]:
    """Map every code to the family at the top of its branch, a top code to itself."""
    parents = {code: parent for code, parent in read(codes).select("code", "parent").rows() if isinstance(parent, str)}

    def top(code: str) -> str:
        return top(parents[code]) if code in parents else code

    return {code: top(code) for code in read(codes)["code"].to_list()}


def code_shares(  # noqa: PLR0913  three tables, and the choices a researcher makes
    entries: Any,
    codings: IntoDataFrameT,
    occasions: Any,
    *,
    new_text_only: bool = True,
    families: Mapping[str, str] | None = None,
    coder: str | None = None,
) -> IntoDataFrameT:
    """Share of each occasion's entries that carry a code; a code counts once in an entry.

    Parameters
    ----------
    entries, codings, occasions : DataFrame
        Tables of the study; give only the entries the coder has read.
    new_text_only : bool
        Leave out codings of text repeated from the previous comparable entry.
    families : mapping of str to str, optional
        Code to family, to count families instead of codes (`families`).
    coder : str, optional
        One coder's codings only; otherwise any coder's.

    Returns
    -------
    DataFrame (occasion and code,)
        occasion, code; coded, n: entries with the code, and all; share: coded / n, NA when n is 0. Every
        code that occurs has a row at every occasion.
    """
    at = dict(read(entries).select("entry", "occasion").rows())
    kept = chosen(read(codings), coder)
    fresh = set(_fresh(entries, kept)) if new_text_only else set(kept["coding"].to_list())
    carried = {
        (at[entry], (families or {}).get(code, code), entry)
        for coding, entry, code in kept.select("coding", "entry", "code").rows()
        if coding in fresh and entry in at
    }
    order = [name for name, _ in sorted(read(occasions).select("occasion", "number").rows(), key=lambda row: row[1])]
    totals = {name: sum(place == name for place in at.values()) for name in order}
    rows = []
    for occasion in order:
        for code in sorted({code for _, code, _ in carried}):
            coded = sum(1 for place, name, _ in carried if (place, name) == (occasion, code))
            rows.append(
                (occasion, code, coded, totals[occasion], coded / totals[occasion] if totals[occasion] else None)
            )
    columns = {"coded": nw.Int64, "n": nw.Int64, "share": nw.Float64}
    return native(made(codings, rows, occasion=nw.String, code=nw.String, **columns), like=codings)


def _fresh(entries: Any, codings: Frame) -> Iterable[str]:
    marked = read(repeated_codings(entries, codings.to_native()))
    return (coding for coding, repeated in marked.select("coding", "repeated").rows() if not repeated)
