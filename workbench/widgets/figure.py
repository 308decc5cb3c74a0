"""A Plotly figure as a small widget: the figure as JSON, and one shared copy of Plotly on the page.

Plotly's own ``FigureWidget`` sends five megabytes for every figure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.widgets import PLOTLY

_HERE = Path(__file__).parent


class FigureView(anywidget.AnyWidget):
    """Shows one figure at a time, with words for those who do not see it.

    Attributes
    ----------
    figure : dict
        The figure as Plotly's JSON, its template inside.
    narrow : dict
        The same for a narrow place, such as a phone.
    alt : str
        What the figure shows, in a sentence or two.
    """

    _esm = (_HERE / "figure.js").read_text(encoding="utf-8")
    _css = ".workbench-view { min-height: 320px; width: 100%; }"

    figure = traitlets.Dict().tag(sync=True)
    narrow = traitlets.Dict().tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on_msg(self._answer)

    def show(self, figure_json: dict[str, Any], alt: str, *, narrow: dict[str, Any] | None = None) -> None:
        """Show a figure in place of the one before, and `narrow` instead where there is little room."""
        with self.hold_sync():
            self.alt = alt
            self.narrow = narrow or figure_json
            self.figure = figure_json

    def _answer(self, _widget: object, content: object, _buffers: object) -> None:
        """Send Plotly itself where the page has none, as in JupyterLab."""
        if isinstance(content, dict) and content.get("kind") == "plotly":
            self.send({"kind": "plotly", "text": PLOTLY.read_text(encoding="utf-8")})
