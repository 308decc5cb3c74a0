"""Parts of a page: words, and figures that follow the reader's choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import ipywidgets

from workbench.apps.journey import Page
from workbench.apps.markup import element
from workbench.figures import Figure
from workbench.figures.figure import MIME
from workbench.widgets.figure import FigureView

WIDE, NARROW = 3, 1  # panels beside each other on a screen and on a phone
FILTERS: Final = "wb-filters"
P = TypeVar("P", bound=Page)
Drawn = dict[str, Any]


def html_view(content: str) -> ipywidgets.HTML:
    """Show what is HTML already."""
    return ipywidgets.HTML(content)


def settled(make: Callable[[P], str], page: P) -> ipywidgets.HTML:
    """Show a part that follows no choice, made as HTML here or, for the first look, by the server already."""
    name = f"{page.language} {make.__module__}.{make.__name__}"
    if name not in page.drawn:
        page.drawn[name] = make(page)
    return html_view(page.drawn[name])


@dataclass(frozen=True)
class Part:
    """One part of the page for one choice: a title, a figure if there is one to draw, and words under it as HTML."""

    title: str
    words: str
    wide: Figure | None = None
    narrow: Figure | None = None


def following(make: Callable[[P, str, str], Part], page: P, *choices: ipywidgets.Dropdown) -> ipywidgets.VBox:
    """Show a part of the page, and make it anew whenever one of the two choices changes."""
    head, view, words = html_view(""), FigureView(), html_view("")

    def show(drawn: Drawn) -> None:
        head.value, words.value = drawn["head"], drawn["words"]
        view.layout.display = "" if drawn["figure"] else "none"
        if drawn["figure"]:
            view.show(drawn["figure"], drawn["alt"], narrow=drawn["narrow"])

    def draw(_change: object = None) -> None:
        show(_drawn(make(page, *(choice.value for choice in choices))))

    for choice in choices:
        choice.observe(draw, names="value")
    show(_first(make, page, *(choice.value for choice in choices)))
    return ipywidgets.VBox([head, view, words])


def _first(make: Callable[[P, str, str], Part], page: P, *chosen: str) -> Drawn:
    """Take what the server has drawn of it for the first look, or draw it and keep it where the server finds it."""
    name = " ".join([page.language, f"{make.__module__}.{make.__name__}", *chosen])
    drawn: Drawn = page.drawn.get(name) or _drawn(make(page, *chosen))
    page.drawn[name] = drawn
    return drawn


def _drawn(part: Part) -> Drawn:
    """Write a part as plain values: head and words as HTML, the figure as Plotly's JSON, wide and narrow."""
    wide = part.wide
    return {
        "head": element("h2", part.title, style="wb-heading"),
        "words": (wide.html() if wide else "") + part.words,
        "alt": wide.alt if wide else "",
        "figure": wide.bundle()[MIME] if wide else None,
        "narrow": (part.narrow or wide).bundle()[MIME] if wide else None,
    }
