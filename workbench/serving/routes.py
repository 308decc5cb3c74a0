"""Which pages there are, and which roles each one opens to: the one list of doors."""

from __future__ import annotations

import re
from typing import Final

from workbench.accounts.account import Role

PAGE_ROLES: Final[dict[str, frozenset[Role]]] = {
    "min-resa": frozenset({"participant", "development_lead"}),
    "research": frozenset({"researcher"}),
    "review": frozenset({"reviewer", "researcher"}),
    "analysis": frozenset({"researcher", "reviewer"}),
}
"""First part of the address → roles that may open it; all other addresses are public or not there."""

HOMES: Final[dict[Role, str]] = {
    "participant": "min-resa",
    "development_lead": "min-resa",
    "researcher": "research",
    "reviewer": "review",
}


_OWN_ADDRESS = re.compile(r"(?P<path>/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?)(\?[!-~]*)?")


def may_open(role: Role, path: str) -> bool:
    """Whether a role may open a page, by the first part of its address."""
    return role in PAGE_ROLES.get(path.strip("/").split("/", maxsplit=1)[0], frozenset())


def after_login(role: Role, wanted: str) -> str:
    """Return the page wanted before log-in when the role may open it, else the role's own."""
    plain = _OWN_ADDRESS.fullmatch(wanted)
    return wanted.lstrip("/") if plain and may_open(role, plain["path"]) else HOMES[role]
