"""Whether coders read alike: Krippendorff's alpha of each code, with its interval and what it rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import canvas, names, numbers, plain, shown_names, title, wrap
from workbench.figures.theme import ACCENT, FAINT, MUTED, SMALL
from workbench.language import Language, Translate, translator

LINES = (0.667, 0.8)  # Krippendorff 2019, ch. 12: tentative conclusions, and reliance; lines to read by, no verdicts
_ROW, _NAME, _FOOT, _COUNTS = 34, 24, 36, 1.06
_SOLID = {"symbol": "circle", "size": 11, "color": ACCENT}
_OPEN = {"symbol": "circle-open", "size": 11, "color": ACCENT, "line": {"width": 2}}


def plot_agreement(agreement: pd.DataFrame, codes: pd.DataFrame, *, language: Language = "sv") -> Figure:
    """Draw alpha of each code, in the codebook's order.

    Parameters
    ----------
    agreement : DataFrame
        From `workbench.coding.agreement`; one unit.
    codes : DataFrame
        The study's codes, for names and order.

    Returns
    -------
    Figure
        A point with its interval; an open point where the code is in too few entries for one; words where alpha is
        not defined. To the right units with the code by all who read them, of those with it by anybody.
    """
    _ = translator(language)
    order = {code: place for place, code in enumerate(codes["code"])}
    rows = agreement.assign(place=agreement["code"].map(order)).sort_values(["place", "code"], ignore_index=True)
    labels = rows["code"].map(names(codes, "code", language)).fillna(rows["code"])
    plot = canvas(_ROW * max(len(rows), 1), below=96)
    _add_alphas(plot, rows, _)
    _add_counts(plot, rows, _)
    _set_axes(plot, rows, list(labels), _)
    title(plot, _("Do the coders read alike?"))
    table = _table(rows.assign(code=labels), _)
    return Figure(plot, _alt(rows, list(labels), _), table, _n(rows, _), _rests_on(rows, _), language)


def _add_alphas(plot: go.Figure, rows: pd.DataFrame, _: Translate) -> None:
    """Points with an interval, points without, and words for what is not defined."""
    known, sure = rows["alpha"].notna(), rows["low"].notna()
    words = {_("Alpha, 95 % interval"): (rows[sure], _SOLID), _("In too few entries for an interval"): (
        rows[known & ~sure], _OPEN)}  # fmt: skip
    for label, (own, marker) in words.items():
        up, down = (own["high"] - own["alpha"], own["alpha"] - own["low"])
        bars = {"type": "data", "symmetric": False, "array": numbers(up), "arrayminus": numbers(down), "thickness": 2,
                "width": 5, "color": ACCENT}  # fmt: skip
        plot.add_scatter(
            x=numbers(own["alpha"]), y=list(own.index), mode="markers", marker=marker, name=plain(label),
            error_x=bars if own["low"].notna().any() else None, hovertemplate="%{x:.2f}<extra></extra>",
        )  # fmt: skip
    bare = rows[~known]
    plot.add_scatter(
        x=[0.0] * len(bare), y=list(bare.index), mode="text", text=[_("not defined")] * len(bare), showlegend=False,
        textposition="middle right", textfont={"size": SMALL, "color": MUTED}, hoverinfo="skip",
    )  # fmt: skip


def _add_counts(plot: go.Figure, rows: pd.DataFrame, _: Translate) -> None:
    words = [f"{agreed}/{positive}" for agreed, positive in zip(rows["agreed"], rows["positive"], strict=True)]
    plot.add_scatter(
        x=[_COUNTS] * len(rows), y=list(rows.index), text=words, mode="text", textposition="middle right",
        textfont={"size": SMALL}, showlegend=False, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip


def _set_axes(plot: go.Figure, rows: pd.DataFrame, labels: list[str], _: Translate) -> None:
    bottom = len(rows) - 0.5
    for line, look in ((0, "solid"), (LINES[0], "dot"), (LINES[1], "dot"), (1, "solid")):
        plot.add_shape(
            type="line", x0=line, x1=line, y0=-0.5, y1=bottom, layer="below",
            line={"color": FAINT, "width": 1, "dash": look},
        )  # fmt: skip
    foot = _("Alpha, 0 as by chance; dotted: Krippendorff's lines. Right: given by all, of given by anybody")
    least = min([0.0, *rows["low"].dropna(), *rows["alpha"].dropna()])
    plot.update_xaxes(
        tickvals=[0, 0.5, *LINES, 1], ticktext=["0", "0.5", "0.667", "0.8", "1"], tickangle=-45, showgrid=False,
        range=[least - 0.05, _COUNTS + 0.3], title={"text": wrap(foot, _FOOT)},
    )  # fmt: skip
    wrapped = [wrap(label, _NAME) for label in labels]
    plot.update_yaxes(
        tickvals=list(rows.index), ticktext=wrapped, range=[bottom, -0.5], tickfont={"size": SMALL - 1}, showgrid=False
    )


def _table(rows: pd.DataFrame, _: Translate) -> pd.DataFrame:
    headings = {
        "code": _("Code"),
        "alpha": _("Alpha"),
        "low": _("95 % from"),
        "high": _("95 % to"),
        "positive": _("Given by anybody"),
        "agreed": _("Given by all"),
        "n": _("Units"),
        "entries_with": _("Entries with it"),
        "observed": _("Per cent alike"),
        "kappa": _("Kappa"),
    }
    return shown_names(rows.assign(observed=100 * rows["observed"]), headings)


def _unit(rows: pd.DataFrame, _: Translate) -> str:
    words = {
        "entry": _("entries"),
        "paragraph": _("paragraphs"),
        "sentence": _("sentences"),
        "character": _("characters"),
    }
    return words[rows["unit"].iloc[0]] if len(rows) else _("units")


def _n(rows: pd.DataFrame, _: Translate) -> str:
    words = _("Entries read by two or more: {entries}; {unit}: {n}; codes: {codes}")
    first: Any = rows.iloc[0] if len(rows) else {"entries": 0, "n": 0}
    return words.format(entries=first["entries"], n=first["n"], unit=_unit(rows, _), codes=len(rows))


def _rests_on(rows: pd.DataFrame, _: Translate) -> str:
    """Say how the alpha was made."""
    if len(rows) and rows["unit"].iloc[0] == "character":
        return _("The coders' readings, made apart; alpha of unitising; intervals from entries drawn anew")
    return _("The coders' readings, made apart; intervals from entries drawn anew")


def _alt(rows: pd.DataFrame, labels: list[str], _: Translate) -> str:
    if rows["alpha"].isna().all():
        return _("Alpha is not defined for any code; codes: {codes}.").format(codes=len(rows))
    named = rows.assign(label=labels).dropna(subset=["alpha"]).sort_values("alpha", kind="stable")
    sure = named.dropna(subset=["low"])
    words = _(
        "Krippendorff's alpha of each code. Defined for {known} of {codes} codes, with an interval for {sure}; "
        "{above} reach 0.8 and {below} lie under 0.667."
    ).format(
        known=len(named), codes=len(rows), sure=len(sure), above=int((named["alpha"] >= LINES[1]).sum()),
        below=int((named["alpha"] < LINES[0]).sum()),
    )  # fmt: skip
    if sure.empty:
        return words
    ends: list[Any] = [sure.iloc[0], sure.iloc[-1]]
    span = _("Of those with an interval from {low} ({first}) to {high} ({last}).")
    low, high = (f"{end['alpha']:.2f}" for end in ends)
    return f"{words} {span.format(low=low, high=high, first=ends[0]['label'], last=ends[1]['label'])}"
