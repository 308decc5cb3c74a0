"""Steps that the tables of codings share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

Frame = nw.DataFrame[Any]


def chosen(codings: Frame, coder: str | None) -> Frame:
    """Keep one coder's codings; all when `coder` is None."""
    return codings if coder is None else codings.filter(nw.col("coder") == coder)


def read(frame: Any) -> Frame:
    """Take a pandas, Polars or other eager frame into Narwhals; TypeError for anything else."""
    return nw.from_native(frame, eager_only=True)


def native(table: Frame, *, like: IntoDataFrameT) -> IntoDataFrameT:  # noqa: ARG001  the type is what `like` says
    """Give a table back as the caller's kind of frame, pandas rows numbered from 0."""
    result: IntoDataFrameT = nw.maybe_reset_index(table).to_native()
    return result


def table(like: Any, rows: Sequence[tuple[Any, ...]], **schema: Any) -> Frame:
    """Make a table of `rows` in the kind of frame that `like` is."""
    data = {name: [row[place] for row in rows] for place, name in enumerate(schema)}
    return nw.from_dict(data, schema, backend=read(like).implementation)
