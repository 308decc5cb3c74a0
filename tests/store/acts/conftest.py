"""A live study of a test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.acts.prepared import ACTS
from workbench.acts.bulk import bulk
from workbench.store.live import LiveStudy


@pytest.fixture(scope="session")
def prepared_folder(begun_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a live study once, for tests to copy."""
    folder = shutil.copytree(begun_folder, tmp_path_factory.mktemp("prepared") / "study")
    with LiveStudy(folder, actor="K0") as live:
        live.do(bulk("prepare", ACTS))
    return folder


@pytest.fixture
def live(prepared_folder: Path, folder: Path) -> Iterator[LiveStudy]:
    """Open the prepared study, as K1."""
    with LiveStudy(shutil.copytree(prepared_folder, folder), actor="K1") as opened:
        yield opened
