"""Widgets: small parts of a page that answer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PLOTLY: Final = Path(__file__).parent / "static" / "plotly.min.js"
"""The one copy of Plotly: sent by a widget in JupyterLab, served as a file to the pages."""
