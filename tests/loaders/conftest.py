"""Fixtures of the tests of what is handed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loaders.awkward import awkward_study, make
from workbench.store.beside import variable
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what lies beside studies of PostgreSQL in the test's own folder."""
    for name in ("backups", "received"):
        monkeypatch.setenv(variable(name), str(tmp_path / name))


@pytest.fixture(scope="session")
def awkward_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make all awkward files once; nobody writes to them."""
    return make(tmp_path_factory.mktemp("awkward"))


@pytest.fixture(scope="session")
def begun_awkward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin once the live study that awkward files are handed in to, for tests to copy."""
    begun = tmp_path_factory.mktemp("begun") / "study"
    create_study(begun, awkward_study(), actor="K1")
    return begun


@pytest.fixture
def handed_to(begun_awkward: Path, tmp_path: Path) -> Iterator[LiveStudy]:
    """Open a live study of the test's own."""
    with LiveStudy(shutil.copytree(begun_awkward, tmp_path / "study"), actor="K1") as live:
        yield live
