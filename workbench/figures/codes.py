"""Codes over time and codes together, as heat maps with their numbers in them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.figures.figure import Figure
from workbench.figures.parts import canvas, cells, names, numbers, plain, shown_names, ticks, title, wrap
from workbench.figures.theme import SMALL
from workbench.language import Language, Translate, translator

_CELL, _NAME = 30, 24


def plot_code_shares(shares: pd.DataFrame, codes: pd.DataFrame, *, language: Language = "sv") -> Figure:
    """Draw the share of each occasion's entries that carry a code, in the codebook's order.

    Parameters
    ----------
    shares : DataFrame
        From `workbench.coding.code_shares`.
    codes : DataFrame
        The study's codes, for names and order.

    Returns
    -------
    Figure
        Per cent in the cells, the number of entries under each occasion.
    """
    _ = translator(language)
    labels = _labels(codes, shares["code"], language)
    totals = shares.drop_duplicates("occasion").set_index("occasion")["n"]
    grid = shares.pivot_table(index="code", columns="occasion", values="share", dropna=False)
    grid = grid.reindex(index=list(labels), columns=list(totals.index))
    plot = canvas(_CELL * max(len(labels), 1), top=48, below=72)
    _add_heat(plot, [numbers(row * 100) for row in grid.to_numpy(dtype=float)], list(labels.values()))
    feet = [f"{plain(occasion)}<br>{n}" for occasion, n in totals.items()]
    plot.update_xaxes(tickvals=list(range(len(totals))), ticktext=feet, tickangle=0)
    plot.update_xaxes(title={"text": _("Occasion, and its number of entries")})
    title(plot, _("Codes over time, per cent of entries"))
    table = shown_names(
        shares.assign(code=shares["code"].map(labels), share=shares["share"] * 100),
        {"code": _("Code"), "occasion": _("Occasion"), "coded": _("Entries with it"), "n": _("Entries"),
         "share": _("Per cent")},
    )  # fmt: skip
    counted = _("Entries: {n}; a code counts once in an entry").format(n=int(totals.sum()))
    return Figure(plot, _alt_shares(shares, labels, totals, _), table, counted, _("The coders' reading"), language)


def _labels(codes: pd.DataFrame, used: Iterable[str], language: Language) -> dict[str, str]:
    """Name the codes used, in the codebook's order; one that is not in it comes last, by its own code."""
    known, found = names(codes, "code", language), set(used)
    return {code: name for code, name in known.items() if code in found} | {
        code: code for code in sorted(found - set(known))
    }


def _add_heat(plot: go.Figure, values: list[list[float | None]], rows: list[str]) -> None:
    """Shade the cells up to the largest value, a whole number in each."""
    largest = max((value or 0 for row in values for value in row), default=0) or 1
    shades = [[None if value is None else value / largest for value in row] for row in values]
    cells(plot, shades, [["" if value is None else f"{value:.0f}" for value in row] for row in values])
    names_ = [wrap(name, _NAME) for name in rows]
    plot.update_yaxes(tickvals=list(range(len(rows))), ticktext=names_, tickfont={"size": SMALL - 1})


def _alt_shares(shares: pd.DataFrame, labels: dict[str, str], totals: pd.Series, _: Translate) -> str:
    words = _("Share of entries that carry a code, by occasion. Codes: {codes}; occasions: {occasions}.").format(
        codes=len(labels), occasions=len(totals)
    )
    known = shares.dropna(subset=["share"]).sort_values("share", ascending=False, kind="stable")
    if known.empty:
        return words
    top: Any = next(known.itertuples())
    most = _("The largest share is {share} per cent, {code} at {occasion} ({coded} of {n}).").format(
        share=round(100 * top.share), code=labels[top.code], occasion=top.occasion, coded=top.coded, n=top.n
    )
    return f"{words} {most}"


