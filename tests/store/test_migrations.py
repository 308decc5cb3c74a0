"""Studies of earlier revisions: refused with the cure, and brought up to date with a backup first."""

from __future__ import annotations

import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.store.copies import contents, copy_of, make_empty, make_older, same
from workbench.opening import open_study
from workbench.store import backup as backups
from workbench.store import migrating
from workbench.store.altering import altering, upgrade
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.live import LiveStudy
from workbench.store.migrating import migrate
from workbench.store.restoring import restore
from workbench.store.revision import REVISIONS, read_revision
from workbench.store.schema import SCHEMA
from workbench.store.soundness import declared_shape, shape_of
from workbench.store.verify import examine, verify

FIRST, LAST = REVISIONS[0], REVISIONS[-1]


@pytest.fixture
def old(place: str, acted_folder: Path) -> str:
    """Make a study whose tables are those of the first revision, with rows and a true chain of events."""
    make_older(place, acted_folder)
    return place


def revision(place: str | Path) -> str | None:
    with closing(Database(place)) as database, database.reading() as connection:
        return read_revision(connection)


def differences(place: str) -> list[Any]:
    """Tell in what the tables differ from those declared, as far as a database can be asked."""
    with closing(Database(place)) as database, database.reading() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*expression.based index.*")  # SQLite does not tell of them
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), SCHEMA))


def test_the_migrations_make_the_tables_that_are_declared(place: str) -> None:
    make_empty(place)
    with altering(place) as connection:
        upgrade(connection)
        shape = shape_of(connection) if "://" not in place else declared_shape()

    assert differences(place) == []
    assert shape == declared_shape()


def test_a_first_study_is_not_what_is_declared_today(old: str) -> None:
    """So the tests below migrate something."""
    assert differences(old) != []


def test_an_older_study_is_brought_up_to_date_and_reads_the_same(old: str, acted_folder: Path) -> None:
    backup = migrate(old)

    assert backup is not None
    assert revision(old) == LAST
    assert differences(old) == []
    assert verify(old) == []
    assert same(contents(old), contents(acted_folder))
    with LiveStudy(old, actor="K1") as live:
        live.undo()
    assert verify(old) == []


def test_the_backup_made_first_is_of_the_older_revision_and_can_be_brought_back(old: str, tmp_path: Path) -> None:
    backup = migrate(old)

    assert backup is not None
    assert revision(backup) == FIRST
    assert restore(backup, tmp_path / "back", actor="K1") is None
    assert same(contents(tmp_path / "back"), contents(old), log=False)
    assert verify(tmp_path / "back") == []


def test_an_older_study_says_how_it_is_brought_up_to_date(old: str) -> None:
    with pytest.raises(StoreError, match=rf"revision {FIRST}.*workbench migrate"):
        open_study(old)
    with pytest.raises(StoreError, match="workbench migrate"):
        LiveStudy(old, actor="K1")
    assert [one.part for one in verify(old)] == ["revision"]
    assert str(examine(old)).endswith("workbench migrate STUDY")


def test_a_newer_study_is_refused_everywhere(acted_folder: Path, place: str, tmp_path: Path) -> None:
    with closing(Database(acted_folder, writes=False)) as database:
        newer = backups.back_up(database, "by hand", to=tmp_path / "newer.db")
    restore(newer, place, actor="K1")
    for there in (place, newer):
        with closing(Database(there)) as database, database.writing() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    for refused in (lambda: open_study(place), lambda: LiveStudy(place, actor="K1"), lambda: migrate(place)):
        with pytest.raises(StoreError, match="newer version of the workbench"):
            refused()
    with pytest.raises(StoreError, match="newer version of the workbench"):
        restore(newer, tmp_path / "elsewhere", actor="K1")
    assert [one.part for one in verify(place)] == ["revision"]


def test_a_study_that_is_up_to_date_is_left_alone(acted_folder: Path, folder: Path) -> None:
    assert migrate(copy_of(acted_folder, folder)) is None
    assert not (folder / "backups").exists()


def test_a_migration_that_is_cut_short_changes_nothing(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sa.Connection) -> None:
        upgrade(connection)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrating, "upgrade", fail)
    with pytest.raises(OSError, match="No space left"):
        migrate(old)
    monkeypatch.undo()

    assert revision(old) == FIRST
    assert differences(old) != []


def test_references_that_a_migration_would_break_stop_it(folder: Path) -> None:
    make_empty(str(folder))

    with pytest.raises(StoreError, match="focus, row 9 refers to no row"):
        break_references(folder)

    assert revision(folder) is None


def break_references(folder: Path) -> None:
    with altering(folder) as connection:
        upgrade(connection)
        connection.execute(sa.text("INSERT INTO focus VALUES (9, 'T9', 'I9', 1)"))
