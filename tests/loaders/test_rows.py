"""What stands in a row, above it and beside it: nothing of it is lost, or taken for something else, unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.awkward import NAMES, awkward_study
from tests.loaders.test_audit import Rows, book, refused
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import

PEOPLE = {**NAMES, "Bo Alm": "P-2"}
TOLD = ["Datum", "Text"]
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
