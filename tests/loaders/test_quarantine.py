"""The quarantine: what was refused waits, without names in the study, until it is mended or dropped."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.loaders.awkward import NAMES
from tests.loaders.test_taking import alike, frames, handed_in
from workbench.language import LANGUAGES, Language
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.quarantine import drop_held, waiting, waiting_frame, write_waiting
from workbench.loaders.taking import take_in_import
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.store.received import received_folder
from workbench.store.verify import verify

STRANGER = "Gullbritt Främling"
ROWS = (
    "Person;Datum;Komponent;Nivå nu;Text;Rum\n"
    f"{STRANGER};2025-03-28;;;Jag gick hem, 🙂.;7b\n"
    "P-1;2025-03-28;I3;9;Vi stannade.;\n"
    "P-2;2025-03-28;I3;3;Vi ringde.;\n"
)


def imported(live: LiveStudy, folder: Path, people: dict[str, str] | None = None) -> Import:
    found = load_entries(folder, study=live.read(), people=people or NAMES)
    take_in_import(live, found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hand in a row of somebody unknown, one with a level there is not, and one that is right."""
    return handed_in(tmp_path / "in", {f"{STRANGER}.csv": ROWS})


@pytest.fixture
def live(handed_to: LiveStudy, folder: Path) -> LiveStudy:
    """Take them in."""
    assert imported(handed_to, folder).totals == {"rows": 3, "taken": 1, "there": 0, "refused": 2}
    return handed_to


