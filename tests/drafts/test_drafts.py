"""Drafts: kept as typed, the later window has them and the earlier is told, and each person reaches their own alone."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.drafts import drafts as file_of_drafts
from workbench.drafts.draft import Draft, DraftError, ElsewhereError, is_id, new_id, next_version
from workbench.drafts.drafts import Drafts

ONE, OTHER = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts.sqlite")


def test_what_is_typed_comes_back_as_it_was(drafts: Drafts) -> None:
    words = {"text": ["Åh, hej 🙂\n  två rader "], "components": ["I1", "I2"]}
    drafts.save("P-1", ONE, "reflection", words, seen=0)
    kept = drafts.find("P-1", ONE)
    assert kept is not None
    assert (kept.kind, kept.words, kept.version) == ("reflection", words, 1)


def test_it_is_there_after_the_server_was_started_again(tmp_path: Path) -> None:
    Drafts(tmp_path / "d").save("P-1", ONE, "reflection", {"text": ["x"]}, seen=0)
    assert Drafts(tmp_path / "d").find("P-1", ONE) is not None


def test_nobody_reaches_anothers(drafts: Drafts) -> None:
    drafts.save("P-1", ONE, "reflection", {"text": ["mine"]}, seen=0)
    drafts.save("P-2", ONE, "reflection", {"text": ["theirs"]}, seen=0)
    assert drafts.find("P-3", ONE) is None
    assert drafts.of("P-3") == []
    assert not drafts.remove("P-3", ONE)
    assert [draft.words for draft in drafts.of("P-1")] == [{"text": ["mine"]}]


def test_the_later_window_has_it_and_the_earlier_is_told_and_may_take_it_back(drafts: Drafts) -> None:
    drafts.save("P-1", ONE, "reflection", {"text": ["both saw this"]}, seen=0)
    drafts.save("P-1", ONE, "reflection", {"text": ["the later"]}, seen=1)
    with pytest.raises(ElsewhereError) as told:
        drafts.save("P-1", ONE, "reflection", {"text": ["the earlier"]}, seen=1)
    assert told.value.version == 2
    assert drafts.find("P-1", ONE).words == {"text": ["the later"]}
    assert drafts.save("P-1", ONE, "reflection", {"text": ["the earlier"]}, seen=2).version == 3


def test_what_was_handed_in_does_not_come_back_from_a_window_left_open(drafts: Drafts) -> None:
    drafts.save("P-1", ONE, "reflection", {"text": ["x"]}, seen=0)
    assert drafts.remove("P-1", ONE)
    with pytest.raises(ElsewhereError) as told:
        drafts.save("P-1", ONE, "reflection", {"text": ["x"]}, seen=1)
    assert told.value.version == 0
    assert drafts.find("P-1", ONE) is None


def test_who_leaves_leaves_no_draft(drafts: Drafts, tmp_path: Path) -> None:
    for name in (ONE, OTHER):
        drafts.save("P-1", name, "reflection", {"text": ["sentences that nobody else knows"]}, seen=0)
    drafts.save("P-2", ONE, "reflection", {"text": ["y"]}, seen=0)
    assert drafts.forget("P-1") == 2
    assert drafts.of("P-1") == []
    assert len(drafts.of("P-2")) == 1
    assert b"sentences that nobody" not in (tmp_path / "drafts.sqlite").read_bytes()


@pytest.mark.parametrize(("person", "draft"), [("", ONE), ("P-1", "short"), ("P-1", "../" + ONE[3:])])
def test_a_draft_without_an_owner_or_a_sound_id_is_refused(drafts: Drafts, person: str, draft: str) -> None:
    with pytest.raises(DraftError):
        drafts.save(person, draft, "reflection", {}, seen=None)


def test_too_long_and_too_many_are_refused_with_a_cure(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DraftError, match="Cure"):
        drafts.save("P-1", ONE, "reflection", {"text": ["x" * file_of_drafts.MOST_BYTES]}, seen=0)
    monkeypatch.setattr(file_of_drafts, "MOST", 1)
    drafts.save("P-1", ONE, "reflection", {}, seen=0)
    with pytest.raises(DraftError, match="Cure"):
        drafts.save("P-1", OTHER, "reflection", {}, seen=0)
    assert drafts.save("P-1", ONE, "reflection", {}, seen=1).version == 2


def test_the_file_is_its_owner_s_alone(drafts: Drafts) -> None:
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600


def test_a_file_of_something_else_or_of_a_newer_workbench_is_left_alone(tmp_path: Path) -> None:
    for name, statement in (("other", "create table account(code text)"), ("newer", "pragma user_version = 9")):
        with sqlite3.connect(tmp_path / name) as db:
            db.execute(statement)
        db.close()
        with pytest.raises(DraftError, match="Cure"):
            Drafts(tmp_path / name)


def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all, " * 200)
    with pytest.raises(DraftError, match="Cure"):
        Drafts(tmp_path / "letter")


def test_ids_are_sixteen_digits_and_differ() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(map(is_id, made))


def test_a_draft_is_known_by_its_first_words() -> None:
    draft = Draft(ONE, "reflection", {"a": [" "], "b": ["Två\n\nrader " + "å" * 100], "c": ["x"]}, 1, 0)
    begins = draft.begins(["a", "b", "c"])
    assert begins.startswith("Två rader å")
    assert len(begins) == 80
    assert draft.begins(["a"]) == ""


@given(st.lists(st.tuples(st.integers(0, 1), st.booleans()), max_size=30))
def test_however_two_windows_take_turns_nothing_is_saved_over_what_a_window_has_not_seen(
    turns: list[tuple[int, bool]],
) -> None:
    kept: Draft | None = None
    seen = [0, 0]
    for window, looks in turns:
        if looks:
            seen[window] = kept.version if kept else 0
            continue
        now = kept.version if kept else 0
        if seen[window] != now:
            with pytest.raises(ElsewhereError) as told:
                next_version(seen[window], kept)
            assert seen[window] < told.value.version == now
        else:
            seen[window] = next_version(now, kept)
            kept = Draft(ONE, "reflection", {"by": [str(window)]}, seen[window], 0)
            assert seen[window] == now + 1
