import os
import sys
import time
from collections.abc import Iterator

import pytest

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers import apart
from workbench.loaders.readers.apart import read_apart
from workbench.loaders.reading import Document, Grid, Reading
from workbench.loaders.told import tell

HERE = __name__


def echo(data: bytes) -> Reading:
    print("a library that prints")  # noqa: T201
    problem = Problem("", "", 1, "", "x", tell("A rule with {count}.", count=tell("words")), tell("A cure."))
    return Reading("echo", [Grid([(1, ["å"])])], [Document(data.decode(), {"a": "b"}, [(0, "c")])], [problem])


def refuse(data: bytes) -> Reading:
    raise UnreadableError("found", tell("A rule."), tell("A cure."))


def fail(data: bytes) -> Reading:
    raise ZeroDivisionError


def crash(data: bytes) -> Reading:
    os._exit(3)


def hang(data: bytes) -> Reading:
    while True:
        time.sleep(1)


def eat(data: bytes) -> Reading:
    return Reading(str(len(bytes(2**34))))


def process(data: bytes) -> Reading:
    return Reading(str(os.getpid()))


def hostile(data: bytes) -> object:
    return os.system


@pytest.fixture(autouse=True, scope="module")
def nothing_left() -> Iterator[None]:
    yield
    apart._stop()  # noqa: SLF001 - as at the end of a program


def test_what_is_read_apart_is_what_is_read_here() -> None:
    assert read_apart(f"{HERE}:echo", "Hej å 🙂".encode()) == echo("Hej å 🙂".encode())


def test_a_large_file_goes_through() -> None:
    assert read_apart(f"{HERE}:echo", b"a" * 3_000_000).documents[0].text == "a" * 3_000_000


def test_one_process_reads_file_after_file() -> None:
    assert read_apart(f"{HERE}:process", b"") == read_apart(f"{HERE}:process", b"")


def test_a_refusal_comes_back_as_it_was_said() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_apart(f"{HERE}:refuse", b"")

    assert refusal.value.problem == Problem("", "", 0, "", "found", tell("A rule."), tell("A cure."))


@pytest.mark.parametrize(("reader", "words"), [("fail", "failed"), ("crash", "ended"), ("hostile", "ended")])
def test_a_reader_that_fails_is_told_and_the_next_file_is_read(reader: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_apart(f"{HERE}:{reader}", b"")

    assert read_apart(f"{HERE}:echo", b"next").documents[0].text == "next"


def test_a_reader_that_hangs_is_ended_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_apart(f"{HERE}:echo", b"")
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(UnreadableError, match="took more than"):
        read_apart(f"{HERE}:hang", b"")
    monkeypatch.undo()

    assert read_apart(f"{HERE}:echo", b"next").documents[0].text == "next"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound memory")
def test_a_reader_that_eats_memory_is_told() -> None:
    with pytest.raises(UnreadableError, match="memory"):
        read_apart(f"{HERE}:eat", b"")


def test_a_process_that_was_ended_from_outside_is_replaced() -> None:
    read_apart(f"{HERE}:echo", b"")
    apart._CHILDREN[0].process.kill()  # noqa: SLF001 - as the system does when memory is short
    apart._CHILDREN[0].process.wait()  # noqa: SLF001

    assert read_apart(f"{HERE}:echo", b"next").documents[0].text == "next"


def test_nothing_is_left_when_it_is_stopped() -> None:
    read_apart(f"{HERE}:echo", b"")
    child = apart._CHILDREN[0].process  # noqa: SLF001
    apart._stop()  # noqa: SLF001

    assert child.returncode is not None
    assert child.stdin is not None and child.stdin.closed
    assert child.stdout is not None and child.stdout.closed
