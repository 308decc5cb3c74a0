"""Verifying a live study: whatever is changed behind its back is found, and named."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.copies import contents, copy_of, make_study, run_sql, same
from tests.tiny import tiny_study
from workbench.acts.codings import code_span
from workbench.acts.rows import add_row
from workbench.errors import WorkbenchError
from workbench.eventlog import Rows, event_hash
from workbench.opening import open_study
from workbench.store.creating import create_study
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.live import LiveStudy
from workbench.store.log import EVENTS_TABLE, append, read_events, read_head
from workbench.store.merging import merge_from
from workbench.store.received import Received
from workbench.store.verify import examine, verify


@pytest.fixture
def study(acted_folder: Path, folder: Path) -> Path:
    return copy_of(acted_folder, folder)


def told(place: str | Path) -> list[str]:
    return [str(one) for one in verify(place)]


def test_a_study_that_was_only_acted_on_is_whole_and_counted(place: str) -> None:
    make_study(place)

    report = examine(place)

    assert report.broken == ()
    assert (report.events, report.quotes, report.rows) == (6, 4, 78)
    assert len(report.head) == 64
    assert "6 events in one chain" in str(report)


SWAP = "UPDATE events SET sequence = {} WHERE sequence = {}".format
DAMAGES = {
    "a deleted event": (
        ["DELETE FROM events WHERE sequence = 4"],
        "event 4, the first broken link: found 'event 4 is gone'",
    ),
    "the first event deleted": (["DELETE FROM events WHERE sequence = 1"], "event 1, the first broken link"),
    "the last event deleted": (["DELETE FROM events WHERE sequence = 6"], "'a row that says event 6 wrote it'"),
    "neighbours that changed places": (
        [SWAP(99, 4), SWAP(4, 5), SWAP(5, 99)],
        "event 4, the first broken link: found 'what event 5 told'",
    ),
    "events far apart that changed places": (
        [SWAP(99, 3), SWAP(3, 6), SWAP(6, 99)],
        "event 3, the first broken link: found 'what event 6 told'",
    ),
    "an event of another number": ([SWAP(0, 1)], "event 1, the first broken link: found 'an event 0'"),
    "an edited actor": (
        ["UPDATE events SET actor = 'K2' WHERE sequence = 3"],
        "event 3, the first broken link: found 'code span by K2, changed since'",
    ),
    "edited words of an event": (
        ["UPDATE events SET after = replace(after, 'Hem', 'Hom') WHERE sequence = 3"],
        "event 3, the first broken link: found 'code span by K1, changed since'",
    ),
    "an edited hash": (["UPDATE events SET hash = '00' WHERE sequence = 3"], "event 3, the first broken link"),
    "words that are no rows": (["UPDATE events SET after = '{' WHERE sequence = 3"], "event 3: found 'JSONDecodeError"),
    "another event undone": (
        ["UPDATE events SET concerns = 2 WHERE sequence = 5"],
        "event 5 (redo), column concerns: found '2'; what stands can be undone",
    ),
    "an edited row": (
        ["UPDATE codings SET quote = 'Chefer' WHERE coding = 'C2'"],
        "codings C2, column quote: found 'Chefer'; the log says 'Chefen', in event 2",
    ),
    "a row that changed places": (
        ["UPDATE codings SET _place = 7 WHERE coding = 'C2'"],
        "codings C2, column _place: found '7'; the log says",
    ),
    "a row that names another event": (
        ["UPDATE codings SET _event = 1 WHERE coding = 'C2'"],
        "codings C2, column _event: found '1'; the log says 2, in event 2",
    ),
    "a deleted row": (["DELETE FROM codings WHERE coding = 'C2'"], "codings C2: found 'no row'; event 2 wrote it"),
    "an inserted row": (
        ["INSERT INTO occasions VALUES (9, 'T3', 3, 'A', 'A', '2025-04-01', '2025-04-01', 2)"],
        "occasions T3: found 'a row that says event 2 wrote it'; no event of the log tells of it",
    ),
    "a reference to nothing": (["UPDATE codings SET entry = 'N9' WHERE coding = 'C2'"], "a reference to no row"),
    "an edited text": (["UPDATE study SET about = about || ' '"], "study.toml: found 'SHA-256"),
    "another study's number": (["UPDATE study SET study = 'other'"], "the study's number: found 'other'"),
    "bytes that are no text": (
        ["UPDATE codings SET quote = CAST(x'ff00' AS TEXT) WHERE coding = 'C2'"],
        'codings C2, column quote: found "bytes that are no text',
    ),
    "a word for a number": (
        ["UPDATE ratings SET level = 'x' WHERE person IS NULL"],
        "ratings A1 · (none) · T1 · I3 · now · consensus, column level: found 'x'; the log says 1",
    ),
    "an index dropped": (["DROP INDEX codings_entry"], "codings: found 'nothing'; declared is index entry coder start"),
    "a trigger added": (
        ["CREATE TRIGGER t AFTER INSERT ON codings BEGIN DELETE FROM memos; END"],
        "codings: found 'trigger t'",
    ),
    "another program's file": (["PRAGMA application_id = 1"], "application_id: found '1'"),
    "a table dropped": (["DROP TABLE codings"], "codings: found 'no such table'"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_named(damage: str, study: Path) -> None:
    lines, words = DAMAGES[damage]
    run_sql(study, *lines)

    assert [line for line in told(study) if words in line]


def test_only_the_first_broken_link_is_named_and_those_after_it_counted(study: Path) -> None:
    run_sql(study, "UPDATE events SET hash = '00' WHERE sequence = 3", "DELETE FROM events WHERE sequence = 5")

    links = [one for one in verify(study) if one.part == "chain"]

    assert [link.where for link in links] == ["event 3, the first broken link"]
    assert "2 links after it" in str(links[0])


def test_an_edited_row_is_found_in_postgresql_too(postgresql_url: str) -> None:
    make_study(postgresql_url)
    with closing(Database(postgresql_url)) as database, database.writing() as connection:
        connection.execute(sa.text("UPDATE codings SET quote = 'Chefer' WHERE coding = 'C2'"))
        connection.execute(sa.text("DELETE FROM events WHERE sequence = 4"))

    assert [line for line in told(postgresql_url) if "codings C2, column quote: found 'Chefer'" in line]
    assert [line for line in told(postgresql_url) if "'event 4 is gone'" in line]


def write_event(folder: Path, act: str, before: Rows, after: Rows, concerns: int | None = None) -> None:
    """Write rows and an event that tells of them, truly chained, without asking a rule."""
    event: dict[str, Any] = {"at": dt.datetime.now(dt.UTC), "actor": "K1", "act": act, "reason": None, "about": {}}
    with closing(Database(folder)) as database, database.writing() as connection:
        append(connection, read_head(connection), {**event, "concerns": concerns}, before, after)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("ALTER TABLE codings DROP CONSTRAINT codings_code_fkey", "code"),
        ("DROP INDEX codings_entry", "entry, coder, start"),
        ("ALTER TABLE codings ALTER coder DROP NOT NULL", "nullable"),
        ("ALTER TABLE codings ADD colour TEXT", "colour"),
    ],
)
def test_a_rule_that_postgresql_no_longer_keeps_is_found(damage: str, named: str, postgresql_url: str) -> None:
    create_study(postgresql_url, tiny_study(), actor="K1")
    with closing(Database(postgresql_url)) as database, database.writing() as connection:
        connection.execute(sa.text("CREATE TABLE somebody_elses (note TEXT)"))
    assert verify(postgresql_url) == []
    with closing(Database(postgresql_url)) as database, database.writing() as connection:
        connection.execute(sa.text(damage))

    found = verify(postgresql_url)

    assert [(one.part, one.where) for one in found] == [("database", "codings")] and named in str(found[0])


def test_a_quote_that_does_not_stand_in_its_text_is_found_though_the_log_agrees(study: Path) -> None:
    row = (9, "C9", "N3", 0, 6, "chefen", "COND_TIME", "K1", "2025-04-01T09:00:00Z")
    write_event(study, "code span", {}, {"codings": [row]})

    assert told(study) == [
        "codings C9, column quote: found 'chefen'; the quote must equal its span, which reads 'Chefen'"
    ]


def test_a_rule_broken_with_the_logs_consent_is_found(study: Path) -> None:
    write_event(study, "rate", {}, {"lineage": [(9, "S9", "2.0.0", "2025-04-01", "marry", None, None, "why")]})

    assert [line for line in told(study) if line.startswith("lineage S9, column act: found 'marry'; allowed are add")]


def test_an_event_that_tells_of_another_past_is_found(study: Path) -> None:
    """A lost update: what the event says was there had been changed meanwhile."""
    run_sql(study, "DELETE FROM focus WHERE occasion = 'T1'")
    write_event(study, "change", {"focus": [(1, "T1", "I3")]}, {"focus": [(2, "T1", "I3")]})

    assert (
        told(study)[0]
        == "event 7, focus T1 · I3: found 'other values, of event 2'; what it changed was there before it"
    )


@pytest.mark.parametrize(("act", "concerns"), [("undo", None), ("undo", 7), ("undo", 4), ("redo", 3), ("rate", 2)])
def test_an_undo_or_a_redo_of_what_cannot_be_is_found(act: str, concerns: int | None, study: Path) -> None:
    write_event(study, act, {}, {}, concerns)

    assert [line for line in told(study) if line.startswith(f"event 7 ({act}), column concerns: found '{concerns}'")]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_study_is_told_in_a_sentence(content: bytes, folder: Path) -> None:
    folder.mkdir()
    (folder / "study.db").write_bytes(content)

    assert told(folder)


def test_a_place_without_a_study_is_refused(folder: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        verify(folder)


def test_every_byte_of_a_quote_matters_wherever_it_stands(acted_folder: Path, folder: Path) -> None:
    """In the entry, in the coding, in the event that tells of both, in the words of the study."""
    whole = (acted_folder / "study.db").read_bytes()
    places = [at for at in range(len(whole)) if whole.startswith(b"Chefen", at)]
    assert len(places) >= 3
    for at in places:
        copy_of(acted_folder, folder)
        (folder / "study.db").write_bytes(flipped(whole, at + 1, 0))
        assert told(folder), f"byte {at}"


def flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


@pytest.mark.parametrize("name", ["about", "instrument", "codebook"])
def test_a_text_of_the_study_that_cannot_be_read_is_found_and_said(name: str, study: Path) -> None:
    run_sql(study, f"UPDATE study SET {name} = '{{' || {name}")  # noqa: S608  names of our own

    assert "texts" in {one.part for one in verify(study)}
    with pytest.raises(WorkbenchError, match="Cure"):
        open_study(study)


@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_found_or_changes_nothing_that_can_be_read(where: float, bit: int, acted_folder: Path) -> None:
    whole = (acted_folder / "study.db").read_bytes()
    with tempfile.TemporaryDirectory() as place:
        folder = copy_of(acted_folder, Path(place) / "study")
        (folder / "study.db").write_bytes(flipped(whole, int(where * len(whole)), bit))
        if not told(folder):
            assert same(contents(folder), contents(acted_folder))


@pytest.mark.parametrize("damage", ["a word for a number", "a table dropped"])
def test_a_study_that_cannot_be_read_says_so_and_points_to_verify(damage: str, study: Path) -> None:
    run_sql(study, *DAMAGES[damage][0])

    with pytest.raises(StoreError, match="workbench verify STUDY"):
        open_study(study)


def test_what_is_broken_says_how_to_go_on(study: Path) -> None:
    run_sql(study, "DELETE FROM codings")

    report = examine(study)

    assert f"is broken in {len(report.broken)} places" in str(report)
    assert "workbench restore BACKUP STUDY" in str(report)


def test_an_event_of_the_other_copy_that_a_merge_carries_is_checked_too(study: Path, tmp_path: Path) -> None:
    other = copy_of(study, tmp_path / "other")
    with LiveStudy(other, actor="K2") as live:
        live.do(code_span("N4", 0, 4, "COND_TIME"))
    merge_from(study, other, actor="K1")
    assert told(study) == []

    forge(study, "K2", "K3")

    words = "event 7 (merge), the other copy's event 7: found 'code span by K3, changed since'"
    assert [line for line in told(study) if line.startswith(words)]


def forge(folder: Path, old: str, new: str) -> None:
    """Change words of the last event, and give it the hash that these have."""
    with closing(Database(folder)) as database, database.writing() as connection:
        *_, before, last = read_events(connection)
        changed = {**last, "objects": str(last["objects"]).replace(old, new)}
        changed["hash"] = event_hash(changed, str(before["hash"]))
        connection.execute(sa.update(EVENTS_TABLE).where(EVENTS_TABLE.c.sequence == last["sequence"]), changed)


def test_files_that_were_handed_in_are_read_too(study: Path) -> None:
    folder = study / "received"
    with LiveStudy(study, actor="K1") as live:
        kept = Received(folder).keep("reflektion.txt", b"Vi provade.")
        live.do(add_row("sources", source=kept, kind="txt", bytes=11))
        live.do(add_row("sources", source="0" * 64, kind="pdf", bytes=9))
    lost = [f"received/{'0' * 64}: found 'no file'; a file that was handed in is kept"]

    assert told(study) == lost
    (folder / kept / "reflektion.txt").write_bytes(b"annat")
    assert len(told(study)) == 2
    assert "sent once more" in str(examine(study))


def test_a_backup_has_no_files_beside_it_and_is_whole(study: Path) -> None:
    with LiveStudy(study, actor="K1") as live:
        live.do(add_row("sources", source="0" * 64, kind="pdf", bytes=9))
        backup = live.back_up("by hand")

    assert verify(backup) == []
