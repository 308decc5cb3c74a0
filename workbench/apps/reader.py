"""Read entries with their codings, in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from workbench.apps.markup import items, mark_up, passages
from workbench.language import Language
from workbench.study import Study


@dataclass(frozen=True)
class Reading:
    """Entries as a page to read; shows itself in a notebook."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Give the words alone."""
        return self.text


def read_entries(study: Study, entries: pd.DataFrame, *, language: Language = "sv") -> Reading:
    """Show entries in the order given: who, when, what kind, the text, and the codes in it.

    Parameters
    ----------
    study : Study
        Where the codings are.
    entries : DataFrame
        Rows of ``study.entries``.
    language : {"sv", "en"}
        Of the codes' names.

    Returns
    -------
    Reading
    """
    rows: list[Any] = list(entries.itertuples())
    paths = study.codebook.paths(language)
    html = "".join(_article(study.codings[study.codings["entry"] == row.entry], row, paths) for row in rows)
    return Reading(f'<div class="wb-reading">{html}</div>', "\n\n".join(f"{_head(row)}\n{row.text}" for row in rows))


def _head(row: Any) -> str:
    who = "jointly" if pd.isna(row.person) else row.person
    about = "" if pd.isna(row.component) else f" · {row.component}"
    return f"{row.entry} · {row.organisation} · {who} · {row.occasion} {row.phase} · {row.kind}{about}"


def _article(codings: pd.DataFrame, row: Any, paths: pd.Series[str]) -> str:
    marked = passages(codings)
    text = f'<p lang="{row.language}" style="white-space: pre-wrap; max-width: 42rem">{mark_up(row.text, marked)}</p>'
    codes = items((escape(paths[passage.code]) for passage in marked), kind="ol")
    return f"<article><h4>{escape(_head(row))}</h4>{text}{codes}</article>"
