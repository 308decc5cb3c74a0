"""What was asked and answered: always the first figure."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.panels import panels, place
from workbench.figures.parts import (
    in_use,
    key,
    names,
    occasion_order,
    plain,
    set_axes,
    short,
    shown_names,
    ticks,
    title,
    wrap,
)
from workbench.figures.theme import BAND, INK, MUTED, SMALL
from workbench.language import Language, Translate, translator

STATES = ("rated", "partly", "missing", "only agreed", "planned gap")
FILL = {"rated": "#1f4e79", "partly": "#b9cfe2", "missing": "#f2c9a8", "only agreed": "#d9d4e3", "planned gap": BAND}
TEXT = {"rated": "white", "partly": INK, "missing": INK, "only agreed": INK, "planned gap": MUTED}
MARKS = {"planned gap": "\N{MIDDLE DOT}", "only agreed": "\N{EN DASH}"}
_CELL, _NAMED_CELL = 26, 34


def plot_completeness(  # noqa: PLR0913  three tables, and what a reader may choose
    completeness: pd.DataFrame,
    occasions: pd.DataFrame,
    components: pd.DataFrame,
    *,
    frame: str = "now",
    columns: int = 2,
    language: Language = "sv",
) -> Figure:
    """Map what was answered, cell by cell: a number and a shade, planned gaps a dot, a dash where all was agreed.

    Parameters
    ----------
    completeness : DataFrame
        From `workbench.capability.completeness`; one organisation or several, one basis.
    occasions, components : DataFrame
        Tables of the study.
    frame : {"now", "desired", "then"}
        State asked for.
    columns : int
        Organisations beside each other; 1 on a phone.

    Returns
    -------
    Figure
        Each cell holds "rated/expected".
    """
    _ = translator(language)
    cells = completeness[completeness["frame"] == frame]
    order = occasion_order(occasions)
    parts = in_use(components, cells["component"])
    organisations = sorted(cells["organisation"].unique())
    labels = names(parts, "component", language)
    shown = {k: wrap(short(v), 22) if len(organisations) == 1 else plain(k) for k, v in labels.items()}
    columns, cell = (1, _NAMED_CELL) if len(organisations) == 1 else (columns, _CELL)
    most = max(cells.groupby("organisation")["component"].nunique(), default=1)
    plot = panels(organisations, columns, panel=cell * int(most) + 6, above=24)
    for index, organisation in enumerate(organisations):
        _add_map(plot, cells[cells["organisation"] == organisation], order, shown, place(index))
    agreed = bool((cells["basis"] == "consensus").any())
    for state in (state for state in STATES if state in set(cells["state"])):
        key(plot, _state_names(_, agreed=agreed)[state], symbol="square", color=FILL[state])
    plot.update_xaxes(**ticks(order), showgrid=False)
    plot.update_yaxes(showgrid=False, tickfont={"size": SMALL - 1}, matches=None, showticklabels=True)
    title(plot, _("Where a level was agreed on") if agreed else _("What was asked and answered"))
    counted, alt = (_n_agreed, _alt_agreed) if agreed else (_n, _alt)
    table = _table(cells, labels, _)
    return Figure(plot, alt(cells, _), table, counted(cells, _), _("Self-rated, not reviewed"), language)


def _state_names(_: Translate, *, agreed: bool) -> dict[str, str]:
    return {
        "rated": _("Agreed level") if agreed else _("All rated"),
        "partly": _("Some rated"),
        "missing": _("No agreed level") if agreed else _("None rated"),
        "only agreed": _("Only agreed levels"),
        "planned gap": _("Planned gap"),
    }


def _add_map(
    plot: go.Figure, own: pd.DataFrame, order: list[str], shown: dict[str, str], where: dict[str, str]
) -> None:
    rows = [component for component in shown if component in set(own["component"])]
    state = {(str(cell.occasion), str(cell.component)): STATES.index(str(cell.state)) for cell in own.itertuples()}
    plot.add_heatmap(
        z=[[state.get((occasion, component)) for occasion in order] for component in rows],
        x=list(range(len(order))), y=list(range(len(rows))), zmin=-0.5, zmax=len(STATES) - 0.5,
        colorscale=_steps(), showscale=False, hoverinfo="skip", xgap=2, ygap=2, **where,
    )  # fmt: skip
    _add_numbers(plot, own, order, rows, where)
    labels = {"tickvals": list(range(len(rows))), "ticktext": [shown[name] for name in rows]}
    set_axes(plot, where, x={"range": [-0.6, len(order) - 0.4]}, y=labels | {"range": [len(rows) - 0.4, -0.6]})


def _steps() -> list[list[float | str]]:
    """One flat colour a state."""
    size = len(STATES)
    return [[(place + side) / size, FILL[state]] for place, state in enumerate(STATES) for side in (0, 1)]


def _add_numbers(plot: go.Figure, own: pd.DataFrame, order: list[str], rows: list[str], where: dict[str, str]) -> None:
    counts = own["rated"].astype(str) + "/" + own["expected"].astype(str)
    words = own["state"].map(MARKS).fillna(counts)
    plot.add_scatter(
        x=[order.index(name) for name in own["occasion"]], y=[rows.index(name) for name in own["component"]],
        mode="text", text=list(words), textfont={"size": SMALL, "color": [TEXT[name] for name in own["state"]]},
        showlegend=False, hoverinfo="skip", **where,
    )  # fmt: skip


def _sums(cells: pd.DataFrame) -> dict[str, int]:
    asked = cells[~cells["state"].isin(list(MARKS))]
    return {"rated": int(asked["rated"].sum()), "expected": int(asked["expected"].sum())}


def _table(cells: pd.DataFrame, labels: dict[str, str], _: Translate) -> pd.DataFrame:
    told = cells.assign(
        component=cells["component"].map(labels),
        state=cells["state"].map(_state_names(_, agreed=bool((cells["basis"] == "consensus").any()))),
    )
    headings = {
        "component": _("Component"),
        "organisation": _("Organisation"),
        "occasion": _("Occasion"),
        "expected": _("Expected"),
        "rated": _("Rated"),
        "DK": _("Don't know"),
        "NA": _("Not applicable"),
        "NF": _("Not in focus"),
        "ABS": _("Absent"),
        "WD": _("Withdrawn"),
        "unanswered": _("No answer"),
        "state": _("State"),
    }
    return shown_names(told, headings)


def _n(cells: pd.DataFrame, _: Translate) -> str:
    sums = _sums(cells)
    told = _("{rated} of {expected} expected ratings have a level").format(**sums) if sums["expected"] else ""
    return f"{_only_agreed(cells, _)} {told}".strip() or _("No rating expected")


def _n_agreed(cells: pd.DataFrame, _: Translate) -> str:
    return _("Agreed levels: {rated} of {expected} possible").format(**_sums(cells))


def _only_agreed(cells: pd.DataFrame, _: Translate) -> str:
    """Say whose individual ratings were never asked for."""
    organisations = sorted(cells.loc[cells["state"] == "only agreed", "organisation"].unique())
    words = _("Only agreed levels were collected ({organisations}): nobody was asked alone.")
    return words.format(organisations=", ".join(organisations)) if organisations else ""


def _alt(cells: pd.DataFrame, _: Translate) -> str:
    agreed = _only_agreed(cells, _)
    alone = cells[~cells["organisation"].isin(cells.loc[cells["state"] == "only agreed", "organisation"])]
    words = _(
        "Of {cells} cells of component and occasion, {rated} are wholly rated, {partly} partly, {missing} not at all; "
        "{planned_gap} were not asked for."
    )
    counted = words.format(**_counts(alone)) if len(alone) else ""
    return f"{agreed} {counted}".strip() or _("No component was asked for.")


def _alt_agreed(cells: pd.DataFrame, _: Translate) -> str:
    words = _(
        "Of {cells} cells of component and occasion, {rated} have an agreed level and {missing} have none; "
        "{planned_gap} were not asked for."
    )
    return words.format(**_counts(cells))


def _counts(cells: pd.DataFrame) -> dict[str, int]:
    """Cells in each state, and all of them."""
    counts = {state.replace(" ", "_"): int((cells["state"] == state).sum()) for state in STATES}
    return counts | {"cells": len(cells)}
