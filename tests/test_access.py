"""Who may do what with what: every role, every kind of thing, one's own, one's organisation's, another's, nobody's."""

from __future__ import annotations

from typing import get_args

import pytest

from workbench.access.rules import RULES, Do, Kind, What, Who, may, own
from workbench.accounts.account import ROLES, Role

OWNERS = {
    "own account": "anna",
    "own person": "P001",
    "own organisation": "A1",
    "another's account": "bo",
    "another's person": "P002",
    "another's organisation": "A2",
    "nobody's": "",
}
# Rows: what is done with what. Columns: participant, development_lead, sponsor, facilitator, researcher, reviewer,
# key_custodian, stranger. A: whosever it is. c, p, o: one's own account's, person's, organisation's. -: not at all.
TABLE = """
see    front         A A A A A A A A
change front         A A A A A A A A
take   front         - - - - - - - -
see    account       c c c c c c c -
change account       c c c c c c c -
take   account       - - - - - - - -
see    me            p p p p - - - -
change me            p p p p - - - -
take   me            p p p p - - - -
see    journey       p p - - - - - -
change journey       - - - - - - - -
take   journey       - - - - - - - -
see    handin        p p - - - - - -
change handin        p p - - - - - -
take   handin        - - - - - - - -
see    draft         p p - - - - - -
change draft         p p - - - - - -
take   draft         - - - - - - - -
see    consensus     - o - - - - - -
change consensus     - o - - - - - -
take   consensus     - - - - - - - -
see    organisation  - o o - - - - -
change organisation  - - - - - - - -
take   organisation  - - - - - - - -
see    network       - - - A A - - -
change network       - - - - - - - -
take   network       - - - - - - - -
see    research      - - - - A - - -
change research      - - - - A - - -
take   research      - - - - - - - -
see    review        - - - - A A - -
change review        - - - - - - - -
take   review        - - - - - - - -
see    analysis      - - - - A A - -
change analysis      - - - - - - - -
take   analysis      - - - - - - - -
see    study         - - - - A A - -
change study         - - - - - - - -
take   study         - - - - - - - -
see    kernel        c c c c c c c -
change kernel        c c c c c c c -
take   kernel        - - - - - - - -
see    key           - - - - - - A -
change key           - - - - - - - -
take   key           - - - - - - A -
"""
CELLS = [
    (do, kind, role, cell)
    for do, kind, *cells in (line.split() for line in TABLE.strip().splitlines())
    for role, cell in zip((*ROLES, None), cells, strict=True)
]
ALLOWED = {"A": set(OWNERS), "c": {"own account"}, "p": {"own person"}, "o": {"own organisation"}, "-": set()}


def anna(role: Role | None, *, person: str = "P001", organisation: str = "A1") -> Who | None:
    return Who("anna", role, person, organisation) if role else None


@pytest.mark.parametrize(("do", "kind", "role", "cell"), CELLS)
def test_each_may_do_what_the_table_says_and_nothing_else(do: Do, kind: Kind, role: Role | None, cell: str) -> None:
    allowed = {whose for whose, owner in OWNERS.items() if may(anna(role), do, What(kind, owner))}
    assert allowed == ALLOWED[cell]


def test_the_table_is_whole() -> None:
    assert {(do, kind) for do, kind, *_ in CELLS} == {(do, kind) for do in get_args(Do) for kind in get_args(Kind)}
    assert set(RULES) <= {(do, kind) for do, kind, *_ in CELLS}


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("role", ROLES)
def test_who_has_no_person_and_no_organisation_owns_nothing_of_nobody_s(role: Role, kind: Kind) -> None:
    nobody = Who("anna", role)
    assert may(nobody, "see", own(nobody, kind)) is (
        may(nobody, "see", What(kind)) or may(nobody, "see", What(kind, "anna"))
    )


def test_a_page_whose_address_names_nobody_is_the_asker_s_own() -> None:
    assert own(anna("participant"), "journey") == What("journey", "P001")
    assert own(anna("sponsor"), "organisation") == What("organisation", "A1")
    assert own(anna("reviewer"), "account") == What("account", "anna")
    assert own(anna("researcher"), "journey") == What("journey")
    assert own(None, "journey") == What("journey")


def test_what_is_no_role_may_do_nothing_but_what_strangers_may_not_even() -> None:
    assert not any(may(Who("eve", "owner"), do, What(kind, "eve")) for do in get_args(Do) for kind in get_args(Kind))  # type: ignore[arg-type]
