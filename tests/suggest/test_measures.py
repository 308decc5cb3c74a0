"""Wilson's interval, Brier's score and calibration, against numbers that others have published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.suggest import brier_score, calibration_error, calibration_table, wilson

# Newcombe 1998, Statistics in Medicine 17, 857 to 872, table I, method 3 (score, no continuity correction).
NEWCOMBE = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}

# Brier 1950, Monthly Weather Review 78, 1 to 3, table 1: ten forecasts of rain, and whether it rained.
SAID = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
CAME = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(("counts", "interval"), NEWCOMBE.items())
def test_wilsons_interval_is_what_newcombe_has(counts: tuple[int, int], interval: tuple[float, float]) -> None:
    assert wilson(*counts) == pytest.approx(interval, abs=0.00005)


def test_nothing_tried_leaves_every_share_possible() -> None:
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    right, n = counts
    low, high = wilson(right, n)

    assert 0 <= low <= right / n <= high <= 1


def test_briers_score_is_half_of_what_he_has_for_both_outcomes() -> None:
    assert 2 * brier_score(SAID, CAME) == pytest.approx(0.19, abs=0.0005)


def test_brier_of_nothing_is_no_number() -> None:
    assert math.isnan(brier_score([], []))


def test_calibration_is_told_by_tenth_with_one_in_the_last() -> None:
    table = calibration_table([0.0, 0.09, 0.1, 0.3, 0.95, 1.0], [0, 1, 0, 0, 1, 1])

    assert table["n"].to_list() == [2, 1, 0, 1, 0, 0, 0, 0, 0, 2]
    assert table["right"].to_list() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert table["came"].iloc[[0, 9]].to_list() == [0.5, 1]
    assert (table["low"].iloc[9], table["high"].iloc[9]) == wilson(2, 2)


def test_calibration_error_weighs_each_class_by_its_n() -> None:
    said, came = [0.05] * 3 + [0.85], [0, 0, 1, 0]

    assert calibration_error(calibration_table(said, came)) == pytest.approx((3 * (1 / 3 - 0.05) + 0.85) / 4)


def test_a_sample_drawn_with_the_probabilities_said_has_hardly_an_error() -> None:
    draw = np.random.default_rng(1)
    said = draw.random(20_000)

    assert calibration_error(calibration_table(said, draw.random(20_000) < said)) < 0.02


def test_probabilities_without_their_outcomes_are_refused() -> None:
    with pytest.raises(ValueError, match="2 probabilities and 1 outcomes"):
        brier_score([0.1, 0.2], [1])
