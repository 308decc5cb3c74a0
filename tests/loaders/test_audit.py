"""Hand-ins as people really fill them in: each row comes to whom, when and what it is about, or is held back."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.loaders.awkward import awkward_study
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.items.item import Cell, Item, Said
from workbench.loaders.items.known import Known
from workbench.loaders.quarantine import Waiting, write_waiting
from workbench.loaders.taking import take_in_import
from workbench.store.live import LiveStudy

Rows = list[list[str | int]]
_RATED: list[str | int] = ["Kod", "Tillfälle", "Komponent", "Nivå nu"]


def book(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write a workbook."""
    made = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del made["Sheet"]
    made.save(path)
    return path


def imported(path: Path) -> Import:
    """Read a file against the study."""
    return load_entries(path, study=awkward_study(), progress=False)


def refused(found: Import) -> list[str]:
    """Say why."""
    return [one.rule.words for one in found.problems if one.weight == "refused"]


def test_the_same_component_below_two_occasions_is_about_both(tmp_path: Path) -> None:
    form = "\n\n".join(
        f"# Träff {number}\n\n## Ledarskap\n\n### Nuläge\n\nSå här var det {when}."
        for number, when in ((1, "då"), (2, "sedan"))
    )
    (tmp_path / "P-1.md").write_text(form, encoding="utf-8")
    entries = imported(tmp_path / "P-1.md").entries
    assert dict(zip(entries["occasion"], entries["text"], strict=True)) == {
        "T1": "Så här var det då.", "T2": "Så här var det sedan.",
    }  # fmt: skip


@pytest.mark.parametrize(("second", "entries"), [("Vad är svårt?", 2), ("Vad är bra?", 1)])
def test_one_answer_to_two_questions_keeps_no_other_row_out(
    handed_to: LiveStudy, tmp_path: Path, second: str, entries: int
) -> None:
    answer = "Samarbetet mellan våra avdelningar"
    file = book(
        tmp_path / "svar.xlsx",
        {"Blad1": [["Kod", "Datum", "Vad är bra?", second], ["P-1", "2025-03-28", answer, answer]]},
    )
    found = load_entries(file, study=handed_to.read(), progress=False)
    assert take_in_import(handed_to, found)
    assert list(handed_to.read().entries["text"]).count(answer) == entries


def test_a_form_filled_in_twice_below_each_other_is_two_experiments(tmp_path: Path) -> None:
    form = "\n\n".join(
        f"# Titel\n\n{title}\n\n# Slag av moment\n\nFörbättra\n\n# Antagande\n\nVi tror\n\n# Minsta test\n\nVi prövar"
        for title in ("Första", "Andra")
    )
    (tmp_path / "P-1 T2.md").write_text(form, encoding="utf-8")
    assert sorted(imported(tmp_path / "P-1 T2.md").experiments["title"]) == ["Andra", "Första"]


def test_midnight_in_sweden_is_the_day_that_begins(tmp_path: Path) -> None:
    file = tmp_path / "svar.csv"
    file.write_text("Kod;Datum;Reflektion\nP-1;2025-03-26 00:00:00;Så här tänker jag.\n", encoding="utf-8")
    entry = imported(file).entries.iloc[0]
    assert (entry["occasion"], entry["phase"]) == ("T2", "meeting")


@pytest.mark.parametrize("words", ["2 februari", "1 mars 2026", "v. 2", "möte 2 februari 2025"])
def test_a_day_or_a_week_is_not_an_occasions_number(words: str) -> None:
    assert Known(awkward_study()).find_occasion(words) == (None, "")


@pytest.mark.parametrize("words", ["2 (mars)", "2 april 2025", "träff 2, mars"])
def test_an_occasions_number_may_have_its_month_behind_it(words: str) -> None:
    assert Known(awkward_study()).find_occasion(words)[0] == "T2"


@pytest.mark.parametrize("name", ["P-1 möte 2 april.txt", "P-1 T1-T2.txt", "P-1 och P-2 T2.txt"])
def test_a_files_name_that_may_mean_two_things_means_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Det här skrev vi efter träffen.", encoding="utf-8")
    assert imported(tmp_path / name).totals["refused"] == 1


def test_a_sheet_for_each_occasion_says_which(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {f"Träff {number}": [["Reflektion"], [f"Text {number}."]] for number in (1, 2)}
    entries = imported(book(tmp_path / "P-2 T2.xlsx", sheets)).entries
    assert list(zip(entries["text"], entries["occasion"], strict=True)) == [("Text 1.", "T1"), ("Text 2.", "T2")]


def test_a_consensus_in_a_persons_file_is_not_the_persons(tmp_path: Path) -> None:
    rows: Rows = [["Bas", *_RATED[1:]], ["konsensus", "T2", "I3", 2]]
    rating = imported(book(tmp_path / "P-1.xlsx", {"Blad1": rows})).ratings.astype("object").iloc[0]
    assert rating["basis"] == "consensus"
    assert rating.isna()["person"]


def test_an_individual_rating_of_nobody_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["Bas", *_RATED[1:]], ["individuell", "T2", "I3", 2]]
    found = imported(book(tmp_path / "A1.xlsx", {"Blad1": rows}))
    assert refused(found) == ["It is called individual, and nothing tells whose it is."]


@pytest.mark.parametrize("words", ["3 - men bara i Sundsvall", "3 (men snart mer)", "3?"])
def test_what_stands_beside_a_level_is_told(tmp_path: Path, words: str) -> None:
    found = imported(book(tmp_path / "a.xlsx", {"Blad1": [_RATED, ["P-1", "T2", "I3", words]]}))
    told = [
        one.found for one in found.problems if one.rule.words == "Beside the level stands something that is not read."
    ]
    assert (list(found.ratings["level"]), told) == ([3], [words])


def test_two_columns_of_one_heading_are_both_written_out_to_be_mended(tmp_path: Path) -> None:
    said = tuple(Said(Cell(words, "Kommentar")) for words in ("Första.", "Andra."))
    (tmp_path / "mend.xlsx").write_bytes(write_waiting([Waiting("h", "why", "a.csv", Item("a.csv", said=said))], "sv"))
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "mend.xlsx")["1"].values for cell in row]
    assert {"Första.", "Andra."} <= set(cells)
