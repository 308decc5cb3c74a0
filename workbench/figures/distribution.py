"""How answers spread over the levels: bars that diverge from the middle of the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.errors import WorkbenchError
from workbench.figures.figure import Figure
from workbench.figures.parts import Levels, canvas, heading, level_names, plain, shown_names, title
from workbench.figures.theme import INK, LADDER, MUTED, SMALL
from workbench.language import Language, Translate, translator

_ROW, _MIDDLE, _ROOM, _HALF = 56, 3, 0.08, 0.5
_COUNTED = {"level", "count", "share", "n", "missing"}


class MixedGroupsError(WorkbenchError):
    """Several groups would be drawn on one row."""


def plot_level_distribution(
    distribution: pd.DataFrame,
    *,
    levels: Levels,
    rows: str = "component",
    labels: Mapping[str, str] | None = None,
    language: Language = "sv",
) -> Figure:
    """Draw shares of answers on each level, the lower three to the left and the upper three to the right.

    Parameters
    ----------
    distribution : DataFrame
        From `workbench.capability.level_distribution`, one group a row: narrow it first so that `rows` tells
        them apart. Give it only what its readers may see: a handful of answers points at people.
    levels : list of str or DataFrame
        Names of the levels, or the instrument's `levels`.
    rows : str
        Column that makes a row.
    labels : mapping of str to str, optional
        Names for the values of `rows`.

    Returns
    -------
    Figure
        The number on a bar is a count of answers, n and missing are beside it.

    Raises
    ------
    MixedGroupsError
        A row would hold more than one group.
    """
    _ = translator(language)
    _check_groups(distribution, rows)
    steps = level_names(levels, language)
    groups = list(dict.fromkeys(distribution[rows]))
    plot = canvas(_ROW * len(groups), top=108)
    for level, step in enumerate(steps):
        own = distribution[distribution["level"] == level].set_index(rows).loc[groups]
        _add_level(plot, own, level, step)
    notes = []
    for place, group in enumerate(groups):
        row = distribution[distribution[rows] == group].iloc[0]
        upper = distribution[(distribution[rows] == group) & (distribution["level"] >= _MIDDLE)]
        notes.append(heading(-place, (labels or {}).get(group, str(group)), lift=23))
        notes.append(_n_note(-place, row, left=upper["share"].sum() > _HALF))
    plot.update_layout(annotations=notes)
    _set_axes(plot, len(groups), _)
    title(plot, _("How answers spread over the levels"))
    return Figure(
        plot, _alt(distribution, groups, _), _table(distribution, rows, steps, labels or {}, _),
        _("Answers with a level: {n}; without: {missing}").format(**_sums(distribution, rows)),
        _("Self-rated, not reviewed"), language,
    )  # fmt: skip


def _check_groups(distribution: pd.DataFrame, rows: str) -> None:
    """Refuse two groups on a row: their bars would lie on each other."""
    mixed = distribution[distribution.duplicated([rows, "level"])]
    others = [str(name) for name in distribution if name not in _COUNTED | {rows}]
    if not mixed.empty:
        raise MixedGroupsError(
            f"Several groups share the row {mixed[rows].iloc[0]!r} of `{rows}`; they differ in {others}.\n"
            f"Hint: keep one of each first, or count them together with level_distribution(ratings, by=({rows!r},))."
        )


def _add_level(plot: go.Figure, own: pd.DataFrame, level: int, step: str) -> None:
    """Bars of one level, starting where the level nearer the middle ended."""
    shares, counts = [float(share) for share in own["share"].fillna(0.0)], [int(count) for count in own["count"]]
    sign = -1 if level < _MIDDLE else 1
    plot.add_bar(
        y=[-place for place in range(len(own))], x=[sign * share for share in shares], orientation="h",
        name=plain(step),
        text=[str(count) if share >= _ROOM else "" for count, share in zip(counts, shares, strict=True)],
        textposition="inside", insidetextanchor="middle", textangle=0, width=0.42,
        insidetextfont={"size": SMALL, "color": "white" if level in (0, 4, 5) else INK},
        marker={"color": LADDER[level], "line": {"color": "white", "width": 1}}, customdata=counts,
        legendrank=level, hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
    )  # fmt: skip


def _n_note(y: int, row: Any, *, left: bool) -> dict[str, Any]:
    """Describe n beside the bar, at the end that has room."""
    told = f"n = {row['n']}" + (f" (+{row['missing']})" if row["missing"] else "")
    return {
        "x": 0 if left else 1, "xref": "paper", "xanchor": "left" if left else "right", "y": y, "text": told,
        "showarrow": False, "font": {"size": SMALL, "color": MUTED},
    }  # fmt: skip


def _set_axes(plot: go.Figure, groups: int, _: Translate) -> None:
    """Stack outward from the middle: Plotly stacks in the order of traces, so the low ones are turned round."""
    low, high = list(plot.data[:_MIDDLE])[::-1], list(plot.data[_MIDDLE:])
    plot.data = [*low, *high]
    plot.update_layout(barmode="relative")
    ticks = [-1, -0.5, 0, 0.5, 1]
    plot.update_xaxes(
        tickvals=ticks, ticktext=[f"{abs(tick) * 100:.0f} %" for tick in ticks], range=[-1.02, 1.02],
        title={"text": _("← lower levels · upper levels →   (+k): without a level")},
    )  # fmt: skip
    plot.add_vline(x=0, line={"color": INK, "width": 1})
    plot.update_yaxes(visible=False, range=[-groups + 0.55, 0.7])


def _sums(distribution: pd.DataFrame, rows: str) -> dict[str, int]:
    each = distribution.drop_duplicates(rows)
    return {"n": int(each["n"].sum()), "missing": int(each["missing"].sum())}


def _table(
    distribution: pd.DataFrame, rows: str, steps: list[str], labels: Mapping[str, str], _: Translate
) -> pd.DataFrame:
    told = distribution.assign(
        **{rows: [labels.get(value, value) for value in distribution[rows]]},
        level=[steps[level] for level in distribution["level"]],
    )
    headings = {rows: _("Group"), "level": _("Level"), "count": _("Answers"), "share": _("Share")}
    return shown_names(told, headings | {"n": "n", "missing": _("Without a level")})


def _alt(distribution: pd.DataFrame, groups: list[str], _: Translate) -> str:
    upper = distribution[distribution["level"] >= _MIDDLE]["count"].sum()
    whole = int(distribution["count"].sum())
    words = _("Answers over six levels. Groups: {groups}. On the upper three levels: {upper} of {all}.")
    return words.format(groups=len(groups), upper=int(upper), all=whole)
