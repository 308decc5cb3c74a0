"""Parts of a page: words, and figures that follow the reader's choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import ipywidgets

from workbench.apps.journey import Page
from workbench.apps.markup import element
from workbench.figures import Figure
from workbench.figures.figure import MIME
from workbench.widgets.figure import FigureView

WIDE, NARROW = 3, 1  # panels beside each other on a screen and on a phone
FILTERS: Final = "wb-filters"
P = TypeVar("P", bound=Page)


def html_view(content: str) -> ipywidgets.HTML:
    """Show what is HTML already."""
    return ipywidgets.HTML(content)


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

    def draw(_change: object = None) -> None:
        part = make(page, *(choice.value for choice in choices))
        head.value = element("h2", part.title, style="wb-heading")
        view.layout.display = "none" if part.wide is None else ""
        if part.wide is not None:
            view.show(part.wide.bundle()[MIME], part.wide.alt, narrow=(part.narrow or part.wide).bundle()[MIME])
        words.value = (part.wide.html() if part.wide else "") + part.words

    for choice in choices:
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([head, view, words])
