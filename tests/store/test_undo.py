"""What others have built on is not torn away: the refusal names what to undo first, and then it goes."""

from __future__ import annotations

import pytest

from tests.store.deeds import add, change, remove
from tests.tiny import EMOJI_TEXT, tiny_study
from workbench.acts.codes import add_code
from workbench.acts.codings import code_span, remove_coding
from workbench.acts.entries import correct_entry
from workbench.store.creating import create_study
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy


@pytest.fixture
def live_place(folder: object) -> str:
    create_study(str(folder), tiny_study(), actor="R1")
    return str(folder)


def undo_what_is_named(live: LiveStudy, sequence: int) -> tuple[int, ...]:
    """Undo an event, after everything the refusal names; returns what it named."""
    with pytest.raises(RefusedError) as refused:
        live.undo(sequence)
    assert refused.value.faults
    for first in refused.value.first:
        live.undo(first)
    live.undo(sequence)
    return refused.value.first


def test_a_corrected_text_that_was_coded_since_is_not_put_back_under_the_coding(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        corrected = one.do(correct_entry("N1", text=EMOJI_TEXT + " Det var allt.")).sequence
        coded = other.do(code_span("N1", len(EMOJI_TEXT), len(EMOJI_TEXT) + 4, "COND_TIME")).sequence

        assert undo_what_is_named(one, corrected) == (coded,)
        assert one.read().entries.set_index("entry").loc["N1", "text"] == EMOJI_TEXT


def test_a_coding_does_not_come_back_before_its_code(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        one.do(add_code("Mod", code="MOD", reason="needed"))
        one.do(code_span("N2", 0, 8, "MOD"))
        coding = one.read().codings["coding"].iloc[-1]
        taken = one.do(remove_coding(coding)).sequence
        code = other.do(remove("codes", "MOD")).sequence

        assert undo_what_is_named(one, taken) == (code,)
        assert one.read().codings["coding"].iloc[-1] == coding


def test_a_number_that_was_given_to_another_since_is_taken_back_first(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        taken = one.do(change("occasions", "T2", number=3)).sequence
        given = other.do(
            add(
                "occasions",
                occasion="T9",
                number=2,
                title_sv="Nytt",
                title_en="New",
                starts="2025-05-01",
                ends="2025-05-01",
            )
        ).sequence

        assert undo_what_is_named(one, taken) == (given,)


def test_redoing_out_of_turn_says_to_go_in_turn(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        live.do(change("organisations", "A1", name="Två"))
        second = live.do(change("organisations", "A1", name="Tre")).sequence
        live.undo()
        live.undo()
        with pytest.raises(RefusedError, match="in turn"):
            live.redo(second)
        live.redo()
        live.redo()

        assert live.read().organisations["name"].iloc[0] == "Tre"


def test_what_was_undone_and_done_again_is_named_by_its_own_number(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        added = one.do(add_code("Mod", code="MOD", reason="needed")).sequence
        coded = other.do(code_span("N2", 0, 8, "MOD")).sequence
        other.undo()
        other.redo()

        assert undo_what_is_named(one, added) == (coded,)


def test_a_coding_that_an_undo_brought_back_is_named_by_what_made_it(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        added = one.do(add_code("Mod", code="MOD", reason="needed")).sequence
        coded = other.do(code_span("N2", 0, 8, "MOD")).sequence
        other.do(remove_coding(other.read().codings["coding"].iloc[-1]))
        other.undo()

        assert undo_what_is_named(one, added) == (coded,)
