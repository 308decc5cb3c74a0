"""What stands in a row, above it and beside it: nothing of it is lost, or taken for something else, unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.awkward import NAMES, awkward_study
from tests.loaders.test_audit import Rows, book, refused
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import

PEOPLE = {**NAMES, "Bo Alm": "P-2"}
TOLD: list[str | int] = ["Datum", "Text"]
SAID: list[str | int] = ["2025-03-28", "Så här tänker jag."]


def read(path: Path, rows: Rows, people: dict[str, str] | None = None, sheet: str = "Blad1") -> Import:
    """Read a sheet of these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return load_entries(book(path, {sheet: rows}), study=awkward_study(), people=people or {}, progress=False)


def told(found: Import, weight: str = "changed") -> list[tuple[str, str, str]]:
    """List column, what was found and the rule of what is told, in order."""
    return [(one.column, one.found, str(one.rule)) for one in found.problems if one.weight == weight]


@pytest.mark.parametrize("other", ["Namn", "E-post"])
def test_a_code_and_a_name_of_two_people_are_refused_with_both(tmp_path: Path, other: str) -> None:
    words = {"Namn": "Eva Ås", "E-post": "bo.alm@ena.example"}[other]
    found = read(tmp_path / "a.xlsx", [["Kod", other, *TOLD], ["P-1", words, *SAID]], PEOPLE)

    assert found.totals["refused"] == 1
    assert told(found, "refused") == [
        ("Kod", f"P-1 | {words}", "The code and the name, or the address, are of two different people.")
    ]


def test_a_code_and_a_name_of_one_person_are_that_person(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", "Namn", *TOLD], ["P-1", "Anna Ek", *SAID]], PEOPLE)

    assert (list(found.entries["person"]), found.problems) == (["P-1"], ())


@pytest.mark.parametrize(("code", "name", "odd"), [("P-1", "Per Okänd", "Namn"), ("P-77", "Anna Ek", "Kod")])
def test_who_is_known_counts_beside_somebody_whom_nobody_knows(tmp_path: Path, code: str, name: str, odd: str) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", "Namn", *TOLD], [code, name, *SAID]], PEOPLE)

    assert list(found.entries["person"]) == ["P-1"]
    rule = "Nobody in the study is known by that, but by what stands beside it."
    assert told(found) == [(odd, {"Namn": name, "Kod": code}[odd], rule)]


def test_names_beside_codes_are_told_of_once_where_no_names_are_kept(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "Namn", *TOLD], ["P-1", "Anna Ek", *SAID], ["P-2", "Bo Alm", SAID[0], "Annat."]]
    found = read(tmp_path / "a.xlsx", rows)

    assert list(found.entries["person"]) == ["P-1", "P-2"]
    assert told(found) == [
        ("Namn", "", "No names are kept with the accounts: it was not compared with the code beside it.")
    ]


def test_a_rows_own_name_goes_before_the_files(tmp_path: Path) -> None:
    found = read(tmp_path / "P-1.xlsx", [["Namn", *TOLD], ["Bo Alm", *SAID]], PEOPLE)

    assert list(found.entries["person"]) == ["P-2"]


def test_a_code_that_nobody_has_is_not_mended_by_the_files_name(tmp_path: Path) -> None:
    found = read(tmp_path / "Anna Ek.xlsx", [["Kod", *TOLD], ["P-77", *SAID]], PEOPLE)

    assert refused(found) == ["Nobody in the study is known by that."]


def test_a_file_and_what_stands_in_it_that_name_two_people_are_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "P-1.xlsx", [["Namn", "Bo Alm"], [], TOLD, SAID], PEOPLE)

    assert refused(found) == ["The code and the name, or the address, are of two different people."]


def test_somebody_anonymous_is_nobody(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "E-post", *TOLD], ["P-1", "anonymous", *SAID]]
    assert read(tmp_path / "a.xlsx", rows, PEOPLE).problems == ()
    alone = read(tmp_path / "A1" / "b.xlsx", [["E-post", *TOLD], ["anonymous", *SAID]], PEOPLE)
    assert refused(alone) == ["Nobody in the study is known by that."]


LEVEL: list[str | int] = [
    "Kod",
    "Tillfälle",
    "Komponent",
    "Nivå nu",
    "Vilar på",
    "Hur säker",
    "Önskad nivå",
    "Måldatum",
]
BEHIND = "Behind what was chosen stands something that is not read."
EMPTY = "It stands beside a level that is empty."


def rated(path: Path, *cells: str | int, text: str = "") -> Import:
    """Read one person's row of levels."""
    heads: list[str | int] = [*LEVEL, *(["Text"] if text else [])]
    return read(path, [heads, ["P-1", "T2", "I3", *cells, *([text] if text else [])]])


