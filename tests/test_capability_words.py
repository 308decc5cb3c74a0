"""What the numbers may say: intervals, noise and plain words."""

from __future__ import annotations

from itertools import product
from math import factorial, prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.capability import (
    UnknownNoiseError,
    change_in_words,
    component_noise_band,
    how_sure,
    superiority_interval,
)
from workbench.capability.superiority import clopper_pearson
from workbench.language import translator

ENGLISH = translator("en")
FOUR = "Of the four who answered both times"
CHANCE = "With so few answers, chance alone can give this."


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (1, 20, 0.0013, 0.2487), (3, 3, 0.2924, 1.0)],
)
def test_the_binomial_interval_is_the_published_one(count: int, n: int, low: float, high: float) -> None:
    """Standard Clopper-Pearson values; the ends at 0 and n are 1 - 0.025^(1/n) and its mirror."""
    assert clopper_pearson(count, n) == pytest.approx((low, high), abs=5e-5)


def test_three_of_three_is_not_certainty() -> None:
    """All three higher: at least 0.0125^(1/3) = 0.232, no more can be promised."""
    low, high = superiority_interval(3, 0, 0)

    assert low == pytest.approx(0.0125 ** (1 / 3))
    assert high == 1.0


def coverage(n: int, p_up: float, p_same: float) -> float:
    """Probability, counted over all outcomes, that the interval holds the truth."""
    chances, truth, held = (p_up, p_same, max(0.0, 1 - p_up - p_same)), p_up + p_same / 2, 0.0
    for counts in product(range(n + 1), repeat=3):
        low, high = superiority_interval(*counts) if sum(counts) == n else (2.0, 2.0)
        if low - 1e-9 <= truth <= high + 1e-9:
            ways = factorial(n) / prod(factorial(k) for k in counts)
            held += ways * prod(p**k for p, k in zip(chances, counts, strict=True))
    return held


@given(st.integers(1, 4), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_keeps_its_promise_for_any_truth(n: int, first: float, second: float) -> None:
    """At least 95 % coverage, whatever the chances of up, same and down."""
    p_up, p_same = min(first, second), abs(first - second)

    assert coverage(n, p_up, p_same) >= 0.95 - 1e-6


@given(st.integers(0, 6), st.integers(0, 6), st.integers(1, 6))
def test_turning_the_scale_mirrors_the_interval(up: int, same: int, down: int) -> None:
    """Up and down change places, the bounds change ends."""
    low, high = superiority_interval(up, same, down)

    assert superiority_interval(down, same, up) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_an_interval_needs_somebody() -> None:
    """Nobody, no interval."""
    with pytest.raises(ValueError, match="No respondent"):
        superiority_interval(0, 0, 0)


def test_the_noise_band_is_the_simulated_one() -> None:
    """The rows of docs/methods.md; four people are judged as three, a tenth replaced as 40 %."""
    assert component_noise_band(1) == (-1.0, 1.0)
    assert component_noise_band(4) == (-0.67, 1.0)
    assert component_noise_band(5, 0.1) == (-0.8, 0.8)


@pytest.mark.parametrize(("respondents", "share"), [(0, 0.0), (3, 0.5)])
def test_no_noise_band_is_made_up(respondents: int, share: float) -> None:
    """What was not simulated is refused, with a cure."""
    with pytest.raises(UnknownNoiseError, match="answered both times"):
        component_noise_band(respondents, share)


def row(up: int, same: int, down: int, *, new: int = 0, mean: float = 1.0) -> dict[str, Any]:
    """One row of a change summary."""
    n = up + same + down
    return {"n": n, "up": up, "same": same, "down": down, "last_only": new, "mean_change": mean if n else None}


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (row(1, 0, 0, new=2), "Two of three respondents are new: we cannot say that the level has changed."),
        (row(3, 0, 0), "All three who answered both times chose a higher level."),
        (row(0, 0, 4, mean=-1.0), "All four who answered both times chose a lower level."),
        (row(0, 3, 0, mean=0.0), "All three who answered both times chose the same level."),
        (row(0, 0, 0, new=3), "Nobody answered both times: we cannot say whether the level has changed."),
        (
            row(1, 0, 0),
            f"The only person who answered both times chose a higher level. {CHANCE}",
        ),
        (
            row(2, 0, 0),
            f"Both people who answered both times chose a higher level. {CHANCE}",
        ),
        (
            row(2, 1, 1, mean=0.25),
            f"{FOUR}: two chose a higher level, one chose the same level, one chose a lower level. {CHANCE}",
        ),
    ],
)
def test_a_change_is_told_in_plain_words(summary: dict[str, Any], words: str) -> None:
    """Sentences that a participant can check by counting."""
    assert change_in_words(summary, ENGLISH) == words


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.floats(-5, 5))
def test_words_never_promise_improvement(up: int, same: int, down: int, new: int, mean: float) -> None:
    """No verdict and no p-value, whatever the answers."""
    words = change_in_words(row(up, same, down, new=new, mean=mean), ENGLISH).lower()

    assert words.endswith(".")
    assert not any(word in words for word in ("improve", "significan", "p =", "better", "worse"))


@pytest.mark.parametrize(
    ("change", "present", "returning", "said"),
    [
        (1, 8, 8, "With 8 people, of whom 0 new, chance alone can give this."),
        (-1, 5, 3, "With 5 people, of whom 2 new, chance alone can give this."),
        (-2, 5, 5, "That is more than chance usually gives with 5 people."),
        (1, 1, 1, "A single person chose the level: chance alone can give this."),
        (2, 1, 1, "That is more than chance usually gives with a single person."),
        (2, 3, 4, "How many agreed was not noted, so we cannot say how sure it is."),
    ],
)
def test_one_step_of_a_consensus_is_never_more_than_chance(
    change: int, present: int, returning: int, said: str
) -> None:
    """A consensus jumps whole levels: eight people's moves one in four of ten times by chance, up as well as down."""
    row = {"change": change, "present": present, "returning": returning}

    assert how_sure(row, translator("en")) == said
