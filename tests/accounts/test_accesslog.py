"""The access log: who was shown what, and when."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workbench.accounts.account import AccountError
from workbench.accounts.store import AccountStore

WHO = ("anna", "participant")


@pytest.fixture
def by_hand(store: AccountStore, path: Path) -> Iterator[sqlite3.Connection]:
    """Give the file as any other program sees it."""
    with closing(sqlite3.connect(path)) as db:
        yield db


def test_lines_are_told_in_their_order(store: AccountStore) -> None:
    store.log.note(WHO, "see", "journey")
    store.log.note(("bo", "reviewer"), "see", "analysis", "01_counts", allowed=False)
    told = [(line.code, line.role, line.did, line.kind, line.what, line.allowed) for line in store.log.all()]
    assert told == [
        ("anna", "participant", "see", "journey", "", True),
        ("bo", "reviewer", "see", "analysis", "01_counts", False),
    ]


def test_lines_of_one_account_or_of_the_last_days_are_found(
    store: AccountStore, pass_days: Callable[[float], None]
) -> None:
    store.log.note(WHO, "see", "journey")
    pass_days(3)
    store.log.note(WHO, "log in", "account")
    store.log.note(("bo", "reviewer"), "log in", "account")
    assert len(store.log.all(code="anna")) == 2
    assert len(store.log.all(code="anna", days=2)) == 1
    assert store.log.all(code="a%") == []


@pytest.mark.parametrize("words", ["I wrote this", "a/b", "<b>", "x" * 65, "line\nbreak"])
def test_words_cannot_come_into_it(store: AccountStore, words: str) -> None:
    with pytest.raises(AccountError, match="names of things"):
        store.log.note(WHO, "see", "entry", words)
    assert store.log.all() == []


def test_a_line_cannot_be_changed(store: AccountStore, by_hand: sqlite3.Connection) -> None:
    store.log.note(WHO, "see", "journey", allowed=False)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        by_hand.execute("update access set allowed = 1")


def test_a_line_of_this_year_cannot_be_removed(store: AccountStore, by_hand: sqlite3.Connection) -> None:
    store.log.note(WHO, "see", "journey")
    with pytest.raises(sqlite3.IntegrityError, match="kept 365 days"):
        by_hand.execute("delete from access")


def test_lines_older_than_a_year_go(store: AccountStore, pass_days: Callable[[float], None]) -> None:
    for days in (-366, -364, 0):
        pass_days(days)
        store.log.note(WHO, "see", "journey")
    assert store.log.prune() == 1
    assert len(store.log.all()) == 2


def test_what_an_account_did_is_told_after_it_has_gone(store: AccountStore) -> None:
    store.log.note(WHO, "see", "journey")
    store.accounts.remove("anna")
    assert [line.code for line in store.log.all()] == ["anna"]
