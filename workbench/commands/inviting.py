"""The command that invites people: a link for each, which works once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbench.accounts.account import ROLES, Account, AccountError
from workbench.commands.accounts import accounts_option, in_columns, open_accounts, told_at, told_of
from workbench.commands.command import Command, say
from workbench.commands.of_study import OF_THE_STUDY, require_in_study, study_named

if TYPE_CHECKING:
    from workbench.accounts.store import AccountStore

_HERE = ("127.0.0.1", "localhost")


def _options(parser: argparse.ArgumentParser) -> None:
    accounts_option(parser)
    parser.add_argument("codes", nargs="+", metavar="code", help="what they type at log-in: never a name or an address")
    parser.add_argument("--url", required=True, help="where the server answers, such as https://workbench.example.se/")
    parser.add_argument("--role", choices=ROLES, help="of accounts that are new")
    person = f"pseudonym in the study of a new account (default: the code for {', '.join(OF_THE_STUDY)}; else none)"
    parser.add_argument("--person", help=person)
    study_named(parser)
    parser.add_argument("--language", default="sv", help="sv or en, until another is chosen on the page (default: sv)")
    parser.add_argument("--days", type=float, default=14, help="how long the link works (default: 14)")


def _invite(options: argparse.Namespace) -> int:
    from workbench.accounts.invitations import require_days  # noqa: PLC0415 -- the rest of the command line need not wait

    base = _base(options.url)
    require_days(options.days)
    store = open_accounts(options, make=True)
    accounts = list(_accounts(store, options))  # all are looked at before the first is made
    unheld = require_in_study(accounts, options)
    for account in accounts:
        if store.accounts.find(account.code) is None:
            store.accounts.add(account)
    links = [(code, f"{base}invitation/{store.invitations.make(code, days=options.days)}") for code in options.codes]
    ends = told_at(min(store.invitations.open()[code] for code in options.codes))
    return say(
        f"{in_columns(('code', 'link'), links)}\n"
        f"Each link works once, until {ends}. Whoever has it chooses the password: give it to that person alone."
        f"{unheld}"
    )


def _base(url: str) -> str:
    parts = urlsplit(url)
    if (parts.hostname and parts.scheme == "https") or (parts.hostname in _HERE and parts.scheme == "http"):
        return url.rstrip("/") + "/"
    raise AccountError(f"{url}: a link needs https:// and a host. Cure: --url https://workbench.example.se/")


def _accounts(store: AccountStore, options: argparse.Namespace) -> Iterator[Account]:
    """Give the accounts that are there, and new ones; raise AccountError for whoever cannot be invited."""
    if len(options.codes) > 1 and options.person is not None:
        raise AccountError("--person is one person. Cure: invite those who are given a person one by one.")
    for code in options.codes:
        account = store.accounts.find(code)
        if account:
            _require_same(account, options)
        yield account or _new_account(code, options)


def _new_account(code: str, options: argparse.Namespace) -> Account:
    if options.role is None:
        raise AccountError(f"{code}: there is no such account yet. Cure: give it a role with --role.")
    otherwise = code if options.role in OF_THE_STUDY else ""
    person = otherwise if options.person is None else options.person
    account = Account(code, options.role, person, options.language)
    account.require_sound()
    return account


def _require_same(account: Account, options: argparse.Namespace) -> None:
    if account.disabled:
        raise AccountError(f"{account.code} is disabled. Cure: `workbench enable` first.")
    if options.role not in {None, account.role} or options.person not in {None, account.person}:
        cure = "change that with `workbench roles`, then invite again"
        raise AccountError(f"{account.code} is {told_of(account)}. Cure: {cure}.")


INVITING: dict[str, Command] = {
    "invite": Command(
        "make links by which people choose a password, or a new one",
        _options,
        _invite,
        more="A new link ends the one before it; a password there is stays until the link is used.",
    ),
}
