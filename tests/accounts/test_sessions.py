"""Sessions: who is logged in, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.accounts.account import AccountError
from workbench.accounts.store import AccountStore

from .conftest import ANNA


def test_a_session_belongs_to_its_account_until_it_is_ended(store: AccountStore) -> None:
    session = store.sessions.open("anna")
    assert store.sessions.find(session) == ANNA
    store.sessions.end(session)
    assert store.sessions.find(session) is None


def test_the_session_itself_is_not_in_the_file(path: Path, store: AccountStore) -> None:
    session = store.sessions.open("anna")
    assert session.encode() not in path.read_bytes()


def test_a_session_ends_by_itself(store: AccountStore, pass_days: Callable[[float], None]) -> None:
    session = store.sessions.open("anna")
    pass_days(0.49)
    assert store.sessions.find(session) == ANNA
    pass_days(0.51)
    assert store.sessions.find(session) is None
    assert store.sessions.all() == []


def test_when_somebody_was_last_seen_is_told(store: AccountStore, pass_days: Callable[[float], None]) -> None:
    session = store.sessions.open("anna")
    pass_days(0.1)
    store.sessions.find(session)
    (told,) = store.sessions.all()
    assert (told.code, round((told.seen - told.opened) / 86400, 3)) == ("anna", 0.1)


def test_one_session_is_ended_by_what_the_list_shows_which_opens_nothing(store: AccountStore) -> None:
    kept, ended = store.sessions.open("anna"), store.sessions.open("bo")
    (shown,) = [session.id for session in store.sessions.all() if session.code == "bo"]
    assert store.sessions.find(shown) is None

    store.sessions.end_one(shown)
    assert store.sessions.find(ended) is None
    assert store.sessions.find(kept) == ANNA


@pytest.mark.parametrize("session", ["", "%", "0", "nowhere"])
def test_a_session_that_is_not_there_cannot_be_ended(store: AccountStore, session: str) -> None:
    store.sessions.open("anna")
    with pytest.raises(AccountError, match="No open session"):
        store.sessions.end_one(session)


def test_all_sessions_of_one_or_of_all_are_ended(store: AccountStore) -> None:
    for code in ("anna", "anna", "bo", "bo"):
        store.sessions.open(code)
    assert store.sessions.end_of("anna") == 2
    assert [session.code for session in store.sessions.all()] == ["bo", "bo"]
    assert store.sessions.end_all() == 2
