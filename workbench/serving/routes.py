"""Where the pages are, and where log-in leads."""

from __future__ import annotations

import re
from typing import Final

from workbench.access.rules import Kind, Who, may, own

PAGES: Final[dict[str, Kind]] = {
    "min-resa": "journey",
    "hand-in": "handin",
    "research": "research",
    "review": "review",
    "organisation": "organisation",
    "network": "network",
    "key": "key",
    "account": "account",
    "analysis": "analysis",
    "me": "me",
    "consensus": "consensus",
}
"""First part of the address → what it opens. The first that a person may see is where log-in leads."""

_OWN_ADDRESS = re.compile(r"/(?P<page>[A-Za-z0-9_-]+)(/[A-Za-z0-9_-]+)?(\?[!-~]*)?")


def may_open(who: Who, page: str) -> bool:
    """Whether somebody may open a page, by the first part of its address."""
    return page in PAGES and may(who, "see", own(who, PAGES[page]))


def home_of(who: Who) -> str:
    """Return somebody's own page."""
    return next(page for page in PAGES if may_open(who, page))


def after_login(who: Who, wanted: str) -> str:
    """Return the page wanted before log-in when it may be opened, else the own one."""
    plain = _OWN_ADDRESS.fullmatch(wanted)
    return wanted.lstrip("/") if plain and may_open(who, plain["page"]) else home_of(who)
