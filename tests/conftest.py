"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.tiny import DEMO, MUNICIPALITIES, tiny_study
from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.study import Study

# No test is timed: a laden machine is no fault of the code.
settings.register_profile("workbench", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("workbench")
pytest_plugins = ["tests.store.places"]  # where live studies lie: the store's tests and the loaders' ask for it


@pytest.fixture
def tiny() -> Study:
    """Make a study small enough to check by eye."""
    return tiny_study()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Freeze the same study once."""
    folder = tmp_path_factory.mktemp("sound") / "tiny"
    save_study(tiny_study(), folder)
    return folder


@pytest.fixture
def tiny_folder(sound: Path, tmp_path: Path) -> Path:
    """Give a test a frozen study of its own, to do with as it likes."""
    return shutil.copytree(sound, tmp_path / "tiny")


@pytest.fixture(scope="session")
def demo() -> Study:
    """Open the demo study of eight agencies."""
    return open_study(DEMO)


@pytest.fixture(scope="session")
def municipalities() -> Study:
    """Open the demo study of two municipalities."""
    return open_study(MUNICIPALITIES)
