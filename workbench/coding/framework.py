"""The framework matrix: organisation by component by occasion, each cell summarised by a human, with its quotes.

Source: Ritchie & Spencer 1994, Qualitative data analysis for applied policy research; Gale et al. 2013, BMC Medical
Research Methodology 13:117. Nothing here summarises: a cell that nobody has summarised is empty, and shown so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.longitudinal import QUESTIONS
from workbench.coding.summaries import cited_codings, summaries
from workbench.frames import Frame, native, read, whole

CELL = ["organisation", "component", "occasion"]


def framework_matrix(  # noqa: PLR0913  the matrix joins five of the study's tables
    entries: Any,
    codings: IntoDataFrameT,
    memos: Any,
    components: Any,
    occasions: Any,
    *,
    indexed: Mapping[str, str] | None = None,
) -> IntoDataFrameT:
    """Lay out the framework matrix: every cell, the empty ones too.

    Parameters
    ----------
    entries, codings, memos, components, occasions : DataFrame
        Tables of the study. Summaries are memos (`workbench.coding.summaries`).
    indexed : mapping of str to str, optional
        Component by code: a coding belongs to the component of its code. Otherwise to the component that its entry is
        about, and codings of entries about none are in no cell.

    Returns
    -------
    DataFrame (cells, by organisation, the components' position and the occasions' number; summaries,)
        organisation, component, occasion; entries: those about the component; quotes: codings in the cell;
        summary, author, memo: NA where nobody has written one; a cell with two summaries has two rows. An
        organisation's own component has cells for that organisation only. A summary of what is no cell, as of a
        component that the study lacks, is not lost: it has a row after its organisation's others.
    """
    log, kept = read(entries), read(codings)
    told = _told(memos)
    cells = _cells(log, read(components), read(occasions))
    cells = nw.concat([cells, told.select(CELL).unique().join(cells, on=CELL, how="anti")], how="diagonal")
    written = log.filter(~nw.col("component").is_null()).group_by(CELL).agg(entries=nw.len())
    quotes = _quotes(log, kept, indexed).group_by(CELL).agg(quotes=nw.len())
    table = cells.join(written, on=CELL, how="left").join(quotes, on=CELL, how="left")
    table = whole(table, "entries", "quotes").join(told, on=CELL, how="left")
    table = table.sort("organisation", "position", "number", *CELL, "memo", nulls_last=True)
    return native(table.select(*CELL, "entries", "quotes", "summary", "author", "memo"), like=codings)


def framework_quotes(
    entries: Any, codings: IntoDataFrameT, memos: Any, *, indexed: Mapping[str, str] | None = None
) -> IntoDataFrameT:
    """List the quotes of the framework matrix's cells.

    Parameters
    ----------
    entries, codings, memos, indexed
        As `framework_matrix` has them.

    Returns
    -------
    DataFrame (quotes, by cell, those cited first,)
        organisation, component, occasion, coding, quote, code, coder, entry, person; cited: whether the cell's summary
        cites it. A cited coding is there also when it lies in another cell; one that is gone has a quote NA.
    """
    cited = _cited(memos, codings).with_columns(cited=nw.lit(value=True))
    cells = nw.concat([_quotes(read(entries), read(codings), indexed), cited.select(*CELL, "coding")]).unique()
    table = cells.join(cited, on=[*CELL, "coding"], how="left").with_columns(nw.col("cited").fill_null(value=False))
    table = table.join(
        read(codings).select("coding", "quote", "code", "coder", "entry", "start"), on="coding", how="left"
    )
    table = table.join(read(entries).select("entry", "person", "written"), on="entry", how="left")
    table = table.sort(*CELL, "cited", "written", "start", "coding", descending=[*[False] * 3, True, *[False] * 3])
    return native(table.select(*CELL, "coding", "quote", "code", "coder", "entry", "person", "cited"), like=codings)


def _cells(entries: Frame, components: Frame, occasions: Frame) -> Frame:
    owners = components.select("component", "position", owner=nw.col("organisation"))
    grid = entries.select("organisation").unique().join(owners, how="cross")
    grid = grid.filter(nw.col("owner").is_null() | (nw.col("owner") == nw.col("organisation"))).drop("owner")
    return grid.join(occasions.select("occasion", "number"), how="cross")


def _quotes(entries: Frame, codings: Frame, indexed: Mapping[str, str] | None) -> Frame:
    """Place each coding in its cell."""
    log = entries.select("entry", "organisation", "component", "occasion")
    if indexed is None:
        log = log.filter(~nw.col("component").is_null())
        return codings.select("coding", "entry").join(log, on="entry").select(*CELL, "coding")
    own = codings.filter(nw.col("code").is_in(list(indexed)))
    names = own["code"].to_list()
    found = nw.new_series("component", [indexed[name] for name in names], nw.String, backend=own.implementation)
    placed = own.select("coding", "entry").with_columns(found)
    return placed.join(log.drop("component"), on="entry").select(*CELL, "coding")


def _told(memos: Any) -> Frame:
    """Read the summaries of components; those of the longitudinal questions are another matrix's."""
    told = read(summaries(memos)).filter(~nw.col("about").is_in(list(QUESTIONS)))
    return told.rename({"about": "component", "text": "summary"}).drop("written")


def _cited(memos: Any, codings: Any) -> Frame:
    cited = read(cited_codings(summaries(memos), codings)).filter(~nw.col("about").is_in(list(QUESTIONS)))
    return cited.rename({"about": "component"}).select(*CELL, "coding").unique()
