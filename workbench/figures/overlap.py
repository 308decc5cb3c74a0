"""Who answered when: a matrix of occasions for each organisation."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import NOTHING, Figure
from workbench.figures.panels import panels, place
from workbench.figures.parts import cells, shown_names, ticks, title
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
        Each cell holds "both/later"; a share under a half has an exclamation mark; a dash where there are only
        agreed levels and so nobody to follow.
    """
    _ = translator(language)
    organisations = sorted(overlap["organisation"].unique())
    columns = min(columns, max(len(organisations), 1))
    order = _order(overlap)
    plot = panels(organisations, columns, panel=34 * len(order), above=-20, x=ticks(order), y=ticks(order))
    for index, organisation in enumerate(organisations):
        _add_matrix(plot, overlap[overlap["organisation"] == organisation], order, place(index))
    title(plot, _("Who answered at both occasions"))
    return Figure(plot, _alt(overlap, _), _table(overlap, _), _n(overlap, _), _("Counts of respondents"), language)


def _n(overlap: pd.DataFrame, _: Translate) -> str:
    pairs = _pairs(overlap[overlap["n_later"] > 0])
    words = _("Pairs of occasions: {n}; sharing less than half of the later's respondents (marked !): {low}")
    told = words.format(n=len(pairs), low=int((pairs["share"] < _HALF).sum()))
    return told if (overlap["n_later"] > 0).any() else _only_agreed(overlap, _) or _("No ratings of their own")


def _only_agreed(overlap: pd.DataFrame, _: Translate) -> str:
    """Say of whom there are only agreed levels."""
    organisations = sorted(overlap.loc[overlap["n_later"] == 0, "organisation"].unique())
    words = _("Only agreed levels were collected ({organisations}): nobody can be followed between occasions.")
    return words.format(organisations=", ".join(organisations)) if organisations else ""


def _order(overlap: pd.DataFrame) -> list[str]:
    """Occasions in time, by their numbers."""
    earlier = dict(zip(overlap["earlier"], overlap["number_earlier"], strict=True))
    numbers = earlier | dict(zip(overlap["later"], overlap["number_later"], strict=True))
    return sorted(numbers, key=lambda occasion: numbers[occasion])


def _pairs(overlap: pd.DataFrame) -> pd.DataFrame:
    return overlap[overlap["earlier"] != overlap["later"]]


def _add_matrix(plot: go.Figure, own: pd.DataFrame, order: list[str], where: dict[str, str]) -> None:
    filled = own["share"].astype("Float64").fillna(0.0)
    shares = {(row.earlier, row.later): float(share) for row, share in zip(own.itertuples(), filled, strict=True)}
    words = {(row.earlier, row.later): _cell(row) for row in own.itertuples()}
    values = [[shares.get((earlier, later)) for later in order] for earlier in order]
    cells(plot, values, [[words.get((earlier, later), "") for later in order] for earlier in order], **where)


def _cell(row: object) -> str:
    both, later, share = row.both, row.n_later, row.share  # type: ignore[attr-defined]
    if not later:
        return NOTHING
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
    told = _from_first_to_last(overlap[overlap["n_later"] > 0], _)
    return f"{_only_agreed(overlap, _)} {told}".strip() or _("Nobody has given ratings of their own.")


def _from_first_to_last(followed: pd.DataFrame, _: Translate) -> str:
    order = _order(followed)
    if not order:
        return ""
    ends = followed[(followed["earlier"] == order[0]) & (followed["later"] == order[-1])]
    words = _(
        "Of those who answered at {last} ({later}), {both} had also answered at {first}; "
        "by organisation the share runs from {low} to {high} per cent."
    )
    if len(order) == 1:
        return _("All answers are from one occasion, {occasion}.").format(occasion=order[0])
    if ends.empty:
        return _("No organisation answered at both the first and the last occasion.")
    span = {"low": round(100 * ends["share"].min()), "high": round(100 * ends["share"].max())}
    sums = {"both": int(ends["both"].sum()), "later": int(ends["n_later"].sum())}
    return words.format(first=order[0], last=order[-1], **sums, **span)
