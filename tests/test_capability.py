"""Capability over time, in numbers small enough to check by eye."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.frames import KINDS, as_polars, rows, table
from workbench import capability
from workbench.tables import COMPONENTS, FOCUS, OCCASIONS, PEOPLE, RATINGS

LEVEL = st.integers(0, 5)


def rating(
    person: str | None, occasion: str, level: int | str, *, of: str = "now", component: str = "I1"
) -> dict[str, Any]:
    """One rating of agency A: a level, or a missing code."""
    mark = {"level": level} if isinstance(level, int) else {"missing": level}
    basis = "individual" if person else "consensus"
    return {
        "organisation": "A",
        "person": person,
        "occasion": occasion,
        "component": component,
        "frame": of,
        "basis": basis,
    } | mark


def ratings(*rows: dict[str, Any]) -> pd.DataFrame:
    """Ratings as a study holds them."""
    return table(RATINGS, list(rows))


OCCASION_ROWS = table(
    OCCASIONS,
    [
        {
            "occasion": f"T{k}",
            "number": k,
            "starts": pd.Timestamp(f"2025-0{k}-10"),
            "ends": pd.Timestamp(f"2025-0{k}-11"),
        }
        for k in (1, 2, 3)
    ],
)
COMPONENT_ROWS = table(
    COMPONENTS,
    [
        {"component": "I1", "position": 2},
        {"component": "E1", "position": 1},
        {"component": "A-C1", "position": 3, "organisation": "A"},
    ],
)
PEOPLE_ROWS = table(
    PEOPLE,
    [
        {"person": "P1", "organisation": "A", "joined": pd.Timestamp("2025-01-01")},
        {"person": "P2", "organisation": "A", "joined": pd.Timestamp("2025-01-01"), "left": pd.Timestamp("2025-01-31")},
        {"person": "P3", "organisation": "A", "joined": pd.Timestamp("2025-02-01")},
        {"person": "Q1", "organisation": "B", "joined": pd.Timestamp("2025-01-01")},
    ],
)
FOCUS_ROWS = table(
    FOCUS,
    [
        {"occasion": "T1", "component": "I1"},
        {"occasion": "T2", "component": "I1"},
        {"occasion": "T2", "component": "E1"},
    ],
)


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Any:
    """Turn a pandas frame into the kind of frame under test."""
    return KINDS[request.param]


def completeness_of(given: pd.DataFrame, kind: Any, **options: Any) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """Key one frame's cells of the map by organisation, occasion and component."""
    tables = (kind(each) for each in (given, FOCUS_ROWS, PEOPLE_ROWS, OCCASION_ROWS, COMPONENT_ROWS))
    found = capability.completeness(*tables, **{key: value for key, value in options.items() if key != "frame"})
    return {row[:3]: row[5:] for row in rows(found) if row[3] == options.get("frame", "now")}


def test_absence_differs_from_a_planned_gap(kind: Any) -> None:
    """A component out of focus is a planned gap; in focus and unanswered it is missing."""
    cells = completeness_of(ratings(rating("P1", "T1", 3), rating("P2", "T1", "ABS"), rating("P1", "T2", "DK")), kind)

    #                                expected rated DK NA NF ABS WD unanswered state
    assert cells["A", "T1", "I1"] == (2, 1, 0, 0, 0, 1, 0, 0, "partly")
    assert cells["A", "T2", "I1"] == (2, 0, 1, 0, 0, 0, 0, 1, "missing")
    assert cells["A", "T1", "E1"] == (2, 0, 0, 0, 0, 0, 0, 0, "planned gap")
    assert cells["B", "T1", "I1"] == (1, 0, 0, 0, 0, 0, 0, 1, "missing")


def test_a_person_is_expected_only_while_in_the_study(kind: Any) -> None:
    """P2 left in January: the two who are left make the second occasion complete."""
    cells = completeness_of(ratings(rating("P1", "T2", 3), rating("P3", "T2", 4)), kind)

    assert cells["A", "T2", "I1"] == (2, 2, 0, 0, 0, 0, 0, 0, "rated")


def test_an_own_component_concerns_its_owner_only(kind: Any) -> None:
    """Agency B has no cell for agency A's component."""
    cells = completeness_of(ratings(rating("P1", "T1", 3)), kind)

    assert ("A", "T1", "A-C1") in cells
    assert ("B", "T1", "A-C1") not in cells


def test_a_consensus_expects_one_rating(kind: Any) -> None:
    """One agreed level makes the cell complete, however many people there are."""
    cells = completeness_of(ratings(rating(None, "T1", 3)), kind, basis="consensus")

    assert cells["A", "T1", "I1"] == (1, 1, 0, 0, 0, 0, 0, 0, "rated")


