"""Names stay out of the study, whatever carries them; and what is alike but not the same is not taken for the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.awkward import awkward_study
from tests.loaders.test_audit import book, refused
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.quarantine import waiting, write_waiting
from workbench.loaders.taking import take_in_import
from workbench.store.live import LiveStudy

RATED = [["Komponent", "Nivå nu"], ["Ledarskap", 3]]
TOLD = ["Kod", "Datum", "Text"]


def read(path: Path, people: dict[str, str] | None = None) -> Import:
    return load_entries(path, study=awkward_study(), people=people or {}, progress=False)


def stored(live: LiveStudy) -> bytes:
    """Everything the database holds, the log as well."""
    folder = live.database.path
    assert folder is not None
    return b"".join(file.read_bytes() for file in folder.parent.glob("study.db*"))


@pytest.mark.parametrize(
    "name", ["A1/Anna Svensson T2.xlsx", "A1 T2/Anna Svensson.xlsx", "A1/skattning T2_Anna Svensson.xlsx"]
)
def test_a_file_named_after_somebody_whom_nobody_knows_is_no_consensus(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir()
    book(tmp_path / name, {"Blad1": RATED})

    assert refused(read(tmp_path)) == ["Nobody in the study is known by that."]
    ratings = read(tmp_path, {"anna svensson": "P-1"}).ratings
    assert ratings["person"].tolist() == ["P-1"]
    assert ratings["basis"].tolist() == ["individual"]


def test_a_sheet_named_after_somebody_whom_nobody_knows_is_no_consensus(tmp_path: Path) -> None:
    book(tmp_path / "A1 T2.xlsx", {"Anna Svensson": RATED})

    assert refused(read(tmp_path)) == ["Nobody in the study is known by that."]


def test_whoever_keeps_a_joint_file_may_be_named_in_its_name(tmp_path: Path) -> None:
    rows = [["Organisation", *RATED[0]], ["A1", *RATED[1]]]
    book(tmp_path / "Anna Svensson T2.xlsx", {"Blad1": rows})

    assert read(tmp_path).ratings["basis"].tolist() == ["consensus"]


def test_a_sheet_s_name_and_an_unknown_heading_are_not_in_the_database(handed_to: LiveStudy, tmp_path: Path) -> None:
    rows = [["Kod", "Tillfälle", "Komponent", "Nivå nu", "Karin Bergström"], ["P-1", "T2", "Ledarskap", 7, "x"]]
    file = book(
        tmp_path / "svar.xlsx", {"Anna Svensson": rows, "Blad2": [TOLD, ["P-1", "2025-03-28", "Det gick bra."]]}
    )
    found = load_entries(file, study=handed_to.read(), progress=False)
    take_in_import(handed_to, found)

    assert found.totals == {"rows": 2, "taken": 1, "there": 0, "refused": 1}
    assert handed_to.read().quarantine["place"].tolist() == ["part 1, row 2"]
    assert b"Svensson" not in stored(handed_to)
    assert "Bergström".encode() not in stored(handed_to)


def test_columns_that_tell_who_somebody_is_are_not_taken_in(handed_to: LiveStudy, tmp_path: Path) -> None:
    heads = [*TOLD, "Antecknat av", "Kontaktperson", "Ifylld från", "IP-nummer", "Svarar till"]
    answers = [
        "P-1",
        "2025-03-28",
        "Det gick bra.",
        "Anna Svensson",
        "Bo Ek",
        "192.168.0.17",
        "10.0.0.1",
        "a@example.se",
    ]
    file = book(tmp_path / "svar.xlsx", {"Blad1": [heads, answers]})
    take_in_import(handed_to, load_entries(file, study=handed_to.read(), progress=False))
    study = handed_to.read()

    assert study.entries["text"].tolist()[-1] == "Det gick bra."
    assert study.entries["recorder"].isna().all()
    assert study.attributes.empty


def test_the_same_words_about_another_component_or_on_another_day_are_another_text(
    handed_to: LiveStudy, tmp_path: Path
) -> None:
    first, second = tmp_path / "ett.xlsx", tmp_path / "två.xlsx"
    heads = ["Kod", "Datum", "Läge", "Text"]
    book(first, {"Blad1": [heads, ["P-1", "2025-03-28", "nu", "Inget nytt hos oss."]]})
    book(second, {"Blad1": [heads, ["P-1", "2025-03-28", "önskat", "Inget nytt hos oss."],
                            ["P-1", "2025-03-29", "nu", "Inget nytt hos oss."],
                            ["P-1", "2025-03-28", "nu", "Inget nytt hos oss."]]})  # fmt: skip
    take_in_import(handed_to, load_entries(first, study=handed_to.read(), progress=False))

    assert load_entries(second, study=handed_to.read(), progress=False).rows["outcome"].tolist() == [
        "taken", "taken", "there",
    ]  # fmt: skip


def test_what_breaks_a_rule_is_refused_in_every_file_it_comes_in(tmp_path: Path) -> None:
    heads = [
        "Organisation",
        "Tillfälle",
        "Titel",
        "Förbättra eller förnya",
        "Antagande",
        "Minsta test",
        "Startade",
        "Avslutades",
    ]
    row = ["A1", "T1", "Ring först", "förbättra", "Vi tror", "En vecka", "2025-03-10", "2025-03-01"]
    for name in ("a.xlsx", "b.xlsx"):
        book(tmp_path / name, {"Blad1": [heads, row]})

    assert read(tmp_path).totals == {"rows": 2, "taken": 0, "there": 0, "refused": 2}


def test_a_text_longer_than_a_cell_holds_is_not_cut_in_the_workbook_to_mend(
    handed_to: LiveStudy, tmp_path: Path
) -> None:
    long = "ord " * 9000
    (tmp_path / "svar.csv").write_text(f"Kod,Datum,Text\nP-0,2025-03-28,{long}\nP-0,2025-03-28,Kort text.\n", "utf-8")
    take_in_import(handed_to, load_entries(tmp_path / "svar.csv", study=handed_to.read(), progress=False))
    (tmp_path / "mend.xlsx").write_bytes(write_waiting(waiting(handed_to), "sv"))

    assert load_entries(tmp_path / "mend.xlsx", study=handed_to.read(), progress=False).totals["rows"] == 1
    assert len(handed_to.read().quarantine) == 2
