"""Places where a live study can be: a folder, and a database of a PostgreSQL server that the tests start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.forks import Forks
from tests.store.postgresql import Server, running_server
from tests.tiny import tiny_study
from workbench.store.creating import create_study


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that is not there yet."""
    return tmp_path / "study"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, folder: Path) -> str:
    """Give an empty place for a study, in each of the two databases in turn."""
    return str(folder) if request.param == "sqlite" else str(request.getfixturevalue("postgresql_url"))


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
def live_place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Give the place of a live study with the tiny study's rows, in each of the two databases in turn."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("begun_folder"), folder)
        yield str(folder)
    else:
        like = request.getfixturevalue("begun_database")
        with request.getfixturevalue("postgresql").database(like) as url:
            yield url
