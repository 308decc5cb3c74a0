"""What may tell who somebody is, in words that are no entry's text; and texts copied from the same person or group."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.awkward import NAMES, awkward_study
from tests.loaders.test_taking import handed_in
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import

STUDY = awkward_study()
WORDS = "Vi gick hem. Sedan ringde vi dem som hade ringt, och frågade vad de väntade på."
DESIGN = "Organisation;Tillfälle;Titel;Förbättra eller förnya;Vi tror att;Minsta test;Tecken\n"


def loaded(folder: Path, rows: str, **options: object) -> Import:
    handed_in(folder / "in", {"a.csv": rows})
    return load_entries(folder / "in", study=STUDY, people=NAMES, progress=False, **options)  # type: ignore[arg-type]


def flags(found: Import) -> list[tuple[int, str, str, str]]:
    personal = ("The text holds", "The text names")
    return [
        (one.row, one.column, one.found, str(one.rule))
        for one in found.problems
        if one.weight == "flag" and str(one.rule).startswith(personal)
    ]


@pytest.mark.parametrize(
    ("words", "shown", "rule"),
    [
        ("ring 070-123 45 67", "070-••• •• ••", "The text holds what looks like a phone number."),
        ("mejla bo@ena.example i dag", "b•••@…", "The text holds an e-mail address."),
        ("hon har 811228-9874 där", "81••••-••••", "The text holds what looks like a personal identity number."),
        ("med Pernilla Bergström", "P••• B•••", "The text names somebody."),
    ],
)
def test_what_an_attribute_holds_is_told_with_its_column(tmp_path: Path, words: str, shown: str, rule: str) -> None:
    found = loaded(tmp_path, f"Person;Datum;Text;Anmärkning\nP-1;2025-03-28;Vi gick hem.;{words}\n")

    assert flags(found) == [(2, "Anmärkning", shown, rule)]


def test_where_it_was_said_is_looked_at(tmp_path: Path) -> None:
    found = loaded(tmp_path, "Person;Datum;Text;Plats\nP-1;2025-03-28;Vi gick hem.;hos Pernilla Bergström\n")

    assert flags(found) == [(2, "Plats", "P••• B•••", "The text names somebody.")]


def test_what_a_mapping_says_of_where_it_was_is_looked_at_as_well(tmp_path: Path) -> None:
    mapping = {"defaults": {"setting": "hos Pernilla Bergström"}}
    found = loaded(tmp_path, "Person;Datum;Text\nP-1;2025-03-28;Vi gick hem.\n", mapping=mapping)

    assert flags(found) == [(2, "", "P••• B•••", "The text names somebody.")]


def test_every_text_of_an_experiment_is_looked_at(tmp_path: Path) -> None:
    row = "A1;T1;Ring;Förbättra;att Pernilla Bergström svarar;ring 070-123 45 67;mejl till bo@ena.example\n"

    assert [one[1:3] for one in flags(loaded(tmp_path, DESIGN + row))] == [
        ("Vi tror att", "P••• B•••"), ("Minsta test", "070-••• •• ••"), ("Tecken", "b•••@…"),
    ]  # fmt: skip


def test_what_a_form_asks_is_looked_at(tmp_path: Path) -> None:
    rows = "Person;Datum;Vad sa Pernilla Bergström?;Vad är bra?\nP-1;2025-03-28;Hon sa att vi gick hem.;Att vi gick.\n"

    assert flags(loaded(tmp_path, rows)) == [(2, "", "P••• B•••", "The text names somebody.")]


def test_an_attribute_of_a_row_with_two_texts_is_told_once(tmp_path: Path) -> None:
    rows = "Person;Datum;Är det bra?;Är det svårt?;Rum\nP-1;2025-03-28;Att vi gick.;Att vi kom.;mejla b@ena.example\n"

    assert len(flags(loaded(tmp_path, rows))) == 1


def test_nothing_is_told_of_words_that_are_not_taken_in(tmp_path: Path) -> None:
    found = loaded(tmp_path, "Person;Datum;Text;Rum\nOkänd;2025-03-28;Vi gick hem.;mejla bo@ena.example\n")

    assert flags(found) == []


@pytest.mark.parametrize(
    ("who", "whose"), [("Person;Datum;Text\nP-1", "the person's"), ("Organisation;Datum;Text\nA1", "the group's")]
)
@pytest.mark.parametrize(("more", "share"), [("", 100), (" Nu svarar de.", 84)])
def test_a_copied_text_is_told_of_as_the_persons_or_the_groups(
    tmp_path: Path, who: str, whose: str, more: str, share: int
) -> None:
    heading, code = who.split("\n")
    found = loaded(tmp_path, f'{heading}\n{code};2025-03-28;"{WORDS}"\n{code};2025-04-28;"{WORDS}{more}"\n')

    assert [str(one.rule) for one in found.problems if "% of the words" in str(one.rule)] == [
        f"{share} % of the words stand in {whose} previous text; only the rest is new."
    ]
