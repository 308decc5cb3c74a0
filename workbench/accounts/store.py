"""All that the file of the accounts holds, noun by noun."""

from __future__ import annotations

from pathlib import Path

from argon2 import PasswordHasher

from workbench.accounts.accesslog import AccessLog
from workbench.accounts.accounts import Accounts
from workbench.accounts.file import AccountsFile
from workbench.accounts.invitations import Invitations
from workbench.accounts.sessions import Sessions
from workbench.accounts.tries import Tries


class AccountStore:
    """The accounts, invitations, sessions, tries and access log of one server.

    Parameters
    ----------
    path : Path
        SQLite file; made when lacking, readable by its owner alone.
    hasher : PasswordHasher, optional
        argon2id; tests pass a cheaper one.

    Raises
    ------
    AccountError
        The file holds something else, or is of a newer version, or cannot be written.
    """

    def __init__(self, path: Path, *, hasher: PasswordHasher | None = None) -> None:
        file = AccountsFile(path)
        self.path = path
        self.accounts = Accounts(file, hasher)
        self.invitations = Invitations(file, self.accounts)
        self.sessions = Sessions(file)
        self.tries = Tries(file)
        self.log = AccessLog(file)
