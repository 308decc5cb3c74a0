"""What was tried at home: a lane for each experiment over meetings and the time between."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import canvas, heading, key, plain, shown_names, title
from workbench.figures.theme import ACCENT, BAND, INK, MUTED, SMALL, WARM
from workbench.language import Language, Translate, translator
from workbench.tables import STATUSES

_LANE, _DAY, _WIDE, _ROOM = 56, 86_400_000, 50, 0.5
_OVER = {"fillmode": "overlay"}
# fill, pattern and, for those that never started, the symbol: status is never told by colour alone
BARS = {"done": (ACCENT, ""), "partly": ("#5f88b0", "/"), "running": ("#8a5a00", ".")}
POINTS = {"idea": ("circle-open", MUTED), "planned": ("circle-dot", MUTED), "not_done": ("x", WARM)}


def plot_experiments(
    experiments: pd.DataFrame,
    occasions: pd.DataFrame,
    *,
    organisation: str | None = None,
    name: str | None = None,
    language: Language = "sv",
) -> Figure:
    """Draw experiments in time: meetings as bands, bars for what was tried, words for what came of it.

    Parameters
    ----------
    experiments, occasions : DataFrame
        Tables of the study.
    organisation : str, optional
        Whose; all when None.
    name : str, optional
        What to call the organisation.

    Returns
    -------
    Figure
        What was never carried out has its lane too, marked where it was designed.
    """
    _ = translator(language)
    own = experiments if organisation is None else experiments[experiments["organisation"] == organisation]
    rows = _timed(own, occasions)
    groups = list(dict.fromkeys(rows["organisation"]))
    lanes = len(rows) + (len(groups) if len(groups) > 1 else 0)
    plot = canvas(_LANE * max(lanes, 1), top=112)
    y, notes = 0, list[dict[str, Any]]()
    for group in groups:
        if len(groups) > 1:
            notes.append(heading(y, group, block=True))
            y -= 1
        for row in rows[rows["organisation"] == group].itertuples():
            _add_lane(plot, y, row)
            notes += [heading(y, _clip(str(row.title)), lift=19), _outcome(y, row, _)]
            y -= 1
    plot.update_layout(annotations=notes)
    _add_meetings(plot, occasions)
    _add_keys(plot, set(rows["status"]), _)
    _set_axes(plot, rows, occasions, y)
    title(plot, _("Tried at home") + (f" · {name or organisation}" if organisation else ""))
    counted = _("Experiments: {n}").format(n=len(rows))
    return Figure(
        plot, _alt(rows, _), _table(rows, _), counted, _("The organisations' own log, not reviewed"), language
    )


def _timed(own: pd.DataFrame, occasions: pd.DataFrame) -> pd.DataFrame:
    """Give every experiment a start and an end to draw: one that runs goes on to the last day known."""
    designed = occasions[["occasion", "ends"]].rename(columns={"ends": "designed"})
    last = pd.concat([occasions["ends"], own["started"], own["ended"], own["decided"]]).max()
    rows = own.merge(designed, on="occasion", how="left")
    rows = rows.assign(start=rows["started"].fillna(rows["designed"]))
    rows["end"] = rows["ended"].where(rows["ended"].notna() | (rows["status"] != "running"), last)
    rows["end"] = rows["end"].fillna(rows["start"])
    first = occasions["starts"].min()
    rows["after"] = (rows["end"] - first) < _ROOM * (last - first)
    return rows.sort_values(["organisation", "start", "experiment"], ignore_index=True)


def _add_lane(plot: go.Figure, y: int, row: Any) -> None:
    if row.status in BARS:
        colour, pattern = BARS[row.status]
        plot.add_bar(
            base=[row.start.isoformat()], x=[max((row.end - row.start).days, 1) * _DAY], y=[y], orientation="h",
            width=0.24, showlegend=False, hoverinfo="skip",
            marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": "white", "size": 6} | _OVER},
        )  # fmt: skip
    else:
        symbol, colour = POINTS[row.status]
        marker = {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2, "color": colour}}
        plot.add_scatter(x=[row.start], y=[y], mode="markers", marker=marker, showlegend=False, hoverinfo="skip")


def _outcome(y: int, row: Any, _: Translate) -> dict[str, Any]:
    """Describe status and decision, after the bar or, where there is no room, before it."""
    words = status_name(row.status, _)
    if row.decision != "none":
        words += " → " + _decision_name(row.decision, _)
    side = {"xanchor": "left", "xshift": 8} if row.after else {"xanchor": "right", "xshift": -8}
    place = {"x": row.end if row.after else row.start, "y": y}
    return {"text": words, "showarrow": False, "font": {"size": SMALL, "color": INK}} | side | place


def _clip(words: str) -> str:
    return words if len(words) <= _WIDE else words[: _WIDE - 1].rstrip() + "…"


def status_name(status: str, _: Translate) -> str:
    """Name an experiment's status, as within a sentence."""
    return {
        "idea": _("idea"),
        "planned": _("planned"),
        "running": _("running"),
        "done": _("carried out"),
        "partly": _("partly carried out"),
        "not_done": _("not carried out"),
    }[status]


