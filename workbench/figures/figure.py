"""A figure is a plot with its words and its numbers: alternative text, n, what it rests on, and a data table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.language import Language, translator

MIME = "application/vnd.plotly.v1+json"
CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False, "scrollZoom": False}
DECIMALS = 3
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Figure:
    """One figure, the same in a notebook, a dashboard and a release.

    Attributes
    ----------
    plot : plotly.graph_objects.Figure
        Drawn; its `layout.meta` carries the alternative text.
    alt : str
        What the figure shows, in one to three sentences, with the numbers that matter.
    table : DataFrame
        The numbers drawn, with headings to read.
    n : str
        How many people, ratings or entries it counts.
    rests_on : str
        What the numbers are worth, such as "Self-rated, not reviewed".
    language : {"sv", "en"}
        Language of the words around it.
    """

    plot: go.Figure
    alt: str
    table: pd.DataFrame
    n: str
    rests_on: str
    language: Language = "sv"

    def __post_init__(self) -> None:
        """Put the alternative text where a renderer finds it."""
        self.plot.update_layout(meta={"alt": self.alt})

    def bundle(self) -> dict[str, Any]:
        """Give the plot as mime types: Plotly's JSON, the same every time, and the alternative text."""
        content = json.loads(self.plot.to_json())
        return {MIME: {"data": content["data"], "layout": content["layout"], "config": CONFIG}, "text/plain": self.alt}

    def html(self) -> str:
        """Give the words and the numbers as accessible HTML, without the plot."""
        _ = translator(self.language)
        summary = escape(_("Numbers in the figure"))
        return (
            f'<div class="workbench-figure" lang="{self.language}"><p>{escape(self.alt)}</p>'
            f"<p><small>{escape(self.n)} · {escape(self.rests_on)}</small></p>"
            f"<details><summary>{summary}</summary>{table_html(self.table, self._caption())}</details></div>"
        )

    def _caption(self) -> str:
        return unescape(str(self.plot.layout.title.text or "").replace("<br>", " "))

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415  only notebooks have it

        show: Callable[..., None] = display
        show(self.bundle(), raw=True)
        show({"text/html": self.html(), "text/plain": self.table.to_string(index=False)}, raw=True)


def table_html(table: pd.DataFrame, caption: str) -> str:
    """Write an accessible table: caption, column and row headings, everything escaped."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in table.itertuples(index=False, name=None))
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: tuple[Any, ...]) -> str:
    words = [escape(_shown(value)) for value in row]
    return f'<th scope="row">{words[0]}</th>' + "".join(f"<td>{word}</td>" for word in words[1:])


def _shown(value: Any) -> str:
    """Show a value: at most three decimals, no trailing zeros, a dash for nothing."""
    if pd.isna(value):
        return NOTHING
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return str(value)
