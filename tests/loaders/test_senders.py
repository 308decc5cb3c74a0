"""What whoever sent a file is told: nothing of others, and nothing that only a researcher can do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.loaders.awkward import AWKWARD, NAMES, awkward_study
from tests.loaders.sentences import sentences
from tests.loaders.test_taking import handed_in
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.letter import letters
from workbench.loaders.problem import NOTHING, Problem
from workbench.loaders.senders import INSTEAD, UNTOLD, for_senders
from workbench.loaders.told import tell

TOLD = Path(__file__).with_name("told_to_senders.txt").read_text(encoding="utf-8").splitlines()
STUDY = awkward_study()
RESEARCHERS = re.compile(r"mapping|quarantine|the codings|the accounts|consent|withdrawn|undo|P-\d's")


def test_of_every_sentence_it_is_said_whether_a_sender_is_told_it() -> None:
    """Whether a sender may be told a new sentence has to be decided.

    It goes into told_to_senders.txt, or into `workbench.loaders.senders` when it tells of others, of who takes part,
    or of what only a researcher can do.
    """
    decided = {*TOLD, *INSTEAD, *UNTOLD}

    assert sorted(sentences() - decided) == []
    assert sorted(decided - sentences()) == []  # said no more
    assert not set(TOLD) & {*INSTEAD, *UNTOLD}


def test_what_a_sender_is_told_is_nothing_that_a_researcher_does() -> None:
    said = [*TOLD, *(one.words for one in INSTEAD.values())]

    assert [words for words in said if RESEARCHERS.search(words)] == []


def test_a_researchers_sentence_within_another_is_left_out_as_well() -> None:
    within = tell(
        "{rule} So it is in {count} more cells.", rule=tell("The person belongs to {home}.", home="A1"), count=2
    )
    (one,) = for_senders([Problem("a.csv", "", 2, "", "", within, NOTHING)])

    assert str(one.rule) == "It could not be taken in as it stands. So it is in 2 more cells."


def loaded(folder: Path, files: dict[str, str]) -> dict[str, str]:
    found = load_entries(handed_in(folder / "in", files), study=STUDY, people=NAMES, progress=False)
    return written(found)


def written(found: Import) -> dict[str, str]:
    """Write the letters, by the file they are of."""
    said = letters(found.account, found.problems, found.places, language="en")
    return dict(zip(found.places, (letter for _, letter in said), strict=True))


def test_no_letter_names_another_file_or_tells_what_only_a_researcher_may_know(awkward_files: Path) -> None:
    found = load_entries([awkward_files / case.name for case in AWKWARD], study=STUDY, people=NAMES, progress=False)
    others = {file: [name for name in found.places if not file.startswith(name)] for file in found.places}
    said = written(found)

    assert [(file, name) for file, letter in said.items() for name in others[file] if f"”{name}”" in letter] == []
    assert [file for file, letter in said.items() if RESEARCHERS.search(letter)] == []


def test_two_files_for_one_occasion_are_told_to_the_researcher_alone(tmp_path: Path) -> None:
    head = "Person: P-1\nDatum: 2025-03-28\n\n"
    said = loaded(tmp_path, {"Anna.txt": f"{head}Vi gick hem.", "Chefens.txt": f"{head}Hon stannade."})

    assert all("You need do nothing." in letter for letter in said.values())
    assert "Anna" not in said["Chefens.txt"]


def test_another_rating_is_told_without_its_level(tmp_path: Path) -> None:
    head = "Person,Tillfälle,Komponent,Nivå nu\n"
    said = loaded(tmp_path, {"a.csv": f"{head}P-1,2,I3,4\n", "b.csv": f"{head}P-1,2,I3,1\n"})

    assert (
        "- There is another level for this already. The researchers will look at it.\n    - row 2: ”I3: 1”"
        in said["b.csv"]
    )
    assert "4" not in said["b.csv"]
    assert "the researchers will look at what could not be taken in" in said["b.csv"]


@pytest.mark.parametrize("who", ["P-4", "P-99", "Okänd Person", "bo.okand@ena.example"])
def test_a_letter_tells_nobody_who_takes_part_or_has_withdrawn(tmp_path: Path, who: str) -> None:
    (letter,) = loaded(tmp_path, {"a.csv": f"Person,Datum,Text\n{who},2025-03-28,Vi gick hem.\n"}).values()
    (other,) = loaded(tmp_path, {"a.csv": "Person,Datum,Text\nNågon,2025-03-28,Vi gick hem.\n"}).values()

    assert letter.replace(who, "Någon") == other


def test_a_letter_does_not_tell_where_somebody_works(tmp_path: Path) -> None:
    rows = "Person,Organisation,Datum,Text\nP-1,Andra verket,2025-03-28,Vi gick hem.\n"
    (letter,) = loaded(tmp_path, {"a.csv": rows}).values()

    assert "It could not be taken in as it stands." in letter
    assert not re.search("A1|Ena verket", letter)


def test_a_letter_does_not_tell_the_codes_of_those_who_speak(tmp_path: Path) -> None:
    lines = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Ek>Vi gick hem.\n"
    (letter,) = loaded(tmp_path, {"T2 A1 intervju.vtt": lines}).values()

    assert "P-1" not in letter
