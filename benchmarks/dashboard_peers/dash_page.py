"""The page's figures, words and filters in Dash, run in an environment of its own: FILE PORT."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html

SHOWN: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


def choice(number: int) -> dcc.Dropdown:
    """Show one of the filters."""
    options = [{"label": name, "value": code} for name, code in SHOWN["choices"][number]]
    return dcc.Dropdown(options, options[0]["value"], id=f"choice{number}", clearable=False)


def parts(component: str, occasion: str) -> list[Any]:
    """Show each part: its title, its figure and its words."""
    drawn = SHOWN["parts"].get(f"{component} {occasion}") or SHOWN["parts"]["all all"]
    return [
        html.Div(
            [
                html.H2(part["title"]),
                dcc.Graph(figure=part["figure"], config={"displayModeBar": False}),
                dcc.Markdown(part["words"], dangerously_allow_html=True),
            ]
        )
        for part in drawn
    ]


app = Dash("page", serve_locally=True)
app.layout = html.Div([html.H1(SHOWN["title"]), choice(0), choice(1), html.Div(id="parts")])
app.callback(Output("parts", "children"), Input("choice0", "value"), Input("choice1", "value"))(parts)

if __name__ == "__main__":
    app.run(port=sys.argv[2])
