from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.store.deeds import raise_number
from tests.store.forks import Forks
from tests.tiny import ROOT
from workbench.opening import open_study
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.study import Study


@pytest.fixture
def begun(folder: Path, tiny: Study) -> Path:
    """Begin a live study in a folder."""
    create_study(folder, tiny, actor="K1")
    return folder


def test_reading_while_a_study_is_open_leaves_its_later_acts_safe_from_other_processes(
    begun: Path, forks: Forks
) -> None:
    """Two SQLite libraries on one file in one process would undo each other's locks, and acknowledged acts be lost."""
    with LiveStudy(begun, actor="K1") as live:
        live.do(raise_number())
        live.read()
        open_study(begun)
        forks.run("write", place=str(begun), actor="K2", times=1)
        live.do(raise_number())
        forks.run("write", place=str(begun), actor="K2", times=1)

    assert open_study(begun).events["actor"].to_list() == ["K1", "K1", "K1", "K2", "K1", "K2"]


def test_a_study_read_inside_an_act_is_the_one_before_the_act(begun: Path) -> None:
    with LiveStudy(begun, actor="K1") as live, live.database.writing():
        seen = live.read()

    assert seen.frames.keys() == open_study(begun).frames.keys()
    for name, frame in open_study(begun).frames.items():
        assert frame.equals(seen.frames[name]) and (frame.dtypes == seen.frames[name].dtypes).all(), name


def test_acts_and_readings_in_threads_of_one_process_all_come_through(begun: Path) -> None:
    failed: list[BaseException] = []

    def write(live: LiveStudy) -> None:
        try:
            for _ in range(10):
                live.do(raise_number())
        except BaseException as error:  # noqa: BLE001  told below
            failed.append(error)

    with LiveStudy(begun, actor="K1") as live:
        writers = [threading.Thread(target=write, args=(live,)) for _ in range(3)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            assert live.read().organisations["employees"].nunique(dropna=False) == 1
        for writer in writers:
            writer.join()

    assert failed == []
    assert open_study(begun).organisations["employees"].to_list() == [30, 30]


def test_a_forked_process_writes_with_a_connection_of_its_own(begun: Path) -> None:
    script = (
        "import os, sys\n"
        "from tests.store.deeds import raise_number\n"
        "from workbench.store.live import LiveStudy\n"
        "live = LiveStudy(sys.argv[1], actor='K1')\n"
        "live.do(raise_number())\n"
        "child = os.fork()\n"
        "live.do(raise_number())\n"
        "if child:\n"
        "    assert os.waitpid(child, 0)[1] == 0\n"
        "    live.do(raise_number())\n"
        "live.close()\n"
    )
    subprocess.run([sys.executable, "-c", script, str(begun)], check=True, cwd=ROOT, env={**os.environ})

    assert open_study(begun).organisations["employees"].to_list() == [4, 4]
