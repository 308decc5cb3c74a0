"""What was acknowledged is there: after a killed writer, a crashed server, a full disk, where one may only read."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.deeds import raise_number
from tests.store.forks import Forks, Said
from tests.store.places import Places
from tests.store.postgresql import running_server
from workbench.errors import WorkbenchError
from workbench.opening import open_study
from workbench.store import database as database_module
from workbench.store.creating import create_study
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.live import LiveStudy
from workbench.store.log import read_events
from workbench.store.verify import verify
from workbench.study import Study

KILLS, BEGINNINGS = 200, 8  # of the kills, those of a process that begins a study
STUDIES = 8  # that the others share two by two, so that each stays small
LONGEST_MS = 60
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of files and memory are the kernel's")


def assert_kept(place: str, said: Said) -> None:
    """Every acknowledged act is in the log as it was acknowledged, and the study is whole."""
    assert verify(place) == []
    with closing(Database(place, writes=False)) as database, database.reading() as connection:
        told = {event["sequence"]: event["hash"] for event in read_events(connection)}
    assert [(sequence, told.get(sequence)) for sequence, _ in said.acknowledged] == said.acknowledged


def test_a_writer_killed_at_any_moment_loses_no_act_and_leaves_none_by_half(places: Places, forks: Forks) -> None:
    chance = random.Random(20250205)  # noqa: S311  the same moments each run, as near as a clock allows
    for _ in range(STUDIES // 2):
        pair = [places(begun=True), places(begun=True)]
        known: dict[str, Said] = {}
        for number in range(2 * (KILLS - BEGINNINGS) // STUDIES):
            here, there = pair[number % 2], pair[1 - number % 2]
            moment, seed = chance.uniform(0, LONGEST_MS), chance.randrange(2**32)
            least = chance.randrange(3)
            forks.start(("write_anything", {"place": here, "seed": seed}), kill_ms=moment, said=least)
            if there in known:  # is looked at while its twin is written to
                assert_kept(there, known[there])
            (known[here],) = forks.finish()
            assert known[here].code == -9, known[here].lines
            assert len(known[here].acknowledged) >= least
        assert_kept(here, known[here])


def test_a_study_whose_beginning_is_killed_is_there_whole_or_not_at_all(
    places: Places, forks: Forks, tiny: Study
) -> None:
    outcomes = []
    for number in range(BEGINNINGS):
        place = places(begun=False)
        said = forks.run("begin", place=place, kill_ms=number * 1000 / BEGINNINGS)
        try:
            open_study(place)
        except WorkbenchError:
            assert said.lines == [], "what was acknowledged is there"
            with suppress(StoreError):  # the server may be ending what the dead had asked for
                create_study(place, tiny, actor="K2")
        outcomes.append(said.lines)
        assert verify(place) == []
        assert len(open_study(place).events) == 2

    assert [] in outcomes


def test_a_server_that_crashes_has_kept_every_acknowledged_act(forks: Forks, tiny: Study) -> None:
    """The server's every process is killed while four writers write; it starts again, and they can go on."""
    with running_server() as server, server.database() as url:
        create_study(url, tiny, actor="K1")
        survivor = LiveStudy(url, actor="K9")
        survivor.do(raise_number())
        for _ in range(3):
            writers = [("write", {"place": url, "actor": f"W{number}", "times": 10_000}) for number in range(4)]
            forks.start(*writers)
            _wait_for_acts(url, 20)
            server.crash()
            said = forks.finish()
            server.start()
            assert all(one.lines[-1].startswith("failed: postgresql://") and one.code == 1 for one in said)
            assert_kept(url, Said([line for one in said for line in one.lines[:-1]], 1))
        assert survivor.do(raise_number()).sequence > 60
        survivor.close()
        assert verify(url) == []


def _wait_for_acts(url: str, number: int) -> None:
    with closing(Database(url, writes=False)) as database:
        before = _count_acts(database)
        while _count_acts(database) < before + number:
            pass


def _count_acts(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM events")).scalar_one())


@linux
def test_a_full_disk_is_said_loses_nothing_and_once_there_is_room_acts_go_on(
    begun_folder: Path, folder: Path, forks: Forks
) -> None:
    shutil.copytree(begun_folder, folder)
    said = forks.run("write_in_little_room", place=str(folder), room=(folder / "study.db").stat().st_size + 50_000)

    *acts, refused, memos, last = said.lines
    assert acts, "there was room at first"
    assert refused.startswith(f"refused: {folder / 'study.db'}: ")
    assert "every act that was acknowledged is kept" in refused
    assert memos == f"{20 * len(acts)} memos"
    assert int(last) == int(acts[-1]) + 1
    assert verify(folder) == []


@linux
def test_a_study_begun_where_there_is_no_room_leaves_nothing_behind(folder: Path, forks: Forks) -> None:
    said = forks.run("begin_in_little_room", place=str(folder), room=100_000)

    assert "Cure: " in said.lines[0] and said.lines[0].startswith("failed: ")
    assert not any(folder.iterdir())


@linux
def test_opening_a_study_takes_no_more_memory_than_its_rows_need(begun_folder: Path, forks: Forks) -> None:
    assert forks.run("read_in_little_memory", place=str(begun_folder)).lines == ["2 events"]


@pytest.fixture
def open_folder(begun_folder: Path) -> Iterator[Path]:
    """Give a study that anyone may come to: pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as above:
        os.chmod(above, 0o755)  # noqa: PTH101, S103  another user of the tests must reach it
        folder = Path(above) / "study"
        shutil.copytree(begun_folder, folder)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize("left", ["closed", "by a writer that was killed", "open in a writer's hands"])
def test_a_study_one_may_only_read_can_be_read_and_an_act_says_why_not(
    open_folder: Path, forks: Forks, left: str
) -> None:
    events = 2
    if left != "closed":
        forks.start(("write", {"place": str(open_folder), "actor": "K1", "times": 10_000}), kill_ms=0, said=1)
        forks.finish()
        events = len(open_study(open_folder).events)
    writer = LiveStudy(open_folder, actor="K1") if left.startswith("open") else None
    for file in open_folder.iterdir():
        file.chmod(0o444)
    open_folder.chmod(0o555)
    before = sorted(file.name for file in open_folder.iterdir())

    said = forks.run("use_as_anyone", place=str(open_folder))

    assert said.lines[0] == f"4 entries, {events} events"
    assert said.lines[1].startswith(f"refused: {open_folder / 'study.db'}: ")
    assert "Cure: " in said.lines[1]
    assert sorted(file.name for file in open_folder.iterdir()) == before
    if writer:
        writer.close()


def test_an_act_that_waits_too_long_for_another_says_so(live_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.2)
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        with one.database.writing(), pytest.raises(StoreError, match="wait for the other program to end its act"):
            other.do(raise_number())
        assert other.do(raise_number()).sequence == 3


def test_a_file_that_is_no_database_is_said_to_be_none(folder: Path) -> None:
    folder.mkdir()
    (folder / "study.db").write_bytes(b"PK" * 5000)

    with pytest.raises(StoreError, match=r"not a database.*Cure: keep the file"):
        open_study(folder)


def test_another_programs_database_is_not_taken_for_a_study(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "study.db")) as connection:
        connection.execute("CREATE TABLE notes (text)")

    with pytest.raises(StoreError, match="holds no live study"):
        LiveStudy(folder, actor="K1")
