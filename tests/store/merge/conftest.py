"""Two copies of the tiny study, for two coders with a laptop each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.merge.laptops import copied
from tests.tiny import tiny_study
from workbench.store.creating import create_study


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin the tiny study once; every test works on copies of its folder."""
    folder = tmp_path_factory.mktemp("begun") / "study"
    create_study(folder, tiny_study(), actor="K0")
    return folder


@pytest.fixture
def here(begun: Path, tmp_path: Path) -> Path:
    """Give one coder's copy."""
    return copied(begun, tmp_path / "here")


@pytest.fixture
def there(begun: Path, tmp_path: Path) -> Path:
    """Give the other coder's copy."""
    return copied(begun, tmp_path / "there")
