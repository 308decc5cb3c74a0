"""A page as it first looks: its widgets as plain HTML, with the same classes, before a kernel is there to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import ipywidgets

from workbench.apps.journey import FIRST_LOOK, Page
from workbench.apps.min_resa import show_journey
from workbench.apps.network import show_network
from workbench.apps.organisation import show_organisation
from workbench.widgets.figure import FigureView

FIGURE: Final = "application/vnd.workbench.figure+json"
SCREENS: Final[Mapping[str, Callable[[Any], ipywidgets.VBox]]] = {
    "journey": show_journey,
    "organisation": show_organisation,
    "network": show_network,
}
"""Kind of page → what makes its widgets."""
P = TypeVar("P", bound=Page)


class FirstLook(NamedTuple):
    """A page before its kernel: HTML for the browser, and what the kernel need not make again."""

    html: str
    drawn: str


def first_look(page: P, show: Callable[[P], ipywidgets.VBox]) -> FirstLook:
    """Make a page's first look, for what is chosen when it opens.

    Parameters
    ----------
    page : Page
        What the page shows.
    show : callable
        Makes its widgets, such as those in `SCREENS`.

    Returns
    -------
    FirstLook
        `html`: without scripts of its own; everything a person wrote is escaped where it became HTML.
        `drawn`: JSON for `keep_drawn`.
    """
    drawn: dict[str, dict[str, Any]] = {}
    screen = show(replace(page, drawn=drawn))
    html = _html(screen)
    for widget in list(_all(screen)):
        _close(widget)
    return FirstLook(html, json.dumps(drawn, ensure_ascii=False))


def keep_drawn(folder: Path, look: FirstLook) -> None:
    """Write what is drawn already beside a slice, for the kernel that opens it."""
    (folder / FIRST_LOOK).write_text(look.drawn, encoding="utf-8")


def _html(widget: ipywidgets.Widget) -> str:
    if isinstance(widget, ipywidgets.HTML):
        return f'<div class="jupyter-widgets widget-html"><div class="widget-html-content">{widget.value}</div></div>'
    if isinstance(widget, FigureView):
        return _figure(widget)
    if isinstance(widget, ipywidgets.Dropdown):
        return _dropdown(widget)
    if isinstance(widget, ipywidgets.Textarea):
        return _textarea(widget)
    return _box(widget)


def _box(box: ipywidgets.Box) -> str:
    across = "widget-hbox" if isinstance(box, ipywidgets.HBox) else "widget-vbox"
    classes = " ".join(["lm-Widget jupyter-widgets widget-container widget-box", across, *box._dom_classes])  # noqa: SLF001 -- ipywidgets' own name for them
    return f'<div class="{escape(classes)}">{"".join(map(_html, box.children))}</div>'


def _figure(view: FigureView) -> str:
    if view.layout.display == "none":
        return ""
    values = {"figure": view.figure, "narrow": view.narrow, "alt": view.alt}
    content = json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")  # no text can end the element
    return f'<div class="wb-figure"><script type="{FIGURE}">{content}</script></div>'


def _dropdown(choice: ipywidgets.Dropdown) -> str:
    options = "".join(
        f"<option{' selected' if place == choice.index else ''}>{escape(name)}</option>"
        for place, name in enumerate(choice._options_labels)  # noqa: SLF001 -- what its view shows
    )
    inner = f'<span class="widget-label">{escape(choice.description)}</span><select disabled>{options}</select>'
    return f'<label class="jupyter-widgets widget-inline-hbox widget-dropdown">{inner}</label>'


def _textarea(text: ipywidgets.Textarea) -> str:
    classes = " ".join(["jupyter-widgets widget-inline-hbox widget-textarea", *text._dom_classes])  # noqa: SLF001
    label = f'<span class="widget-label">{escape(text.description)}</span>'
    area = f'<textarea rows="{text.rows}" readonly>{escape(text.value)}</textarea>'
    return f'<label class="{escape(classes)}">{label}{area}</label>'


def _all(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all(child)


def _close(widget: ipywidgets.Widget) -> None:
    """Let a widget go, with what ipywidgets made for it: its list of all widgets would keep them."""
    for name in ("layout", "style"):
        made = getattr(widget, name, None)
        if made is not None:
            made.close()
    widget.close()
