"""Invitations: a link that lets one person choose a password, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.accounts.account import Account, AccountError
from workbench.accounts.passwords import PasswordError
from workbench.accounts.store import AccountStore

from .conftest import ANNA, BO, RIGHT

CHOSEN = "words that bo chose"


def test_an_invitation_lets_its_person_choose_a_password(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    assert store.invitations.spend(token, CHOSEN) == BO
    assert store.accounts.check("bo", CHOSEN) == BO


def test_looking_at_an_invitation_does_not_spend_it(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    assert [store.invitations.find(token) for _ in range(3)] == [BO] * 3
    assert store.accounts.all()[1] == (BO, False)


def test_an_invitation_is_spent_once(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    store.invitations.spend(token, CHOSEN)
    assert store.invitations.spend(token, "words that eve chose") is None
    assert store.invitations.find(token) is None
    assert store.accounts.check("bo", CHOSEN) == BO


def test_of_many_who_spend_it_at_one_moment_one_does(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    gate, spent = threading.Barrier(8), []

    def spend(number: int) -> None:
        gate.wait()
        spent.append(store.invitations.spend(token, f"{CHOSEN} {number}"))

    threads = [threading.Thread(target=spend, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (spent.count(BO), spent.count(None)) == (1, 7)


@pytest.mark.parametrize(("days", "later", "there"), [(14, 13.9, True), (14, 14.1, False), (1, 1.1, False)])
def test_an_invitation_ends_by_itself(
    store: AccountStore,
    pass_days: Callable[[float], None],
    days: int,
    later: float,
    there: bool,  # noqa: FBT001 -- a parameter
) -> None:
    token = store.invitations.make("bo", days=days)
    pass_days(later)
    assert bool(store.invitations.find(token)) is there
    assert bool(store.invitations.open()) is there
    assert bool(store.invitations.spend(token, CHOSEN)) is there


def test_a_new_invitation_ends_the_one_before(store: AccountStore) -> None:
    first, second = store.invitations.make("bo"), store.invitations.make("bo")
    assert store.invitations.find(first) is None
    assert store.invitations.find(second) == BO


def test_an_invitation_leaves_the_password_be_until_it_is_used_and_then_ends_all_sessions(store: AccountStore) -> None:
    session = store.sessions.open("anna")
    token = store.invitations.make("anna")
    assert store.sessions.find(session) == ANNA
    assert store.accounts.check("anna", RIGHT) == ANNA

    store.invitations.spend(token, "some other words")
    assert store.sessions.find(session) is None
    assert store.accounts.check("anna", RIGHT) is None


def test_a_password_that_will_not_do_leaves_the_invitation_open(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    with pytest.raises(PasswordError):
        store.invitations.spend(token, "short")
    assert store.invitations.find(token) == BO


def test_an_invitation_ends_when_the_way_in_is_shut(store: AccountStore) -> None:
    token = store.invitations.make("bo")
    store.accounts.set_disabled("bo", disabled=True)
    assert store.invitations.find(token) is None
    assert store.invitations.spend(token, CHOSEN) is None


@pytest.mark.parametrize("token", ["", "made up", "x" * 10_000, "\ud800", "' or 1 = 1 --"])
def test_what_is_no_token_invites_nobody(store: AccountStore, token: str) -> None:
    store.invitations.make("bo")
    assert store.invitations.find(token) is None


def test_the_token_itself_is_not_in_the_file(store: AccountStore, path: Path) -> None:
    token = store.invitations.make("bo")
    assert token.encode() not in path.read_bytes()
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize("days", [0, -1, 91, float("nan")])
def test_days_that_cannot_be_are_refused(store: AccountStore, days: float) -> None:
    with pytest.raises(AccountError, match="at most 90"):
        store.invitations.make("bo", days=days)


def test_nobody_is_invited_who_has_no_account_or_a_shut_one(store: AccountStore) -> None:
    store.accounts.add(Account("dan", "reviewer", "", "sv"))
    store.accounts.set_disabled("dan", disabled=True)
    with pytest.raises(AccountError, match="enable"):
        store.invitations.make("dan")
    with pytest.raises(AccountError, match="No account"):
        store.invitations.make("eve")
