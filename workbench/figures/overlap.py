"""Who answered when: a matrix of occasions for each organisation."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import cells, panels, place, shown_names, title
from workbench.language import Language, Translate, translator

_HALF = 0.5


def plot_overlap(overlap: pd.DataFrame, *, columns: int = 3, language: Language = "sv") -> Figure:
    """Draw how many of the later occasion's respondents also answered the earlier.

    Parameters
    ----------
    overlap : DataFrame
        From `workbench.capability.respondent_overlap`; one organisation or several.
    columns : int
        Organisations beside each other; 1 or 2 on a phone.

    Returns
    -------
    Figure
        Each cell holds "both/later"; a share under a half has an exclamation mark.
    """
    _ = translator(language)
    organisations = sorted(overlap["organisation"].unique())
    columns = min(columns, max(len(organisations), 1))
    order = _order(overlap)
    plot = panels(organisations, columns, panel=34 * len(order), above=-20)
    for index, organisation in enumerate(organisations):
        _add_matrix(plot, overlap[overlap["organisation"] == organisation], order, place(index, columns))
    plot.update_xaxes(tickvals=list(range(len(order))), ticktext=order)
    plot.update_yaxes(tickvals=list(range(len(order))), ticktext=order)
    title(plot, _("Who answered at both occasions"))
    low = _pairs(overlap)
    counted = _("{n} pairs of occasions; {low} of them share less than half of the later's respondents (marked !)")
    told = counted.format(n=len(low), low=int((low["share"] < _HALF).sum()))
    return Figure(plot, _alt(overlap, _), _table(overlap, _), told, _("Counts of respondents"), language)


def _order(overlap: pd.DataFrame) -> list[str]:
    """Occasions in time: each is the later of as many pairs as there are occasions before it."""
    sizes = overlap.groupby("later")["earlier"].nunique()
    return [str(name) for name in sizes.sort_values(kind="stable").index]


def _pairs(overlap: pd.DataFrame) -> pd.DataFrame:
    return overlap[overlap["earlier"] != overlap["later"]]


def _add_matrix(plot: go.Figure, own: pd.DataFrame, order: list[str], where: dict[str, int]) -> None:
    shares = {(row.earlier, row.later): float(share) for row, share in zip(own.itertuples(), own["share"], strict=True)}
    words = {(row.earlier, row.later): _cell(row) for row in own.itertuples()}
    values = [[shares.get((earlier, later)) for later in order] for earlier in order]
    cells(plot, values, [[words.get((earlier, later), "") for later in order] for earlier in order], **where)


def _cell(row: object) -> str:
    both, later, share = row.both, row.n_later, row.share  # type: ignore[attr-defined]
    return f"{both}/{later}" + ("!" if share < _HALF else "")


def _table(overlap: pd.DataFrame, _: Translate) -> pd.DataFrame:
    headings = {
        "organisation": _("Organisation"),
        "earlier": _("Earlier"),
        "later": _("Later"),
        "n_earlier": _("Answered earlier"),
        "n_later": _("Answered later"),
        "both": _("Answered both"),
        "share": _("Share of the later"),
    }
    return shown_names(_pairs(overlap), headings)


def _alt(overlap: pd.DataFrame, _: Translate) -> str:
    order = _order(overlap)
    ends = overlap[(overlap["earlier"] == order[0]) & (overlap["later"] == order[-1])] if order else overlap
    words = _(
        "From {first} to {last}, {both} of the {later} people who answered last had also answered first; "
        "by organisation the share runs from {low} to {high} per cent."
    )
    if ends.empty:
        return _("No organisation answered at both the first and the last occasion.")
    span = {"low": round(100 * ends["share"].min()), "high": round(100 * ends["share"].max())}
    sums = {"both": int(ends["both"].sum()), "later": int(ends["n_later"].sum())}
    return words.format(first=order[0], last=order[-1], **sums, **span)
