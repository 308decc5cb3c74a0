"""The command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import ROOT
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
