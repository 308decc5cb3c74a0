"""A step that the tables of codings share."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from workbench.frames import Frame


def chosen(codings: Frame, coder: str | None) -> Frame:
    """Keep one coder's codings; all when `coder` is None."""
    return codings if coder is None else codings.filter(nw.col("coder") == coder)
