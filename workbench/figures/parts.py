"""Pieces every figure is put together from: names, rows, panels, headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from textwrap import wrap as _wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.theme import INK, MUTED, PAPER, SHADES, SMALL, TEMPLATE
from workbench.language import Language

Levels = Sequence[str] | pd.DataFrame
_TITLE = 40  # characters of a heading that fit on a phone
_LEGEND, _DARK = 36, 0.62  # px from the top; the shade from which white reads better than ink
TOP = 84  # px above the first panel: title and legend


def plain(words: object) -> str:
    """Make words from data safe to draw: Plotly reads `<` and `&` as markup, and would make links of them."""
    return escape(str(words), quote=False)


def wrap(words: str, width: int = 24) -> str:
    """Break a long name into lines; its own markup is text."""
    return "<br>".join(plain(line) for line in _wrap(str(words), width, break_long_words=False))


def short(name: str) -> str:
    """Leave out what a name says in brackets at its end; the data table keeps it."""
    return name.split(" (", maxsplit=1)[0] if name.endswith(")") else name


def level_names(levels: Levels, language: Language) -> list[str]:
    """Names of the levels from 0: a list of them, or the instrument's `levels`."""
    if not isinstance(levels, pd.DataFrame):
        return list(levels)
    column = language if language in levels else f"name_{language}"
    return [str(name) for name in levels.sort_values("value")[column]]


def names(table: pd.DataFrame, key: str, language: Language) -> dict[str, str]:
    """Map codes to names in `language`, in the table's order; what has no name is called by its code."""
    named = table[f"name_{language}"].fillna(table[key])
    return dict(zip(table[key], named, strict=True))


def ticks(words: Iterable[object]) -> dict[str, list[Any]]:
    """Describe an axis with these words at 0, 1, 2 and so on."""
    safe = [plain(word) for word in words]
    return {"tickvals": list(range(len(safe))), "ticktext": safe}


def in_use(components: pd.DataFrame, used: Iterable[str]) -> pd.DataFrame:
    """Keep the components in use, in their fixed order."""
    return components[components["component"].isin(list(used))].sort_values("position", ignore_index=True)


def occasion_order(occasions: pd.DataFrame) -> list[str]:
    """List the occasions in time."""
    return list(occasions.sort_values("number")["occasion"])


def numbers(values: Iterable[Any]) -> list[float | None]:
    """Make plain numbers for Plotly, None where there is nothing to draw."""
    return [None if pd.isna(value) else float(value) for value in values]


def canvas(height: int, *, top: int = TOP, below: int = 40) -> go.Figure:
    """Give an empty plot of one panel, `height` pixels inside its margins."""
    return go.Figure(layout={"template": TEMPLATE, "height": height + top + below, "margin": {"t": top, "b": below}})


def title(plot: go.Figure, words: str) -> None:
    """Set the heading, wrapped for a phone, and the legend under it."""
    broken = wrap(words, _TITLE)
    extra = 20 * broken.count("<br>")
    height = float(plot.layout.height) + extra
    pad = {"t": 26 if extra else 10, "l": 10}  # Plotly anchors a broken heading by its first line's foot
    plot.update_layout(title={"text": broken, "pad": pad}, height=height, margin={"t": plot.layout.margin.t + extra})
    plot.update_layout(legend={"y": 1 - (_LEGEND + extra) / height})


def heading(y: float, words: str, *, block: bool = False, lift: int = 17) -> dict[str, Any]:
    """Describe a row's heading; many are added at once, since Plotly checks all of them for each added."""
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "y": y, "yref": "y", "yshift": 0 if block else lift,
        "yanchor": "middle", "text": f"<b>{plain(words)}</b>" if block else plain(short(words)), "showarrow": False,
        "align": "left", "bgcolor": PAPER, "borderpad": 1, "font": {"size": 13, "color": MUTED if block else INK},
    }  # fmt: skip


def set_axes(plot: go.Figure, where: Mapping[str, str], *, x: Mapping[str, Any], y: Mapping[str, Any]) -> None:
    """Set the axes of one panel."""
    for axis, given in zip(("xaxis", "yaxis"), (x, y), strict=True):
        plot.layout[axis + where.get(axis, "x")[1:]].update(dict(given))


def cells(
    plot: go.Figure, values: Sequence[Sequence[float | None]], words: Sequence[Sequence[str]], **where: str
) -> None:
    """Draw a shaded table from its first row down: values 0 to 1 are shades, words stand in the cells."""
    rows, columns = range(len(values)), range(len(values[0]) if values else 0)
    plot.add_heatmap(
        z=[list(row) for row in values], x=list(columns), y=list(rows), zmin=0, zmax=1, xgap=2, ygap=2,
        colorscale=[list(step) for step in SHADES], showscale=False, hoverinfo="skip", **where,
    )  # fmt: skip
    filled = [(x, y) for y in rows for x in columns if values[y][x] is not None]
    colours = ["white" if (values[y][x] or 0) > _DARK else INK for x, y in filled]
    plot.add_scatter(
        x=[x for x, _y in filled], y=[y for _x, y in filled], text=[words[y][x] for x, y in filled], mode="text",
        textfont={"size": SMALL, "color": colours}, showlegend=False, hoverinfo="skip", **where,
    )  # fmt: skip
    set_axes(
        plot,
        where,
        x={"range": [-0.5, len(columns) - 0.5], "showgrid": False},
        y={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
    )


def key(plot: go.Figure, label: str, **marker: Any) -> None:
    """Add an entry to the legend that stands for a mark drawn otherwise."""
    plot.add_scatter(
        x=[None], y=[None], mode="markers", name=plain(label), marker={"size": 11, **marker}, hoverinfo="skip"
    )


def shown_names(table: pd.DataFrame, headings: Mapping[str, str]) -> pd.DataFrame:
    """Choose and name the columns of a data table."""
    return table[list(headings)].rename(columns=dict(headings)).reset_index(drop=True)
