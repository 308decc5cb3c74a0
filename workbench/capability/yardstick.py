"""Whether the yardstick moved: the then-test."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import PERSON, levels, rated_at, spread
from workbench.frames import in_order, native


def recalibration(ratings: IntoDataFrameT, *, first: str, last: str, components: Any = None) -> IntoDataFrameT:
    """Set observed change, recalibration and adjusted change side by side, for each respondent.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings; individual ones, `then` being given at `last`.
    first, last : str
        The start, and the occasion with the then-test.

    Returns
    -------
    DataFrame (organisation, component and person with all three levels,)
        organisation, component, person; first_now, then, last_now (levels); observed = last_now -
        first_now, recalibration = then - first_now, adjusted = last_now - then (levels). None of the
        three replaces the others: memory and hope colour `then`.

    Source: Howard 1980, Evaluation Review 4:93-106 (response-shift bias and the then-test); Schwartz &
    Sprangers 1999, Social Science & Medicine 48:1531-1548; docs/methods.md#the-yardstick.
    """
    moments = {"first_now": rated_at(first, "now"), "then": rated_at(last, "then"), "last_now": rated_at(last, "now")}
    table = spread(levels(ratings, "individual"), PERSON, moments).drop_nulls(list(moments))
    table = table.with_columns(
        observed=nw.col("last_now") - nw.col("first_now"),
        recalibration=nw.col("then") - nw.col("first_now"),
        adjusted=nw.col("last_now") - nw.col("then"),
    )
    return native(in_order(table, PERSON, components), like=ratings)
