"""Invitations: a link that lets one person choose a password, once."""

from __future__ import annotations

import time

from workbench.accounts.account import Account, AccountError
from workbench.accounts.accounts import COLUMNS, Accounts, account_of, refuse_unknown, set_kept
from workbench.accounts.file import AccountsFile
from workbench.accounts.tokens import hash_of, new_token

DAYS = 14
MOST_DAYS = 90
_DAY_SECONDS = 24 * 60 * 60
_OPEN = "from invitation join account using (code) where hash = ? and expires_at > ? and not disabled"


def require_days(days: float) -> None:
    """Raise AccountError when an invitation cannot last so long."""
    if not 0 < days <= MOST_DAYS:
        raise AccountError(f"An invitation cannot last {days:g} days. Cure: more than 0, at most {MOST_DAYS}.")


class Invitations:
    """The open invitations: one at most for each account, kept as a hash."""

    def __init__(self, file: AccountsFile, accounts: Accounts) -> None:
        self._file = file
        self._accounts = accounts

    def make(self, code: str, *, days: float = DAYS) -> str:
        """Invite the person of an account to choose a password; an earlier invitation ends.

        The password there may be, and what is open under it, stays until the invitation is used.

        Returns
        -------
        str
            The token, which is in the link and nowhere else.

        Raises
        ------
        AccountError
            Nobody has the code, or its way in is shut, or the days are none or beyond `MOST_DAYS`.
        """
        account = self._accounts.find(code) or refuse_unknown(code)
        if account.disabled:
            raise AccountError(f"{code} is disabled. Cure: `workbench enable` first.")
        require_days(days)
        token = new_token()
        row = (code, hash_of(token), time.time() + days * _DAY_SECONDS)
        with self._file.writing() as db:
            db.execute("insert or replace into invitation(code, hash, expires_at) values (?, ?, ?)", row)
        return token

    def find(self, token: str) -> Account | None:
        """Whom a token invites, without spending it; None when it is spent, has ended or never was."""
        with self._file.reading() as db:
            row = db.execute(f"select {COLUMNS} {_OPEN}", (hash_of(token), time.time())).fetchone()
        return account_of(row) if row else None

    def spend(self, token: str, password: str) -> Account | None:
        """Set the password of whom a token invites; the token and all that was open end.

        Returns
        -------
        Account or None
            None when the token is spent, has ended or never was, or another spends it at this moment.

        Raises
        ------
        PasswordError
            The password will not do; the token is not spent.
        """
        account = self.find(token)
        if account is None:
            return None
        kept = self._accounts.keep(account.code, password)  # slow: before the file is locked
        with self._file.writing() as db:
            if not db.execute(f"select 1 {_OPEN}", (hash_of(token), time.time())).fetchone():
                return None
            set_kept(db, account.code, kept)
        return account

    def open(self) -> dict[str, float]:
        """Return when each open invitation ends, by code, in seconds since 1970."""
        query = "select code, expires_at from invitation where expires_at > ? order by code"
        with self._file.reading() as db:
            return dict(db.execute(query, (time.time(),)).fetchall())
