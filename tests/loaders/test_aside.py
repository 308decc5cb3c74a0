from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import NoReturn

import pytest

from tests.loaders.awkward import awkward_study
from workbench.loaders.aside import aside
from workbench.loaders.door import load_entries


def test_work_is_done_aside_and_its_answer_waited_for() -> None:
    with aside(lambda: (os.getpid(), sum(range(10))), worth_it=True) as answer:
        process, total = answer()

    assert total == 45
    assert process != os.getpid() or len(os.sched_getaffinity(0)) == 1


def test_what_is_small_is_done_here() -> None:
    with aside(os.getpid, worth_it=False) as answer:
        assert answer() == os.getpid()


def test_work_whose_process_ends_is_done_here() -> None:
    here = os.getpid()

    def ended_elsewhere() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    with aside(ended_elsewhere, worth_it=True) as answer:
        assert answer() == "done"


def test_what_is_wrong_with_the_work_is_told_here() -> None:
    def wrong() -> NoReturn:
        raise ValueError("no such word")

    with aside(wrong, worth_it=True) as answer, pytest.raises(ValueError, match="no such word"):
        answer()


def test_nothing_is_left_when_nobody_asks_for_the_answer() -> None:
    with pytest.raises(KeyboardInterrupt), aside(lambda: signal.pause(), worth_it=True):  # noqa: PLW0108  not ours to wait
        raise KeyboardInterrupt

    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_begun_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object) -> NoReturn:
        raise OSError("no room")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", full)

    with aside(os.getpid, worth_it=True) as answer:
        assert answer() == os.getpid()


def test_an_import_says_the_same_whoever_looks_at_its_texts(
    awkward_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = awkward_study()
    monkeypatch.setattr("workbench.loaders.door._LARGE", -1)
    aside_one = load_entries(awkward_files, study=study, progress=False)
    monkeypatch.setattr("workbench.loaders.door._LARGE", 10**9)
    here = load_entries(awkward_files, study=study, progress=False)

    assert aside_one.problems == here.problems
    assert aside_one.new_parts.equals(here.new_parts)
    assert any(problem.weight == "flag" for problem in here.problems)
