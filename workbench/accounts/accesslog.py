"""The access log: who was shown what, and when. It is added to and never changed."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Literal

from workbench.accounts.account import AccountError
from workbench.accounts.file import KEPT_DAYS, AccountsFile

Did = Literal["log in", "log out", "choose password", "see", "change", "take", "open", "close"]
_DAY_SECONDS = 24 * 60 * 60
_WHAT = re.compile(r"[\w.-]{0,64}")


@dataclass(frozen=True)
class Access:
    """One line of the log.

    Attributes
    ----------
    at : float
        Seconds since 1970.
    code, role : str
        Of the account; "" where nobody's account was meant, such as a log-in with a code that nobody has.
    did : str
        What was done or asked for.
    kind : str
        What sort of thing: see `workbench.access.rules`.
    what : str
        Which one, such as a notebook's name or a kernel's id; "" where there is one only.
    allowed : bool
        Whether it was answered; else it was refused.
    """

    at: float
    code: str
    role: str
    did: str
    kind: str
    what: str
    allowed: bool


class AccessLog:
    """The log. Of what was shown it has the name, never the words."""

    def __init__(self, file: AccountsFile) -> None:
        self._file = file

    def note(self, who: tuple[str, str], did: Did, kind: str, what: str = "", *, allowed: bool = True) -> None:
        """Add a line; ``who`` is the account's code and role. Raises AccountError when ``what`` is no name or id."""
        if not _WHAT.fullmatch(what):
            raise AccountError("The access log holds names of things and ids alone. Cure: leave the words out.")
        row = (time.time(), *who, did, kind, what, allowed)
        with self._file.writing() as db:
            db.execute("insert into access values (?, ?, ?, ?, ?, ?, ?)", row)

    def all(self, *, code: str = "", days: float = KEPT_DAYS) -> list[Access]:
        """Return the lines of the last days, of one account or of all, the oldest first."""
        query = "select * from access where at > ? and ? in ('', code) order by at, rowid"
        with self._file.reading() as db:
            rows = db.execute(query, (time.time() - days * _DAY_SECONDS, code)).fetchall()
        return [_access(row) for row in rows]

    def prune(self) -> int:
        """Remove lines older than `KEPT_DAYS`, which the file lets nobody do sooner; return how many."""
        with self._file.writing() as db:
            return db.execute("delete from access where at < ?", (time.time() - KEPT_DAYS * _DAY_SECONDS,)).rowcount


def _access(row: tuple[float, str, str, str, str, str, int]) -> Access:
    at, code, role, did, kind, what, allowed = row
    return Access(at, code, role, did, kind, what, bool(allowed))