def test_only_agreed_levels_are_no_lack_of_individual_ones(kind: Any) -> None:
    """A never rated one by one: nobody is expected to have. B, which gave nothing at all, is missing."""
    cells = completeness_of(ratings(rating(None, "T1", 3)), kind)

    assert cells["A", "T1", "I1"] == (0, 0, 0, 0, 0, 0, 0, 0, "only agreed")
    assert cells["A", "T1", "E1"][-1] == "planned gap"
    assert cells["B", "T1", "I1"] == (1, 0, 0, 0, 0, 0, 0, 1, "missing")


def test_looking_back_is_expected_of_those_who_were_there(kind: Any) -> None:
    """P3 came later and P2 has left; E1, in focus too, was not asked for in that frame."""
    cells = completeness_of(ratings(rating("P1", "T2", 3, of="then")), kind, frame="then")

    assert cells["A", "T2", "I1"] == (1, 1, 0, 0, 0, 0, 0, 0, "rated")
    assert cells["A", "T2", "E1"][-1] == "planned gap"
    assert not [key for key in cells if key[1] == "T1"]


def test_nobody_there_leaves_nothing_missing(kind: Any) -> None:
    """B's only person came after the first meeting: that meeting is no lack."""
    late = PEOPLE_ROWS.assign(joined=pd.Timestamp("2025-02-01"))
    found = capability.completeness(
        *(kind(each) for each in (ratings(), FOCUS_ROWS, late, OCCASION_ROWS, COMPONENT_ROWS))
    )

    states = {row[:3]: row[-1] for row in rows(found)}

    assert states["B", "T1", "I1"] == "planned gap"
    assert states["B", "T2", "I1"] == "missing"


def test_the_map_keeps_the_instruments_order(kind: Any) -> None:
    """E1 stands before I1 because its position is 1."""
    cells = completeness_of(ratings(rating("P1", "T1", 3)), kind)

    assert [key[2] for key in cells if key[:2] == ("A", "T1")] == ["E1", "I1", "A-C1"]


def test_overlap_counts_the_same_people(kind: Any) -> None:
    """One of the later two answered before: the share is a half."""
    given = ratings(
        rating("P1", "T1", 1),
        rating("P2", "T1", 1),
        rating("P1", "T2", 2),
        rating("P3", "T2", 2),
        rating("P2", "T2", "ABS"),
    )

    found = capability.respondent_overlap(kind(given), kind(OCCASION_ROWS))

    assert rows(found) == [
        ("A", "T1", "T1", 2, 2, 2, 1.0, 1, 1),
        ("A", "T1", "T2", 2, 2, 1, 0.5, 1, 2),
        ("A", "T2", "T2", 2, 2, 2, 1.0, 2, 2),
    ]


def test_agreed_levels_have_nobody_to_follow(kind: Any) -> None:
    """Only consensus at T1 and T3: their pairs are there, with no people and no share."""
    found = capability.respondent_overlap(
        kind(ratings(rating(None, "T1", 1), rating(None, "T3", 2))), kind(OCCASION_ROWS)
    )

    assert rows(found, "earlier", "later", "n_later", "both", "share") == [
        ("T1", "T1", 0, 0, None),
        ("T1", "T3", 0, 0, None),
        ("T3", "T3", 0, 0, None),
    ]


CHANGING = ratings(
    rating("P1", "T1", 1), rating("P1", "T3", 3),
    rating("P2", "T1", 2), rating("P2", "T3", 2),
    rating("P3", "T1", 4),
    rating("P4", "T3", 5), rating("P4", "T1", "DK"),
    rating(None, "T1", 1), rating(None, "T3", 2),
)  # fmt: skip


def test_change_is_within_the_same_person(kind: Any) -> None:
    """Whoever answered once has no change, and is said to have answered once."""
    found = capability.within_person_change(kind(CHANGING), first="T1", last="T3")

    assert rows(found, "person", "first_level", "last_level", "change", "answered") == [
        ("P1", 1, 3, 2, "both"),
        ("P2", 2, 2, 0, "both"),
        ("P3", 4, None, None, "first"),
        ("P4", None, 5, None, "last"),
    ]


def test_a_summary_counts_pairs_and_those_who_answered_once(kind: Any) -> None:
    """One up and one the same: three quarters, with an interval that says how little two people tell."""
    pairs = capability.within_person_change(kind(CHANGING), first="T1", last="T3")

    (row,) = rows(capability.change_summary(pairs))

    assert row[:9] == ("A", "I1", 2, 1, 1, 0, 1.0, 1.0, 0.75)
    assert row[9:11] == pytest.approx(capability.superiority_interval(1, 1, 0))
    assert row[11:] == (1, 1)


