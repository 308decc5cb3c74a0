"""Tries: how often somebody, or somebody's address, may try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.accounts.store import AccountStore


def test_a_code_has_so_many_tries_and_no_more(store: AccountStore) -> None:
    tries = [store.tries.note({"code:anna": 3}) for _ in range(4)]
    assert tries == [True, True, True, False]


def test_an_address_has_its_tries_whatever_the_codes(store: AccountStore) -> None:
    tries = [store.tries.note({f"code:{number}": 3, "address:here": 5}) for number in range(6)]
    assert tries == [True] * 5 + [False]


def test_one_who_goes_on_trying_a_locked_code_does_not_lock_the_room(store: AccountStore) -> None:
    for _ in range(20):
        store.tries.note({"code:anna": 3, "address:here": 5})
    assert store.tries.note({"code:bo": 3, "address:here": 5})


def test_tries_are_forgotten_after_a_while(store: AccountStore, pass_days: Callable[[float], None]) -> None:
    for _ in range(4):
        store.tries.note({"code:anna": 3})
    pass_days(0.02)
    assert store.tries.note({"code:anna": 3})


def test_a_right_password_takes_back_its_own_try_only(store: AccountStore) -> None:
    for _ in range(3):
        store.tries.note({"address:here": 3})
    store.tries.forgive(["address:here"])
    assert store.tries.note({"address:here": 3})
    assert not store.tries.note({"address:here": 3})


def test_a_password_typed_as_the_code_is_not_in_the_file(store: AccountStore, path: Path) -> None:
    store.tries.note({"code:my secret words": 3})
    assert b"secret" not in path.read_bytes()
