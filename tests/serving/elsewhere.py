"""A server that takes another's word for who somebody is, over a live study of the tests' own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.tiny import tiny_study
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.serving.demo import make_live, wait_for_answer
from workbench.serving.processes import Child, free_port

from .conftest import CHEAP, REPOSITORY, private_folder
from .living import Living

HERE = Path(__file__).parent
PEOPLE = [
    Account("anna", "participant", "P-1", "en"),
    Account("bo", "participant", "P-2", "en"),
    Account("Cia", "researcher", "", "en"),
    Account("dan", "participant", "P-3", "en", disabled=True),
    Account("eva", "participant", "P-2", "en"),
]


def add_people(state: Path, people: Sequence[Account] = PEOPLE) -> AccountStore:
    """Make accounts without passwords."""
    store = AccountStore(state / "accounts.sqlite", hasher=CHEAP)
    for account in people:
        store.accounts.add(account)
    return store


def arguments_of(state: Path, place: Path | str, port: int) -> list[str]:
    """Give the command line of a server over the study, with the settings in its folder."""
    return [
        *("--study", str(place)),
        *("--state", str(state)),
        *("--notebooks", str(HERE / "notebooks")),
        *("--journey", str(HERE / "dashboards" / "min_resa.ipynb")),
        *("--port", str(port)),
        *("--identity", str(state / "identity.toml")),
    ]


@contextmanager
def serve_elsewhere(settings: str) -> Iterator[Living]:
    """Serve the tiny study by settings of identity, until the context ends."""
    with private_folder() as state:
        add_people(state)
        (state / "identity.toml").write_text(settings)
        (state / "key").write_text("a key of the proxy's own\n")
        place, port = make_live(tiny_study(), state / "study"), free_port()
        env = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": ""}
        child = Child("workbench.serving", arguments_of(state, place, port), env=env, log=state / "log")
        try:
            url = f"http://127.0.0.1:{port}/"
            wait_for_answer(url, child)
            yield Living(url, state, place)
        finally:
            child.stop()
