"""Taking an import in: one act, which is done whole or not at all, and the files kept as they came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.loaders.awkward import NAMES
from tests.store.forks import Forks
from tests.store.places import Places
from tests.tiny import tiny_study
from workbench.exchange.frozen import save_study
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.taking import take_in_import
from workbench.opening import open_study
from workbench.store import received as received_module
from workbench.store.backup import backups_folder
from workbench.store.errors import RefusedError, StoreError
from workbench.store.live import LiveStudy
from workbench.store.received import Received, received_folder
from workbench.store.verify import verify

ROWS = "Person,Datum,Text,Rum\nP-1,2025-03-28,Vi gick hem 🙂.,7b\nP-2,2025-03-28,Vi stannade.,\n"
LEVELS = "Person,Tillfälle,Komponent,Nivå nu,Önskad nivå\nP-1,2,I3,3,4\nP-3,2,I3,vet ej,5\n"
LATER = "Person,Datum,Text\nP-3,2025-03-29,Vi ringde.\n"
KILLS, LONGEST_MS = 12, 250
TINY = tiny_study()


@pytest.fixture
def live(live_place: str) -> Iterator[LiveStudy]:
    """Open a live study in each of the two databases in turn."""
    with LiveStudy(live_place, actor="K1") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hand in two files in a folder."""
    return handed_in(tmp_path / "in", {"texter.csv": ROWS, "nivåer.csv": LEVELS})


