"""Rules between tables, and the seal: what a frozen study may not say, and what it may not leave out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.damage import Damage, all_of, appended, bytes_of, faults_of, put, removed, replaced, told, without, written
from workbench.access import slice_for, write_slice
from workbench.opening import open_study
from workbench.study import Study

SEAL = "datapackage.json"


@pytest.fixture
def study(tiny_folder: Path) -> Path:
    return tiny_folder


def own(component: str, organisation: str, position: str) -> Damage:
    return appended(
        "components", component=component, organisation=organisation, position=position, arena="internal",
        name_sv="Egen", name_en="Own",
    )  # fmt: skip


def experiment(code: str, organisation: str, **values: str) -> Damage:
    told_of = {"title": "Moment", "kind": "renew", "assumption": "Om", "test": "Test", "status": "idea"}
    return appended(
        "experiments", experiment=code, organisation=organisation, occasion="T1", decision="none", **told_of, **values
    )


def definition(code: str, component: str) -> Damage:
    return appended(
        "definitions", definition=code, organisation="A1", component=component, version="1", occasion="T1",
        name="Vårt", text="Ord",
    )  # fmt: skip


def rating(component: str) -> Damage:
    return appended(
        "ratings", organisation="A1", person="P-1", occasion="T1", component=component, frame="desired",
        basis="individual", level="3",
    )  # fmt: skip


def response(person: str) -> Damage:
    finding = appended(
        "findings", finding="F1", title_sv="F", title_en="F", text_sv="F", text_en="F", audience="both", author="R",
        stated="2025-04-01",
    )  # fmt: skip
    feedback = appended(
        "feedback", feedback="B1", finding="F1", organisation="A1", occasion="T1", channel="seminar", given="2025-04-02"
    )
    answer = {"response": "S1", "feedback": "B1", "stance": "agrees", "responded": "2025-04-03"}
    return all_of(finding, feedback, appended("responses", person=person, **answer))


THEIRS, MINE = own("A2-C", "A2", "50"), own("A1-C", "A1", "51")
PARTS = "experiment_components"

# the damage; then the one fault's file, row, column and found
RULES: dict[str, tuple[Damage, str, int, str, str]] = {
    "follows another's": (all_of(experiment("E1", "A2"), experiment("E2", "A1", follows="E1")),
                          "experiments.csv", 3, "follows", "E1"),
    "rates another's component": (all_of(THEIRS, rating("A2-C")), "ratings.csv", 6, "component", "A2-C"),
    "defines another's component": (all_of(THEIRS, definition("D1", "A2-C")), "definitions.csv", 2, "component",
                                  "A2-C"),
    "tests another's component": (all_of(THEIRS, experiment("E1", "A1"), appended(PARTS, experiment="E1",
                                  component="A2-C")), f"{PARTS}.csv", 2, "component", "A2-C"),
    "tests another's definition": (all_of(definition("D1", "I3"), experiment("E1", "A2"), appended(PARTS,
                                   experiment="E1", component="I3", definition="D1")),
                                   f"{PARTS}.csv", 2, "definition", "D1"),
    "builds on another's": (all_of(THEIRS, MINE, replaced("components.csv", "internal,A1,", "internal,A1,A2-C")),
                            "components.csv", 4, "builds_on", "A2-C"),
    "answers what another was told": (response("P-3"), "responses.csv", 2, "feedback", "B1"),
    "writes of another's experiment": (all_of(experiment("E1", "A2"), replaced("entries.csv", "reflection,,,,org",
                                       "reflection,,,E1,org")), "entries.csv", 2, "experiment", "E1"),
    "an occasion's number twice": (replaced("occasions.csv", "T2,2", "T2,1"), "occasions.csv", 3, "number", "1"),
    "a component's position twice": (own("A1-C", "A1", "1"), "components.csv", 3, "position", "1"),
    "a definition's version twice": (all_of(definition("D1", "I3"), definition("D2", "I3")),
                                     "definitions.csv", 3, "organisation", "A1 · I3 · 1"),
    "joins before their organisation": (replaced("people.csv", "2025-02-05", "2025-02-04"),
                                        "people.csv", 2, "joined", "2025-02-04"),
    "leaves before joining": (replaced("people.csv", "2025-02-05,", "2025-02-05,2025-01-01"),
                              "people.csv", 2, "left", "2025-01-01"),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_what_belongs_to_another_is_one_fault(name: str, study: Path) -> None:
    damage, *fault = RULES[name]
    damage(study)

    assert told(faults_of(study)) == [tuple(fault)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["demo", "municipalities"])
def test_every_person_s_slice_of_a_sound_study_is_sound(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole: Study = request.getfixturevalue(name)
    for person in whole.people.drop_duplicates("organisation", keep="last")["person"]:
        write_slice(whole, person, tmp_path / person)

        assert list(open_study(tmp_path / person).people["person"]) == [person]
        assert slice_for(whole, person).events.empty


# the damage; then the fault's file and found
SEALS: dict[str, tuple[Damage, str, str]] = {
    "no list": (without(SEAL, "resources"), SEAL, "nothing"),
    "an empty list": (put(SEAL, "resources", []), SEAL, "an empty list"),
    "null for a list": (put(SEAL, "resources", None), SEAL, "nothing"),
    "a mapping for a list": (put(SEAL, "resources", {"a": 1}), SEAL, "a mapping"),
    "a text for a file": (put(SEAL, "resources.0", "x"), SEAL, "x"),
    "a list for a path": (put(SEAL, "resources.0.path", ["a.csv"]), SEAL, "a list"),
    "no path": (without(SEAL, "resources.0.path"), SEAL, "nothing"),
    "no hash": (without(SEAL, "resources.0.hash"), SEAL, "nothing"),
    "people left out": (lambda folder: without(SEAL, f"resources.{place_of(folder, 'people.csv')}")(folder),
                        SEAL, "no people.csv"),
    "a path to nothing": (put(SEAL, "resources.0.path", "gone.csv"), "gone.csv", "no file"),
    "a path from the root": (put(SEAL, "resources.0.path", "/etc/hosts"), SEAL, "/etc/hosts"),
    "a path upwards": (put(SEAL, "resources.0.path", "../study.toml"), SEAL, "../study.toml"),
    "a path to itself": (put(SEAL, "resources.0.path", "."), SEAL, "."),
    "no crate": (removed("ro-crate-metadata.json"), "ro-crate-metadata.json", "no file"),
    "a list for it all": (written(SEAL, "[]"), SEAL, "a list"),
    "null for it all": (written(SEAL, "null"), SEAL, "nothing"),
    "a text for it all": (written(SEAL, '"x"'), SEAL, "x"),
    "nested without end": (written(SEAL, "[" * 100_000), SEAL, "RecursionError"),
    "bytes": (written(SEAL, b"\xff\xfe"), SEAL, "UnicodeDecodeError"),
    "no seal": (removed(SEAL), SEAL, "FileNotFoundError"),
}  # fmt: skip


def place_of(folder: Path, name: str) -> int:
    listed = json.loads((folder / SEAL).read_text(encoding="utf-8"))["resources"]
    return next(place for place, item in enumerate(listed) if item["path"] == name)


@pytest.mark.parametrize("name", SEALS)
def test_a_seal_that_does_not_hold_every_file_is_none(name: str, study: Path) -> None:
    damage, file, found = SEALS[name]
    damage(study)

    faults = faults_of(study)

    assert (file, found) in {(fault.file, fault.found) for fault in faults}
    assert {fault.file for fault in faults} <= {file, SEAL}
    assert all("workbench seal FOLDER" in fault.cure for fault in faults)


def test_a_crate_changed_after_sealing_is_noticed(study: Path) -> None:
    bytes_of("ro-crate-metadata.json", lambda data: data + b" ")(study)

    with pytest.raises(Exception, match=r"ro-crate-metadata\.json: found 'changed since"):
        open_study(study)


def test_what_is_done_to_the_instrument_s_and_the_codebook_s_tables_never_reaches_the_study(tiny: Study) -> None:
    book, instrument = tiny.codebook, tiny.instrument
    first = tiny.codes.loc[0, "name_sv"]
    book.codes.loc[0, "name_sv"] = instrument.components.loc[0, "sv"] = instrument.levels.loc[0, "en"] = "ändrat"
    instrument.title["sv"] = tiny.texts["study.toml"] = "ändrat"

    assert tiny.codes.loc[0, "name_sv"] == tiny.codebook.codes.loc[0, "name_sv"] == first
    assert "ändrat" not in set(tiny.instrument.components["sv"]) | set(tiny.instrument.levels["en"])
    assert tiny.instrument.title["sv"] != "ändrat" != tiny.texts["study.toml"]


def test_a_frame_that_a_study_was_made_of_may_be_changed_afterwards(tiny: Study) -> None:
    frames = tiny.frames
    other = tiny.with_frames(frames)
    frames["entries"].loc[0, "text"] = "ändrat"

    assert other.entries.loc[0, "text"] == tiny.entries.loc[0, "text"] != "ändrat"
