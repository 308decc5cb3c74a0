"""Tries: how often somebody, or somebody's address, has tried to come in lately."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from workbench.accounts.file import AccountsFile
from workbench.accounts.tokens import hash_of

MAX_TRIES = 8
MAX_TRIES_OF_ADDRESS = 60  # a whole meeting room logs in from one address
WINDOW_SECONDS = 15 * 60


class Tries:
    """The tries of the last quarter of an hour, by hashed key: a password typed as the code is not kept either."""

    def __init__(self, file: AccountsFile) -> None:
        self._file = file

    def note(self, limits: Mapping[str, int]) -> bool:
        """Note a try before it is checked, unless one of its keys has had its tries.

        Noting first keeps many tries at the same moment from slipping past a limit. A try that is
        refused here counts for none of its keys: one locked code does not use up its address.

        Parameters
        ----------
        limits : mapping of str to int
            Key, such as a code or an address, and how many tries it has in `WINDOW_SECONDS`.

        Returns
        -------
        bool
            Whether the password, or the token, may be looked at.
        """
        now = time.time()
        count = "select count(*) from attempt where key = ?"
        with self._file.writing() as db:
            db.execute("delete from attempt where tried_at < ?", (now - WINDOW_SECONDS,))
            if any(db.execute(count, (hash_of(key),)).fetchone()[0] >= limit for key, limit in limits.items()):
                return False
            db.executemany("insert into attempt values (?, ?)", [(hash_of(key), now) for key in limits])
            return True

    def forgive(self, keys: Iterable[str]) -> None:
        """Take back the newest try of each key: it was a right one."""
        newest = "select rowid from attempt where key = ? order by rowid desc limit 1"
        with self._file.writing() as db:
            db.executemany(f"delete from attempt where rowid = ({newest})", [(hash_of(key),) for key in keys])  # noqa: S608 -- fixed text