def mended(live: LiveStudy, changes: dict[str, str], language: Language = "sv") -> bytes:
    """Write what waits as a workbook, and mend it as a person would: cells that hold these words hold others."""
    book = openpyxl.load_workbook(io.BytesIO(write_waiting(waiting(live), language)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = changes.get(cell.value, cell.value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_is_refused_waits_with_its_reason_and_its_words(live: LiveStudy) -> None:
    first, second = sorted(waiting(live), key=lambda one: one.item.row if one.item else 0)

    assert first.item and first.item.said[0].cell.words == "Jag gick hem, 🙂."
    assert first.reason == "Person: Nobody in the study is known by that."
    assert second.reason == "Nivå nu: A level is one whole number from 0 to 5."
    assert {first.file, second.file} == {f"{STRANGER}.csv"}
    assert list(waiting_frame([first])["place"]) == ["row 2"]


def test_no_name_of_who_is_unknown_is_in_the_studys_file(live: LiveStudy) -> None:
    live.database.close()
    database = Path(live.database.place) / "study.db"
    stored = b"".join(path.read_bytes() for path in database.parent.glob("study.db*"))

    assert b"Jag gick hem" not in stored
    for words in STRANGER.split():
        assert words.encode() not in stored


def test_a_name_that_is_added_takes_its_rows_in(live: LiveStudy, folder: Path) -> None:
    found = imported(live, folder, {**NAMES, STRANGER: "P-3"})

    assert found.totals == {"rows": 3, "taken": 1, "there": 1, "refused": 1}
    assert "Jag gick hem, 🙂." in set(live.read().entries["text"])
    assert [one.reason.split(":")[0] for one in waiting(live)] == ["Nivå nu"]
    assert verify(live.database.place) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_mended_in_the_workbook_is_taken_in_and_waits_no_more(
    live: LiveStudy, tmp_path: Path, language: Language
) -> None:
    book = tmp_path / "lagat.xlsx"
    book.write_bytes(mended(live, {STRANGER: "P-3", "9": "2"}, language))
    found = imported(live, book)
    study = live.read()

    assert found.totals == {"rows": 2, "taken": 2, "there": 0, "refused": 0}
    assert {"Jag gick hem, 🙂.", "Vi stannade.", "Vi ringde."} <= set(study.entries["text"])
    assert study.attributes[["name", "value"]].to_numpy().tolist() == [["Rum", "7b"]]
    assert waiting(live) == []
    assert verify(live.database.place) == []


def test_what_is_mended_in_part_leaves_the_rest_waiting(live: LiveStudy, tmp_path: Path) -> None:
    book = tmp_path / "lagat.xlsx"
    book.write_bytes(mended(live, {"9": "2"}))
    imported(live, book)

    assert STRANGER in {one.item.words("person") for one in waiting(live) if one.item}
    assert "Vi stannade." in set(live.read().entries["text"])


def test_a_workbook_that_nobody_mended_changes_nothing_the_second_time(live: LiveStudy, tmp_path: Path) -> None:
    (tmp_path / "lagat.xlsx").write_bytes(mended(live, {}))
    imported(live, tmp_path / "lagat.xlsx")
    after = frames(live)
    imported(live, tmp_path / "lagat.xlsx")

    assert alike(frames(live), after)
    assert "Jag gick hem, 🙂." not in set(live.read().entries["text"])


def test_what_is_mended_and_undone_waits_again(live: LiveStudy, tmp_path: Path) -> None:
    before = frames(live)
    (tmp_path / "lagat.xlsx").write_bytes(mended(live, {STRANGER: "P-3", "9": "2"}))
    imported(live, tmp_path / "lagat.xlsx")
    live.undo()

    assert alike(frames(live), before)
    assert len(waiting(live)) == 2


def test_what_was_mended_and_is_there_already_waits_no_more(live: LiveStudy, tmp_path: Path) -> None:
    rows = "Person;Datum;Text\nP-3;2025-03-28;Jag gick hem, 🙂.\n"
    imported(live, handed_in(tmp_path / "anew", {"på nytt.csv": rows}))
    before = frames(live)
    (tmp_path / "lagat.xlsx").write_bytes(mended(live, {STRANGER: "P-3"}))
    found = imported(live, tmp_path / "lagat.xlsx")

    assert found.totals == {"rows": 2, "taken": 0, "there": 1, "refused": 1}
    assert STRANGER not in {one.item.words("person") for one in waiting(live) if one.item}
    live.undo()
    assert alike(frames(live), before)


def test_a_file_sent_again_of_which_all_is_there_by_now_waits_no_more(live: LiveStudy, tmp_path: Path) -> None:
    heading = "Person;Datum;Komponent;Nivå nu;Text;Rum\n"
    anew = f"{heading}P-3;2025-03-28;;;Jag gick hem, 🙂.;7b\nP-1;2025-03-28;I3;2;Vi stannade.;\n"
    imported(live, handed_in(tmp_path / "anew", {"på nytt.csv": anew}))
    mapping = {"values": {"level": {"9": "2"}}}
    found = load_entries(tmp_path / "in", study=live.read(), people={**NAMES, STRANGER: "P-3"}, mapping=mapping)
    done = take_in_import(live, found)

    assert (found.totals["taken"], found.totals["there"]) == (0, 3)
    assert done and waiting(live) == []
    live.undo()
    assert len(waiting(live)) == 2


def test_mended_rows_and_the_file_they_came_in_can_be_handed_in_together_again_and_again(
    live: LiveStudy, folder: Path, tmp_path: Path
) -> None:
    (folder / "lagat.xlsx").write_bytes(mended(live, {STRANGER: "P-3", "9": "2"}))
    imported(live, folder)
    after = frames(live)
    imported(live, folder)

    assert waiting(live) == []
    assert alike(frames(live), after)


def test_a_file_that_can_be_read_with_a_mapping_waits_no_more(handed_to: LiveStudy, tmp_path: Path) -> None:
    rows = "Vem det är;När;Vad\nP-1;2025-03-28;Vi gick hem.\n"
    imported(handed_to, handed_in(tmp_path / "in", {"a.csv": rows}))
    waited = len(waiting(handed_to))
    mapping = {"columns": {"Vem det är": "person", "När": "written", "Vad": "text"}}
    take_in_import(handed_to, load_entries(tmp_path / "in", study=handed_to.read(), people=NAMES, mapping=mapping))

    assert (waited, waiting(handed_to)) == (1, [])
    assert "Vi gick hem." in set(handed_to.read().entries["text"])


def test_the_same_bytes_under_a_name_that_tells_nobody_still_wait(handed_to: LiveStudy, tmp_path: Path) -> None:
    files = {"P-1 2025-03-28.txt": "Vi gick hem.", "Okänd.txt": "Vi gick hem."}
    folder = handed_in(tmp_path / "in", files)
    imported(handed_to, folder)
    after = frames(handed_to)
    imported(handed_to, folder)

    assert [one.item is not None for one in waiting(handed_to)] == [True]
    assert alike(frames(handed_to), after)


def test_rows_are_dropped_for_good_and_can_be_brought_back(live: LiveStudy) -> None:
    held = [one.held for one in waiting(live)]
    live.do(drop_held(held[:1]))

    assert [one.held for one in waiting(live)] == held[1:]
    live.undo()
    assert sorted(one.held for one in waiting(live)) == sorted(held)


def test_what_does_not_wait_cannot_be_dropped(live: LiveStudy) -> None:
    with pytest.raises(RefusedError):
        live.do(drop_held(["nope"]))


def test_a_row_that_is_dropped_and_handed_in_again_waits_again(live: LiveStudy, folder: Path) -> None:
    live.do(drop_held([one.held for one in waiting(live)]))
    imported(live, folder)

    assert len(waiting(live)) == 2


def test_a_file_refused_whole_waits_by_its_name(handed_to: LiveStudy, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bild.jpg").write_bytes(b"\xff\xd8\xff")
    imported(handed_to, tmp_path / "in")
    (one,) = waiting(handed_to)

    assert (one.file, one.item, one.reason) == ("bild.jpg", None, "Files of this kind are not read.")
    assert openpyxl.load_workbook(io.BytesIO(write_waiting([one], "sv"))).worksheets[0].max_row == 1


def test_a_row_whose_file_is_gone_is_still_listed(live: LiveStudy) -> None:
    for kept in received_folder(live.database).iterdir():
        shutil.rmtree(kept)

    assert {(one.file, one.item) for one in waiting(live)} == {("", None)}
    assert len(verify(live.database.place)) == 1


def test_files_with_the_same_rows_refused_wait_each_by_itself(handed_to: LiveStudy, tmp_path: Path) -> None:
    rows = "Person,Datum,Text\nOkänd,2025-03-28,Hem.\n"
    imported(handed_to, handed_in(tmp_path / "in", {"a.csv": rows, "b.csv": rows.replace("Hem.", "Bort.")}))

    assert isinstance(waiting_frame(waiting(handed_to)), pd.DataFrame)
    assert sorted(one.file for one in waiting(handed_to)) == ["a.csv", "b.csv"]