@pytest.mark.parametrize(
    ("written", "read_as", "left"),
    [
        ("B2 enligt protokoll", "B2", "enligt protokoll"),
        ("b2: två möten, 2024", "B2", "två möten, 2024"),
        ("B2", "B2", ""),
        ("B3 – Beslut eller dokument", "B3", ""),  # noqa: RUF001  as the template's list has it
        ("Decision or document", "B3", ""),
    ],
)
def test_words_behind_what_a_level_rests_on_are_told(tmp_path: Path, written: str, read_as: str, left: str) -> None:
    found = rated(tmp_path / "a.xlsx", 3, written, 2, 4, "2026-06-30")

    assert list(found.ratings["evidence"]) == [read_as, None] or list(found.ratings["evidence"].fillna("")) == [
        read_as,
        "",
    ]
    assert told(found) == ([("Vilar på", left, BEHIND)] if left else [])


@pytest.mark.parametrize(
    ("written", "read_as", "left"),
    [
        ("säker, men bara hos oss", 3, "men bara hos oss"),
        ("3 men bara hos oss", 3, "men bara hos oss"),
        ("2 – Ganska säker", 2, ""),  # noqa: RUF001  as the template's list has it
        ("Säker", 3, ""),
        ("2.0", 2, ""),
    ],
)
def test_words_behind_how_sure_somebody_is_are_told(tmp_path: Path, written: str, read_as: int, left: str) -> None:
    found = rated(tmp_path / "a.xlsx", 3, "B2", written)

    assert list(found.ratings["confidence"]) == [read_as]
    assert told(found) == ([("Hur säker", left, BEHIND)] if left else [])


@pytest.mark.parametrize(
    ("evidence", "sure"), [("B2/B3", 2), ("B22", 2), ("B2", "2-3"), ("B2", "2,5"), ("B2", "2: Säker")]
)
def test_two_answers_to_one_question_are_refused(tmp_path: Path, evidence: str, sure: str | int) -> None:
    assert rated(tmp_path / "a.xlsx", 3, evidence, sure).totals["refused"] == 1


def test_words_behind_a_choice_are_kept_with_the_rows_text(tmp_path: Path) -> None:
    found = rated(tmp_path / "a.xlsx", "3, snart mer", "B2 enligt protokoll", 2, "", "", text="Så är det.")
    (kept,) = [row.attributes for one in found.taken for row in one.rows if row.table == "entries"]

    assert kept == {"Nivå nu": "3, snart mer", "Vilar på": "B2 enligt protokoll"}
    assert told(found, "flag") == [
        ("Nivå nu", "3, snart mer", "Beside the level stands something that is not read."),
        ("Vilar på", "enligt protokoll", BEHIND),
    ]


def test_what_a_choice_stands_for_can_be_said_in_a_mapping(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", {"Blad1": [LEVEL, ["P-1", "T2", "I3", 3, "protokoll", "helt"]]})
    values = {"evidence": {"protokoll": "B3"}, "confidence": {"helt": "3"}}
    found = load_entries(file, study=awkward_study(), mapping={"values": values}, progress=False)

    assert found.ratings[["evidence", "confidence"]].to_numpy().tolist() == [["B3", 3]]


def test_what_stands_beside_an_empty_level_is_told(tmp_path: Path) -> None:
    found = rated(tmp_path / "a.xlsx", 3, "", "", "", "2026-06-30")

    assert (list(found.ratings["level"]), told(found)) == ([3], [("Måldatum", "2026-06-30", EMPTY)])


def test_what_stands_beside_a_level_that_is_no_answer_is_told(tmp_path: Path) -> None:
    found = rated(tmp_path / "a.xlsx", 99, "B2")

    assert [rule for *_, rule in told(found)] == ["It stands for no answer, and was read as none.", EMPTY]


def test_a_row_with_a_day_to_reach_nothing_by_is_refused(tmp_path: Path) -> None:
    found = rated(tmp_path / "a.xlsx", "", "", "", "", "2026-06-30")

    assert refused(found) == ["There is no text, no level and no experiment in it."]


def test_a_row_with_an_odd_day_and_nothing_else_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", "Tillfälle", "Text"], ["P-1", "2 eller så", ""]])

    assert found.totals["refused"] == 1


def test_how_many_agreed_is_read_above_the_table(tmp_path: Path) -> None:
    rows: Rows = [
        ["Organisation", "A1"],
        ["Tillfälle", "T2"],
        ["Antal närvarande", "7 personer"],
        ["Återkommande", "5, minst"],
        [],
        ["Komponent", "Nivå nu"],
        ["I3", 3],
    ]
    found = read(tmp_path / "a.xlsx", rows)

    assert found.ratings[["present", "returning"]].to_numpy().tolist() == [[7, 5]]
    assert told(found) == [("", "minst", BEHIND)]
