"""The page's figures, words and filters in Streamlit, run in an environment of its own: -- FILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st


@st.cache_data
def shown() -> dict[str, Any]:
    """Read what is shown, once for all readers."""
    read: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    return read


def choose(place: Any, label: str, options: list[tuple[str, str]]) -> str:
    """Show one of the filters."""
    return str(place.selectbox(label, [code for _name, code in options], format_func=dict(map(reversed, options)).get))


def main() -> None:
    """Show the page."""
    page = shown()
    st.title(page["title"])
    places = st.columns(2)
    named = zip(places, ("Component", "Occasion"), page["choices"], strict=True)
    chosen = [choose(place, name, options) for place, name, options in named]
    for part in page["parts"].get(" ".join(chosen)) or page["parts"]["all all"]:
        st.subheader(part["title"])
        st.plotly_chart(go.Figure(part["figure"]), key=part["title"], theme=None, config={"displayModeBar": False})
        st.html(part["words"])


main()
