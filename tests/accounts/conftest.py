"""A file of accounts with Anna, whose password is known, and Bo, who has none yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ANNA = Account("anna", "participant", "P001", "sv")
BO = Account("bo", "development_lead", "P002", "en")
RIGHT = "the right words"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accounts.sqlite"


@pytest.fixture
def store(path: Path) -> AccountStore:
    store = AccountStore(path, hasher=CHEAP)
    for account in (ANNA, BO):
        store.accounts.add(account)
    store.accounts.set_password("anna", RIGHT)
    return store


@pytest.fixture
def pass_days(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let days pass; negative ones go back."""
    now = time.time()
    return lambda days: monkeypatch.setattr(time, "time", lambda: now + days * 24 * 60 * 60)
