"""One look for every figure: a Plotly template, colours that survive colour blindness, type that reads on a phone."""

from __future__ import annotations

import plotly.graph_objects as go

INK, MUTED, ACCENT, WARM, PAPER = "#1b2733", "#54626f", "#12355b", "#b3541e", "#fbfaf7"
GRID, BAND, FAINT = "#e4e0d6", "#efece3", "#6b7a88"
SMALL = 12

# Okabe & Ito 2008, darkened where the original falls under 3:1 against the paper.
SERIES = ("#0072b2", "#b3541e", "#00805c", "#9c3f78", "#8a5a00", "#12355b")
LADDER = ("#8a3b12", "#c57a48", "#e9cdb2", "#c3d5e6", "#6b96bf", "#12355b")
SHADES = ((0.0, "#f1efe8"), (0.35, "#b9cfe2"), (0.7, "#3f6f9f"), (1.0, "#12355b"))

_AXIS = {
    "automargin": True,
    "gridcolor": GRID,
    "linecolor": GRID,
    "zeroline": False,
    "ticks": "",
    "tickfont": {"size": SMALL, "color": INK},
    "title": {"font": {"size": SMALL, "color": MUTED}, "standoff": 8},
}
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif", "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": list(SERIES),
        "margin": {"l": 8, "r": 12, "t": 72, "b": 36},
        "title": {
            "font": {"size": 16, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "l": 10},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": SMALL},
            "itemsizing": "constant",
            "title": {"text": ""},
        },
        "hoverlabel": {"bgcolor": "white", "bordercolor": GRID, "font": {"color": INK, "size": 13}},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "dragmode": False,
        "bargap": 0.3,
    }
)