def plot_co_occurrence(
    pairs: pd.DataFrame, codes: pd.DataFrame, *, most: int = 12, language: Language = "sv"
) -> Figure:
    """Draw how often codes come together: counts in the cells, lift on hover and in the table.

    Parameters
    ----------
    pairs : DataFrame
        From `workbench.coding.co_occurrence`.
    codes : DataFrame
        The study's codes, for names and order.
    most : int
        Codes drawn, those that come together most; the table keeps all.

    Returns
    -------
    Figure
        Half a matrix: each pair once.
    """
    _ = translator(language)
    labels = _labels(codes, [*pairs["code_a"], *pairs["code_b"]], language)
    drawn = _busiest(pairs, list(labels), most)
    plot = canvas(_CELL * max(len(drawn) - 1, 1), top=48, below=150)
    pair_of = {frozenset((row["code_a"], row["code_b"])): row for row in pairs.to_dict("records")}
    rows, columns = drawn[1:], drawn[:-1]
    grid = [
        [pair_of.get(frozenset((a, b))) if place <= row else None for place, b in enumerate(columns)]
        for row, a in enumerate(rows)
    ]
    _add_heat(
        plot,
        [[None if cell is None else float(cell["count"]) for cell in line] for line in grid],
        [labels[code] for code in rows],
    )
    tips = [["" if cell is None else f"{cell['lift']:.1f}" for cell in line] for line in grid]
    hover = {"customdata": tips, "hoverinfo": None, "hovertemplate": _("lift") + " %{customdata}<extra></extra>"}
    plot.update_traces(hover, selector={"type": "heatmap"})
    plot.update_xaxes(
        **ticks(textwrap.shorten(labels[code], _NAME, placeholder="…") for code in columns), tickangle=-90
    )
    title(plot, _("Codes that come together"))
    alt, table = _alt_pairs(pairs, labels, _), _pair_table(pairs, labels, _)
    return Figure(plot, alt, table, _unit(pairs, _), _("The coders' reading"), language)


def _busiest(pairs: pd.DataFrame, order: list[str], most: int) -> list[str]:
    """Codes that come together most, in the codebook's order."""
    sides = pd.concat([pairs.set_index(side)["count"] for side in ("code_a", "code_b")])
    totals = sides.groupby(level=0).sum().sort_index().sort_values(ascending=False, kind="stable")
    return sorted(totals.index[:most], key=order.index)


def _unit(pairs: pd.DataFrame, _: Translate) -> str:
    if pairs.empty:
        return _("No pair comes together often enough")
    total, unit = int(pairs["total"].iloc[0]), pairs["unit"].iloc[0]
    words = {
        "entry": _("Unit: the entry, {n} coded"),
        "sentence": _("Unit: the sentence, {n} coded"),
        "paragraph": _("Unit: the paragraph, {n} coded"),
        "person and occasion": _("Unit: what a person wrote at an occasion and at home after it; coded: {n}"),
        "overlap": _("Unit: passages of one coder that overlap; characters coded, coder by coder: {n}"),
    }[unit]
    return words.format(n=total)


def _pair_table(pairs: pd.DataFrame, labels: dict[str, str], _: Translate) -> pd.DataFrame:
    told = pairs.assign(code_a=pairs["code_a"].map(labels), code_b=pairs["code_b"].map(labels))
    told = told.sort_values(["count", "lift"], ascending=False, kind="stable")
    headings = {"code_a": _("Code"), "code_b": _("With"), "count": _("Times together"), "lift": _("Lift")}
    return shown_names(told, headings)


def _alt_pairs(pairs: pd.DataFrame, labels: dict[str, str], _: Translate) -> str:
    if pairs.empty:
        return _("No two codes come together often enough to be drawn.")
    top: Any = next(pairs.sort_values("count", ascending=False, kind="stable").itertuples(name=None))
    pair = dict(zip(("index", *pairs.columns), top, strict=True))
    words = _("Pairs of codes that come together: {n}. Most often {a} and {b} (times: {count}; lift {lift}).")
    named = {"a": labels[pair["code_a"]], "b": labels[pair["code_b"]], "lift": f"{pair['lift']:.1f}"}
    return words.format(n=len(pairs), count=pair["count"], **named)
