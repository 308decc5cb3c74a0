"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import DEMO, MUNICIPALITIES, tiny_study
from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.study import Study


@pytest.fixture
def tiny() -> Study:
    """Make a study small enough to check by eye."""
    return tiny_study()


@pytest.fixture
def tiny_folder(tiny: Study, tmp_path: Path) -> Path:
    """Freeze the same study in a folder."""
    save_study(tiny, tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture(scope="session")
def demo() -> Study:
    """Open the demo study of eight agencies."""
    return open_study(DEMO)


@pytest.fixture(scope="session")
def municipalities() -> Study:
    """Open the demo study of two municipalities."""
    return open_study(MUNICIPALITIES)
