"""From now to desired: an arrow a component, with the first now behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.capability import gap
from workbench.figures.figure import Figure
from workbench.figures.parts import (
    Levels,
    canvas,
    heading,
    in_use,
    level_names,
    names,
    occasion_order,
    plain,
    shown_names,
    ticks,
    title,
)
from workbench.figures.theme import ACCENT, FAINT, GRID, MUTED, SMALL, WARM
from workbench.language import Language, Translate, translator

BLOCKS = ("PURPOSE", "CONDITIONS", "WAYS", "VALUE")
_OVERALL, _ROW = "OVERALL", 50
_RULE = {"color": GRID, "width": 1}


def plot_now_desired(  # noqa: PLR0913  three tables, and what a reader may choose
    ratings: pd.DataFrame,
    occasions: pd.DataFrame,
    components: pd.DataFrame,
    *,
    organisation: str,
    levels: Levels,
    basis: str = "consensus",
    name: str | None = None,
    language: Language = "sv",
) -> Figure:
    """Draw where an organisation is and wants to be, component by component, as it last said.

    Parameters
    ----------
    ratings, occasions, components : DataFrame
        Tables of the study.
    organisation : str
        Whose.
    levels : list of str or DataFrame
        Names of the levels, or the instrument's `levels`.
    basis : {"consensus", "individual"}
        Individual: medians over the people who gave both.
    name : str, optional
        What to call the organisation.

    Returns
    -------
    Figure
        Rows by building block in the instrument's order, never by size.
    """
    _ = translator(language)
    rows = _latest(ratings[ratings["organisation"] == organisation], occasions, components, basis)
    labels = names(components, "component", language)
    heads = list(dict.fromkeys(rows["block"]))
    plot = canvas(_ROW * (len(rows) + len(heads)))
    y, notes, rules = 0.0, [], []
    for block in heads:
        notes.append(heading(y, _block_name(block, _), block=True))
        for row in rows[rows["block"] == block].itertuples():
            y -= 1
            notes += _row_notes(y, row, labels[str(row.component)])
            rules.append({"type": "line", "x0": 0, "x1": 5, "y0": y, "y1": y, "line": _RULE, "layer": "below"})
        y -= 1
    plot.update_layout(annotations=notes, shapes=rules)
    _add_marks(plot, rows, len(heads), _)
    _set_axes(plot, level_names(levels, language), y)
    plot.update_layout(margin={"l": 20})
    title(plot, _("From now to desired · {organisation}").format(organisation=name or organisation))
    counted = _("Components: {components}; the latest occasion at which both were given").format(components=len(rows))
    return Figure(
        plot,
        _alt(rows, name or organisation, _),
        _table(rows, labels, _),
        counted,
        _("Self-rated, not reviewed"),
        language,
    )


def _latest(own: pd.DataFrame, occasions: pd.DataFrame, components: pd.DataFrame, basis: str) -> pd.DataFrame:
    """One row a component: the latest now and desired, and the first now."""
    order = occasion_order(occasions)
    gaps = gap(own, basis=basis)
    gaps = gaps.assign(number=gaps["occasion"].map(order.index)).sort_values("number")
    last = gaps.groupby("component", as_index=False).last()
    firsts = gaps.groupby("component")["now"].first()
    rows = in_use(components, last["component"])[["component", "position", "block"]].merge(last, on="component")
    rows["first_now"] = rows["component"].map(firsts)
    rows["block"] = rows["block"].fillna(_OVERALL)
    own_blocks = [block for block in dict.fromkeys(rows["block"]) if block not in {*BLOCKS, _OVERALL}]
    blocks = [*BLOCKS, *own_blocks, _OVERALL]
    return rows.sort_values(["block", "position"], key=lambda c: c.map(blocks.index) if c.name == "block" else c)


def _block_name(block: str, _: Translate) -> str:
    return {
        "PURPOSE": _("Purpose and focus"),
        "CONDITIONS": _("Conditions"),
        "WAYS": _("Ways of working"),
        "VALUE": _("Value and learning"),
        _OVERALL: _("Overall"),
    }.get(block, block)


def _row_notes(y: float, row: Any, label: str) -> list[dict[str, Any]]:
    """Describe a row's name and, where they differ, the arrow from now to desired."""
    now, desired = float(row.now), float(row.desired)
    if now == desired:
        return [heading(y, label)]
    arrow = {
        "x": desired, "y": y, "ax": now, "ay": y, "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": "",
        "showarrow": True, "arrowhead": 2, "arrowsize": 1.1, "arrowwidth": 2, "arrowcolor": MUTED, "standoff": 9,
        "startstandoff": 8,
    }  # fmt: skip
    return [heading(y, label), arrow]


def _add_marks(plot: go.Figure, rows: pd.DataFrame, heads: int, _: Translate) -> None:
    """Points of all rows, in three traces so that the legend explains them."""
    places = _places(rows, heads)
    marks = {
        "first_now": (_("First now"), {"symbol": "circle-open", "size": 15, "color": FAINT, "line": {"width": 2}}),
        "now": (_("Now"), {"symbol": "circle", "size": 12, "color": ACCENT}),
        "desired": (_("Desired"), {"symbol": "diamond-open", "size": 13, "color": WARM, "line": {"width": 2.5}}),
    }
    for column, (label, marker) in marks.items():
        plot.add_scatter(
            x=[float(level) for level in rows[column]], y=places, mode="markers", marker=marker, name=plain(label),
            hovertemplate="%{fullData.name}: %{x}<extra></extra>", cliponaxis=False,
        )  # fmt: skip


def _places(rows: pd.DataFrame, heads: int) -> list[float]:
    """Row of each component, a row being left for each block's heading."""
    order = list(dict.fromkeys(rows["block"]))
    return [-float(place + 1 + order.index(block)) for place, block in enumerate(rows["block"])] if heads else []


def _set_axes(plot: go.Figure, steps: list[str], bottom: float) -> None:
    plot.update_xaxes(
        **ticks(steps),
        range=[-0.3, len(steps) - 0.7],
        tickfont={"size": SMALL - 1},
        autotickangles=[0, -40],
        ticklabeloverflow="allow",
    )
    plot.update_yaxes(visible=False, range=[bottom + 0.4, 0.5])


def _table(rows: pd.DataFrame, labels: dict[str, str], _: Translate) -> pd.DataFrame:
    headings = {
        "component": _("Component"),
        "occasion": _("Occasion"),
        "first_now": _("First now"),
        "now": _("Now"),
        "desired": _("Desired"),
        "gap": _("Gap"),
        "n": _("Ratings"),
    }
    return shown_names(rows.assign(component=rows["component"].map(labels)), headings)


def _alt(rows: pd.DataFrame, organisation: str, _: Translate) -> str:
    words = _(
        "Now and desired levels of {organisation}. Components: {n}. The gap in levels runs from {low} to {high}, "
        "with a median of {median}. Components for which nothing more is wanted: {none}."
    )
    if rows.empty:
        return _("{organisation} has no component with both now and desired.").format(organisation=organisation)
    gaps = rows["gap"]
    span = {"low": f"{gaps.min():g}", "high": f"{gaps.max():g}", "median": f"{gaps.median():g}"}
    return words.format(organisation=organisation, n=len(rows), none=int((gaps <= 0).sum()), **span)
