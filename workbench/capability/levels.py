"""How answers spread over the levels of the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.frames import grouped, in_order, native, read, whole

LEVELS = range(6)


def level_distribution(
    ratings: IntoDataFrameT,
    *,
    by: Sequence[str] = ("organisation", "occasion", "component"),
    frame: str = "now",
    basis: str = "individual",
    components: Any = None,
) -> IntoDataFrameT:
    """Count the answers on each level, and those without one.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings.
    by : sequence of str
        Columns that make a group.

    Returns
    -------
    DataFrame (group and level,)
        The columns of `by`; level 0 to 5, each of them a row; count: ratings; share: count / n, NA when
        n is 0; n: ratings with a level; missing: ratings with a missing code instead.
    """
    keys = list(by)
    given = read(ratings).filter(nw.col("basis") == basis, nw.col("frame") == frame)
    totals = grouped(given, keys, n=nw.col("level").count(), asked=nw.len())
    steps = nw.from_dict({"level": list(LEVELS)}, {"level": nw.Int64}, backend=given.implementation)
    known = given.filter(~nw.col("level").is_null()).with_columns(nw.col("level").cast(nw.Int64))
    counted = known.group_by([*keys, "level"]).agg(count=nw.len())
    table = totals.join(steps, how="cross").join(counted, on=[*keys, "level"], how="left")
    share = nw.when(nw.col("n") > 0).then(nw.col("count") / nw.col("n"))
    table = whole(table, "count", "n", "asked").with_columns(share=share, missing=nw.col("asked") - nw.col("n"))
    columns = [*keys, "level", "count", "share", "n", "missing"]
    return native(in_order(table, [*keys, "level"], components).select(columns), like=ratings)