def test_without_pairs_there_is_no_probability(kind: Any) -> None:
    """Nobody answered twice: NA, not a half."""
    pairs = capability.within_person_change(
        kind(ratings(rating("P1", "T1", 1), rating("P2", "T3", 4))), first="T1", last="T3"
    )

    (row,) = rows(capability.change_summary(pairs), "n", "superiority", "lower", "upper", "median_change")

    assert row == (0, None, None, None, None)


def test_everybodys_change_stands_beside_with_its_overlap(kind: Any) -> None:
    """Three then, three now, two the same: the medians move from 2 to 3."""
    (row,) = rows(capability.all_respondent_change(kind(CHANGING), first="T1", last="T3"))

    assert row == ("A", "I1", 3, 3, 2, pytest.approx(2 / 3), 2.0, 3.0, 1.0)


def test_every_level_has_a_row(kind: Any) -> None:
    """Two answers on 2 and one on 4 leave four empty levels; a missing code is counted apart."""
    given = ratings(rating("P1", "T1", 2), rating("P2", "T1", 2), rating("P3", "T1", 4), rating("P4", "T1", "DK"))

    found = rows(capability.level_distribution(kind(given), by=("occasion",)))

    assert [row[:3] for row in found] == [
        ("T1", 0, 0),
        ("T1", 1, 0),
        ("T1", 2, 2),
        ("T1", 3, 0),
        ("T1", 4, 1),
        ("T1", 5, 0),
    ]
    assert {row[4:] for row in found} == {(3, 1)}
    assert found[2][3] == pytest.approx(2 / 3)


def test_a_gap_needs_both_now_and_desired(kind: Any) -> None:
    """The consensus at T1 has both; at T3 the desired state is missing."""
    given = ratings(
        rating(None, "T1", 1), rating(None, "T1", 4, of="desired"), rating(None, "T3", 2), rating("P1", "T1", 5)
    )

    assert rows(capability.gap(kind(given))) == [("A", "I1", "T1", 1.0, 4.0, 3.0, 1)]


def test_a_gap_can_close_from_either_side(kind: Any) -> None:
    """Now rises by one and desired falls by one: the gap of three closes by two."""
    given = ratings(
        rating(None, "T1", 1), rating(None, "T1", 4, of="desired"),
        rating(None, "T3", 2), rating(None, "T3", 3, of="desired"),
    )  # fmt: skip

    assert rows(capability.gap_decomposition(kind(given), first="T1", last="T3")) == [
        ("A", "I1", 3.0, 1.0, 2.0, 1.0, 1.0, 1)
    ]


@given(st.lists(st.tuples(LEVEL, LEVEL, LEVEL, LEVEL), min_size=1, max_size=6))
def test_the_parts_of_a_closing_gap_add_up_exactly(levels: list[tuple[int, int, int, int]]) -> None:
    """Whatever the levels, now rising and desired falling are all of it."""
    given = [
        rating(f"P{k}", occasion, level, of=of)
        for k, four in enumerate(levels)
        for (occasion, of), level in zip(
            (("T1", "now"), ("T1", "desired"), ("T3", "now"), ("T3", "desired")), four, strict=True
        )
    ]

    (row,) = rows(
        capability.gap_decomposition(ratings(*given), first="T1", last="T3", basis="individual"),
        "closed",
        "now_rise",
        "desired_fall",
        "n",
    )

    assert row[0] == row[1] + row[2]
    assert row[3] == len(levels)


def test_the_yardstick_can_hide_a_change(kind: Any) -> None:
    """P1 said 3 then and 3 now, but sees the start as 1 today: two levels were hidden by a harder yardstick."""
    given = ratings(
        rating("P1", "T1", 3), rating("P1", "T3", 3), rating("P1", "T3", 1, of="then"), rating("P2", "T3", 4)
    )

    found = capability.recalibration(kind(given), first="T1", last="T3")

    assert rows(found) == [("A", "I1", "P1", 3, 1, 3, 0, -2, 2)]


@given(LEVEL, LEVEL, LEVEL)
def test_observed_change_is_recalibration_and_adjusted_change(start: int, then: int, now: int) -> None:
    """The three figures are one sum."""
    given = ratings(rating("P1", "T1", start), rating("P1", "T3", now), rating("P1", "T3", then, of="then"))

    (row,) = rows(capability.recalibration(given, first="T1", last="T3"), "observed", "recalibration", "adjusted")

    assert row[0] == row[1] + row[2]


def test_tables_come_back_in_the_callers_kind() -> None:
    """Polars in, Polars out."""
    assert isinstance(capability.gap(as_polars(CHANGING)), pl.DataFrame)
    assert isinstance(capability.gap(CHANGING), pd.DataFrame)
