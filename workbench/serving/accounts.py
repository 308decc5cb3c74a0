"""Accounts: who may log in, in a file of its own, apart from the study.

A code and a password are enough to log in. Names, where somebody keeps them, are in a table of their own
(`workbench.names`), which nothing here reads.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from workbench.errors import WorkbenchError
from workbench.language import Language

Role = Literal["participant", "development_lead", "researcher", "reviewer"]
ROLES: tuple[Role, ...] = get_args(Role)

MAX_TRIES = 8
MAX_TRIES_OF_ADDRESS = 60  # a whole meeting room logs in from one address
TRY_WINDOW_SECONDS = 15 * 60
SESSION_SECONDS = 12 * 60 * 60

_SCHEMA = """
create table if not exists account(
    code text primary key, role text not null, person text not null,
    language text not null, password_hash text not null);
create table if not exists session(
    hash text primary key, code text not null references account(code) on delete cascade,
    expires_at real not null);
create table if not exists attempt(key text not null, tried_at real not null);
create index if not exists attempt_key on attempt(key, tried_at);
"""


class AccountError(WorkbenchError):
    """An account that cannot be made."""


@dataclass(frozen=True)
class Account:
    """One person's way in.

    Attributes
    ----------
    code : str
        What is typed at log-in.
    role : {"participant", "development_lead", "researcher", "reviewer"}
        Decides which doors open.
    person : str
        The pseudonym in the study; "" for those who are not in it.
    language : {"sv", "en"}
        Used until another is chosen on the page.
    """

    code: str
    role: Role
    person: str
    language: Language


class AccountStore:
    """The accounts, sessions and log-in tries of one server.

    Parameters
    ----------
    path : Path
        SQLite file; made readable by its owner alone.
    hasher : PasswordHasher, optional
        argon2id; tests pass a cheaper one.
    """

    def __init__(self, path: Path, *, hasher: PasswordHasher | None = None) -> None:
        self._path = path
        self._hasher = hasher or PasswordHasher()
        # Verified when a code is unknown, so that both answers take the same time.
        self._nobody = self._hasher.hash(secrets.token_hex())
        path.touch(mode=0o600)
        path.chmod(0o600)
        with self._open() as db:
            db.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One connection per task: it may run in any thread, and nothing stays open."""
        db = sqlite3.connect(self._path, timeout=10)
        db.execute("pragma foreign_keys = on")
        try:
            with db:
                yield db
        finally:
            db.close()

    def add(self, account: Account, password: str) -> None:
        """Add an account, or give a known code a new password and end its sessions."""
        if account.role not in ROLES or not account.code:
            raise AccountError(f"{account}: the code is empty or the role is none of {', '.join(ROLES)}.")
        row = (account.code, account.role, account.person, account.language, self._hasher.hash(password))
        with self._open() as db:
            db.execute("delete from session where code = ?", (account.code,))
            db.execute("insert or replace into account values (?, ?, ?, ?, ?)", row)

    def remove(self, code: str) -> None:
        """Remove an account and end its sessions."""
        with self._open() as db:
            db.execute("delete from account where code = ?", (code,))

    def check(self, code: str, password: str) -> Account | None:
        """Return the account if code and password belong together; unknown codes cost the same work."""
        with self._open() as db:
            row = db.execute("select * from account where code = ?", (code,)).fetchone()
        try:
            self._hasher.verify(row[4] if row else self._nobody, password)
        except (Argon2Error, InvalidHashError):
            return None
        return Account(*row[:4]) if row else None

    def open_session(self, code: str) -> str:
        """Start a session and return its id; only the id's hash is kept."""
        session = secrets.token_urlsafe(32)
        with self._open() as db:
            db.execute("delete from session where expires_at < ?", (time.time(),))
            db.execute("insert into session values (?, ?, ?)", (_hash(session), code, time.time() + SESSION_SECONDS))
        return session

    def find_session(self, session: str) -> Account | None:
        """Whose session this is, or None when it has ended."""
        query = (
            "select code, role, person, language from session join account using (code)"
            " where hash = ? and expires_at > ?"
        )
        with self._open() as db:
            row = db.execute(query, (_hash(session), time.time())).fetchone()
        return Account(*row) if row else None

    def end_session(self, session: str) -> None:
        """End one session at once, whatever cookies are still about."""
        with self._open() as db:
            db.execute("delete from session where hash = ?", (_hash(session),))

    def note_try(self, limits: Mapping[str, int]) -> bool:
        """Note a log-in try before it is checked, unless one of its keys has had its tries.

        Noting first keeps many tries at the same moment from slipping past a limit. A try that is
        refused here counts for none of its keys: one locked code does not use up its address.

        Parameters
        ----------
        limits : mapping of str to int
            Key, such as a code or an address, and how many tries it has in `TRY_WINDOW_SECONDS`.

        Returns
        -------
        bool
            Whether the password may be looked at.
        """
        now = time.time()
        count = "select count(*) from attempt where key = ?"
        with self._open() as db:
            db.execute("begin immediate")  # nobody else counts between this count and its note
            db.execute("delete from attempt where tried_at < ?", (now - TRY_WINDOW_SECONDS,))
            if any(db.execute(count, (key,)).fetchone()[0] >= limit for key, limit in limits.items()):
                return False
            db.executemany("insert into attempt values (?, ?)", [(key, now) for key in limits])
            return True

    def forgive_try(self, keys: Iterable[str]) -> None:
        """Take back the newest try of each key: it was a right password."""
        newest = "select rowid from attempt where key = ? order by rowid desc limit 1"
        with self._open() as db:
            db.executemany(f"delete from attempt where rowid = ({newest})", [(key,) for key in keys])  # noqa: S608 -- fixed text


def _hash(session: str) -> str:
    return sha256(session.encode()).hexdigest()
