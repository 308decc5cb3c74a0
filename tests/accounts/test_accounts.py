"""Accounts: who they are, and whether a password is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.accounts.account import Account, AccountError
from workbench.accounts.passwords import Passwords
from workbench.accounts.store import AccountStore

from .conftest import ANNA, BO, RIGHT


def test_the_right_password_gives_the_account(store: AccountStore) -> None:
    assert store.accounts.check("anna", RIGHT) == ANNA


@pytest.mark.parametrize(
    ("code", "password"), [("anna", "wrong"), ("anna", ""), ("nobody", RIGHT), ("", ""), ("bo", ""), ("bo", RIGHT)]
)
def test_anything_else_gives_nothing(store: AccountStore, code: str, password: str) -> None:
    assert store.accounts.check(code, password) is None


@pytest.mark.parametrize("code", ["anna", "bo", "nobody"])
def test_a_code_that_nobody_has_or_that_has_no_password_costs_the_same_work(
    store: AccountStore, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    verified = []
    passwords: Passwords = store.accounts._passwords  # noqa: SLF001 -- work cannot be seen from outside
    verify = passwords._hasher.verify  # noqa: SLF001
    monkeypatch.setattr(
        passwords, "_hasher", type("", (), {"verify": lambda *given: verified.append(1) or verify(*given[1:])})()
    )
    store.accounts.check(code, "x")
    assert len(verified) == 1


def test_an_account_whose_way_in_is_shut_costs_the_same_work_and_gives_nothing(store: AccountStore) -> None:
    store.accounts.set_disabled("anna", disabled=True)
    assert store.accounts.check("anna", RIGHT) is None
    store.accounts.set_disabled("anna", disabled=False)
    assert store.accounts.check("anna", RIGHT) == ANNA


def test_a_password_is_the_same_however_its_letters_were_composed(store: AccountStore) -> None:
    store.accounts.set_password("anna", "en väldigt lång å")
    assert store.accounts.check("anna", "en va\u0308ldigt la\u030ang a\u030a") == ANNA


def test_the_password_itself_is_not_in_the_file(path: Path, store: AccountStore) -> None:
    assert RIGHT.encode() not in path.read_bytes()


@pytest.mark.parametrize("change", ["password", "role", "person", "disabled", "removed"])
def test_sessions_end_when_there_is_another(store: AccountStore, change: str) -> None:
    session = store.sessions.open("anna")
    match change:
        case "password":
            store.accounts.set_password("anna", "another one of words")
        case "role":
            store.accounts.set_role("anna", "reviewer", "P001")
        case "person":
            store.accounts.set_role("anna", "participant", "P009")
        case "disabled":
            store.accounts.set_disabled("anna", disabled=True)
            store.accounts.set_disabled("anna", disabled=False)
        case _:
            store.accounts.remove("anna")
    assert store.sessions.find(session) is None


def test_all_accounts_are_told_with_whether_they_have_a_password(store: AccountStore) -> None:
    assert store.accounts.all() == [(ANNA, True), (BO, False)]


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Account("eve", "owner", "", "sv"), "no role 'owner'"),
        (Account("", "participant", "P1", "sv"), "cannot be a code"),
        (Account("eve ek", "participant", "P1", "sv"), "cannot be a code"),
        (Account("eve@example.se", "participant", "P1", "sv"), "cannot be a code"),
        (Account("e" * 65, "participant", "P1", "sv"), "cannot be a code"),
        (Account("eve", "participant", "P1", "fi"), "no language 'fi'"),
        (Account("anna", "participant", "P1", "sv"), "is there already"),
    ],
)
def test_what_cannot_be_an_account_is_refused(store: AccountStore, account: Account, words: str) -> None:
    with pytest.raises(AccountError, match=words):
        store.accounts.add(account)


def test_nothing_can_be_changed_of_an_account_that_is_not_there(store: AccountStore) -> None:
    with pytest.raises(AccountError, match="No account has the code 'eve'"):
        store.accounts.set_password("eve", RIGHT)
    with pytest.raises(AccountError, match="No account"):
        store.accounts.set_role("eve", "reviewer", "")
    with pytest.raises(AccountError, match="No account"):
        store.accounts.set_disabled("eve", disabled=True)
