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


KEPT = "The study has no column for it. It is kept with each text of its row, under its heading."
ALONE = "The study has no column for it, and there is no text to keep it with: it stays in the file alone."
ABOVE = "Above the table stands something that is not read."
BY_CODE: list[str | int] = ["Kod", "Tillfälle", "Komponent", "Nivå nu"]


def test_a_column_nobody_knows_is_said_to_be_kept_only_where_there_is_a_text(tmp_path: Path) -> None:
    levels: Rows = [[*BY_CODE, "Humör"], ["P-1", "T2", "I3", 3, "gott"], ["P-2", "T2", "I3", 3, ""]]
    both: Rows = [["Kod", "Datum", "Text", "Humör"], ["P-1", *SAID, "gott"], ["P-2", SAID[0], "", "så där"]]

    assert told(read(tmp_path / "a.xlsx", levels), "flag") == [("Humör", "", ALONE)]
    assert told(read(tmp_path / "b.xlsx", both[:2]), "flag") == [("Humör", "", KEPT)]
    assert told(read(tmp_path / "c.xlsx", both), "flag")[0][2].endswith("rows without: 1.")


def test_where_a_level_was_chosen_is_told_to_stay_in_the_file(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [[*BY_CODE, "Plats"], ["P-1", "T2", "I3", 3, "Umeå"]])

    (flag,) = told(found, "flag")
    assert flag[2] == "It is said of texts only, and stays in the file alone where there is none: 1 rows."


def test_columns_about_levels_are_kept_with_texts_where_there_are_no_levels(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", *TOLD, "Underlag"], ["P-1", *SAID, "mötet"]])
    (kept,) = [row.attributes for one in found.taken for row in one.rows]

    assert kept == {"Underlag": "mötet"}


@pytest.mark.parametrize(
    "above",
    [["Kommentar: vi var få"], ["Kommentar", "vi var få"], ["Titel", "Enkät"], ["Nivå", "3"], ["Våra anteckningar"]],
)
def test_what_stands_above_a_table_and_is_not_of_every_row_is_told(tmp_path: Path, above: list[str | int]) -> None:
    found = read(tmp_path / "a.xlsx", [above, [], ["Kod", *TOLD], ["P-1", *SAID]])

    label, _, value = str(above[0]).partition(": ")
    assert told(found, "flag") == [(label, str(above[1]) if above[1:] else value, ABOVE)]


def test_of_two_that_differ_above_a_table_the_nearer_counts_and_the_other_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [["Person", "P-1"], ["Kod: P-2", "Tillfälle: T2"], [], TOLD, SAID])

    assert list(found.entries["person"]) == ["P-2"]
    assert told(found, "flag") == [("Person", "P-1", ABOVE)]


def test_two_tables_of_one_sheet_are_read_by_their_own_headings(tmp_path: Path) -> None:
    rows: Rows = [
        ["Tillfälle", "T2"],
        [],
        ["Kod", "Datum", "Reflektion"],
        ["P-1", *SAID],
        [],
        ["Skattning i våras"],
        ["Komponent: I3"],
        ["Kod", "Nivå nu", "Önskad nivå", "Måldatum"],
        ["P-1", 2, 4, "2026-06-30"],
    ]
    found = read(tmp_path / "a.xlsx", rows)

    assert list(found.entries["text"]) == [SAID[1]]
    assert found.ratings[["frame", "level"]].to_numpy().tolist() == [["now", 2], ["desired", 4]]
    assert told(found, "flag") == [("Skattning i våras", "", ABOVE)]
    assert found.totals == {"rows": 2, "taken": 2, "there": 0, "refused": 0}


def test_a_later_table_with_more_headings_does_not_hide_the_first(tmp_path: Path) -> None:
    rows: Rows = [["Kod", *TOLD], ["P-1", *SAID], [], [*BY_CODE, "Måldatum"], ["P-2", "T2", "I3", 3, ""]]
    found = read(tmp_path / "a.xlsx", rows)

    assert (len(found.entries), len(found.ratings), found.totals["taken"]) == (1, 1, 2)


def test_a_remark_below_a_table_of_components_is_told(tmp_path: Path) -> None:
    rows: Rows = [["Komponent", "Nivå nu"], ["I3", 3], ["Ledarskap", ""], ["Vi var bara tre som svarade", ""]]
    found = read(tmp_path / "P-1 T2.xlsx", rows)

    (flag,) = told(found, "flag")
    assert flag[1:] == (
        "Vi var bara tre som svarade",
        "It stands alone in the column of components, is none of them, and is not read.",
    )


@pytest.mark.parametrize(
    ("heading", "state"),
    [("I3 nu", "now"), ("I3 önskat", "desired"), ("I3 now", "now"), ("I3-nu", "now"), ("Ledarskap i dag", "now"),
     ("Ledarskap önskat läge", "desired"), ("Önskat läge Ledarskap", "desired"), ("nu I3", "now")],
)  # fmt: skip
def test_a_component_and_a_state_in_a_heading_need_no_sign_between_them(
    tmp_path: Path, heading: str, state: str
) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", "Tillfälle", heading], ["P-1", "T2", 3]])

    assert found.ratings[["component", "frame", "level"]].to_numpy().tolist() == [["I3", state, 3]]


