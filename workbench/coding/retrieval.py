"""Codings retrieved by a question about codes, attributes and time."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.query.among import make_among
from workbench.coding.query.expression import Query
from workbench.frames import native, read

ABOUT = ("organisation", "person", "occasion", "written", "kind", "component")


def retrieve(
    codings: IntoDataFrameT, entries: Any, query: Query, *, codes: Any = None, attributes: Any = None
) -> IntoDataFrameT:
    """Retrieve the codings that answer a question with yes.

    Parameters
    ----------
    codings, entries : DataFrame
        Tables of the study; the other codings that a relation such as `near` looks for are looked for in `codings`.
    query : Query
        Built of the parts in `workbench.coding.query`.
    codes : DataFrame, optional
        The study's codes: for `under`, and to refuse a code that the codebook lacks.
    attributes : DataFrame, optional
        The study's attributes: for `attribute`.

    Returns
    -------
    DataFrame (codings, in their order,)
        coding, quote, code, coder, organisation, person, occasion, written, kind, component, entry, start, end.
        Codings of entries that are not given are left out.

    Raises
    ------
    QueryError
        The question needs a table that is not given, or names what is not there.
    """
    log = read(entries).select("entry", *ABOUT)
    own = ["coding", "quote", "code", "coder", "entry", "start", "end"]
    known = read(codings).select(own)
    known = known.filter(nw.col("entry").is_in(log["entry"].to_list()))
    marks = query.marks(make_among(codings, entries, codes, attributes))
    answers = nw.new_series("answers", marks.tolist(), nw.Boolean, backend=known.implementation)
    found = known.with_columns(answers).filter(nw.col("answers")).join(log, on="entry", how="left")
    return native(found.select("coding", "quote", "code", "coder", *ABOUT, "entry", "start", "end"), like=codings)
