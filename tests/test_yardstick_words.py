"""What Min resa says of the yardstick, and of whether so uneven a count is more than chance."""

from __future__ import annotations

from math import comb

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.access import slice_for
from workbench.apps.journey import Journey
from workbench.apps.yardstick import leans, yardstick
from workbench.capability import recalibration
from workbench.study import Study


def journey(demo: Study, person: str = "P-K37D") -> Journey:
    return Journey(slice_for(demo, person), "en")


def seen_today(demo: Study, change: int) -> Journey:
    """Let somebody see the start as so much higher today than they rated it then."""
    mine = slice_for(demo, "P-K37D")
    ratings = mine.ratings
    own = ratings[ratings["basis"] == "individual"]
    start = own[(own["occasion"] == "T1") & (own["frame"] == "now")].set_index("component")["level"]
    again = (ratings["frame"] == "then") & ratings["component"].isin(start.dropna().index)
    levels = (ratings["component"].map(start) + change).clip(0, 5)
    ratings["level"] = ratings["level"].mask(again, levels)
    return Journey(mine.with_frames(mine.frames | {"ratings": ratings}), "en")


def test_the_three_changes_are_told_side_by_side_as_they_are_counted(demo: Study) -> None:
    mine = journey(demo)
    steps = recalibration(mine.study.ratings, first="T1", last="T6", components=mine.study.components)
    said = yardstick(mine)

    assert f"Of {len(steps)} components" in said
    assert f"lower than you did then for {(steps['recalibration'] < 0).sum()}," in said
    assert f"you are higher now for {(steps['observed'] > 0).sum()}," in said
    assert f"as you see it today: higher for {(steps['adjusted'] > 0).sum()}," in said
    assert "Neither is truer than the other" in said
    assert said.count("<li>") == len(steps)


@pytest.mark.parametrize(
    ("change", "said"),
    [(0, "Nothing says that your yardstick has moved"), (-1, "may be larger than"), (1, "may be smaller than")],
)
def test_a_yardstick_that_moved_is_said_to_which_way(demo: Study, change: int, said: str) -> None:
    assert said in yardstick(seen_today(demo, change))


def test_nothing_is_said_where_the_start_was_not_rated_again(demo: Study, municipalities: Study) -> None:
    joined_late = demo.people.loc[demo.people["joined"] > pd.Timestamp("2025-06-01"), "person"].iloc[0]

    assert yardstick(journey(demo, joined_late)) == ""
    assert yardstick(Journey(slice_for(municipalities, "P-RP4X"), "en")) == ""


@given(one=st.integers(0, 30), other=st.integers(0, 30))
def test_a_count_leans_only_when_chance_gives_it_once_in_twenty_or_less(one: int, other: int) -> None:
    n, most = one + other, max(one, other)
    chance = sum(comb(n, k) for k in range(most, n + 1)) / 2**n

    assert leans(one, other) == leans(other, one) == (chance <= 0.05)
    assert not leans(one, one)


def test_four_of_one_mind_are_not_enough_and_five_are() -> None:
    assert not leans(4, 0)
    assert leans(5, 0)
    assert not leans(8, 4)
