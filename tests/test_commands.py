"""The command line."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.tiny import DEMO, ROOT
from workbench.cli import main


def test_check_names_a_sound_study(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tiny_folder)]) == 0
    assert "3 people" in capsys.readouterr().out


def test_check_says_what_is_wrong_and_how_to_mend_it(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny_folder / "people.csv").write_text("person\n", encoding="utf-8")

    assert main(["check", str(tiny_folder)]) == 1
    assert "add column organisation" in capsys.readouterr().err


def test_seal_accepts_a_change_made_by_hand(tiny_folder: Path) -> None:
    path = tiny_folder / "entries.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Hemligt.", "Öppet."), encoding="utf-8", newline="")

    assert main(["check", str(tiny_folder)]) == 1
    assert main(["seal", str(tiny_folder)]) == 0


def test_real_ratings_are_never_replaced_by_simulated_ones(
    tiny_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (tiny_folder / "ratings.csv").read_bytes()

    assert main(["simulate", str(tiny_folder)]) == 1
    assert "left alone" in capsys.readouterr().err
    assert (tiny_folder / "ratings.csv").read_bytes() == before


def test_the_dictionary_is_written_where_asked(tmp_path: Path) -> None:
    assert main(["dictionary", str(tmp_path / "README.md")]) == 0
    assert (tmp_path / "README.md").read_bytes() == (ROOT / "data" / "README.md").read_bytes()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


edits = partial(pytest.mark.parametrize, ("old", "new", "words"))


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Run a command that must fail, and give what it says."""
    assert main(argv) == 1
    return capsys.readouterr().err


def test_seal_names_the_file_that_is_lacking(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny_folder / "people.csv").unlink()

    assert "lacks people.csv" in said(capsys, "seal", str(tiny_folder))


@edits(
    [
        ("published", "ut", "column published: found 'nothing'"),
        ("= 2026-11-21", '= "soon"', "must be a day"),
        ("id = ", "id ", "mend the place it names"),
    ],
)
def test_seal_needs_to_know_what_the_study_is(
    old: str, new: str, words: str, tiny_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(tiny_folder / "study.toml", old, new)

    assert words in said(capsys, "seal", str(tiny_folder))


@edits(
    [
        ("seed = 20250205", "seed = ", "mend the place it names"),
        ("seed = 20250205", "", "add seed"),
        ("noise_sd = 0.4", 'noise_sd = "0.4"', "write a number"),
        ("noise_sd = 0.4", "noise_sd = -1.0", "no ratings can be drawn"),
        ("[organisations.A1]", "[organisations.A0]", "no ratings can be drawn"),
    ],
)
def test_a_truth_that_cannot_be_drawn_from_changes_nothing(
    old: str, new: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(DEMO, tmp_path / "demo")
    edit(folder / "simulation.toml", old, new)
    main(["seal", str(folder)])
    before = (folder / "ratings.csv").read_bytes()

    assert words in said(capsys, "simulate", str(folder))
    assert (folder / "ratings.csv").read_bytes() == before


@pytest.mark.parametrize("argv", [("notebooks", "nope.ipynb"), ("dictionary", "nope/at/all/README.md")])
def test_a_path_to_nothing_is_said_in_a_sentence(argv: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, *argv)

    assert argv[1] in told
    assert "Cure:" in told


@pytest.mark.parametrize("command", ["check", "seal", "simulate"])
def test_a_folder_that_is_not_there_is_said_in_a_sentence(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nope" in said(capsys, command, "nope")


def test_a_folder_that_may_not_be_entered_is_said_in_a_sentence(
    tiny_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_options: object) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refuse)

    assert "Permission denied" in said(capsys, "check", str(tiny_folder))


def test_files_that_may_not_be_read_are_each_a_fault(
    tiny_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_how: object, **_options: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    for name in ("read_bytes", "read_text", "open"):
        monkeypatch.setattr(Path, name, refuse)

    told = said(capsys, "check", str(tiny_folder))

    assert "- people.csv: found 'Permission denied'" in told
    assert str(tiny_folder) not in told


@pytest.mark.slow
def test_a_notebook_that_fails_or_is_none_is_left_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none, failing = tmp_path / "none.ipynb", tmp_path / "failing.ipynb"
    none.write_text("no notebook", encoding="utf-8")
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1 / 0", "outputs": [], "execution_count": None}
    failing.write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    before = failing.read_bytes()

    assert "not a notebook" in said(capsys, "notebooks", str(none))
    assert "ZeroDivisionError" in said(capsys, "notebooks", str(failing))
    assert failing.read_bytes() == before
