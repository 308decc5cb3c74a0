"""What suggestions are worth: whether they come as often as they say, and how they grow with coding."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import canvas, numbers, shown_names, title
from workbench.figures.theme import ACCENT, MUTED, SMALL, WARM
from workbench.suggest.curve import LearningCurve
from workbench.suggest.evaluation import Evaluation

_HEIGHT, _HALF = 340, 0.5
_TESTED = "Tried on people whom nothing was learnt from; right is what the coder has coded"


def plot_calibration(evaluation: Evaluation) -> Figure:
    """Draw how often suggestions were right against how likely they were said to be.

    Parameters
    ----------
    evaluation : Evaluation
        From `workbench.suggest.evaluate`.

    Returns
    -------
    Figure
        One point for each tenth of probability, with its 95 per cent interval and n; on the dotted line what comes is
        what was said. In English, as what researchers read.
    """
    held = evaluation.calibration[evaluation.calibration["n"] > 0]
    plot = canvas(_HEIGHT, below=60)
    even = {"mode": "lines", "line": {"dash": "dot", "color": MUTED}, "name": "As often as said", "hoverinfo": "skip"}
    plot.add_scatter(x=[0, 1], y=[0, 1], **even)
    _points(plot, held, x="said", y="came", name="Came, with 95 % interval")
    _axes(plot, "Probability said", "Share right", [-0.03, 1.03])
    title(plot, "Do suggestions come as often as they say?")
    n = f"n = {len(evaluation.tried)} suggestions for {evaluation.sentences} sentences of {evaluation.speakers} people"
    return Figure(plot, _calibration_words(evaluation, held), _calibration_table(held), n, _TESTED, "en")


def plot_learning_curve(curve: LearningCurve) -> Figure:
    """Draw how suggestions grow with the entries coded.

    Parameters
    ----------
    curve : LearningCurve
        From `workbench.suggest.learning_curve`.

    Returns
    -------
    Figure
        The share of the suggestions that was right, with its 95 per cent interval and n, and dashed the share of what
        the coder has coded that was found; dotted the half that the rule asks for. In English.
    """
    held = curve.table[curve.table["suggested"] > 0].rename(columns={"suggested": "n"})
    plot = canvas(_HEIGHT, below=60)
    _points(plot, held, x="entries", y="precision", name="Right, with 95 % interval")
    found = {"dash": "dash", "color": WARM}
    plot.add_scatter(
        x=numbers(curve.table["entries"]), y=numbers(curve.table["recall"]), mode="lines+markers", line=found,
        marker={"symbol": "diamond", "size": 9}, name="Found of what is coded", hovertemplate="%{y:.2f}<extra></extra>",
    )  # fmt: skip
    plot.add_hline(y=_HALF, line={"dash": "dot", "color": MUTED})
    most = float(curve.table["entries"].max())
    _axes(plot, "Entries learnt from", "Share", [0, most * 1.2])
    title(plot, "Is it worth using yet?")
    n = f"n = {int(curve.table['sentences'].iloc[-1])} sentences with a code, of {curve.evaluation.speakers} people"
    return Figure(plot, curve.verdict, _curve_table(curve.table), n, _TESTED, "en")


def _points(plot: go.Figure, held: pd.DataFrame, *, x: str, y: str, name: str) -> None:
    above, below = numbers(held["high"] - held[y]), numbers(held[y] - held["low"])
    bars: dict[str, Any] = {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "thickness": 1}
    plot.add_scatter(
        x=numbers(held[x]), y=numbers(held[y]), error_y=bars, mode="lines+markers+text", name=name,
        text=[f"n={n}" for n in held["n"]], textposition="top right", textfont={"size": SMALL},
        marker={"size": 9, "color": ACCENT}, line={"color": ACCENT}, hovertemplate="%{y:.2f}, %{text}<extra></extra>",
    )  # fmt: skip


def _axes(plot: go.Figure, across: str, up: str, span: list[float]) -> None:
    plot.update_xaxes(title={"text": across}, range=span)
    plot.update_yaxes(title={"text": up}, range=[-0.05, 1.12], tickvals=[0, 0.25, 0.5, 0.75, 1])


def _calibration_words(evaluation: Evaluation, held: pd.DataFrame) -> str:
    if held.empty:
        return "Nothing could be suggested, and so nothing was tried."
    last = held.iloc[-1]
    return (
        f"Of {len(held)} classes of probability, the highest with suggestions said {last['said']:.2f} on average, and "
        f"{int(last['right'])} of {int(last['n'])} were right. What was said and what came differ by "
        f"{evaluation.calibration_error:.3f} on average; Brier's score is {evaluation.brier:.3f}."
    )


def _calibration_table(held: pd.DataFrame) -> pd.DataFrame:
    return shown_names(held, {
        "from": "From", "to": "To", "n": "Suggested", "right": "Right", "said": "Said", "came": "Came",
        "low": "Low (95 %)", "high": "High (95 %)",
    })  # fmt: skip


def _curve_table(table: pd.DataFrame) -> pd.DataFrame:
    return shown_names(table, {
        "entries": "Entries learnt from", "people": "People", "codes": "Codes", "suggested": "Suggested",
        "right": "Right", "precision": "Share right", "low": "Low (95 %)", "high": "High (95 %)",
        "recall": "Share found",
    })  # fmt: skip
