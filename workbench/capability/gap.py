"""The gap from now to desired, and which of the two moved."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import COMPONENT, PERSON, levels, rated_at, spread
from workbench.frames import Frame, in_order, native


def gap(ratings: IntoDataFrameT, *, basis: str = "consensus", components: Any = None) -> IntoDataFrameT:
    """Levels between now and desired, where both were given.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings.
    basis : {"consensus", "individual"}
        Individual: medians over the people who gave both.

    Returns
    -------
    DataFrame (organisation, component and occasion,)
        organisation, component, occasion; now, desired, gap (desired - now; levels); n: ratings behind.
    """
    frames = {name: nw.col("frame") == name for name in ("now", "desired")}
    both = spread(levels(ratings, basis), [*PERSON, "occasion"], frames)
    table = _medians(_whole_rows(both, *frames), [*COMPONENT, "occasion"], *frames)
    table = table.with_columns(gap=nw.col("desired") - nw.col("now"))
    columns = [*COMPONENT, "occasion", "now", "desired", "gap", "n"]
    return native(in_order(table, [*COMPONENT, "occasion"], components).select(columns), like=ratings)


def gap_decomposition(
    ratings: IntoDataFrameT, *, first: str, last: str, basis: str = "consensus", components: Any = None
) -> IntoDataFrameT:
    """Split what closed the gap into *now* rising and *desired* falling; the parts add up exactly.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings.
    first, last : str
        Occasions compared; only those who gave now and desired at both count.
    basis : {"consensus", "individual"}
        Individual: medians of levels over the same people at both occasions.

    Returns
    -------
    DataFrame (organisation and component,)
        organisation, component; gap_first, gap_last, closed (gap_first - gap_last), now_rise, desired_fall
        (levels; closed = now_rise + desired_fall); n: ratings behind.

    Source: docs/methods.md#gaps.
    """
    moments = {
        f"{frame}_{at}": rated_at(on, frame)
        for at, on in (("first", first), ("last", last))
        for frame in ("now", "desired")
    }
    table = _medians(_whole_rows(spread(levels(ratings, basis), PERSON, moments), *moments), COMPONENT, *moments)
    table = table.with_columns(
        gap_first=nw.col("desired_first") - nw.col("now_first"),
        gap_last=nw.col("desired_last") - nw.col("now_last"),
        now_rise=nw.col("now_last") - nw.col("now_first"),
        desired_fall=nw.col("desired_first") - nw.col("desired_last"),
    ).with_columns(closed=nw.col("gap_first") - nw.col("gap_last"))
    columns = [*COMPONENT, "gap_first", "gap_last", "closed", "now_rise", "desired_fall", "n"]
    return native(in_order(table, COMPONENT, components).select(columns), like=ratings)


def _whole_rows(table: Frame, *columns: str) -> Frame:
    return table.drop_nulls(list(columns))


def _medians(table: Frame, keys: list[str], *columns: str) -> Frame:
    """Medians of levels are whole or halves, so that sums and differences of them are exact."""
    exact = table.with_columns(*[nw.col(name).cast(nw.Float64) for name in columns])
    return exact.group_by(keys).agg(*[nw.col(name).median() for name in columns], n=nw.len())
