"""Entries are handed in and corrected; the codings follow their words, or are listed as lost."""

from __future__ import annotations

import json

import pytest

from tests.store.acts.prepared import found, last_event, last_objects
from tests.tiny import EMOJI_TEXT
from workbench.acts.bulk import bulk
from workbench.acts.codings import code_span
from workbench.acts.entries import correct_entry, hand_in, lost_anchors
from workbench.store.live import LiveStudy


def test_an_entry_needs_only_its_words_its_kind_its_occasion_and_its_writer(live: LiveStudy) -> None:
    live.do(hand_in("Vi prövade.\r\nDet gick.\rBra  ", person="P-3", occasion="T2", kind="reflection", entry="N9"))

    [entry] = found(live, "entries", entry="N9")
    given = {name: entry[name] for name in ("organisation", "phase", "visibility", "language", "text")}
    assert given == {
        "organisation": "A2", "phase": "home", "visibility": "researchers", "language": "sv",
        "text": "Vi prövade.\nDet gick.\nBra  ",
    }  # fmt: skip
    assert str(entry["written"])[:19] == str(last_event(live)["at"])[:19]


@pytest.mark.parametrize(("written", "phase"), [("2025-03-26T09:00:00Z", "meeting"), ("2025-03-28T09:00:00Z", "home")])
def test_what_is_written_on_a_meeting_s_days_was_written_at_the_meeting(
    written: str, phase: str, live: LiveStudy
) -> None:
    where = {"organisation": "A1", "occasion": "T2", "kind": "discussion"}
    live.do(hand_in("Vi enades.", entry="N9", written=written, **where))

    assert found(live, "entries", entry="N9")[0]["phase"] == phase


def test_a_correction_moves_the_codings_with_their_words(live: LiveStudy) -> None:
    """C1 and C4 are on "🙂 säga nej.", C3 on "Vi vågade"."""
    live.do(correct_entry("N1", text="I går 🎉: " + EMOJI_TEXT))

    spans = {row["coding"]: (row["start"], row["end"], row["quote"]) for row in found(live, "codings", entry="N1")}
    assert spans == {
        "C1": (19, 30, "🙂 säga nej."), "C3": (9, 18, "Vi vågade"), "C4": (19, 30, "🙂 säga nej."),
    }  # fmt: skip
    assert "unplaced" not in last_objects(live)
    assert lost_anchors(live.read().events).empty


def test_a_name_taken_out_stays_inside_what_was_coded(live: LiveStudy) -> None:
    said = "På mötet frågade Anna Berg varför vi väntar."
    live.do(hand_in(said, person="P-1", occasion="T1", kind="reflection", entry="N9"))
    live.do(code_span("N9", 9, 33, "MOD"))

    live.do(correct_entry("N9", text=said.replace("Anna Berg", "P-17"), visibility="network"))

    assert [row["quote"] for row in found(live, "codings", entry="N9")] == ["frågade P-17 varför"]
    assert found(live, "entries", entry="N9")[0]["visibility"] == "network"


def test_codings_whose_words_are_gone_are_listed_never_shifted(live: LiveStudy) -> None:
    live.do(correct_entry("N1", text="Sedan gick vi hem."))

    assert found(live, "codings", entry="N1") == []
    lost = lost_anchors(live.read().events)
    assert lost[["entry", "coding", "code", "coder", "start", "end", "quote"]].to_numpy().tolist() == [
        ["N1", "C1", "COND_TIME", "K1", 10, 21, "🙂 säga nej."],
        ["N1", "C3", "MOD_DARE", "K1", 0, 9, "Vi vågade"],
        ["N1", "C4", "MOD_DARE", "K1", 10, 21, "🙂 säga nej."],
    ]


def test_the_words_that_were_lost_stand_only_where_they_can_be_destroyed(live: LiveStudy) -> None:
    live.do(correct_entry("N1", text="Sedan gick vi hem."))

    assert "vågade" not in json.dumps(last_objects(live), ensure_ascii=False)


def test_an_undone_correction_has_lost_nothing(live: LiveStudy) -> None:
    live.do(correct_entry("N1", text="Sedan gick vi hem."))
    live.undo()

    assert lost_anchors(live.read().events).empty
    assert len(found(live, "codings", entry="N1")) == 3

    live.redo()
    assert len(lost_anchors(live.read().events)) == 3


def test_many_entries_corrected_as_one_list_all_that_was_lost(live: LiveStudy) -> None:
    live.do(bulk("pseudonymise", [correct_entry("N1", text="Nytt."), correct_entry("N2", text="Annat.")]))

    assert lost_anchors(live.read().events)["coding"].to_list() == ["C1", "C3", "C4", "C5"]
