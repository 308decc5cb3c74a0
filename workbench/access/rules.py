"""Who may do what with what: one table, denied by default. Nothing here reads, serves or remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from workbench.accounts.account import ROLES, Role

Kind = Literal[
    "front", "account", "me", "journey", "handin", "draft", "consensus", "organisation", "network", "research",
    "review", "analysis", "study", "kernel", "key",
]  # fmt: skip
Do = Literal["see", "change", "take"]
Reach = Literal["any", "code", "person", "organisation"]

_ALL_OWN: Final[dict[str, Reach]] = dict.fromkeys(ROLES, "code")
_STRANGER: Final = "stranger"
_OWN_PERSON: Final[dict[str, Reach]] = dict.fromkeys(
    ("participant", "development_lead", "sponsor", "facilitator"), "person"
)
_OWN_WORDS: Final[dict[str, Reach]] = dict.fromkeys(("participant", "development_lead"), "person")
_OPEN: Final[dict[str, Reach]] = dict.fromkeys((_STRANGER, *ROLES), "any")

RULES: Final[Mapping[tuple[Do, Kind], Mapping[str, Reach]]] = {
    # The landing page, log-in and log-out, invitations, scripts and styles.
    ("see", "front"): _OPEN,
    ("change", "front"): _OPEN,
    # One's own account: where one is logged in, and ending that.
    ("see", "account"): _ALL_OWN,
    ("change", "account"): _ALL_OWN,
    # What is known of oneself in the study: to see, to decide on, to take a copy of.
    ("see", "me"): _OWN_PERSON,
    ("change", "me"): _OWN_PERSON,
    ("take", "me"): _OWN_PERSON,
    # What one hands in, and one's drafts of it: nobody else's, and nobody else.
    ("see", "handin"): _OWN_WORDS,
    ("change", "handin"): _OWN_WORDS,
    ("see", "draft"): _OWN_WORDS,
    ("change", "draft"): _OWN_WORDS,
    # What one's organisation agrees on: handed in by its lead alone.
    ("see", "consensus"): {"development_lead": "organisation"},
    ("change", "consensus"): {"development_lead": "organisation"},
    # Dashboards: Min resa, Vår organisation, Nätverket.
    ("see", "journey"): {"participant": "person", "development_lead": "person"},
    ("see", "organisation"): {"development_lead": "organisation", "sponsor": "organisation"},
    ("see", "network"): {"facilitator": "any", "researcher": "any"},
    # The researchers' and the reviewers' pages, and every row of the study.
    ("see", "research"): {"researcher": "any"},
    ("change", "research"): {"researcher": "any"},
    ("see", "review"): {"researcher": "any", "reviewer": "any"},
    ("see", "analysis"): {"researcher": "any", "reviewer": "any"},
    ("see", "study"): {"researcher": "any", "reviewer": "any"},
    # The kernel behind a dashboard that one has opened.
    ("see", "kernel"): _ALL_OWN,
    ("change", "kernel"): _ALL_OWN,
    # Whose name stands for which pseudonym: not the researchers either.
    ("see", "key"): {"key_custodian": "any"},
    ("take", "key"): {"key_custodian": "any"},
}
"""What is done, and with what kind → role → whose: ``any``, or only what belongs to one's own account (``code``),
one's own person or one's own organisation. What is not named is refused."""


@dataclass(frozen=True)
class Who:
    """Who asks, as the server's session says.

    Attributes
    ----------
    code : str
        Of the account.
    role : Role
    person : str
        The pseudonym in the study; "" for those who are not in it.
    organisation : str
        Of that person, in the study; "" where it is not known, and then nothing of an organisation is theirs.
    """

    code: str
    role: Role
    person: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class What:
    """What is asked for.

    Attributes
    ----------
    kind : Kind
    owner : str
        Code of the account, the person or the organisation it belongs to; "" for what is nobody's.
    name : str
        Which one, where there are several: the access log's word for it.
    """

    kind: Kind
    owner: str = ""
    name: str = ""


def may(who: Who | None, do: Do, what: What) -> bool:
    """Whether somebody may do something with something; ``None`` is a stranger."""
    reach = RULES.get((do, what.kind), {}).get(who.role if who else _STRANGER)
    if reach is None or reach == "any":
        return reach is not None
    mine = getattr(who, reach)
    return bool(mine) and mine == what.owner


def depends_on_organisation(role: Role) -> bool:
    """Whether anything is a role's because it is its organisation's."""
    return any(roles.get(role) == "organisation" for roles in RULES.values())


def own(who: Who | None, kind: Kind) -> What:
    """Give what a page shows whose address names nobody: that of the one who asks."""
    reach = RULES.get(("see", kind), {}).get(who.role, "any") if who else "any"
    return What(kind, owner="" if reach == "any" else getattr(who, reach))