def handed_in(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def loaded(live: LiveStudy, folder: Path) -> Import:
    return load_entries(folder, study=live.read(), people=NAMES)


def frames(live: LiveStudy) -> dict[str, pd.DataFrame]:
    return {name: frame for name, frame in live.read().frames.items() if name != "events"}


def alike(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> bool:
    return all(one[name].equals(other[name]) for name in one)


def test_one_act_adds_the_rows_and_says_where_they_came_from(live: LiveStudy, folder: Path) -> None:
    found = loaded(live, folder)
    done = take_in_import(live, found)
    study = live.read()

    assert done
    assert study.events.iloc[-1][["sequence", "actor", "act"]].tolist() == [done.sequence, "K1", "import"]
    assert {"Vi gick hem 🙂.", "Vi stannade."} <= set(study.entries["text"])
    assert len(study.ratings) == 4 + 4
    assert study.attributes[["name", "value"]].to_numpy().tolist() == [["Rum", "7b"]]
    assert len(study.origins) == 6
    assert set(study.origins["source"]) == set(study.sources["source"])
    assert verify(live.database.place) == []


def test_the_files_are_kept_to_the_byte_with_their_names(live: LiveStudy, folder: Path) -> None:
    take_in_import(live, loaded(live, folder))
    received = Received(received_folder(live.database))
    kept = {name: received.read(code) for code in live.read().sources["source"] for name in received.names(code)}

    assert kept == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_once_more_changes_nothing(live: LiveStudy, folder: Path) -> None:
    take_in_import(live, loaded(live, folder))
    events, again = len(live.read().events), loaded(live, folder)

    assert again.totals == {"rows": 4, "taken": 0, "there": 4, "refused": 0}
    assert take_in_import(live, again) is None
    assert len(live.read().events) == events


def test_the_same_rows_in_another_file_are_there_already(live: LiveStudy, folder: Path, tmp_path: Path) -> None:
    take_in_import(live, loaded(live, folder))
    turned = "\n".join(ROWS.strip().split("\n")[i] for i in (0, 2, 1)).replace(",", ";")
    again = loaded(live, handed_in(tmp_path / "igen", {"annat namn.csv": turned}))

    assert again.totals == {"rows": 2, "taken": 0, "there": 2, "refused": 0}


def test_what_comes_later_is_added_to_what_is_there(live: LiveStudy, folder: Path) -> None:
    take_in_import(live, loaded(live, folder))
    handed_in(folder, {"texter.csv": ROWS + "P-3,2025-03-29,Vi ringde.,\n"})
    found = loaded(live, folder)
    take_in_import(live, found)

    assert found.totals == {"rows": 5, "taken": 1, "there": 4, "refused": 0}
    assert len(live.read().sources) == 3


def test_undo_takes_it_all_back_and_redo_brings_it_all(live: LiveStudy, folder: Path) -> None:
    before = frames(live)
    take_in_import(live, loaded(live, folder))
    after = frames(live)

    live.undo()
    assert alike(frames(live), before)
    live.redo()
    assert alike(frames(live), after)
    assert verify(live.database.place) == []


def test_what_was_undone_can_be_imported_again(live: LiveStudy, folder: Path) -> None:
    take_in_import(live, loaded(live, folder))
    after = frames(live)
    live.undo()
    take_in_import(live, loaded(live, folder))

    assert alike(frames(live), after)


def test_a_backup_is_made_before(live: LiveStudy, folder: Path) -> None:
    entries = len(live.read().entries)
    backups = backups_folder(live.database)
    there = set(backups.glob("*.db"))
    take_in_import(live, loaded(live, folder))
    (backup,) = set(backups.glob("*.db")) - there

    assert len(open_study(backup).entries) == entries


def test_an_import_read_before_the_same_was_taken_in_changes_nothing(live: LiveStudy, folder: Path) -> None:
    one, other = loaded(live, folder), loaded(live, folder)
    take_in_import(live, one)
    after = frames(live)

    with pytest.raises(RefusedError):
        take_in_import(live, other)
    assert alike(frames(live), after)
    assert verify(live.database.place) == []


def test_two_imports_of_different_files_both_come_in(live: LiveStudy, folder: Path, tmp_path: Path) -> None:
    one = loaded(live, folder)
    other = loaded(live, handed_in(tmp_path / "sen", {"sen.csv": LATER}))
    take_in_import(live, one)
    take_in_import(live, other)

    assert {"Vi gick hem 🙂.", "Vi ringde."} <= set(live.read().entries["text"])


def test_a_disk_that_keeps_no_files_leaves_the_study_as_it_was(
    live: LiveStudy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before, found = frames(live), loaded(live, folder)
    monkeypatch.setattr(received_module, "sync", refuse)
    with pytest.raises(StoreError, match="No space left"):
        take_in_import(live, found)
    assert alike(frames(live), before)


def test_a_withdrawn_persons_words_are_not_taken_in(handed_to: LiveStudy, tmp_path: Path) -> None:
    rows = "Person,Datum,Text\nP-4,2025-03-28,Min hemlighet.\nP-1,2025-03-28,Öppet.\n"
    found = loaded(handed_to, handed_in(tmp_path / "in", {"a.csv": rows}))
    take_in_import(handed_to, found)

    assert found.totals["refused"] == 1
    assert "Min hemlighet." not in set(handed_to.read().entries["text"])
    assert list(handed_to.read().quarantine["reason"]) == [
        "Person: The person has withdrawn from the study, and nothing more is taken in."
    ]


def test_everything_is_there_in_a_study_that_was_frozen(live: LiveStudy, folder: Path, tmp_path: Path) -> None:
    take_in_import(live, loaded(live, folder))
    save_study(live.read(), tmp_path / "frozen")
    frozen = open_study(tmp_path / "frozen")

    for name in ("entries", "ratings", "sources", "origins", "attributes", "quarantine"):
        assert frozen.frames[name].equals(live.read().frames[name]), name


def test_two_who_import_at_once_take_every_row_once(places: Places, folder: Path, forks: Forks) -> None:
    place = places(begun=True)
    deed = {"place": place, "folder": str(folder), "beside": str(folder.parent)}
    forks.start(("take_in", {**deed, "actor": "K1"}), ("take_in", {**deed, "actor": "K2"}))
    said = forks.finish()

    assert sorted(line.split()[0] for one in said for line in one.lines) in (
        ["refused:", "taken"],
        ["nothing", "taken"],
    )
    texts = list(open_study(place).entries["text"])
    assert (texts.count("Vi gick hem 🙂."), texts.count("Vi stannade.")) == (1, 1)
    assert verify(place) == []


def test_an_import_killed_at_any_moment_leaves_the_study_before_or_after(
    places: Places, folder: Path, forks: Forks
) -> None:
    place, begun = places(begun=True), len(TINY.entries)
    for number in range(KILLS):
        deed = {"place": place, "folder": str(folder), "actor": "K1", "beside": str(folder.parent)}
        forks.start(("take_in", deed), kill_ms=number * LONGEST_MS / KILLS)
        forks.finish()
        study = open_study(place)
        told = (len(study.entries) - begun, len(study.origins), len(study.sources))
        assert told in {(0, 0, 0), (2, 6, 2)}
        if told[0]:
            assert verify(place) == []
            place = places(begun=True)
    assert verify(place) == []
