"""Accounts: passwords, sessions and tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from workbench.serving import accounts
from workbench.serving.accounts import Account, AccountError, AccountStore

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ANNA = Account("anna", "participant", "P001", "sv")


@pytest.fixture
def store(tmp_path: Path) -> AccountStore:
    store = AccountStore(tmp_path / "accounts.sqlite", hasher=CHEAP)
    store.add(ANNA, "right")
    return store


def test_only_the_owner_may_read_the_file(tmp_path: Path, store: AccountStore) -> None:
    assert (tmp_path / "accounts.sqlite").stat().st_mode & 0o777 == 0o600


def test_the_right_password_gives_the_account(store: AccountStore) -> None:
    assert store.check("anna", "right") == ANNA


@pytest.mark.parametrize(("code", "password"), [("anna", "wrong"), ("anna", ""), ("nobody", "right"), ("", "")])
def test_anything_else_gives_nothing(store: AccountStore, code: str, password: str) -> None:
    assert store.check(code, password) is None


def test_an_unknown_code_costs_the_same_work(store: AccountStore, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr(store, "_hasher", type("Counting", (), {"verify": lambda *_: checked.append(1)})())
    store.check("anna", "x")
    store.check("nobody", "x")
    assert len(checked) == 2


def test_the_password_itself_is_not_in_the_file(tmp_path: Path, store: AccountStore) -> None:
    assert b"right" not in (tmp_path / "accounts.sqlite").read_bytes()


def test_a_session_belongs_to_its_account_until_it_is_ended(store: AccountStore) -> None:
    session = store.open_session("anna")
    assert store.find_session(session) == ANNA
    store.end_session(session)
    assert store.find_session(session) is None


def test_the_session_id_itself_is_not_in_the_file(tmp_path: Path, store: AccountStore) -> None:
    session = store.open_session("anna")
    assert session.encode() not in (tmp_path / "accounts.sqlite").read_bytes()


def test_a_session_ends_by_itself(store: AccountStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "SESSION_SECONDS", -1)
    assert store.find_session(store.open_session("anna")) is None


@pytest.mark.parametrize("change", ["new password", "removal"])
def test_sessions_end_with_a(store: AccountStore, change: str) -> None:
    session = store.open_session("anna")
    if change == "removal":
        store.remove("anna")
    else:
        store.add(ANNA, "another")
    assert store.find_session(session) is None


def test_a_code_has_so_many_tries_and_no_more(store: AccountStore) -> None:
    tries = [store.note_try({"code:anna": 3}) for _ in range(4)]
    assert tries == [True, True, True, False]


def test_an_address_has_its_tries_whatever_the_codes(store: AccountStore) -> None:
    tries = [store.note_try({f"code:{number}": 3, "address:here": 5}) for number in range(6)]
    assert tries == [True] * 5 + [False]


def test_one_who_goes_on_trying_a_locked_code_does_not_lock_the_room(store: AccountStore) -> None:
    for _ in range(20):
        store.note_try({"code:anna": 3, "address:here": 5})
    assert store.note_try({"code:bo": 3, "address:here": 5})


def test_tries_are_forgotten_after_a_while(store: AccountStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        store.note_try({"code:anna": 3})
    monkeypatch.setattr(accounts, "TRY_WINDOW_SECONDS", -1)
    assert store.note_try({"code:anna": 3})


def test_a_right_password_takes_back_its_own_try_only(store: AccountStore) -> None:
    for _ in range(3):
        store.note_try({"address:here": 3})
    store.forgive_try(["address:here"])
    assert store.note_try({"address:here": 3})
    assert not store.note_try({"address:here": 3})


def test_a_role_that_is_none_is_refused(store: AccountStore) -> None:
    with pytest.raises(AccountError, match="role"):
        store.add(Account("eve", "owner", "", "sv"), "x")
