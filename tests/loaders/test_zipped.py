import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.test_container import flagged, packed, renamed
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers import container
from workbench.loaders.readers.zipped import open_zip

NAMES = st.from_regex(r"[a-zåäö]{1,6}(/[a-zåäö ]{1,6})?\.(txt|docx)", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=200)))
def test_files_come_out_as_they_were_packed(members: dict[str, bytes]) -> None:
    assert open_zip(packed(members)) == (list(members.items()), [])


def test_what_programs_leave_behind_is_passed_over_and_told() -> None:
    leavings = ["__MACOSX/._a.txt", "mapp/.DS_Store", "Thumbs.db", "mapp/~$rapport.docx", ".~lock.a.odt#"]
    files, problems = open_zip(packed(dict.fromkeys([*leavings, "a.txt"], b"words")))

    assert files == [("a.txt", b"words")]
    assert [(problem.file, problem.weight) for problem in problems] == [(name, "changed") for name in leavings]


def test_a_zip_within_is_opened_once() -> None:
    inmost = packed({"c.txt": b"c"})
    inner = packed({"b.txt": b"b", "inmost.zip": inmost, ".DS_Store": b""})
    files, problems = open_zip(packed({"a.txt": b"a", "inner.ZIP": inner}))

    assert files == [("a.txt", b"a"), ("inner.ZIP/b.txt", b"b")]
    assert [problem.file for problem in problems] == ["inner.ZIP/inmost.zip", "inner.ZIP/.DS_Store"]


def test_a_broken_file_is_told_and_the_others_are_read() -> None:
    data = packed({"a.txt": b"words" * 9, "b.zip": b"no zip", "c.txt": b"fine"}, 0).replace(b"words" * 9, b"sword" * 9)
    files, problems = open_zip(data)

    assert files == [("c.txt", b"fine")]
    assert [(problem.file, problem.weight) for problem in problems] == [("a.txt", "refused"), ("b.zip", "refused")]


def test_locked_files_are_told_each() -> None:
    files, problems = open_zip(flagged(packed({"a.txt": b"words", "b.txt": b"words"}), 0x1))

    assert files == []
    assert [str(problem.rule) for problem in problems] == ["It is locked with a password."] * 2


def test_files_of_one_path_are_left_out_and_told() -> None:
    files, problems = open_zip(renamed(packed({"a.txt": b"one", "b.txt": b"two"}), b"b.txt", b"a.txt"))

    assert files == []
    assert [problem.file for problem in problems] == ["a.txt"]


def test_bombs_within_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "INFLATED", 1_000_000)
    inner = packed({"b.txt": bytes(600_000)})
    files, problems = open_zip(packed({"one.zip": inner, "two.zip": inner, "three.txt": b"words"}))

    assert [name for name, _ in files] == ["one.zip/b.txt"]
    assert {problem.file for problem in problems} == {"two.zip/b.txt", "three.txt"}


@pytest.mark.parametrize("data", [b"", b"PK", b"words", packed({"a.txt": b"words"})[:40]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        open_zip(data)
