"""A table to read in a notebook: every word of it, accessible, escaped."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.figures.figure import table_html


@dataclass(frozen=True)
class Table:
    """A frame and its caption; shows itself in a notebook, without cutting texts short as pandas does."""

    frame: pd.DataFrame
    caption: str

    def _repr_html_(self) -> str:
        return table_html(self.frame, self.caption)

    def __repr__(self) -> str:
        """Give the table as text."""
        return f"{self.caption}\n{self.frame.to_string(index=False)}"


def show_table(frame: pd.DataFrame, caption: str) -> Table:
    """Show the frame whole, under a caption that says what it is."""
    return Table(frame, caption)
