"""Files handed in: kept as they came, whole or not at all, whatever they are called."""

from __future__ import annotations

import errno
import os
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.store.forks import Forks
from tests.store.test_durability import linux
from workbench.store import received as received_module
from workbench.store.beside import variable
from workbench.store.creating import create_study
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.filename import LONGEST, file_name, free_name
from workbench.store.received import LEFT_SECONDS, Received, received_folder
from workbench.study import Study

WORDS = "Vi sade nej. 🙂".encode()
SHA = sha256(WORDS).hexdigest()
KILLS, LONGEST_MS = 40, 30


@pytest.fixture
def received(folder: Path) -> Received:
    return Received(folder / "received")


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_to_the_byte_for_its_owner_alone(received: Received, folder: Path) -> None:
    assert received.keep("A1 rapport.docx", WORDS) == SHA

    assert received.read(SHA) == WORDS
    assert received.names(SHA) == ["A1 rapport.docx"]
    assert received.verify() == []
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert (folder / "received" / SHA / "A1 rapport.docx").stat().st_mode & 0o777 == 0o600


def test_what_is_kept_already_is_left_alone(received: Received, folder: Path) -> None:
    received.keep("rapport.docx", WORDS)
    before = (folder / "received" / SHA / "rapport.docx").stat()

    received.keep("rapport.docx", WORDS)

    assert (folder / "received" / SHA / "rapport.docx").stat() == before
    assert files_in(folder / "received") == [f"{SHA}/rapport.docx"]


def test_the_same_bytes_under_another_name_have_both(received: Received) -> None:
    for name in ("b.docx", "a.docx", "b.docx"):
        received.keep(name, WORDS)

    assert received.names(SHA) == ["a.docx", "b.docx"]


def test_names_that_differ_in_capitals_or_composed_letters_can_lie_on_any_disk(received: Received) -> None:
    names = ("Möte.docx", "MÖTE.docx", "Mo\N{COMBINING DIAERESIS}te.docx")
    for name in (*names, *names):
        received.keep(name, WORDS)

    assert received.names(SHA) == ["MÖTE~2.docx", "Möte.docx"]


def test_an_empty_file_is_kept_too(received: Received) -> None:
    assert received.read(received.keep("tom.txt", b"")) == b""
    assert received.verify() == []


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", "_._.._etc_passwd"),
        ("A1/T6/rapport.docx", "A1_T6_rapport.docx"),
        ("C:\\mina filer\\a.txt", "C__mina filer_a.txt"),
        ("...", "unnamed"),
        ("", "unnamed"),
        (".gömd", "_gömd"),
        ("nul.txt", "_nul.txt"),
        ("a\0b", "a_b"),
        ("a. ", "a"),
        ("trasig\udce5.txt", "trasig_.txt"),
        ("å" * 300 + ".docx", "å" * 97 + ".docx"),
    ],
)
def test_a_name_that_is_no_file_name_is_made_one(name: str, made: str, received: Received) -> None:
    received.keep(name, WORDS)

    assert received.names(SHA) == [made]


@given(st.text(st.characters(exclude_categories=())))
@example("." * 300 + "x")
def test_any_name_is_made_one_that_a_file_can_have(name: str) -> None:
    made = file_name(name)

    assert made and made[0] != "." and made[-1] not in " ."
    assert len(made.encode()) <= LONGEST + 1
    assert not set(made) & set('/\\<>:"|?*\0')


@given(st.lists(st.sampled_from(["a.b", "A.b", "a~2.b", "A~2.B", "b", "B", "ß", "SS"])))
def test_a_name_is_found_again_and_none_are_alike(names: list[str]) -> None:
    there: list[str] = []
    for name in names:
        there = sorted({*there, free_name(name, there)})

    assert all(free_name(name, there) in there for name in names)
    assert len({name.casefold() for name in there}) == len(there)


def test_a_file_that_was_changed_is_told_and_mended_when_it_comes_again(received: Received, folder: Path) -> None:
    received.keep("a.txt", WORDS)
    (folder / "received" / SHA / "a.txt").write_bytes(b"Vi sade ja.")

    assert [(fault.file, fault.found) for fault in received.verify()] == [(f"received/{SHA}/a.txt", "other bytes")]
    with pytest.raises(StoreError, match=r"was changed since it was handed in\. Cure: "):
        received.read(SHA)

    received.keep("a.txt", WORDS)
    assert received.read(SHA) == WORDS
    assert received.verify() == []


def test_a_whole_copy_is_read_where_another_was_damaged(received: Received, folder: Path) -> None:
    received.keep("a.txt", WORDS)
    received.keep("b.txt", WORDS)
    (folder / "received" / SHA / "a.txt").write_bytes(b"")

    assert received.read(SHA) == WORDS
    assert [fault.file for fault in received.verify()] == [f"received/{SHA}/a.txt"]


