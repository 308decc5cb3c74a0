"""Steps that every table of ratings shares: choosing and spreading rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from workbench.frames import Frame, read

PERSON = ["organisation", "component", "person"]
COMPONENT = ["organisation", "component"]


def levels(ratings: Any, basis: str) -> Frame:
    """Ratings on `basis` that have a level; an empty person (consensus) becomes ""."""
    rated = read(ratings).filter(nw.col("basis") == basis, ~nw.col("level").is_null())
    return rated.with_columns(nw.col("person").cast(nw.String).fill_null(""))


def spread(rated: Frame, index: Sequence[str], columns: Mapping[str, nw.Expr]) -> Frame:
    """One row per `index`, one column of levels per condition; NA where nobody gave that level.

    The key of ratings leaves at most one level per row and condition, so the maximum is that level.
    """
    marked = rated.with_columns(**{name: nw.when(where).then(nw.col("level")) for name, where in columns.items()})
    return marked.group_by(list(index)).agg(*[nw.col(name).max() for name in columns])


def rated_at(occasion: str, frame: str) -> nw.Expr:
    """Whether a rating is of `frame` and given at `occasion`."""
    return (nw.col("occasion") == occasion) & (nw.col("frame") == frame)
