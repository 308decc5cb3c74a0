"""What was asked and answered: always the first figure. And who answered when."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import in_use, key, names, occasion_order, panels, place, short, shown_names, title, wrap
from workbench.figures.theme import BAND, INK, MUTED, SMALL
from workbench.language import Language, Translate, translator

STATES = ("rated", "partly", "missing", "planned gap")
FILL = {"rated": "#1f4e79", "partly": "#b9cfe2", "missing": "#f2c9a8", "planned gap": BAND}
TEXT = {"rated": "white", "partly": INK, "missing": INK, "planned gap": MUTED}
GAP = "\N{MIDDLE DOT}"
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
    """Map what was answered, cell by cell: a number and a shade, planned gaps a dot.

    Parameters
    ----------
    completeness : DataFrame
        From `workbench.capability.completeness`; one organisation or several.
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
    shown = {k: wrap(short(v), 22) for k, v in labels.items()} if len(organisations) == 1 else {k: k for k in labels}
    columns, cell = (1, _NAMED_CELL) if len(organisations) == 1 else (columns, _CELL)
    most = max(cells.groupby("organisation")["component"].nunique(), default=1)
    plot = panels(organisations, columns, panel=cell * int(most) + 6, above=24)
    for index, organisation in enumerate(organisations):
        _add_map(plot, cells[cells["organisation"] == organisation], order, shown, place(index, columns))
    for state in STATES:
        key(plot, _state_name(state, _), symbol="square", color=FILL[state])
    plot.update_xaxes(tickvals=list(range(len(order))), ticktext=order, showgrid=False)
    plot.update_yaxes(showgrid=False, tickfont={"size": SMALL - 1}, matches=None, showticklabels=True)
    title(plot, _("What was asked and answered"))
    answered = _("{rated} of {expected} expected ratings have a level").format(**_sums(cells))
    table = _table(cells, labels, _)
    return Figure(plot, _alt(cells, _), table, answered, _("Self-rated, not reviewed"), language)


def _state_name(state: str, _: Translate) -> str:
    return {
        "rated": _("All rated"),
        "partly": _("Some rated"),
        "missing": _("None rated"),
        "planned gap": _("Planned gap"),
    }[state]


def _add_map(
    plot: go.Figure, own: pd.DataFrame, order: list[str], shown: dict[str, str], where: dict[str, int]
) -> None:
    rows = [component for component in shown if component in set(own["component"])]
    state = {(str(cell.occasion), str(cell.component)): STATES.index(str(cell.state)) for cell in own.itertuples()}
    plot.add_heatmap(
        z=[[state.get((occasion, component)) for occasion in order] for component in rows],
        x=list(range(len(order))), y=list(range(len(rows))), zmin=-0.5, zmax=len(STATES) - 0.5,
        colorscale=_steps(), showscale=False, hoverinfo="skip", xgap=2, ygap=2, **where,
    )  # fmt: skip
    _add_numbers(plot, own, order, rows, where)
    plot.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[shown[name] for name in rows], range=[len(rows) - 0.4, -0.6], **where
    )
    plot.update_xaxes(range=[-0.6, len(order) - 0.4], **where)


def _steps() -> list[list[float | str]]:
    """One flat colour a state."""
    size = len(STATES)
    return [[(place + side) / size, FILL[state]] for place, state in enumerate(STATES) for side in (0, 1)]


def _add_numbers(plot: go.Figure, own: pd.DataFrame, order: list[str], rows: list[str], where: dict[str, int]) -> None:
    planned = own["state"] == "planned gap"
    words = (own["rated"].astype(str) + "/" + own["expected"].astype(str)).where(~planned, GAP)
    plot.add_scatter(
        x=[order.index(name) for name in own["occasion"]], y=[rows.index(name) for name in own["component"]],
        mode="text", text=list(words), textfont={"size": SMALL, "color": [TEXT[name] for name in own["state"]]},
        showlegend=False, hoverinfo="skip", **where,
    )  # fmt: skip


def _sums(cells: pd.DataFrame) -> dict[str, int]:
    asked = cells[cells["state"] != "planned gap"]
    return {"rated": int(asked["rated"].sum()), "expected": int(asked["expected"].sum())}


def _table(cells: pd.DataFrame, labels: dict[str, str], _: Translate) -> pd.DataFrame:
    told = cells.assign(
        component=cells["component"].map(labels), state=[_state_name(str(state), _) for state in cells["state"]]
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


def _alt(cells: pd.DataFrame, _: Translate) -> str:
    counts = {state.replace(" ", "_"): int((cells["state"] == state).sum()) for state in STATES}
    words = _(
        "Of {cells} cells of component and occasion, {rated} are wholly rated, {partly} partly, {missing} not at all; "
        "{planned_gap} were not in focus."
    )
    return words.format(cells=len(cells), **counts)