def test_a_file_taken_away_is_told_and_what_does_not_belong_there_too(received: Received, folder: Path) -> None:
    received.keep("a.txt", WORDS)
    (folder / "received" / SHA / "a.txt").unlink()
    (folder / "received" / SHA / ".DS_Store").write_bytes(b"")
    (folder / "received" / "notes.txt").write_bytes(b"")

    found = [(fault.file, fault.found) for fault in received.verify()]

    assert found == [(f"received/{SHA}", "no file"), ("received/notes.txt", "something else")]
    assert received.names(SHA) == []


@pytest.mark.parametrize("sha", [SHA, "../study.db", "", SHA.upper()])
def test_what_was_not_kept_is_said_not_to_be(sha: str, received: Received, folder: Path) -> None:
    folder.mkdir()
    (folder / "study.db").write_bytes(b"")

    assert (received.names(sha), received.verify()) == ([], [])
    with pytest.raises(StoreError, match=r"no such file was kept\. Cure: "):
        received.read(sha)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match=r"'a\.txt' was not kept: .*file: .*\. Cure: make room"):
        Received(tmp_path / "file").keep("a.txt", WORDS)


@pytest.mark.parametrize("step", range(4))
def test_a_disk_that_fails_at_any_step_leaves_no_file_by_half(
    step: int, received: Received, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter(range(9))

    def fail(path: Path) -> None:
        if next(steps) == step:
            raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(received_module, "sync", fail)

    with pytest.raises(StoreError, match="Input/output error"):
        received.keep("a.txt", WORDS)
    assert files_in(folder) in ([], [f"received/{SHA}/a.txt"])
    assert received.verify() == []


@linux
def test_a_full_disk_is_said_and_nothing_is_kept_by_half(folder: Path, forks: Forks) -> None:
    small, failed = forks.run("keep_in_little_room", folder=str(folder), room=10_000).lines

    assert "'big' was not kept" in failed
    assert "Cure: make room" in failed
    assert files_in(folder) == [f"{small}/small"]


def test_a_program_killed_at_any_moment_has_kept_each_file_whole_or_not_at_all(folder: Path, forks: Forks) -> None:
    received = Received(folder)
    for number in range(KILLS):
        said = forks.run("keep_files", folder=str(folder), seed=number, kill_ms=number * LONGEST_MS / KILLS)
        assert said.code == -9, said.lines
        for sha, name in (line.split() for line in said.lines):
            assert sha256(received.read(sha)).hexdigest() == sha
            assert {"Rapport.docx": "Rapport~2.docx"}.get(name, name) in received.names(sha)
    assert received.verify() == []
    assert list(folder.glob(".*")), "some were killed while they wrote"


def test_what_a_killed_program_left_goes_after_a_day(received: Received, folder: Path) -> None:
    received.keep("a.txt", b"")
    drafts = {age: folder / "received" / f".{number:032x}" for number, age in enumerate((0, LEFT_SECONDS + 60))}
    for age, draft in drafts.items():
        draft.mkdir()
        (draft / "b.txt").write_bytes(b"half")
        os.utime(draft, (time.time() - age,) * 2)

    received.keep("b.txt", WORDS)

    assert [draft.exists() for draft in drafts.values()] == [True, False]


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "another's file"])
def test_another_program_may_be_quicker(
    left: str, received: Received, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, rename = folder / "received" / SHA, Path.rename

    def after_another(path: Path, target: Path) -> Path:
        if left != "nothing":
            home.mkdir()
        if left == "another's file":
            (home / "b.txt").write_bytes(WORDS)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", after_another)
    received.keep("a.txt", WORDS)

    assert received.names(SHA) == (["a.txt", "b.txt"] if left == "another's file" else ["a.txt"])
    assert received.verify() == []


def test_files_lie_beside_a_study_in_a_folder(folder: Path, tiny: Study) -> None:
    create_study(folder, tiny, actor="K1")
    with closing(Database(folder)) as database:
        assert received_folder(database) == folder / "received"


@pytest.mark.parametrize("told", ["received", ""])
def test_files_of_a_database_lie_in_a_folder_of_their_own(
    told: str, postgresql_url: str, tiny: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_study(postgresql_url, tiny, actor="K1")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv(variable("received"), told and str(tmp_path / told))

    with closing(Database(postgresql_url)) as database:
        found = received_folder(database)

    above = tmp_path / "received" if told else tmp_path / "data" / "innovation-workbench" / "received"
    assert found.parent == above
    assert len(found.name) == 32
