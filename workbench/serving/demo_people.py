"""The demonstration's log-ins: two who wrote most, and one of each other role, with fresh passwords."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.accounts.account import Account
from workbench.accounts.file import FILE
from workbench.accounts.store import AccountStore

if TYPE_CHECKING:
    from workbench.study import Study

SPONSOR = "P-SPON"  # in the live copy alone: the demo study has no sponsor
WORDS = (
    "alm ask bok björk fura gran hassel hägg idegran lind lönn oxel pil rönn sälg tall abborre braxen gädda "
    "lax mört sik öring bofink duva falk gök hök lärka mes orre sparv svala trast uggla berg dal fjäll hav "
    "holme kulle källa mosse sjö skär strand ström udde vik äng blad frö gren knopp rot stam båt bro hamn segel"
).translate(str.maketrans("åäö", "aao"))


@dataclass(frozen=True)
class LogIn:
    """One way in, to be printed."""

    account: Account
    password: str


def choose_people(study: Study) -> list[tuple[str, Any]]:
    """Choose two who are still there at the last occasion and wrote most, from two organisations.

    Returns
    -------
    list of (str, str)
        Person and role.
    """
    last = study.occasions["starts"].max()
    people = study.people
    there = people[(people["joined"] <= last) & (people["left"].isna() | (people["left"] >= last))]
    written = study.entries["person"].value_counts()
    ranked = there.assign(written=there["person"].map(written).fillna(0))
    ranked = ranked.sort_values(["written", "person"], ascending=[False, True])
    chosen = ranked.drop_duplicates("organisation").head(2)
    return list(zip(chosen["person"].astype(str), chosen["role"].astype(str), strict=True))


def make_logins(study: Study, state: Path) -> list[LogIn]:
    """Make the accounts, with passwords that can be read aloud."""
    accounts = [Account(person, role, person, "sv") for person, role in choose_people(study)]
    accounts += [Account("sponsor", "sponsor", SPONSOR, "sv"), Account("facilitator", "facilitator", "", "sv")]
    accounts += [Account("researcher", "researcher", "", "sv"), Account("reviewer", "reviewer", "", "sv")]
    logins = [LogIn(account, readable_password()) for account in accounts]
    store = AccountStore(state / FILE)
    for login in logins:
        store.accounts.add(login.account)
        store.accounts.set_password(login.account.code, login.password)
    return logins


def add_sponsor(place: Path, study: Study) -> None:
    """Let a sponsor, of the organisation of the last chosen, into a live copy, too late to be asked for anything."""
    from workbench.access.information import PURPOSES  # noqa: PLC0415 -- slow; `--help` need not wait
    from workbench.acts.bulk import bulk  # noqa: PLC0415
    from workbench.acts.consents import consent  # noqa: PLC0415
    from workbench.acts.rows import add_row  # noqa: PLC0415
    from workbench.store.live import LiveStudy  # noqa: PLC0415

    home = study.people.set_index("person")["organisation"][choose_people(study)[-1][0]]
    joined = (study.occasions["ends"].max() + timedelta(days=1)).date()
    told = {"given": True, "information": str(study.consents["information"].iloc[-1]), "decided": joined}
    row = add_row("people", person=SPONSOR, organisation=home, role="sponsor", joined=joined)
    with LiveStudy(str(place), actor="demo") as live:
        live.do(bulk("let a sponsor in", [row, *(consent(SPONSOR, purpose, **told) for purpose in PURPOSES)]))


def readable_password() -> str:
    """Make a password of five short words."""
    return "-".join(secrets.choice(WORDS.split()) for _ in range(5))
