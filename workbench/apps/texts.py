"""What I wrote, with what the researchers read into it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from workbench.apps.journey import EVERYTHING, Journey, Page
from workbench.apps.markup import element, folded, items, mark_up, passages


def texts(journey: Journey, component: str = EVERYTHING, occasion: str = EVERYTHING) -> str:
    """Write the entries that fit the choice, newest first, as HTML."""
    _ = journey.translate
    entries = _chosen(journey, component, occasion)
    count = _("{shown} of {all} texts: by you, with you, or by you together.")
    shown = element("p", count.format(shown=len(entries), all=len(journey.study.entries)))
    rows: Any = entries.itertuples()
    return shown + "".join(_entry(journey, row) for row in rows)


def _chosen(journey: Journey, component: str, occasion: str) -> pd.DataFrame:
    entries = journey.study.entries.sort_values("written", ascending=False)
    if component != EVERYTHING:
        entries = entries[entries["component"] == component]
    return entries if occasion == EVERYTHING else entries[entries["occasion"] == occasion]


def _entry(journey: Journey, row: Any) -> str:
    marked = passages(journey.study.codings[journey.study.codings["entry"] == row.entry])
    head = f"<b>{escape(entry_title(journey, row))}</b> <span>{escape(_whose(journey, row))}</span>"
    text = f'<p class="wb-text" lang="{row.language}">{mark_up(row.text, marked)}</p>'
    return f'<article class="wb-entry">{folded(head, text + _codes(journey, row.text, marked))}</article>'


def entry_title(journey: Page, row: Any) -> str:
    """Say what kind of text an entry is, and of which component."""
    _ = journey.translate
    kinds = {
        "reflection": _("Reflection"),
        "state_description": _("Where we stand") if row.frame == "now" else _("Where we want to be"),
        "experiment_log": _("Experiment log"),
        "interview": _("Interview"),
        "observation": _("Observation"),
        "conversation": _("Conversation"),
        "discussion": _("Discussion"),
        "document": _("Document"),
    }
    about = journey.components().get(row.component, "")
    return f"{kinds[row.kind]}{f': {about}' if about else ''}"


def _whose(journey: Journey, row: Any) -> str:
    _ = journey.translate
    if not pd.isna(row.recorder):
        who = _("written down by a researcher")
    else:
        who = _("together") if pd.isna(row.person) else _("by you")
    return f"{journey.day(row.written)}, {who}"


def _codes(journey: Journey, text: str, marked: list[Any]) -> str:
    _ = journey.translate
    if not marked:
        return element("p", _("The researchers have not coded this text."))
    paths = journey.study.codebook.paths(journey.language)
    lines = [
        f"<b>{escape(paths[passage.code])}</b> <q>{escape(text[passage.start : passage.end])}</q>" for passage in marked
    ]
    title = _("What the researchers read into it ({n})").format(n=len(marked))
    return f"<h4>{escape(title)}</h4>{items(lines, kind='ol')}"
