"""The command line on a live study."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.copies import contents, copy_of, make_older, run_sql, same
from tests.test_commands import said
from workbench.acts.codings import code_span
from workbench.cli import main
from workbench.opening import open_study
from workbench.store.live import LiveStudy


@pytest.fixture
def study(acted_folder: Path, folder: Path) -> str:
    return str(copy_of(acted_folder, folder))


def ran(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Run a command that must succeed, and give what it says."""
    capsys.readouterr()
    assert main(argv) == 0
    return capsys.readouterr().out


def test_a_study_is_begun_as_another_is(tiny_folder: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ran(capsys, "create", str(folder), "--like", str(tiny_folder), "--actor", "K1")

    assert "3 people" in told
    assert "3 people" in ran(capsys, "check", str(folder))
    assert "is there already" in said(capsys, "create", str(folder), "--like", str(tiny_folder), "--actor", "K1")


def test_a_study_is_begun_with_the_codebook_only(
    tiny_folder: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ran(capsys, "create", str(folder), "--like", str(tiny_folder), "--codebook-only", "--actor", "K1")

    assert "52 codes" in told
    assert "people" not in told
    assert "is whole" in ran(capsys, "verify", str(folder))
    assert "52 codes" in ran(capsys, "freeze", str(folder), str(folder / "frozen"))


def test_what_to_do_with_a_study_just_begun_is_told(
    study: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = folder.with_name("begun")
    told = ran(capsys, "create", str(begun), "--like", study, "--actor", "K1")

    assert f'open_study("{begun}")' in told
    assert f'LiveStudy("{begun}", actor="K1")' in told


def test_verify_counts_what_it_checked_or_names_what_is_broken(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is whole: 6 events" in ran(capsys, "verify", study)

    run_sql(Path(study), "DELETE FROM events WHERE sequence = 4")

    assert "- event 4, the first broken link: found 'event 4 is gone'" in said(capsys, "verify", study)


@pytest.mark.parametrize("command", ["verify", "backup", "migrate", "check"])
def test_a_file_that_is_no_database_is_told_in_a_sentence(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "study.db").write_bytes(b"no database at all" * 99)

    assert "file is not a database" in said(capsys, command, str(folder))


@pytest.mark.parametrize("command", ["verify", "backup", "migrate"])
@pytest.mark.parametrize("place", ["nope", "mysql://somewhere/else", "postgresql://nobody@/none?host=/nowhere"])
def test_a_place_without_a_study_is_told_in_a_sentence(
    command: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Cure: " in said(capsys, command, place)


@pytest.mark.parametrize("command", [["verify"], ["backup"], ["migrate"], ["undo", "--actor", "K1"]])
def test_a_folder_without_a_study_is_told_how_to_begin_one(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "begin a study: workbench create" in said(capsys, *command, str(folder))
    assert not folder.exists()


def test_nobody_begins_or_brings_back_a_study_without_a_code(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(study)

    assert "has an actor" in said(capsys, "create", str(tmp_path / "new"), "--like", study, "--actor", " ")
    assert "has an actor" in said(capsys, "restore", f"{study}/study.db", study, "--actor", " ")
    assert same(contents(study), before)
    assert not (tmp_path / "new").exists()


def test_a_backup_is_made_and_brought_back(study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, file = contents(study), tmp_path / "copy.db"
    assert ran(capsys, "backup", study, "--to", str(file)) == f"{file}\n"
    assert "-by-hand.db" in ran(capsys, "backup", study)
    ran(capsys, "undo", study, "--actor", "K1")

    assert "What was there is kept in" in ran(capsys, "restore", str(file), study, "--actor", "K2")
    assert same(contents(study), before, log=False)


def test_undo_and_redo_name_the_event(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "undo", study, "--actor", "K1") == "event 7: undo of event 6\n"
    assert ran(capsys, "undo", study, "--actor", "K1", "--event", "3") == "event 8: undo of event 3\n"
    assert ran(capsys, "redo", study, "--actor", "K1") == "event 9: redo of event 3\n"
    assert "by its number" in said(capsys, "undo", study, "--actor", "K9")
    assert "To undo first, in this order: 3." in said(capsys, "undo", study, "--actor", "K1", "--event", "2")


def test_history_tells_one_row_event_by_event(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    with LiveStudy(study, actor="K2") as live:
        coding = live.read().codings["coding"].iloc[-1]
        live.undo(6)

    lines = ran(capsys, "history", study, "codings", coding).splitlines()

    assert any("code span by K1: quote from nothing to 'Heml'" in line for line in lines)
    assert any("undo by K2: quote from 'Heml' to nothing" in line for line in lines)
    consensus = ["A1", "", "T1", "I3", "now", "consensus"]
    assert "level from nothing to '1'" in ran(capsys, "history", study, "ratings", *consensus)
    assert "No event tells" in ran(capsys, "history", study, "codings", "C99")
    assert "no such table" in said(capsys, "history", study, "nope", "1")
    assert "in this order, organisation, person, occasion" in said(capsys, "history", study, "ratings", "A1")


def test_history_of_no_row_lists_every_event(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "undo", study, "--actor", "K1")

    lines = ran(capsys, "history", study).splitlines()

    assert len(lines) == 7
    assert "create study by" in lines[0]
    assert lines[-1].endswith("undo of event 6 by K1")


def test_a_live_study_is_frozen_as_it_is_or_as_it_was(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "freeze", study, str(tmp_path / "now"))
    ran(capsys, "freeze", study, str(tmp_path / "then"), "--as-of", "2")

    assert same(contents(tmp_path / "now"), contents(study))
    assert len(open_study(tmp_path / "then").codings) == 2
    assert "Nothing is known" in said(capsys, "freeze", study, str(tmp_path / "x"), "--as-of", "2020-01-01T00:00Z")


@pytest.mark.parametrize("when", ["yesterday", "2026-03-01T12:00"])
def test_a_moment_without_a_time_zone_is_asked_for_with_one(
    when: str, study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["freeze", study, str(tmp_path / "x"), "--as-of", when])

    assert "such as 2026-03-01T12:00Z" in capsys.readouterr().err


def test_the_help_of_freeze_says_that_it_holds_everything(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["freeze", "--help"])

    assert "taken away since" in " ".join(capsys.readouterr().out.split())


def test_another_copy_is_merged_first_dry_then_with_decisions(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = str(copy_of(Path(study), tmp_path / "other"))
    with LiveStudy(other, actor="K2") as live:
        live.do(code_span("N4", 0, 4, "COND_TIME"))
    before = contents(study)

    ran(capsys, "merge", study, other, "--dry-run", "--actor", "K1")
    assert same(contents(study), before)
    ran(capsys, "merge", study, other, "--actor", "K1")

    assert open_study(study).codings["quote"].to_list()[-1] == "Utan"
    assert "-before-merge.db" in str(list((Path(study) / "backups").iterdir()))


def test_a_decision_names_a_conflict_and_a_side(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["merge", study, study, "--actor", "K1", "--decide", "1=mine"])

    assert "ours or theirs" in capsys.readouterr().err


def test_an_older_study_is_migrated_on_consent_only(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = str(tmp_path / "old")
    make_older(old, Path(study))

    assert "workbench migrate" in said(capsys, "verify", old)
    assert "add --yes" in said(capsys, "migrate", old)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "n")
    assert "Nothing was changed" in said(capsys, "migrate", old)
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    assert "As it was before, it is kept in" in ran(capsys, "migrate", old)
    assert "is up to date" in ran(capsys, "migrate", old, "--yes")
    assert same(contents(old), contents(study))


def test_a_library_that_is_not_installed_is_named(
    study: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(_place: str) -> None:
        raise ModuleNotFoundError("No module named 'sqlalchemy'", name="sqlalchemy")

    monkeypatch.setattr("workbench.store.verify.examine", lacking)

    assert "sqlalchemy is not installed. Cure: pip install" in said(capsys, "verify", study)
