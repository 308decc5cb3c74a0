"""A server over a made-up study of two people's words, and visitors to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser

from tests.serving.browsing import Watched, open_browser, open_page
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.serving.demo import wait_for_answer
from workbench.serving.processes import Child, free_port
from workbench.serving.visitor import Visitor

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
JOURNEY = HERE / "dashboards" / "min_resa.ipynb"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PEOPLE = [
    Account("anna", "participant", "P001", "sv"),
    Account("bo", "development_lead", "P002", "en"),
    Account("eva", "participant", "P003", "sv"),
    Account("fia", "participant", "P004", "en"),
    Account("gil", "participant", "P404", "sv"),
    Account("cia", "researcher", "", "sv"),
    Account("dan", "reviewer", "", "sv"),
    Account("hal", "sponsor", "P005", "sv"),
    Account("ida", "facilitator", "", "sv"),
    Account("kim", "key_custodian", "", "sv"),
]
SECRET = "SERVER_SECRET"


@dataclass(frozen=True)
class Running:
    """A running server, its private folder, and its process."""

    url: str
    state: Path
    pid: int = 0

    def forget_tries(self) -> None:
        """Let a test begin with all its tries."""
        with sqlite3.connect(self.state / "accounts.sqlite") as db:
            db.execute("delete from attempt")
        db.close()


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a server's private folder; pytest's own folders are too long for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started(
    state: Path,
    people: Sequence[Account],
    study: Path | None = None,
    env: Mapping[str, str] | None = None,
    journey: Path = JOURNEY,
) -> Iterator[Running]:
    """Run a server whose people have passwords, over a study or, without one, over two made-up rows."""
    store = AccountStore(state / "accounts.sqlite", hasher=CHEAP)
    for account in people:
        store.accounts.add(account)
        store.accounts.set_password(account.code, f"password of {account.code}")
    module = "workbench.serving" if study else "tests.serving.fake_server"
    port = free_port()
    arguments = _arguments(study, state, port, journey) if study else [str(state), str(port)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": ""} | dict(env or {})
    child = Child(module, arguments, env=environment, log=state / "log")
    try:
        url = f"http://127.0.0.1:{port}/"
        wait_for_answer(url, child)
        yield Running(url, state, child.process.pid)
    finally:
        child.stop()


def _arguments(study: Path, state: Path, port: int, journey: Path) -> list[str]:
    return [
        *("--study", str(study)),
        *("--state", str(state)),
        *("--notebooks", str(HERE / "notebooks")),
        *("--journey", str(journey)),
        *("--port", str(port)),
    ]


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """One server for all tests."""
    with private_folder() as state, started(state, PEOPLE, env={SECRET: "not for kernels"}) as running:
        yield running


@pytest.fixture
def server(running: Running) -> Running:
    """Give the server, with no log-in tries noted."""
    running.forget_tries()
    return running


Enter = Callable[[str], Visitor]


@pytest.fixture
def enter(server: Running) -> Enter:
    """Log a person in: ``enter("anna")``; an empty code is a stranger."""

    def log_in(code: str) -> Visitor:
        visitor = Visitor(server.url)
        if code:
            form = {"_xsrf": visitor.form_key(), "code": code, "password": f"password of {code}", "next": "/"}
            assert visitor.post_only("login", form) == 302
        return visitor

    return log_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open one browser for a module's tests; asyncio in other modules does not bear one that is open."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def watched(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Watched]:
    """Open a page of its own to look at a module's `home` with, on a desk unless told otherwise."""
    with open_page(browser, home, getattr(request, "param", "desk")) as watched:
        yield watched
