"""Codes counted in cells, what was written there, the order of codes, and codes that come together in a unit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import CODE_ROWS, CODING_ROWS, ENTRY_ROWS, LOG, OCCASION_ROWS, PEOPLE_ROWS, coded
from tests.frames import rows, table
from workbench.coding import co_occurrence, code_sequence, code_table, coverage, expected_entries, transitions
from workbench.coding.together import UnitError
from workbench.figures import plot_co_occurrence
from workbench.tables import CODINGS


def test_a_code_is_counted_in_every_cell_beside_what_was_written_there(kind: Any) -> None:
    """At T2 two of A1's entries are there, and both speak of time: 18 and 7 characters of 90."""
    found = rows(code_table(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS)))

    written = len(LOG["N2"][-1]) + len(LOG["N3"][-1])
    assert ("A1", "T2", "TIME", 2, 2, 2, 1.0, 25, written, pytest.approx(25 / written)) in found
    assert ("A2", "T1", "DARE", 0, 0, 1, 0.0, 0, len(LOG["N4"][-1]), 0.0) in found
    assert len(found) == 2 * 3 * 4


def test_where_nothing_was_written_there_is_no_share(kind: Any) -> None:
    """Nobody wrote at T3: the cells are there, and their shares are missing, not 0."""
    found = rows(code_table(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS)))

    assert ("A1", "T3", "TIME", 0, 0, 0, None, 0, 0, None) in found


def test_characters_that_two_codings_cover_are_counted_once(kind: Any) -> None:
    """K2 codes "frågar" and "inte." inside K1's "Chefen frågar inte."; touching and apart add up."""
    second = coded(("N1", "LEAD", "frågar"), ("N1", "LEAD", "inte."), ("N2", "LEAD", "frågade"), coder="K2")
    both = pd.concat([CODING_ROWS.query("entry == 'N1' and code == 'LEAD'"), second])

    found = code_table(kind(ENTRY_ROWS), kind(both), kind(OCCASION_ROWS), by=["person"])

    told = rows(found, "person", "codings", "coded", "characters_coded")
    assert told[1] == ("P1", 4, 2, len("Chefen frågar inte.") + len("frågade"))


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from("AB"), st.integers(0, 30), st.integers(1, 9)), max_size=12)
)
def test_characters_are_those_in_any_coding_of_the_code(spans: list[tuple[int, str, int, int]]) -> None:
    """Whatever the spans: as the sets of their places count them."""
    made = [
        {"coding": f"C{k}", "entry": f"N{number + 1}", "code": name, "coder": "K1", "start": start, "end": start + size}
        for k, (number, name, start, size) in enumerate(spans)
    ]
    covered = {(number, name, place) for number, name, start, size in spans for place in range(start, start + size)}

    found = code_table(ENTRY_ROWS, table(CODINGS, made), OCCASION_ROWS, by=["kind"])

    for name in "AB":
        own = found.loc[found["code"] == name, "characters_coded"].sum()
        assert own == sum(code == name for _, code, _ in covered)


def test_joint_entries_have_a_cell_of_their_own(kind: Any) -> None:
    found = rows(coverage(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS), by=["person"]), "person", "written")

    assert found == [(None, 1), ("P1", 2), ("P2", 1), ("P3", 1)]


def test_people_are_expected_while_they_are_in_the_study(kind: Any) -> None:
    """P2 leaves before the third occasion, and P3 comes to it."""
    found = rows(expected_entries(kind(PEOPLE_ROWS), kind(OCCASION_ROWS), each=2))

    assert found == [(organisation, f"T{k}", 2) for organisation in ("A1", "A2") for k in (1, 2, 3)]
    alone = rows(expected_entries(kind(PEOPLE_ROWS), kind(OCCASION_ROWS), by=["person", "occasion"]))
    assert [row for row in alone if row[0] != "P1"] == [("P2", "T1", 1), ("P2", "T2", 1), ("P3", "T3", 1)]


def test_what_was_expected_and_never_came_is_seen(kind: Any) -> None:
    people = kind(pd.concat([PEOPLE_ROWS, PEOPLE_ROWS.iloc[:1].assign(person="P9", organisation="A9")]))
    expected = expected_entries(people, kind(OCCASION_ROWS))

    found = coverage(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS), expected=expected)

    told = rows(found, "organisation", "occasion", "written", "expected", "coded", "share")
    assert ("A9", "T1", 0, 1, 0, None) in told
    assert ("A1", "T2", 2, 1, 2, 1.0) in told


