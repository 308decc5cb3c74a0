"""Small multiples: panels in rows, each with its heading and its own pair of axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import plotly.graph_objects as go

from workbench.figures.parts import TOP, short, wrap
from workbench.figures.theme import INK, TEMPLATE

_HEADING = {1: 44, 2: 20, 3: 38}  # characters that fit over a panel, two side by side also on a phone
_ASIDE = 0.03  # between panels beside each other, of the width


def panels(  # noqa: PLR0913  sizes and what every panel's axes have
    titles: Sequence[str],
    columns: int,
    *,
    panel: int,
    above: int = 14,
    below: int = 40,
    x: Mapping[str, Any] | None = None,
    y: Mapping[str, Any] | None = None,
) -> go.Figure:
    """Lay out small multiples, `panel` pixels high, headings above them; `x` and `y` describe the axes of each.

    All is said at once: Plotly checks the whole layout for every later change.
    """
    rows = ceil(len(titles) / columns) or 1
    headings = [wrap(short(words), _HEADING[min(columns, 3)]) for words in titles]
    lines = max((heading.count("<br>") + 1 for heading in headings), default=1)
    gap, top = 30 + 18 * lines, TOP + 18 * (lines - 1) + above
    inside = rows * panel + (rows - 1) * gap
    layout: dict[str, Any] = {"template": TEMPLATE, "height": top + inside + below, "margin": {"t": top, "b": below}}
    notes = []
    for index, words in enumerate(headings or [""]):
        row, column = divmod(index, columns)
        across, down = _domain(column, columns, _ASIDE), _domain(rows - 1 - row, rows, gap / inside if rows > 1 else 0)
        x_axis, y_axis = _axes(index, index - column)
        layout[f"xaxis{_number(index)}"] = x_axis | {"domain": across} | dict(x or {})
        layout[f"yaxis{_number(index)}"] = y_axis | {"domain": down} | dict(y or {})
        notes.append(_panel_heading(words, across[0], down[1]))
    return go.Figure(layout=layout | {"annotations": notes if headings else []})


def _domain(place: int, places: int, gap: float) -> list[float]:
    """Give a panel its share of a side, `gap` being left between panels."""
    size = (1 - gap * (places - 1)) / places
    start = place * (size + gap)
    return [start, min(start + size, 1)]


def _axes(index: int, first: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tie a panel's axes to each other, and the vertical one to the first in its row, which carries the labels."""
    shared = {"matches": f"y{_number(first)}", "showticklabels": False} if index != first else {}
    return {"anchor": f"y{_number(index)}"}, {"anchor": f"x{_number(index)}"} | shared


def _number(index: int) -> str:
    return str(index + 1) if index else ""


def _panel_heading(words: str, x: float, y: float) -> dict[str, Any]:
    return {
        "text": words, "x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "align": "left", "showarrow": False, "font": {"size": 13, "color": INK},
    }  # fmt: skip


def place(index: int) -> dict[str, str]:
    """Axes of the panel with this index."""
    return {"xaxis": f"x{_number(index)}", "yaxis": f"y{_number(index)}"}
