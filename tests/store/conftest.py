"""Fixtures of the tests of live studies; where these lie is shared with other tests: see `tests.store.places`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.copies import make_study
from workbench.store.beside import variable


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what lies beside studies of PostgreSQL in the test's own folder."""
    for name in ("backups", "received"):
        monkeypatch.setenv(variable(name), str(tmp_path / name))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that is not there yet."""
    return tmp_path / "study"


@pytest.fixture(scope="session")
def acted_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin the same and act on it, as `make_study` tells, for tests to copy."""
    acted = tmp_path_factory.mktemp("acted") / "study"
    make_study(acted)
    return acted
