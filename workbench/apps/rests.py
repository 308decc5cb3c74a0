"""What a finding rests on of what I wrote, and the ways to answer it."""

from __future__ import annotations

from html import escape
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from workbench.access.answers import STANCES
from workbench.apps.journey import Journey
from workbench.apps.markup import element, folded, items
from workbench.apps.texts import entry_title

ANSWERS: Final = "me/findings"  # beside Min resa, wherever the pages are
_OPENING: Final = 120  # code points that tell one text from another


def texts_under(journey: Journey, finding: str) -> pd.DataFrame:
    """Keep the texts of mine, and those we wrote together, that a finding rests on, the oldest first."""
    study = journey.study
    rests = study.evidence.loc[study.evidence["finding"] == finding, "entry"]
    return study.entries[study.entries["entry"].isin(rests)].sort_values("written")


def own_under(journey: Journey, finding: str) -> int:
    """Count the texts of mine that a finding rests on."""
    return int((texts_under(journey, finding)["person"] == journey.person).sum())


def rests_on(journey: Journey, finding: str) -> str:
    """Write which texts of mine, and of ours, a finding rests on, each with its words, as HTML."""
    _ = journey.translate
    under = texts_under(journey, finding)
    own = int((under["person"] == journey.person).sum())
    counted = _("Among what it rests on: {own} texts by you, {joint} you wrote together.")
    told = element("p", counted.format(own=own, joint=len(under) - own))
    rows: Any = under.itertuples()
    return told + (items(_text(journey, row) for row in rows) if len(under) else "")


def _text(journey: Journey, row: Any) -> str:
    """Write a text as its opening words, which open the whole of it."""
    _ = journey.translate
    whose = _("together") if pd.isna(row.person) else _("by you")
    head = (
        f"<b>{escape(entry_title(journey, row))}</b> <span>{escape(journey.day(row.written))}, {escape(whose)}</span>"
    )
    quote = f'<q lang="{row.language}">{escape(opening(row.text))}</q>'
    return folded(f"{head} {quote}", f'<p class="wb-text" lang="{row.language}">{escape(row.text)}</p>')


def opening(text: str) -> str:
    """Give the first words of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _OPENING else f"{line[:_OPENING].rsplit(' ', 1)[0]} …"


def answers_to(journey: Journey, feedback: str) -> str:
    """Lead to the form that answers a finding, with each of the four answers chosen, as HTML; "" off the server."""
    if not journey.served:
        return ""
    _ = journey.translate
    named = {
        "agrees": _("I agree"),
        "differs": _("I see it differently"),
        "adds": _("I want to add something"),
        "disputes": _("I dispute it"),
    }
    links = (f'<a href="{escape(_address(feedback, stance))}">{escape(named[stance])}</a>' for stance in STANCES)
    asked = escape(_("What do you think of it?"))
    return f'<p class="wb-answering">{asked} {" · ".join(links)}</p>'


def _address(feedback: str, stance: str) -> str:
    return f"{ANSWERS}?{urlencode({'feedback': feedback, 'stance': stance})}#{feedback}"
