"""Steps that every analysis shares: frames in and out, whole counts, the components' order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

Frame = nw.DataFrame[Any]


def read(frame: Any) -> Frame:
    """Take a pandas, Polars or other eager frame into Narwhals; TypeError for anything else."""
    return nw.from_native(frame, eager_only=True)


def native(table: Frame, *, like: IntoDataFrameT) -> IntoDataFrameT:  # noqa: ARG001  the type is what `like` says
    """Give a table back as the caller's kind of frame, pandas rows numbered from 0."""
    result: IntoDataFrameT = nw.maybe_reset_index(table).to_native()
    return result


def made(like: Any, rows: Sequence[tuple[Any, ...]], **schema: Any) -> Frame:
    """Make a table of `rows` in the kind of frame that `like` is."""
    data = {name: [row[place] for row in rows] for place, name in enumerate(schema)}
    return nw.from_dict(data, schema, backend=read(like).implementation)


def grouped(table: Frame, keys: Sequence[str], *sums: nw.Expr, **named: nw.Expr) -> Frame:
    """Aggregate by `keys`; without keys everything is one group, also where there are no rows."""
    if not keys:
        return table.select(*sums, **named)
    return table.group_by(list(keys)).agg(*sums, **named)


def whole(table: Frame, *columns: str) -> Frame:
    """Make missing counts 0 and every count a whole number."""
    return table.with_columns(*[nw.col(name).fill_null(0).cast(nw.Int64) for name in columns])


def in_order(table: Frame, keys: Sequence[str], components: Any = None) -> Frame:
    """Sort by `keys`, the component by its fixed `position` when `components` is given."""
    if components is None or "component" not in keys:
        return table.sort(list(keys)) if keys else table
    places = read(components).select("component", "position")
    by = [column for key in keys for column in (("position", key) if key == "component" else (key,))]
    return table.join(places, on="component", how="left").sort(by).drop("position")
