"""Sessions: who is logged in, kept by the server, which can end each one."""

from __future__ import annotations

import time
from dataclasses import dataclass

from workbench.accounts.account import Account, AccountError
from workbench.accounts.accounts import COLUMNS, account_of
from workbench.accounts.file import AccountsFile
from workbench.accounts.tokens import hash_of, new_token

SESSION_SECONDS = 12 * 60 * 60
SEEN_SECONDS = 60  # being seen is written down once a minute, not at every request
_ID = 12


@dataclass(frozen=True)
class Session:
    """One log-in that is open. No address is kept.

    Attributes
    ----------
    id : str
        The beginning of its hash; opens nothing.
    code : str
    opened, seen, expires : float
        Seconds since 1970.
    """

    id: str
    code: str
    opened: float
    seen: float
    expires: float


class Sessions:
    """The open sessions."""

    def __init__(self, file: AccountsFile) -> None:
        self._file = file

    def open(self, code: str) -> str:
        """Start a session of an account and return its token; only the hash is kept."""
        token, now = new_token(), time.time()
        row = (hash_of(token), code, now, now, now + SESSION_SECONDS)
        with self._file.writing() as db:
            db.execute("delete from session where expires_at < ?", (now,))
            db.execute("insert into session values (?, ?, ?, ?, ?)", row)
        return token

    def find(self, token: str) -> Account | None:
        """Whose session this is, or None when it has ended or its way in is shut."""
        query = f"select seen_at, {COLUMNS} from session join account using (code) where hash = ? and expires_at > ?"  # noqa: S608 -- fixed text
        now = time.time()
        with self._file.reading() as db:
            row = db.execute(query, (hash_of(token), now)).fetchone()
        if row is None:
            return None
        if now - row[0] > SEEN_SECONDS:
            self._see(token, now)
        account = account_of(row[1:])
        return None if account.disabled else account

    def is_open(self, token: str) -> bool:
        """Whether a session is open, without its owner being seen."""
        query = "select 1 from session join account using (code) where hash = ? and expires_at > ? and not disabled"
        with self._file.reading() as db:
            return db.execute(query, (hash_of(token), time.time())).fetchone() is not None

    def _see(self, token: str, now: float) -> None:
        with self._file.writing() as db:
            db.execute("update session set seen_at = ? where hash = ?", (now, hash_of(token)))

    def all(self) -> list[Session]:
        """Return the open sessions, the oldest first."""
        query = "select hash, code, opened_at, seen_at, expires_at from session where expires_at > ? order by opened_at"
        with self._file.reading() as db:
            rows = db.execute(query, (time.time(),)).fetchall()
        return [Session(row[0][:_ID], *row[1:]) for row in rows]

    def end(self, token: str) -> None:
        """End one session at once, whatever cookies are still about."""
        with self._file.writing() as db:
            db.execute("delete from session where hash = ?", (hash_of(token),))

    def end_one(self, session: str) -> None:
        """End the session that a list shows with this id; raises AccountError when there is none."""
        with self._file.writing() as db:
            found = db.execute("delete from session where substr(hash, 1, ?) = ?", (_ID, session)).rowcount
        if not found:
            raise AccountError(f"No open session is {session!r}. Cure: `workbench sessions` lists them.")

    def end_of(self, code: str) -> int:
        """End all sessions of an account, and return how many there were."""
        with self._file.writing() as db:
            return db.execute("delete from session where code = ?", (code,)).rowcount

    def end_all(self) -> int:
        """End every session, and return how many there were."""
        with self._file.writing() as db:
            return db.execute("delete from session").rowcount
