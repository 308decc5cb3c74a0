"""Places where a live study can be: a folder, and a database of a PostgreSQL server that the tests start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.postgresql import Server, running_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Start a PostgreSQL server for the whole run; it ends with the run, also with one that is interrupted."""
    with running_server() as server:
        yield server


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