def test_one_coders_reading_can_be_counted_alone() -> None:
    assert len(code_table(ENTRY_ROWS, CODING_ROWS, OCCASION_ROWS, coder="K2")) == 0
    assert list(coverage(ENTRY_ROWS, CODING_ROWS, OCCASION_ROWS, coder="K2")["coded"]) == [0] * 6


def test_codes_are_in_the_order_they_were_written(kind: Any) -> None:
    """P1 writes N1 and then N2; ASK lies in LEAD and begins after it."""
    found = rows(code_sequence(kind(CODING_ROWS), kind(ENTRY_ROWS)), "person", "step", "occasion", "code")

    assert [row for row in found if row[0] == "P1"] == [
        ("P1", 1, "T1", "TIME"),
        ("P1", 2, "T1", "LEAD"),
        ("P1", 3, "T1", "ASK"),
        ("P1", 4, "T1", "DARE"),
        ("P1", 5, "T2", "TIME"),
        ("P1", 6, "T2", "ASK"),
    ]
    assert found[0] == (None, 1, "T2", "TIME")


def test_codes_that_begin_together_are_one_step() -> None:
    two = coded(("N1", "TIME", "ont om tid"), ("N1", "LEAD", "ont om"), ("N1", "DARE", "Jag vågade"))

    sequence = code_sequence(two, ENTRY_ROWS)

    assert rows(sequence, "step", "code") == [(1, "LEAD"), (1, "TIME"), (2, "DARE")]
    assert rows(transitions(sequence), "code", "next", "count") == [("LEAD", "DARE", 1), ("TIME", "DARE", 1)]


def test_transitions_tell_which_are_within_an_entry_and_from_how_many_people(kind: Any) -> None:
    """TIME is followed by LEAD in N1 and N4, and by ASK in N2; N5's and N3's end there."""
    found = rows(transitions(code_sequence(kind(CODING_ROWS), kind(ENTRY_ROWS))))

    assert ("TIME", "LEAD", 2, 2, 2, 3, pytest.approx(2 / 3)) in found
    assert ("DARE", "TIME", 1, 0, 1, 1, 1.0) in found


def test_each_coders_reading_is_a_sequence_of_its_own() -> None:
    second = coded(("N1", "DARE", "Vi har"), coder="K2")

    found = transitions(code_sequence(pd.concat([CODING_ROWS.iloc[:2], second]), ENTRY_ROWS))

    assert rows(found, "code", "next") == [("TIME", "LEAD")]


PEOPLES = (
    "ASK DARE 1 2 1 4, ASK LEAD 1 2 2 4, ASK TIME 2 2 4 4, "
    "DARE LEAD 1 1 2 4, DARE TIME 1 1 4 4, LEAD TIME 2 2 4 4"
)  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "pairs"),
    [
        ("sentence", "ASK LEAD 1 2 2 8, LEAD TIME 1 2 5 8"),
        ("paragraph", "ASK LEAD 1 2 2 6, ASK TIME 2 2 5 6, LEAD TIME 2 2 5 6"),
        ("person and occasion", PEOPLES),
    ],
)
def test_codes_come_together_in_the_unit_that_is_asked_for(kind: Any, unit: Any, pairs: str) -> None:
    """Together, with the one, with the other, in all. Eight sentences are coded; N3 is no person's."""
    found = rows(co_occurrence(kind(CODING_ROWS), unit=unit, minimum=1, entries=kind(ENTRY_ROWS)))

    assert ", ".join(f"{a} {b} {both} {one} {two} {total}" for a, b, _, _, both, one, two, total, _ in found) == pairs
    assert {row[2] for row in found} == {unit}
    assert all(row[3] == row[4] and row[8] == pytest.approx(row[4] * row[7] / (row[5] * row[6])) for row in found)


def test_the_unit_is_said_under_the_figure() -> None:
    pairs = co_occurrence(CODING_ROWS, unit="paragraph", minimum=1, entries=ENTRY_ROWS)

    assert (
        plot_co_occurrence(pairs, CODE_ROWS.fillna({"name_en": "-"}), language="en").n == "Unit: the paragraph, 6 coded"
    )


def test_a_unit_that_is_none_or_lacks_the_entries_is_refused() -> None:
    with pytest.raises(UnitError, match="allowed are entry, overlap, sentence"):
        co_occurrence(CODING_ROWS, unit="page")  # type: ignore[arg-type]
    with pytest.raises(UnitError, match="needs the entries"):
        co_occurrence(CODING_ROWS, unit="sentence")
