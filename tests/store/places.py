"""Places where a live study can be: a folder, and a database of a PostgreSQL server that the tests start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa

from tests.store.forks import Forks
from tests.store.postgresql import Server, running_server
from tests.tiny import tiny_study
from workbench.store.creating import create_study


class Places(Protocol):
    """Makes places, as many as a test wants."""

    def __call__(self, *, begun: bool) -> str:
        """Make one."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Start a PostgreSQL server for the whole run; it ends with the run, also with one that is interrupted."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Start the process that forks writers."""
    with Forks() as started:
        yield started


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """Give the address of an empty database."""
    with postgresql.database() as url:
        yield url


@pytest.fixture(scope="session")
def begun_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a live study once, with the tiny study's rows, for tests to copy."""
    begun = tmp_path_factory.mktemp("begun") / "study"
    create_study(begun, tiny_study(), actor="K1")
    return begun


@pytest.fixture(scope="session")
def begun_database(postgresql: Server) -> Iterator[str]:
    """Begin the same in PostgreSQL; the name of its database."""
    with postgresql.database() as url:
        create_study(url, tiny_study(), actor="K1")
        yield str(sa.make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Make places in each of the two databases in turn: empty ones, or with a live study in them."""
    with ExitStack() as after:
        numbers = count()

        def in_folder(*, begun: bool) -> str:
            folder = tmp_path / f"study{next(numbers) or ''}"
            if begun:
                shutil.copytree(request.getfixturevalue("begun_folder"), folder)
            return str(folder)

        def in_postgresql(*, begun: bool) -> str:
            like = request.getfixturevalue("begun_database") if begun else "template0"
            server: Server = request.getfixturevalue("postgresql")
            return after.enter_context(server.database(like))

        yield in_folder if request.param == "sqlite" else in_postgresql


@pytest.fixture
def place(places: Places) -> str:
    """Give an empty place for a study, in each of the two databases in turn."""
    return places(begun=False)


@pytest.fixture
def live_place(places: Places) -> str:
    """Give the place of a live study with the tiny study's rows, in each of the two databases in turn."""
    return places(begun=True)