def test_a_component_and_another_word_in_a_heading_are_not_a_level(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", *TOLD, "Ledarskap Umeå"], ["P-1", *SAID, 3]])

    assert found.ratings.empty


@pytest.mark.parametrize("name", ["Hjälp", "Help"])
def test_somebodys_own_sheet_called_help_is_read(tmp_path: Path, name: str) -> None:
    found = read(tmp_path / "a.xlsx", [["Kod", *TOLD], ["P-1", *SAID]], sheet=name)
    assert list(found.entries["text"]) == [SAID[1]]
    odd = read(tmp_path / "b.xlsx", [["Vi behöver hjälp"]], sheet=name)
    assert any("holds no table that was recognised" in str(problem.rule) for problem in odd.problems)


def test_a_part_of_a_form_called_help_is_kept_and_so_is_what_follows(tmp_path: Path) -> None:
    form = "# Nuläge\n\nSå här är det.\n\n# Hjälp\n\nVi fick den av Ena.\n\n# Önskat läge\n\nSå här ska det bli."
    (tmp_path / "P-1 T2.md").write_text(form, encoding="utf-8")
    found = load_entries(tmp_path, study=awkward_study(), progress=False)

    assert sorted(found.entries["text"]) == ["Så här ska det bli.", "Så här är det.", "Vi fick den av Ena."]


ONCE = "It stands in the first of several rows only."


def test_an_occasion_written_once_holds_for_the_rows_below_and_is_told_once(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "Tillfälle", "Text"]]
    rows += [["P-1", "T1", "a"], ["P-2", "", "b"], ["P-3", "T2", "c"], ["P-1", "", "d"], ["P-2", "", "e"]]
    found = read(tmp_path / "a.xlsx", rows)

    assert dict(zip(found.entries["text"], found.entries["occasion"], strict=True)) == {
        "a": "T1", "b": "T1", "c": "T2", "d": "T2", "e": "T2",
    }  # fmt: skip
    assert [one for one in told(found) if one[0] == "Tillfälle"] == [("Tillfälle", "T1, T2", ONCE)]


def test_a_rows_day_goes_before_an_occasion_above(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "Tillfälle", *TOLD], ["P-1", "T1", "2025-02-05", "a"], ["P-1", "", "2025-03-28", "b"]]
    found = read(tmp_path / "a.xlsx", rows)

    assert (list(found.entries["occasion"]), told(found)) == (["T1", "T2"], [])


def test_what_the_file_says_of_its_occasion_goes_before_a_row_above(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "Tillfälle", "Text"], ["P-1", "T1", "a"], ["P-1", "", "b"]]

    assert list(read(tmp_path / "T2.xlsx", rows).entries["occasion"]) == ["T1", "T2"]


WHOSE = "Other rows of the table say whose they are, and this one does not."


@pytest.mark.parametrize("path", ["a.xlsx", "A1/a.xlsx", "P-2.xlsx"])
def test_a_row_without_a_person_is_neither_joint_nor_the_person_above_s(tmp_path: Path, path: str) -> None:
    found = read(tmp_path / path, [["Kod", *TOLD], ["P-1", *SAID], ["", SAID[0], "Annat."]])
    found = load_entries(tmp_path, study=awkward_study(), progress=False)

    assert (list(found.entries["person"]), refused(found)) == (["P-1"], [WHOSE])


def test_a_row_without_a_person_is_whose_the_file_is_where_that_is_plain(tmp_path: Path) -> None:
    found = read(tmp_path / "P-1.xlsx", [["Kod", *TOLD], ["P-1", *SAID], ["", SAID[0], "Annat."]])

    assert list(found.entries["person"]) == ["P-1", "P-1"]


def test_a_joint_row_among_those_of_people_says_so(tmp_path: Path) -> None:
    rows: Rows = [["Kod", "Bas", *BY_CODE[1:]], ["P-1", "", "T2", "I3", 3], ["", "konsensus", "T2", "I3", 2]]
    found = read(tmp_path / "A1" / "a.xlsx", rows)
    found = load_entries(tmp_path, study=awkward_study(), progress=False)

    assert list(found.ratings["basis"]) == ["individual", "consensus"]


def test_a_mapping_may_say_whose_rows_without_a_person_are(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", {"Blad1": [["Kod", *TOLD], ["P-1", *SAID], ["", SAID[0], "Annat."]]})
    found = load_entries(file, study=awkward_study(), mapping={"defaults": {"organisation": "A1"}}, progress=False)

    assert list(found.entries["person"].isna()) == [False, True]


def test_what_a_mapping_says_of_a_file_goes_before_its_sheets_names(tmp_path: Path) -> None:
    file = book(tmp_path / "P-3.xlsx", {"Träff 1 Eva Ås": [["Text"], ["Så här."]]})
    said = {"files": {"*.xlsx": {"person": "P-1", "occasion": "T2"}}}
    found = load_entries(file, study=awkward_study(), mapping=said, people=PEOPLE, progress=False)

    assert found.entries[["person", "occasion"]].to_numpy().tolist() == [["P-1", "T2"]]
