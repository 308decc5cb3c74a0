"""What others gave to be read: colleagues, and the network."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from workbench.access.given import COLLEAGUES, NETWORK
from workbench.access.pages import Counts
from workbench.apps.journey import EVERYTHING, Page
from workbench.apps.markup import element, folded
from workbench.apps.parts import Part
from workbench.apps.texts import entry_title


def from_colleagues(page: Page, component: str, occasion: str) -> Part:
    """Show what others in the organisation gave it, or the network, to read."""
    _ = page.translate
    explained = _(
        "Texts that others in your organisation have chosen to let you read. Who wrote them is not shown, and neither "
        "is the day."
    )
    return _given(page, COLLEAGUES, (component, occasion), _("From colleagues"), explained)


def from_network(page: Page, component: str, occasion: str) -> Part:
    """Show what was given to the network to read."""
    _ = page.translate
    explained = _(
        "Texts that their writers have chosen to let the network read. Who wrote them is not shown, and neither is the "
        "day. The organisation is, where the writer has said yes to that."
    )
    return _given(page, NETWORK, (component, occasion), _("From the network"), explained)


def has_given(counts: Counts) -> bool:
    """Whether texts of others can be on this page at all."""
    return COLLEAGUES in counts


def _given(page: Page, name: str, chosen: tuple[str, str], title: str, explained: str) -> Part:
    _, texts = page.translate, page.counts[name]
    if texts.empty:
        return Part(title, element("p", _("Nobody has given a text to be read here yet.")))
    shown = _chosen(texts, *chosen)
    counted = _("{shown} of {all} texts.").format(shown=len(shown), all=len(texts))
    rows: Any = shown.itertuples()
    told = [f'<article class="wb-entry">{_text(page, row)}</article>' for row in rows]
    return Part(title, element("p", explained) + element("p", counted) + "".join(told))


def _chosen(texts: pd.DataFrame, component: str, occasion: str) -> pd.DataFrame:
    if component != EVERYTHING:
        texts = texts[texts["component"] == component]
    return texts if occasion == EVERYTHING else texts[texts["occasion"] == occasion]


def _text(page: Page, row: Any) -> str:
    told = " · ".join([page.occasions()[row.occasion], *_whose(page, row)])
    head = f"<b>{escape(entry_title(page, row))}</b> <span>{escape(told)}</span>"
    return folded(head, f'<p class="wb-text" lang="{row.language}">{escape(row.text)}</p>')


def _whose(page: Page, row: Any) -> list[str]:
    """Say which organisation a text comes from; nothing of one's own, and never who."""
    _ = page.translate
    if not isinstance(row.organisation, str):
        return [_("together; organisation not named") if row.by == "together" else _("organisation not named")]
    own = set(page.study.organisations["name"]) if has_given(page.counts) else set()
    return [] if row.organisation in own else [row.organisation]