def _decision_name(decision: str, _: Translate) -> str:
    return {
        "adopt": _("adopt"),
        "adapt": _("adapt"),
        "extend": _("extend"),
        "pause": _("pause"),
        "abandon": _("abandon"),
        "none": _("no decision"),
    }[decision]


def _add_meetings(plot: go.Figure, occasions: pd.DataFrame) -> None:
    meeting: Any
    for meeting in occasions.itertuples():
        start, end = meeting.starts - pd.Timedelta(days=3), meeting.ends + pd.Timedelta(days=3)
        plot.add_vrect(x0=start, x1=end, fillcolor=BAND, line_width=0, layer="below")
        plot.add_annotation(
            x=start + (end - start) / 2, y=1, yref="paper", yanchor="bottom", text=plain(meeting.occasion),
            showarrow=False, font={"size": SMALL, "color": MUTED},
        )  # fmt: skip


def _add_keys(plot: go.Figure, statuses: set[str], _: Translate) -> None:
    for status in (status for status in STATUSES.split() if status in statuses):
        marker: dict[str, Any] = {"symbol": "square", "color": BARS[status][0]} if status in BARS else {}
        if status in POINTS:
            symbol, colour = POINTS[status]
            marker = {"symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
        key(plot, status_name(status, _), **marker)


def _set_axes(plot: go.Figure, rows: pd.DataFrame, occasions: pd.DataFrame, bottom: int) -> None:
    first, last = occasions["starts"].min(), pd.concat([occasions["ends"], rows["end"]]).max()
    plot.update_xaxes(type="date", showgrid=False, dtick="M3", tickformat="%Y-%m")
    if pd.notna(first) and pd.notna(last):
        plot.update_xaxes(range=[first - pd.Timedelta(days=8), last + pd.Timedelta(days=8)])
    plot.update_yaxes(visible=False, range=[bottom + 0.5, 0.6])
    plot.update_layout(barmode="overlay")


def _table(rows: pd.DataFrame, _: Translate) -> pd.DataFrame:
    told = rows.assign(
        status=[status_name(status, _) for status in rows["status"]],
        decision=[_decision_name(decision, _) for decision in rows["decision"]],
    )
    headings = {
        "title": _("Experiment"),
        "organisation": _("Organisation"),
        "occasion": _("Designed at"),
        "status": _("Status"),
        "started": _("Started"),
        "ended": _("Ended"),
        "decision": _("Decision"),
        "not_done_reason": _("Why not, or not wholly"),
    }
    return shown_names(told, headings)


def _alt(rows: pd.DataFrame, _: Translate) -> str:
    words = _(
        "Experiments: {n}. {done} carried out, {partly} partly, {not_done} not carried out, {open} not over yet. "
        "{adopt} led to a decision to adopt."
    )
    counts = {status: int((rows["status"] == status).sum()) for status in STATUSES.split()}
    still = counts["idea"] + counts["planned"] + counts["running"]
    adopted = int((rows["decision"] == "adopt").sum())
    return words.format(n=len(rows), open=still, adopt=adopted, **counts)
