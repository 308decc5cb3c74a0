"""Folders that a killed server left are removed by the next one; all others stay."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from workbench.serving.leftovers import MARK, make_own_folder, remove_left_folders

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is removed there")


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a temp directory of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def gone() -> int:
    """Give the number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def left_by(temp: Path, pid: object, *, name: str = "wb-left", host: str = "") -> Path:
    folder = temp / name
    folder.mkdir(mode=0o700)
    (folder / MARK).write_text(json.dumps({"pid": pid, "host": host or socket.gethostname()}))
    (folder / "study").mkdir()
    (folder / "study" / "entries.csv").write_text("somebody's words")
    return folder


def test_a_folder_whose_owner_is_gone_is_removed(temp: Path, gone: int) -> None:
    folder = left_by(temp, gone)
    assert remove_left_folders() == [folder]
    assert not folder.exists()


def test_a_living_owners_folder_stays(temp: Path) -> None:
    folder = make_own_folder("wb-")
    assert folder.stat().st_mode & 0o077 == 0
    assert remove_left_folders() == []
    assert folder.exists()


@pytest.mark.parametrize("pid", [0, -1, 10**30, "x", None], ids=str)
def test_a_mark_that_names_no_process_removes_nothing(temp: Path, pid: object) -> None:
    left_by(temp, pid)
    assert remove_left_folders() == []


def test_a_folder_of_another_machine_stays(temp: Path, gone: int) -> None:
    """Machines and containers may share a temp directory; their numbers mean nothing here."""
    left_by(temp, gone, host="another-machine")
    assert remove_left_folders() == []


def test_a_folder_without_a_mark_or_with_another_name_stays(temp: Path, gone: int) -> None:
    (temp / "wb-unmarked").mkdir(mode=0o700)
    left_by(temp, gone, name="somebody-elses")
    assert remove_left_folders() == []


def test_a_folder_that_others_may_write_in_stays(temp: Path, gone: int) -> None:
    """Somebody else could have put the mark there."""
    left_by(temp, gone).chmod(0o777)
    assert remove_left_folders() == []


def test_a_link_is_not_followed(temp: Path, gone: int) -> None:
    kept = left_by(temp, gone, name="kept")
    (temp / "wb-link").symlink_to(kept)
    assert remove_left_folders() == []
    assert (kept / "study" / "entries.csv").exists()


def test_another_users_folder_stays(temp: Path, gone: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by(temp, gone)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert remove_left_folders() == []
