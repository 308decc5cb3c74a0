"""Levels over the occasions, one panel a component: people as dots, the agreed level as a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.figures.figure import Figure
from workbench.figures.panels import panels, place
from workbench.figures.parts import (
    Levels,
    in_use,
    level_names,
    names,
    numbers,
    occasion_order,
    plain,
    ticks,
    title,
)
from workbench.figures.theme import ACCENT, FAINT, PAPER, SMALL, WARM
from workbench.language import Language, Translate, translator

_SPREAD = 0.2
_READ = ["component", "occasion", "frame", "basis", "person", "level"]  # each panel takes rows: the fewer columns


def plot_trajectories(  # noqa: PLR0913  three tables, and what a reader may choose
    ratings: pd.DataFrame,
    occasions: pd.DataFrame,
    components: pd.DataFrame,
    *,
    organisation: str,
    levels: Levels,
    frame: str = "now",
    then_test: bool = False,
    people: bool = True,
    reader: str | None = None,
    columns: int = 2,
    name: str | None = None,
    language: Language = "sv",
) -> Figure:
    """Draw an organisation's levels over time, component by component.

    Parameters
    ----------
    ratings, occasions, components : DataFrame
        Tables of the study.
    organisation : str
        Whose.
    levels : list of str or DataFrame
        Names of the levels, or the instrument's `levels`.
    frame : {"now", "desired"}
        State drawn.
    then_test : bool
        Mark the start as it was seen at the end.
    people : bool
        Draw each person's level as a dot.
    reader : str, optional
        The person who reads, whose dots are marked as theirs.
    columns : int
        Panels beside each other; 1 on a phone.
    name : str, optional
        What to call the organisation.

    Returns
    -------
    Figure
        Lines stop where an occasion has no agreed level; nothing is drawn across a gap.
    """
    _ = translator(language)
    order = occasion_order(occasions)
    own = ratings[(ratings["organisation"] == organisation) & ratings["level"].notna()]
    own = own.loc[own["occasion"].isin(order) & own["component"].isin(components["component"]), _READ]
    drawn = own[own["frame"] == frame]
    parts = in_use(components, drawn["component"])
    x, y = _axes(order, level_names(levels, language))
    plot = panels(list(names(parts, "component", language).values()), columns, panel=150, x=x, y=y)
    traces: list[dict[str, Any]] = []
    for index, component in enumerate(parts["component"]):
        rows = own[own["component"] == component]
        marks = _marks(rows, frame, order, _, people=people, reader=reader, then_test=then_test)
        traces += [{"type": "scatter"} | mark | place(index) for mark in marks]
    plot.add_traces(_explained_once(traces))
    state = _("Now") if frame == "now" else _("Desired")
    title(plot, f"{state} · {name or organisation}")
    counted = _("People: {people}; ratings of their own: {ratings}; agreed levels: {agreed}").format(**_counts(drawn))
    table = _table(drawn, order, names(parts, "component", language), _)
    return Figure(
        plot, _alt(drawn, order, name or organisation, _), table, counted, _("Self-rated, not reviewed"), language
    )


def _marks(  # noqa: PLR0913  what a reader may choose
    rows: pd.DataFrame, frame: str, order: list[str], _: Translate, *, people: bool, reader: str | None, then_test: bool
) -> Iterator[dict[str, Any]]:
    """Describe what one panel holds; all are added at once, since Plotly checks the whole plot for each added."""
    shown = rows[rows["frame"] == frame]
    yield _consensus(shown, order, _)
    others = shown[shown["person"] != reader].dropna(subset=["person"])
    if people and not others.empty:
        yield _people(others, order, _)
    if reader is not None:
        yield _reader(shown[shown["person"] == reader], order, _)
    if then_test:
        yield _then(rows[rows["frame"] == "then"], order, _)


def _explained_once(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let the legend name each kind of mark the first time it comes."""
    named: set[str] = set()
    for trace in traces:
        trace["showlegend"] = trace["legendgroup"] not in named
        named.add(trace["legendgroup"])
    return traces


def _people(rows: pd.DataFrame, order: list[str], _: Translate) -> dict[str, Any]:
    """Dots side by side where people chose the same level: the place says nothing else."""
    single = rows[rows["basis"] == "individual"].sort_values(["occasion", "level", "person"])
    groups = single.groupby(["occasion", "level"])["person"]
    shift = (groups.cumcount() - (groups.transform("size") - 1) / 2) * _SPREAD
    return {
        "x": numbers(single["occasion"].map(order.index) + shift), "y": numbers(single["level"]), "mode": "markers",
        "marker": {"size": 5.5, "color": FAINT}, "name": _("Each person"), "legendgroup": "people", "hoverinfo": "skip",
    }  # fmt: skip


