"""Backups: made while others write, few enough to keep, and brought back in one step."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.copies import contents, copy_of, make_study, run_sql, same
from workbench.acts.codings import code_span
from workbench.opening import open_study
from workbench.store import backup as backups
from workbench.store import restoring
from workbench.store.backup import DAYS, NEWEST, back_up, outdated
from workbench.store.beside import variable
from workbench.store.creating import create_study
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.live import LiveStudy
from workbench.store.restoring import restore
from workbench.store.verify import verify
from workbench.study import Study

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def study(acted_folder: Path, folder: Path) -> Iterator[LiveStudy]:
    """Open a copy of it for writing."""
    with LiveStudy(copy_of(acted_folder, folder), actor="K1") as live:
        yield live


@pytest.fixture
def live(place: str) -> Iterator[LiveStudy]:
    """Open the tiny study for writing, in each of the two databases in turn."""
    make_study(place)
    with LiveStudy(place, actor="K1") as live:
        yield live


def test_a_backup_is_a_study_of_its_own_with_the_same_rows_and_log(live: LiveStudy) -> None:
    made = live.back_up("Before import!")

    assert made.name.endswith("Z-before-import.db")
    assert verify(made) == []
    assert same(contents(made), contents(live.database.place))


def test_a_backup_is_one_file_that_its_owner_may_read(postgresql_url: str, tiny: Study) -> None:
    create_study(postgresql_url, tiny, actor="K1")
    with closing(Database(postgresql_url)) as database:
        made = back_up(database, "by hand")

    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o777 == 0o600


def test_backups_of_a_database_lie_in_the_users_data_folder_study_by_study(
    postgresql_url: str, tiny: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_study(postgresql_url, tiny, actor="K1")
    monkeypatch.delenv(variable("backups"))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    with closing(Database(postgresql_url)) as database:
        folder = backups.backups_folder(database)

    assert folder.parent == tmp_path / "innovation-workbench" / "backups"
    assert len(folder.name) == 32


def test_backups_made_while_others_write_are_each_whole(live: LiveStudy) -> None:
    done = threading.Event()

    def write() -> None:
        with LiveStudy(live.database.place, actor="K2") as other:
            while not done.is_set():
                other.do(code_span("N1", 0, 2, "COND_TIME"))
                other.undo()

    writer = threading.Thread(target=write)
    writer.start()
    made = [back_up(live.database, "by hand") for _ in range(3)]
    done.set()
    writer.join()

    assert [verify(path) for path in made] == [[]] * 3
    assert len(set(made)) == 3


def test_two_backups_of_one_second_are_both_kept(study: LiveStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, others = backups.name_finished, []

    def finish_second(draft: Path, file: Path) -> None:
        if not others:  # another program is quicker
            others.append(file)
            file.write_bytes(b"")
        finish(draft, file)

    monkeypatch.setattr(backups, "name_finished", finish_second)
    made = study.back_up("before import")

    assert others[0] != made
    assert {path.name for path in made.parent.iterdir()} == {others[0].name, made.name}
    assert made.stem == f"{others[0].stem}-2"


def test_a_backup_never_takes_the_place_of_a_file(study: LiveStudy, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"mine")

    with pytest.raises(StoreError, match="is there already"):
        back_up(study.database, "by hand", to=there)
    assert there.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_that_cannot_be_written_says_so(study: LiveStudy, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match="No backup was made"):
        back_up(study.database, "by hand", to=tmp_path / "file" / "backup.db")


def named(when: dt.datetime, why: str = "by-hand") -> str:
    return f"{when:%Y%m%dT%H%M%SZ}-{why}.db"


def test_the_newest_ten_stay_and_one_a_day_and_one_a_month() -> None:
    hours = [NOW - dt.timedelta(hours=hour) for hour in range(24 * 400)]

    gone = outdated([named(when) for when in hours], now=NOW, made=named(NOW))

    stay = sorted((when for when in hours if named(when) not in gone), reverse=True)
    assert stay[:10] == hours[:10]
    days = [when for when in stay[10:] if when > NOW - dt.timedelta(days=DAYS)]
    assert [when.hour for when in days] == [23] * 30
    months = [when for when in stay if when <= NOW - dt.timedelta(days=DAYS)]
    assert [f"{when:%m-%d %H}" for when in months[:3]] == ["09-30 23", "08-31 23", "07-31 23"]
    assert len(months) == 12


@given(st.lists(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)), min_size=1, unique=True), st.data())  # noqa: DTZ001
def test_what_goes_is_never_the_one_just_made_nor_the_last_of_its_month(
    moments: list[dt.datetime], data: st.DataObject
) -> None:
    names = sorted({named(when) for when in moments})
    made = data.draw(st.sampled_from(names))

    gone = outdated([*names, "notes.db", "20260101T000000Z-.txt"], now=NOW, made=made)

    assert gone <= set(names[:-NEWEST]) - {made}
    assert gone.isdisjoint({name[:6]: name for name in names}.values())


def test_old_backups_go_when_a_new_one_is_made_and_no_other_file(study: LiveStudy) -> None:
    folder = backups.backups_folder(study.database)
    folder.mkdir(parents=True)
    old = [named(dt.datetime(2020, 5, 4, hour, tzinfo=dt.UTC)) for hour in range(24)]
    for name in (*old, "my own.db"):
        (folder / name).write_bytes(b"")

    made = back_up(study.database, "by hand")

    assert {path.name for path in folder.iterdir()} == {*old[-9:], "my own.db", made.name}


def test_a_study_becomes_what_its_backup_holds_and_what_was_there_is_kept(live: LiveStudy) -> None:
    place = live.database.place
    before, made = contents(place), back_up(live.database, "by hand")
    live.do(code_span("N1", 0, 2, "COND_TIME"))
    later = contents(place)

    kept = restore(made, place, actor="K2")

    assert kept is not None
    assert verify(place) == []
    assert same(contents(place), before, log=False)
    assert same(contents(kept), later)


def test_the_log_tells_who_brought_which_backup_back_instead_of_what(study: LiveStudy) -> None:
    made = back_up(study.database, "by hand")
    done = study.do(code_span("N1", 0, 2, "COND_TIME"))

    restore(made, study.database.place, actor="K2")

    event = study.read().events.iloc[-1]
    assert (event["sequence"], event["actor"], event["act"]) == (7, "K2", "restore")
    assert made.name in event["objects"]
    assert done.hash in event["objects"]


def test_who_has_the_study_open_goes_on_with_what_was_brought_back(study: LiveStudy) -> None:
    made = back_up(study.database, "by hand")
    study.do(code_span("N1", 0, 2, "COND_TIME"))
    restore(made, study.database.place, actor="K1")

    study.undo()

    assert verify(study.database.place) == []
    assert study.read().codings["quote"].to_list() == ["🙂 säga nej.", "Chefen", "Hem"]


def test_a_backup_goes_into_an_empty_place(study: LiveStudy, tmp_path: Path) -> None:
    made = back_up(study.database, "by hand")

    assert restore(made, tmp_path / "new", actor="K1") is None
    assert verify(tmp_path / "new") == []
    assert same(contents(tmp_path / "new"), contents(made), log=False)


def test_a_backup_goes_into_an_empty_database(study: LiveStudy, postgresql_url: str) -> None:
    made = back_up(study.database, "by hand")

    assert restore(made, postgresql_url, actor="K1") is None
    assert verify(postgresql_url) == []
    assert same(contents(postgresql_url), contents(made), log=False)


def test_a_backup_of_another_study_is_refused(study: LiveStudy, tmp_path: Path) -> None:
    make_study(tmp_path / "other")
    with closing(Database(tmp_path / "other")) as database:
        made = back_up(database, "by hand")
    before = contents(study.database.place)

    with pytest.raises(StoreError, match="is a backup of another study"):
        restore(made, study.database.place, actor="K1")
    assert same(contents(study.database.place), before)


@pytest.mark.parametrize("damage", ["DELETE FROM codings", "DELETE FROM events WHERE sequence = 3"])
def test_a_broken_backup_is_refused_and_nothing_changed(damage: str, study: LiveStudy) -> None:
    made = back_up(study.database, "by hand")
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute(damage)
    before = contents(study.database.place)

    with pytest.raises(StoreError, match="is broken: "):
        restore(made, study.database.place, actor="K1")
    assert same(contents(study.database.place), before)


@pytest.mark.parametrize("content", [None, b"", b"no database"])
def test_what_is_no_backup_is_refused_in_a_sentence(content: bytes | None, study: LiveStudy, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(StoreError, match="Cure: "):
        restore(file, study.database.place, actor="K1")
    assert verify(study.database.place) == []


def test_a_restore_that_is_cut_short_changes_nothing(live: LiveStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    made = back_up(live.database, "by hand")
    live.do(code_span("N1", 0, 2, "COND_TIME"))
    before = contents(live.database.place)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "copy_rows", fail)

    with pytest.raises(StoreError, match=r"was left as it was: No space left"):
        restore(made, live.database.place, actor="K1")
    assert same(contents(live.database.place), before)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99, None])
def test_a_file_that_cannot_be_read_is_kept_aside(content: bytes | None, acted_folder: Path, folder: Path) -> None:
    copy_of(acted_folder, folder)
    file = folder / "study.db"
    with closing(Database(folder)) as database:
        made = back_up(database, "by hand")
    found = file.read_bytes()[:9000] if content is None else content
    file.write_bytes(found)

    kept = restore(made, folder, actor="K1")

    assert kept is not None
    assert kept.read_bytes() == found
    assert verify(folder) == []
    assert same(contents(folder), contents(made), log=False)


def test_a_study_whose_tables_were_damaged_is_brought_back(acted_folder: Path, folder: Path) -> None:
    copy_of(acted_folder, folder)
    with closing(Database(folder)) as database:
        made = back_up(database, "by hand")
    run_sql(folder, "DROP TABLE codings")

    assert restore(made, folder, actor="K1") is not None
    assert verify(folder) == []


def test_a_copy_of_a_folder_is_a_backup_too(study: LiveStudy, acted_folder: Path) -> None:
    study.undo()

    restore(acted_folder / "study.db", study.database.place, actor="K1")

    assert len(open_study(study.database.place).codings) == 4
