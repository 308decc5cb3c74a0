"""The file of the accounts: private, versioned, and told apart from other files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from workbench.accounts.account import AccountError
from workbench.accounts.file import find_file
from workbench.accounts.store import AccountStore
from workbench.names import Names

from .conftest import ANNA, CHEAP, RIGHT

# As files were before they had a version.
BEFORE = """
create table account(
    code text primary key, role text not null, person text not null,
    language text not null, password_hash text not null);
create table session(
    hash text primary key, code text not null references account(code) on delete cascade,
    expires_at real not null);
create table attempt(key text not null, tried_at real not null);
create index attempt_key on attempt(key, tried_at);
"""


def write(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)


def test_only_the_owner_may_read_the_file(path: Path, store: AccountStore) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_may_read_is_closed_to_them(path: Path, store: AccountStore) -> None:
    path.chmod(0o644)
    AccountStore(path, hasher=CHEAP)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_from_before_versions_keeps_its_accounts_and_passwords(path: Path) -> None:
    write(path, f"{BEFORE} insert into account values ('anna', 'participant', 'P001', 'sv', '{CHEAP.hash(RIGHT)}');")  # noqa: S608 -- made up here
    AccountStore(path, hasher=CHEAP)
    store = AccountStore(path, hasher=CHEAP)
    assert store.accounts.check("anna", RIGHT) == ANNA
    assert store.sessions.find(store.sessions.open("anna")) == ANNA
    assert store.invitations.find(store.invitations.make("anna")) == ANNA


def test_a_file_that_held_names_alone_takes_accounts(path: Path) -> None:
    Names(path).add("P001", "Anna Ek", "")
    store = AccountStore(path, hasher=CHEAP)
    store.accounts.add(ANNA)
    assert Names(path).people()["anna ek"] == "P001"
    assert store.accounts.find("anna") == ANNA


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("pragma user_version = 99;", "has version 99; this workbench knows 1. Cure:"),
        ("pragma application_id = 7;", "holds something else than accounts. Cure:"),
        ("create table recipe(name text);", "holds something else than accounts. Cure:"),
    ],
)
def test_another_file_is_refused_and_left_as_it_is(path: Path, script: str, words: str) -> None:
    write(path, script)
    path.chmod(0o644)
    before = path.read_bytes()
    with pytest.raises(AccountError, match=words):
        AccountStore(path, hasher=CHEAP)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (before, 0o644)


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("code,password\n" * 100)
    with pytest.raises(AccountError, match=r"not a database\. Cure:"):
        AccountStore(path, hasher=CHEAP)


def test_a_file_that_somebody_holds_is_told(path: Path, store: AccountStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.privatefile.PATIENCE_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("begin exclusive")
        with pytest.raises(AccountError, match=r"locked\. Cure: try again"):
            store.accounts.find("anna")


def test_the_file_is_found_in_a_servers_folder_or_by_its_name(tmp_path: Path) -> None:
    assert find_file(tmp_path) == tmp_path / "accounts.sqlite"
    assert find_file(tmp_path / "mine.sqlite") == tmp_path / "mine.sqlite"