def _reader(rows: pd.DataFrame, order: list[str], _: Translate) -> dict[str, Any]:
    return {
        "x": numbers(rows["occasion"].map(order.index)), "y": numbers(rows["level"]), "mode": "markers",
        "marker": {"size": 9, "color": WARM}, "name": _("You"), "legendgroup": "reader",
        "hovertemplate": "%{y}<extra></extra>",
    }  # fmt: skip


def _consensus(rows: pd.DataFrame, order: list[str], _: Translate) -> dict[str, Any]:
    agreed = rows[rows["basis"] == "consensus"].set_index("occasion")["level"].reindex(order)
    return {
        "x": list(range(len(order))), "y": numbers(agreed), "mode": "lines+markers", "connectgaps": False,
        "line": {"color": ACCENT, "width": 2.5},
        "marker": {"symbol": "diamond", "size": 15, "color": PAPER, "line": {"width": 2.5, "color": ACCENT}},
        "name": _("Agreed level"), "legendgroup": "agreed", "hovertemplate": "%{y}<extra></extra>",
    }  # fmt: skip


def _then(rows: pd.DataFrame, order: list[str], _: Translate) -> dict[str, Any]:
    seen = rows[rows["basis"] == "consensus"] if (rows["basis"] == "consensus").any() else rows
    level = [] if seen.empty else [float(seen["level"].median())]
    latest = max(seen["occasion"], key=order.index, default=order[-1])
    return {
        "x": [0] * len(level), "y": level, "mode": "markers",
        "marker": {"symbol": "square-open", "size": 19, "color": WARM, "line": {"width": 2.5}},
        "name": plain(_("Start as seen at {occasion}").format(occasion=latest)), "legendgroup": "then",
        "hovertemplate": "%{y}<extra></extra>",
    }  # fmt: skip


def _axes(order: list[str], steps: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    x = ticks(order) | {"range": [-0.5, len(order) - 0.5], "showgrid": False}
    return x, ticks(steps) | {"range": [-0.4, len(steps) - 0.6], "tickfont": {"size": SMALL - 1}}


def _counts(drawn: pd.DataFrame) -> dict[str, int]:
    single = drawn[drawn["basis"] == "individual"]
    return {"people": single["person"].nunique(), "ratings": len(single), "agreed": len(drawn) - len(single)}


def _table(drawn: pd.DataFrame, order: list[str], labels: dict[str, str], _: Translate) -> pd.DataFrame:
    """One row a component and occasion: the agreed level, and the people's range."""
    keys = ["component", "occasion"]
    single = drawn[drawn["basis"] == "individual"].groupby(keys)["level"].agg(["median", "min", "max", "size"])
    agreed = drawn[drawn["basis"] == "consensus"].set_index(keys)["level"].rename("agreed")
    rows = pd.concat([agreed, single], axis=1).reset_index()
    places = {component: place for place, component in enumerate(labels)}
    rows["by"] = rows["component"].map(places) * len(order) + rows["occasion"].map(order.index)
    rows = rows.sort_values("by").drop(columns="by")
    rows["component"] = rows["component"].map(labels)
    rows.columns = [
        _("Component"),
        _("Occasion"),
        _("Agreed level"),
        _("Median"),
        _("Lowest"),
        _("Highest"),
        _("People"),
    ]
    return rows.reset_index(drop=True)


def _alt(drawn: pd.DataFrame, order: list[str], organisation: str, _: Translate) -> str:
    agreed = drawn[drawn["basis"] == "consensus"].pivot_table(index="component", columns="occasion", values="level")
    agreed = agreed.reindex(columns=[occasion for occasion in order if occasion in agreed])
    words = _("Levels of {organisation}. Components: {components}; occasions: {occasions}.").format(
        organisation=organisation, components=drawn["component"].nunique(), occasions=drawn["occasion"].nunique()
    )
    if agreed.shape[1] < 2:  # noqa: PLR2004  change needs two occasions
        return words
    change = (agreed.iloc[:, -1] - agreed.iloc[:, 0]).dropna()
    components = drawn["component"].nunique()
    counts = {"all": components, "apart": components - len(change)}
    counts |= {"up": int((change > 0).sum()), "same": int((change == 0).sum()), "down": int((change < 0).sum())}
    told = _(
        "From {first} to {last} the agreed level is higher for {up} of {all} components, the same for {same}, lower "
        "for {down}; {apart} cannot be compared."
    )
    return f"{words} {told.format(first=agreed.columns[0], last=agreed.columns[-1], **counts)}"
