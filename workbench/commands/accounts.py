"""Commands of whoever runs the server: who may log in, who is logged in, and what they were shown."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.accounts.account import ROLES
from workbench.commands.command import Command, say
from workbench.commands.of_study import require_in_study, study_named

if TYPE_CHECKING:
    from workbench.accounts.accesslog import Access
    from workbench.accounts.account import Account
    from workbench.accounts.store import AccountStore


def accounts_option(parser: argparse.ArgumentParser) -> None:
    """Take the place of a server's accounts."""
    parser.add_argument("accounts", type=Path, help="the server's private folder, or its file of accounts")


def open_accounts(options: argparse.Namespace, *, make: bool = False) -> AccountStore:
    """Open the accounts, which must be there unless they may be made."""
    from workbench.accounts.file import find_file  # noqa: PLC0415 -- each command imports only what it needs
    from workbench.accounts.store import AccountStore  # noqa: PLC0415

    path = find_file(options.accounts)
    if not make:
        path.stat()  # a wrong path is told, not made
    return AccountStore(path)


def told_at(seconds: float) -> str:
    """Write a moment, given in seconds since 1970."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def in_columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay rows out under a header."""
    table = [tuple(header), *map(tuple, rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def told_of(account: Account) -> str:
    """Write what somebody is here and in the study."""
    return f"{account.role}, {account.person or 'nobody'} in the study"


def _roles_options(parser: argparse.ArgumentParser) -> None:
    accounts_option(parser)
    parser.add_argument("code", nargs="?", help="whose role to set; without it, every account is listed")
    parser.add_argument("role", nargs="?", choices=ROLES, help="the new role")
    parser.add_argument("--person", help="pseudonym in the study (default: as it is)")
    study_named(parser)


def _roles(options: argparse.Namespace) -> int:
    from workbench.accounts.account import AccountError  # noqa: PLC0415
    from workbench.accounts.accounts import refuse_unknown  # noqa: PLC0415

    store = open_accounts(options)
    if options.code is None:
        return say(_listed(store))
    if options.role is None:
        raise AccountError(f"{options.code}: no role was given. Cure: workbench roles ACCOUNTS CODE ROLE.")
    before = store.accounts.find(options.code) or refuse_unknown(options.code)
    person = before.person if options.person is None else options.person
    unheld = require_in_study([replace(before, role=options.role, person=person)], options)
    store.accounts.set_role(options.code, options.role, person)
    after = store.accounts.find(options.code) or before
    return say(f"{options.code} was {told_of(before)}; is {told_of(after)}. It is logged out everywhere.{unheld}")


def _listed(store: AccountStore) -> str:
    invited = store.invitations.open()
    rows = [
        (it.code, it.role, it.person or "-", _state(it, has_password=known, until=invited.get(it.code)))
        for it, known in store.accounts.all()
    ]
    return in_columns(("code", "role", "person", "state"), rows)


def _state(account: Account, *, has_password: bool, until: float | None) -> str:
    if account.disabled:
        return "disabled"
    states = ["has a password" if has_password else "has no password"]
    return ", ".join([*states, f"invited until {told_at(until)}"] if until else states)


def _code_options(parser: argparse.ArgumentParser) -> None:
    accounts_option(parser)
    parser.add_argument("code", help="whose way in it is")


def _disable(options: argparse.Namespace) -> int:
    is_end = options.command == "disable"
    open_accounts(options).accounts.set_disabled(options.code, disabled=is_end)
    ended = "can no longer log in; its sessions and its invitation are ended, and its pages close within a minute"
    return say(f"{options.code} {ended if is_end else 'can log in again with the password it had'}.")


def _sessions_options(parser: argparse.ArgumentParser) -> None:
    accounts_option(parser)
    end = parser.add_mutually_exclusive_group()
    end.add_argument("--end", metavar="ID", help="end the session that the list shows with this id")
    end.add_argument("--end-of", metavar="CODE", help="end all sessions of one account")
    end.add_argument("--end-all", action="store_true", help="end every session: everybody must log in again")


def _sessions(options: argparse.Namespace) -> int:
    sessions = open_accounts(options).sessions
    if options.end:
        sessions.end_one(options.end)
        return say("1 session ended.")
    if options.end_of or options.end_all:
        count = sessions.end_of(options.end_of) if options.end_of else sessions.end_all()
        return say(f"Sessions ended: {count}.")
    rows = [(it.id, it.code, told_at(it.opened), told_at(it.seen), told_at(it.expires)) for it in sessions.all()]
    return say(in_columns(("id", "code", "opened", "last seen", "ends"), rows) if rows else "Nobody is logged in.")


def _log_options(parser: argparse.ArgumentParser) -> None:
    accounts_option(parser)
    parser.add_argument("code", nargs="?", default="", help="of one account; without it, of all")
    parser.add_argument("--days", type=float, default=30, help="how far back (default: 30)")


def _log(options: argparse.Namespace) -> int:
    lines = open_accounts(options).log.all(code=options.code, days=options.days)
    rows = [_line(it) for it in lines]
    return say(in_columns(("when", "code", "role", "did", "what", ""), rows) if rows else "Nothing is written down.")


def _line(it: Access) -> tuple[str, ...]:
    who = (it.code or "-", it.role or "-")
    return (told_at(it.at), *who, it.did, f"{it.kind} {it.what}".rstrip(), "" if it.allowed else "refused")


ACCOUNTS: dict[str, Command] = {
    "roles": Command("list the accounts, or give one another role", _roles_options, _roles),
    "disable": Command("shut somebody's way in, at once", _code_options, _disable),
    "enable": Command("open a way in that was shut", _code_options, _disable),
    "sessions": Command("list who is logged in, or end sessions", _sessions_options, _sessions),
    "accesslog": Command(
        "tell who was shown what, and when",
        _log_options,
        _log,
        more="It is added to and never changed; what is older than a year goes.",
    ),
}
