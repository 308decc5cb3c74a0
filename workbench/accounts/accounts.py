"""All accounts: who they are, and whether a password is theirs."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple
from typing import NoReturn

from argon2 import PasswordHasher

from workbench.accounts.account import Account, AccountError, Role
from workbench.accounts.file import AccountsFile
from workbench.accounts.passwords import PasswordError, Passwords, weakness_of

COLUMNS = "code, role, person, language, disabled"


class Accounts:
    """The accounts of one server."""

    def __init__(self, file: AccountsFile, hasher: PasswordHasher | None = None) -> None:
        self._file = file
        self._passwords = Passwords(hasher)

    def add(self, account: Account) -> None:
        """Add an account without a password; raises AccountError when it is there or unsound."""
        account.require_sound()
        with self._file.writing() as db:
            if db.execute("select 1 from account where code = ?", (account.code,)).fetchone():
                raise AccountError(f"{account.code} is there already. Cure: `workbench roles` changes what it may do.")
            db.execute(f"insert into account({COLUMNS}, password_hash) values (?, ?, ?, ?, ?, '')", astuple(account))  # noqa: S608 -- fixed text

    def find(self, code: str) -> Account | None:
        """Return the account that has a code, or None."""
        with self._file.reading() as db:
            row = db.execute(f"select {COLUMNS} from account where code = ?", (code,)).fetchone()  # noqa: S608 -- fixed text
        return account_of(row) if row else None

    def all(self) -> list[tuple[Account, bool]]:
        """Return every account by code, and whether it has a password."""
        with self._file.reading() as db:
            rows = db.execute(f"select {COLUMNS}, password_hash <> '' from account order by code").fetchall()  # noqa: S608 -- fixed text
        return [(account_of(row[:-1]), bool(row[-1])) for row in rows]

    def set_role(self, code: str, role: Role, person: str) -> None:
        """Give an account another role or person; what was open in the old one ends."""
        before = self._require(code)
        Account(code, role, person, before.language).require_sound()
        with self._file.writing() as db:
            db.execute("update account set role = ?, person = ? where code = ?", (role, person, code))
            db.execute("delete from session where code = ?", (code,))

    def set_disabled(self, code: str, *, disabled: bool) -> None:
        """Shut the way in, with its sessions and its invitation, or open it again."""
        self._require(code)
        with self._file.writing() as db:
            db.execute("update account set disabled = ? where code = ?", (disabled, code))
            if disabled:
                db.execute("delete from session where code = ?", (code,))
                db.execute("delete from invitation where code = ?", (code,))

    def remove(self, code: str) -> None:
        """Remove an account, with its sessions and its invitation; the access log keeps what it did."""
        with self._file.writing() as db:
            db.execute("delete from account where code = ?", (code,))

    def set_password(self, code: str, password: str) -> None:
        """Set a password: what was open under the old one ends, and so does an invitation."""
        self._require(code)
        kept = self.keep(code, password)
        with self._file.writing() as db:
            set_kept(db, code, kept)

    def keep(self, code: str, password: str) -> str:
        """Give what is kept of a password that is good enough; raises PasswordError. This takes a while."""
        if weakness := weakness_of(password, code):
            raise PasswordError(weakness)
        return self._passwords.hash(password)

    def check(self, code: str, password: str) -> Account | None:
        """Return the account if code and password belong together; whatever is wrong costs the same work."""
        with self._file.reading() as db:
            row = db.execute(f"select password_hash, {COLUMNS} from account where code = ?", (code,)).fetchone()  # noqa: S608 -- fixed text
        is_right = self._passwords.is_right(row[0] if row else "", password)
        account = account_of(row[1:]) if row and is_right else None
        return None if account is None or account.disabled else account

    def _require(self, code: str) -> Account:
        return self.find(code) or refuse_unknown(code)


def account_of(row: tuple[str, Role, str, str, int]) -> Account:
    """Make an account of a row of `COLUMNS`."""
    code, role, person, language, disabled = row
    return Account(code, role, person, "en" if language == "en" else "sv", bool(disabled))


def set_kept(db: sqlite3.Connection, code: str, kept: str) -> None:
    """Change what is kept of a password, in a transaction, and end what was open under the old one."""
    db.execute("update account set password_hash = ? where code = ?", (kept, code))
    db.execute("delete from session where code = ?", (code,))
    db.execute("delete from invitation where code = ?", (code,))


def refuse_unknown(code: str) -> NoReturn:
    """Say that nobody has a code."""
    raise AccountError(f"No account has the code {code!r}. Cure: `workbench roles` lists them.")
