"""A server over a live study of the tests' own: what is handed in on its pages is read again from the study."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tiny import tiny_study
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.opening import open_study
from workbench.serving.demo import make_live, wait_for_answer
from workbench.serving.processes import Child, free_port
from workbench.serving.visitor import Visitor
from workbench.study import Study

from .conftest import CHEAP, REPOSITORY

HERE = Path(__file__).parent
PEOPLE = [
    Account("anna", "participant", "P-1", "en"),
    Account("bo", "development_lead", "P-2", "en"),
    Account("eva", "participant", "P-3", "sv"),
    Account("cia", "researcher", "", "en"),
]


@dataclass(frozen=True)
class Living:
    """A running server, its private folder, and the study that it serves."""

    url: str
    state: Path
    place: Path

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return open_study(self.place)

    def enter(self, code: str) -> Visitor:
        """Log a person in."""
        visitor = Visitor(self.url, language="en")
        form = {"_xsrf": visitor.form_key(), "code": code, "password": f"password of {code}", "next": "/account"}
        assert visitor.post_only("login", form) == 302
        return visitor


@contextmanager
def serve_living() -> Iterator[Living]:
    """Serve the tiny study, live, until the context ends."""
    state = Path(tempfile.mkdtemp(prefix="workbench-test-"))  # pytest's own folders are too long for sockets
    store = AccountStore(state / "accounts.sqlite", hasher=CHEAP)
    for account in PEOPLE:
        store.accounts.add(account)
        store.accounts.set_password(account.code, f"password of {account.code}")
    place, port = make_live(tiny_study(), state / "study"), free_port()
    arguments = [
        *("--study", str(place)),
        *("--state", str(state)),
        *("--notebooks", str(HERE / "notebooks")),
        *("--journey", str(HERE / "dashboards" / "min_resa.ipynb")),
        *("--port", str(port)),
    ]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": ""}
    child = Child("workbench.serving", arguments, env=env, log=state / "log")
    try:
        url = f"http://127.0.0.1:{port}/"
        wait_for_answer(url, child)
        yield Living(url, state, place)
    finally:
        child.stop()
        shutil.rmtree(state, ignore_errors=True)
