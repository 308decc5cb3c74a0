"""The one door: what comes out of it whatever is put in, and what it needs to be told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.loaders.awkward import AWKWARD, NAMES, awkward_study
from workbench.errors import WorkbenchError
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.items.mapping import MappingError

STUDY = awkward_study()
NOTE = "Person: P-1\nDatum: 2025-03-28\n\n"


def loaded(folder: Path, files: dict[str, str], **options: object) -> Import:
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    return load_entries(folder, study=STUDY, people=NAMES, **options)  # type: ignore[arg-type]


def rules(found: Import) -> list[str]:
    return [str(problem.rule) for problem in found.problems]


def test_a_folder_gives_the_tables_of_the_study_and_where_each_row_stood(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"T2/a.csv": "Person,Text,Nivå nu,Komponent\nP-1,Vi gick hem.,3,I3\n"})

    assert found.entries.loc[0, ["person", "occasion", "kind", "text", "file", "row"]].tolist() == [
        "P-1", "T2", "reflection", "Vi gick hem.", "T2/a.csv", 2,
    ]  # fmt: skip
    assert found.ratings.loc[0, ["person", "occasion", "component", "frame", "level"]].tolist() == [
        "P-1", "T2", "I3", "now", 3,
    ]  # fmt: skip
    assert found.entries.dtypes[list(STUDY.entries)].equals(STUDY.entries.dtypes)
    assert repr(found) == "<Import of 1 files: 1 rows, 1 taken, 0 there, 0 refused>"


def test_the_account_has_a_row_for_every_file_and_adds_up(awkward_files: Path) -> None:
    account = load_entries(awkward_files, study=STUDY, people=NAMES).account

    assert (account["rows"] == account[["taken", "there", "refused"]].sum(axis="columns")).all()
    assert len(account) >= len(AWKWARD)


def test_every_row_that_is_not_taken_has_a_reason_and_a_cure(awkward_files: Path) -> None:
    found = load_entries(awkward_files, study=STUDY, people=NAMES)
    refused = found.rows[found.rows["outcome"] == "refused"]
    told = found.faults()

    assert set(refused["file"]) == set(told.loc[told["weight"] == "refused", "file"])
    assert (told.loc[told["weight"] == "refused", ["rule", "cure"]] != "").all(axis=None)
    assert not told.duplicated().any()


def test_the_faults_are_told_in_swedish_as_well(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"a.csv": "Person,Datum,Text\nOkänd,2025-03-28,Vi gick hem.\n"})

    assert list(found.faults("sv")["rule"]) != list(found.faults("en")["rule"])
    assert list(found.faults("sv").columns) == list(found.faults("en").columns)


def test_a_file_a_folder_and_several_can_be_named(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"a/x.txt": f"{NOTE}Ett.", "b/x.txt": f"{NOTE}Två.", "c.txt": f"{NOTE}Tre."})
    several = load_entries([tmp_path / "a", tmp_path / "b", tmp_path / "c.txt"], study=STUDY)
    again = load_entries([tmp_path / "a", tmp_path / "a" / "x.txt"], study=STUDY)

    assert set(one.entries["text"]) == set(several.entries["text"]) == {"Ett.", "Två.", "Tre."}
    assert list(several.account["file"]) == ["b/x.txt", "c.txt", "x.txt"]
    assert list(again.entries["text"]) == ["Ett."]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="no such file or folder"):
        load_entries([tmp_path, tmp_path / "nej"], study=STUDY)


def test_a_folder_that_may_not_be_looked_into_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(place: object) -> None:
        raise PermissionError(13, os.strerror(13), str(place))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(WorkbenchError, match="Permission denied"):
        load_entries(tmp_path, study=STUDY)


def test_nothing_handed_in_comes_to_nothing(tmp_path: Path) -> None:
    found = load_entries(tmp_path, study=STUDY)

    assert found.totals == {"rows": 0, "taken": 0, "there": 0, "refused": 0}
    assert found.account.empty and found.entries.empty and found.faults().empty


def test_a_mapping_names_columns_and_values_that_are_not_recognised(tmp_path: Path) -> None:
    mapping = {
        "columns": {"Vem det är": "person", "Fråga 7b": {"field": "level", "component": "I3", "frame": "now"}},
        "values": {"level": {"mycket": "4"}},
        "defaults": {"occasion": "T2"},
    }
    found = loaded(tmp_path, {"a.csv": "Vem det är,Fråga 7b\nP-1,mycket\n"}, mapping=mapping)

    assert found.ratings.loc[0, ["person", "component", "level"]].tolist() == ["P-1", "I3", 4]


def test_a_mapping_in_a_file_tells_what_files_hold(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text("files:\n  '*.txt': {person: P-2, occasion: T2, kind: interview}\n")
    (tmp_path / "in").mkdir()
    found = loaded(tmp_path / "in", {"a.txt": "Vi gick hem."}, mapping=tmp_path / "mapping.yaml")

    assert found.entries.loc[0, ["person", "occasion", "kind"]].tolist() == ["P-2", "T2", "interview"]


def test_a_mapping_with_faults_is_an_error_that_names_them_all(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"(?s)ingenting.*hittpå"):
        load_entries(tmp_path, study=STUDY, mapping={"columns": {"a": "hittpå"}, "ingenting": {}})


def test_an_encoding_that_was_named_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Person,Datum,Text\nP-1,2025-03-28,å‰\n".encode("mac_roman"))
    found = load_entries(tmp_path, study=STUDY, mapping={"encoding": "mac_roman"})

    assert list(found.entries["text"]) == ["å‰"]
    assert found.problems == ()


def test_people_are_known_by_name_and_address_however_written(tmp_path: Path) -> None:
    rows = "ANNA  EK,a\nanna.ek@ena.example,b\nAnna Ek <anna.ek@ena.example>,c\np-1,d\n"
    found = loaded(tmp_path, {"T2.csv": f"Person,Text\n{rows}"})

    assert list(found.entries["person"]) == ["P-1"] * 4
    assert found.people["person"].eq("P-1").all()


def test_who_is_unknown_is_listed_and_held_back(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"T2.csv": "Person,Text\nPer Okänd,a\nPer Okänd,b\nAnna Ek,c\n"})

    assert found.people[["written", "rows"]].to_numpy().tolist() == [["Anna Ek", 1], ["Per Okänd", 2]]
    assert found.people["person"].isna().tolist() == [False, True]
    assert found.totals["refused"] == 2


def test_what_is_new_in_a_copied_text_is_marked(tmp_path: Path) -> None:
    words = "Vi gick hem. Sedan ringde vi dem som hade ringt, och frågade vad de väntade på."
    rows = f'P-2,2025-03-28,"{words}"\nP-2,2025-04-28,"{words} Nu svarar de."\n'
    parts = loaded(tmp_path, {"a.csv": f"Person,Datum,Text\n{rows}"}).new_parts

    assert list(parts["quote"]) == ["Nu svarar de."]
    assert parts.loc[0, "start"] == len(words) + 1
    assert parts.loc[0, "share"] == pytest.approx(16 / 19)


def test_two_organisations_answers_together_are_kept_apart(tmp_path: Path) -> None:
    rows = "Ena verket,,2,I3,nu,2,5\nAndra verket,,2,I3,nu,3,4\n"
    heading = "Organisation,Person,Tillfälle,Komponent,Läge,Nivå,Antal\n"
    ratings = loaded(tmp_path, {"a.csv": heading + rows}).ratings

    assert ratings[["organisation", "basis", "level", "present"]].to_numpy().tolist() == [
        ["A1", "consensus", 2, 5], ["A2", "consensus", 3, 4],
    ]  # fmt: skip


def test_an_experiment_is_begun_and_then_followed_up(tmp_path: Path) -> None:
    heading = "Organisation;Tillfälle;Titel;Förbättra eller förnya;Vi tror att;Minsta test;Tecken;Status;Resultat\n"
    begun = "Ena verket;1;Ring först;Förbättra;att de svarar;ring tio;fem svar;planerat;\n"
    found = loaded(tmp_path, {"a.csv": heading + begun})

    assert found.experiments.loc[0, ["organisation", "title", "kind", "status"]].tolist() == [
        "A1", "Ring först", "improve", "planned",
    ]  # fmt: skip


def test_what_is_no_answer_can_be_said_to_mean_something(tmp_path: Path) -> None:
    files = {"a.csv": "Person,Tillfälle,Komponent,Läge,Nivå\nP-1,2,I3,nu,99\n"}
    silent = loaded(tmp_path, files)
    told = loaded(tmp_path, files, mapping={"values": {"level": {"99": "vet ej"}}})

    assert (silent.totals["there"], list(silent.ratings["missing"])) == (1, [])
    assert (told.totals["taken"], list(told.ratings["missing"])) == (1, ["DK"])
