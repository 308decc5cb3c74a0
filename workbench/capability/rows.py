"""Steps that every table of ratings shares: choosing, spreading and ordering rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

Frame = nw.DataFrame[Any]
PERSON = ["organisation", "component", "person"]
COMPONENT = ["organisation", "component"]


def read(frame: Any) -> Frame:
    """Take a pandas, Polars or other eager frame into Narwhals; TypeError for anything else."""
    return nw.from_native(frame, eager_only=True)


def native(table: Frame, *, like: IntoDataFrameT) -> IntoDataFrameT:  # noqa: ARG001  the type is what `like` says
    """Give a table back as the caller's kind of frame, pandas rows numbered from 0."""
    result: IntoDataFrameT = nw.maybe_reset_index(table).to_native()
    return result


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


def whole(table: Frame, *columns: str) -> Frame:
    """Make missing counts 0 and every count a whole number."""
    return table.with_columns(*[nw.col(name).fill_null(0).cast(nw.Int64) for name in columns])


def in_order(table: Frame, keys: Sequence[str], components: Any = None) -> Frame:
    """Sort by `keys`, the component by its fixed `position` when `components` is given."""
    if components is None or "component" not in keys:
        return table.sort(list(keys))
    places = read(components).select("component", "position")
    by = [column for key in keys for column in (("position", key) if key == "component" else (key,))]
    return table.join(places, on="component", how="left").sort(by).drop("position")
