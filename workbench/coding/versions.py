"""Codings called by the codes of another version of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.descent import Called, CodebookError, Descent, Version
from workbench.frames import Frame, made, native, read

__all__ = ["CodebookError", "Version", "re_express"]

_TOLD = dict.fromkeys(("code", "possible", "why"), nw.String)
_SAID = ("given", "possible", "why")


def re_express(  # noqa: PLR0913  three tables, from when to when, and what is known of then
    codings: IntoDataFrameT,
    codes: Any,
    lineage: Any,
    *,
    version: Version,
    made_in: Version | None = None,
    known: Any = None,
) -> IntoDataFrameT:
    """Call each coding's code as another version of the codebook does.

    Forward, a rename, a merge, a move, a retirement and a restoring leave one answer. A split does not: which of the
    new codes a coding would get was decided by a reader, coding by coding. Back, a split leaves one answer for a code
    that came with it (what it was split from), and a merge does not: what was merged cannot be told apart. There the
    code is missing, and what it may be is said, unless `known` decides. It is the codebook that answers, by what its
    codes stood for; not what a coder who had only the other version would have chosen.

    Parameters
    ----------
    codings : DataFrame
        The study's codings, or any of its own versions of them (`workbench.bookversions.codings_in`).
    codes, lineage : DataFrame
        The study's tables as they are in the later of the two versions.
    version : str or date
        The version to call them by; a day stands for the codebook as that day ended.
    made_in : str or date, optional
        The version whose codes the codings have; otherwise the lineage's last.
    known : DataFrame, optional
        The same codings as they stood in `version`: where the lineage leaves several codes, the one that a coding had
        there is taken, if it is among them.

    Returns
    -------
    DataFrame (codings, in their order,)
        The codings' columns, `code` being that of `version` (NA where it cannot be known); given: the code before;
        possible: every code it may be, a space between, NA if none; why: the steps that changed or divided it, such
        as "split 1.1.0", and "known" where `known` decided; NA where no step touched it.

    Raises
    ------
    CodebookError
        The lineage made no such version.
    """
    descent = Descent(codes, lineage)
    at = len(descent.steps) if made_in is None else descent.place(made_in)
    then = descent.place(version)
    named = [name for name in read(codings).columns if name not in _SAID]
    rows = read(codings).select(named).with_columns(given=nw.col("code")).drop("code")
    coded = sorted({code for code in rows["given"].to_list() if isinstance(code, str)})  # one told of before may lack
    called = {code: descent.called(code, at=at, then=then) for code in coded}
    told = [(code, *_told(some)) for code, some in called.items()]
    rows = _beside(rows, made(codings, told, given=nw.String, **_TOLD), "given")
    if known is not None:
        rows = _decided(rows, called, known)
    return native(rows.select(*named, *_SAID), like=codings)


def _told(called: Called) -> tuple[str | None, str | None, str | None]:
    """Say the code, where one is left, every code it may be, and why."""
    one = called.possible[0] if len(called.possible) == 1 else None
    return one, " ".join(called.possible) or None, ", ".join(called.through) or None


def _decided(rows: Frame, called: Mapping[str, Called], known: Any) -> Frame:
    """Let what each coding had decide where several codes are possible."""
    open_ = {code: some for code, some in called.items() if len(some.possible) > 1}
    told = [
        (code, one, one, ", ".join((*some.through, "known"))) for code, some in open_.items() for one in some.possible
    ]
    decided = made(rows, told, given=nw.String, _stood=nw.String, _code=nw.String, _why=nw.String)
    stood = read(known).select("coding", _stood=nw.col("code"))
    rows = _beside(_beside(rows, stood, "coding"), decided, "given", "_stood")
    there = ~nw.col("_code").is_null()
    return rows.with_columns(
        code=nw.when(there).then(nw.col("_code")).otherwise(nw.col("code")),
        why=nw.when(there).then(nw.col("_why")).otherwise(nw.col("why")),
    )


def _beside(rows: Frame, more: Frame, *keys: str) -> Frame:
    """Put columns beside the rows that have the same keys, the rows in their order."""
    numbered = rows.with_row_index("_row").join(more, on=list(keys), how="left")
    return numbered.sort("_row").drop("_row")
