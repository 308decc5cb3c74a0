"""What was asked, what was answered, and why the rest is missing."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import Frame, in_order, native, read, whole

CODES = ("DK", "NA", "NF", "ABS", "WD")
CELL = ["organisation", "occasion", "component", "frame"]


def completeness(  # noqa: PLR0913  the map joins five of the study's tables
    ratings: IntoDataFrameT, focus: Any, people: Any, occasions: Any, components: Any, *, basis: str = "individual"
) -> IntoDataFrameT:
    """Count, cell by cell, what was expected, what has a level and why the rest has none.

    Parameters
    ----------
    ratings, focus, people, occasions, components : DataFrame
        Tables of the study. A person is expected at an occasion between `joined` and `left`; an
        organisation's own component concerns that organisation only.
    basis : {"individual", "consensus"}
        A consensus expects one rating a cell.

    Returns
    -------
    DataFrame (cells,)
        organisation, occasion, component, frame; expected, rated, DK, NA, NF, ABS, WD, unanswered (expected
        people with neither a level nor a code); state: "planned gap" (not in focus, and not rated all the
        same), "rated" (all expected have a level), "partly", "missing". Frame "now" is always there, other frames
        at the occasions where anybody was asked for them.

    Source: docs/methods.md#what-is-missing (missing codes kept apart, planned gaps differ from absence).
    """
    given = read(ratings).filter(nw.col("basis") == basis)
    cells = _cells(read(people), read(occasions), read(components), _asked(given, read(occasions)))
    planned = read(focus).select("occasion", "component").unique().with_columns(in_focus=nw.lit(value=True))
    table = cells.join(planned, on=["occasion", "component"], how="left").join(_counts(given), on=CELL, how="left")
    table = table.join(_expected(read(people), read(occasions), basis), on=["organisation", "occasion"], how="left")
    table = _with_state(whole(table, "expected", "rated", *CODES, "coded"))
    numbered = table.join(read(occasions).select("occasion", "number"), on="occasion", how="left")
    keys = ["organisation", "number", "component", "frame"]
    columns = [*CELL, "expected", "rated", *CODES, "unanswered", "state"]
    return native(in_order(numbered, keys, components).select(columns), like=ratings)


def _asked(given: Frame, occasions: Frame) -> Frame:
    """List the frames asked for at each occasion."""
    always = occasions.select("occasion").with_columns(frame=nw.lit("now"))
    found = given.select("occasion", "frame")
    return nw.concat([always, found.with_columns(nw.col("frame").cast(nw.String))]).unique()


def _cells(people: Frame, occasions: Frame, components: Frame, asked: Frame) -> Frame:
    """Every cell that could hold a rating."""
    owners = components.select("component", owner=nw.col("organisation"))
    grid = people.select("organisation").unique().join(occasions.select("occasion"), how="cross")
    grid = grid.join(owners, how="cross").join(asked, on="occasion", how="inner")
    return grid.filter(nw.col("owner").is_null() | (nw.col("owner") == nw.col("organisation"))).drop("owner")


def _expected(people: Frame, occasions: Frame, basis: str) -> Frame:
    """People of each organisation in the study at each occasion; 1 for a consensus."""
    meetings = occasions.select("occasion", "starts", "ends")
    pairs = people.select("organisation", "joined", "left").join(meetings, how="cross")
    arrived = nw.col("joined") <= nw.col("ends")
    present = pairs.filter(arrived & (nw.col("left").is_null() | (nw.col("left") >= nw.col("starts"))))
    counted = present.group_by("organisation", "occasion").agg(expected=nw.len())
    return counted.with_columns(expected=nw.lit(1)) if basis == "consensus" else counted


def _counts(given: Frame) -> Frame:
    """Ratings with a level, and with each missing code, in every cell."""
    marks = {code: (nw.col("missing") == code).fill_null(value=False).cast(nw.Int64) for code in CODES}
    marked = given.with_columns(rated=(~nw.col("level").is_null()).cast(nw.Int64), **marks)
    sums = [nw.col(name).sum() for name in ("rated", *CODES)]
    return marked.group_by(CELL).agg(*sums, coded=nw.len())


def _with_state(table: Frame) -> Frame:
    """Name each cell's state, and count those who left no trace."""
    lacking = nw.col("expected") - nw.col("coded")
    silent = nw.when(nw.col("in_focus").is_null() | (lacking < 0)).then(nw.lit(0)).otherwise(lacking)
    rated = nw.when(nw.col("rated") >= nw.col("expected")).then(nw.lit("rated")).otherwise(nw.lit("partly"))
    planned = nw.col("in_focus").is_null() | ((nw.col("NF") > 0) & (nw.col("NF") == nw.col("coded")))
    empty = nw.when(planned).then(nw.lit("planned gap")).otherwise(nw.lit("missing"))
    state = nw.when(nw.col("rated") > 0).then(rated).otherwise(empty)
    return table.with_columns(unanswered=silent, state=state)
