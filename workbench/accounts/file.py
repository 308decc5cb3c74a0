"""The file of the accounts: SQLite, readable by its owner alone, brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from workbench.accounts.account import AccountError
from workbench.privatefile import PrivateFile, tables_of, version_of

FILE = "accounts.sqlite"
VERSION: Final = 1
KEPT_DAYS: Final = 365

# Tables of files from before versions; `name` is `workbench.names`'s.
_BEFORE: Final = frozenset({"account", "session", "attempt", "name"})

_ACCOUNT = """create table account(
    code text primary key, role text not null, person text not null,
    language text not null, password_hash text not null)"""
# What a person must do again, no more: sessions and tries of an old file are let go.
_SCHEMA: Final = (
    "drop table if exists session",
    "drop table if exists attempt",
    "alter table account add column disabled integer not null default 0",
    """create table session(
        hash text primary key, code text not null references account(code) on delete cascade,
        opened_at real not null, seen_at real not null, expires_at real not null)""",
    """create table invitation(
        code text primary key references account(code) on delete cascade,
        hash text not null unique, expires_at real not null)""",
    "create table attempt(key text not null, tried_at real not null)",
    "create index attempt_key on attempt(key, tried_at)",
    """create table access(
        at real not null, code text not null, role text not null, did text not null,
        kind text not null, what text not null, allowed integer not null)""",
    "create index access_at on access(at)",
    """create trigger access_stays before update on access
        begin select raise(abort, 'the access log is never changed'); end""",
    f"""create trigger access_is_kept before delete on access
        when old.at > strftime('%s', 'now') - {KEPT_DAYS} * 86400
        begin select raise(abort, 'the access log is kept {KEPT_DAYS} days'); end""",
    f"pragma user_version = {VERSION}",
)


class AccountsFile(PrivateFile):
    """The file of the accounts.

    Parameters
    ----------
    path : Path
        Made when lacking.

    Raises
    ------
    AccountError
        It holds something else, or is of a newer version, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, self._bring_up_to_date, AccountError)

    def _bring_up_to_date(self, db: sqlite3.Connection) -> None:
        version, tables = version_of(db, self.path, VERSION, AccountError), tables_of(db)
        if db.execute("pragma application_id").fetchone()[0] or not (version or tables <= _BEFORE):
            raise AccountError(f"{self.path} holds something else than accounts. Cure: name the file of the accounts.")
        if version == VERSION:
            return
        for statement in (*(() if "account" in tables else (_ACCOUNT,)), *_SCHEMA):
            db.execute(statement)


def find_file(place: Path) -> Path:
    """Give the path of the accounts' file: the place itself, or the file in a server's private folder."""
    return place / FILE if place.is_dir() else place
