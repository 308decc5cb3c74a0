"""What was asked, what was answered, and why the rest is missing."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.frames import Frame, in_order, native, read, whole

CODES = ("DK", "NA", "NF", "ABS", "WD")
CELL = ["organisation", "occasion", "component", "frame"]


def completeness(  # noqa: PLR0913  the map joins five of the study's tables
    ratings: IntoDataFrameT, focus: Any, people: Any, occasions: Any, components: Any, *, basis: str = "individual"
) -> IntoDataFrameT:
    """Count, cell by cell, what was expected, what has a level and why the rest has none.

    Parameters
    ----------
    ratings, focus, people, occasions, components : DataFrame
        Tables of the study. A person is expected at an occasion between `joined` and `left`, and for the frame
        "then" only if there at the first occasion as well; an organisation's own component concerns that
        organisation only; in another frame than "now" only components that anybody was asked for count.
    basis : {"individual", "consensus"}
        A consensus expects one rating a cell.

    Returns
    -------
    DataFrame (cells,)
        organisation, occasion, component, frame, basis; expected, rated, DK, NA, NF, ABS, WD, unanswered (expected
        people with neither a level nor a code); state: "planned gap" (not asked for, and not rated all the same),
        "only agreed" (the organisation gave agreed levels and nobody's own: nothing was expected), "rated" (all
        expected have a level), "partly", "missing". Frame "now" is always there, other frames at the occasions
        where anybody was asked for them.

    Source: docs/methods.md#what-is-missing (missing codes kept apart, planned gaps differ from absence).
    """
    given, meetings = read(ratings).filter(nw.col("basis") == basis), read(occasions)
    cells = _cells(read(people), meetings, read(components), _frames(given, meetings))
    table = cells.join(_planned(given, read(focus)), on=["occasion", "component", "frame"], how="left")
    table = table.join(_expected(read(people), meetings, basis), on=["organisation", "occasion"], how="left")
    table = table.join(_counts(given), on=CELL, how="left")
    table = table.join(_only_agreed(read(ratings), basis), on="organisation", how="left")
    table = _with_state(whole(table, "expected", "founders", "rated", *CODES, "coded"))
    numbered = table.join(meetings.select("occasion", "number"), on="occasion", how="left")
    keys = ["organisation", "number", "component", "frame"]
    columns = [*CELL, "basis", "expected", "rated", *CODES, "unanswered", "state"]
    numbered = numbered.with_columns(basis=nw.lit(basis))
    return native(in_order(numbered, keys, components).select(columns), like=ratings)


def _frames(given: Frame, occasions: Frame) -> Frame:
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


def _planned(given: Frame, focus: Frame) -> Frame:
    """Name what was asked for: components in focus, and in other frames than now those anybody answered about."""
    focused = focus.select("occasion", "component").unique()
    others = given.filter(nw.col("frame") != "now").select("occasion", "component", "frame").unique()
    others = others.with_columns(nw.col("frame").cast(nw.String)).join(
        focused, on=["occasion", "component"], how="semi"
    )
    return nw.concat([focused.with_columns(frame=nw.lit("now")), others]).with_columns(planned=nw.lit(value=True))


def _expected(people: Frame, occasions: Frame, basis: str) -> Frame:
    """Count those in the study at each occasion, and of them those from the first; 1 at most for a consensus."""
    meetings = occasions.select("occasion", "number", "starts", "ends")
    pairs = people.select("organisation", "person", "joined", "left").join(meetings, how="cross")
    arrived = nw.col("joined") <= nw.col("ends")
    present = pairs.filter(arrived & (nw.col("left").is_null() | (nw.col("left") >= nw.col("starts"))))
    first = present.filter(nw.col("number") == (occasions["number"].min() if len(occasions) else None))
    keys = ["organisation", "occasion"]
    from_start = present.join(first, on=["organisation", "person"], how="semi").group_by(keys).agg(founders=nw.len())
    counted = present.group_by(keys).agg(expected=nw.len()).join(from_start, on=keys, how="left")
    agreed = [nw.when(nw.col(name) > 0).then(nw.lit(1)).alias(name) for name in ("expected", "founders")]
    return counted.with_columns(*agreed) if basis == "consensus" else counted


def _only_agreed(ratings: Frame, basis: str) -> Frame:
    """Organisations that agreed on levels and of whose people nobody was asked alone."""
    agreed = ratings.filter((nw.col("basis") == "consensus") & (basis == "individual"))
    alone = ratings.filter(nw.col("basis") == "individual")
    found = agreed.join(alone, on="organisation", how="anti").select("organisation").unique()
    return found.with_columns(only_agreed=nw.lit(value=True))


def _counts(given: Frame) -> Frame:
    """Ratings with a level, and with each missing code, in every cell."""
    marks = {code: (nw.col("missing") == code).fill_null(value=False).cast(nw.Int64) for code in CODES}
    marked = given.with_columns(rated=(~nw.col("level").is_null()).cast(nw.Int64), **marks)
    sums = [nw.col(name).sum() for name in ("rated", *CODES)]
    return marked.group_by(CELL).agg(*sums, coded=nw.len())


def _with_state(table: Frame) -> Frame:
    """Name each cell's state, and count those who left no trace."""
    agreed, unplanned = ~nw.col("only_agreed").is_null(), nw.col("planned").is_null()
    asked = nw.when(nw.col("frame") == "then").then(nw.col("founders")).otherwise(nw.col("expected"))
    table = table.with_columns(expected=nw.when(agreed).then(nw.lit(0)).otherwise(asked))
    lacking = nw.col("expected") - nw.col("coded")
    silent = nw.when(unplanned | (lacking < 0)).then(nw.lit(0)).otherwise(lacking)
    rated = nw.when(nw.col("rated") >= nw.col("expected")).then(nw.lit("rated")).otherwise(nw.lit("partly"))
    empty = nw.when(agreed).then(nw.lit("only agreed")).otherwise(nw.lit("missing"))
    empty = nw.when(unplanned | _nobody_asked(agreed)).then(nw.lit("planned gap")).otherwise(empty)
    state = nw.when(nw.col("rated") > 0).then(rated).otherwise(empty)
    return table.with_columns(unanswered=silent, state=state)


def _nobody_asked(agreed: nw.Expr) -> nw.Expr:
    """Everybody answered "not in focus", or there was nobody to ask."""
    told = (nw.col("NF") > 0) & (nw.col("NF") == nw.col("coded"))
    return told | (~agreed & (nw.col("expected") == 0) & (nw.col("coded") == 0))
