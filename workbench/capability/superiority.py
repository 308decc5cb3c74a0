"""The probability that the later level is the higher one, with an exact interval."""

from __future__ import annotations

from collections.abc import Callable
from math import comb

_STEPS = 60  # halvings: the bound is then known to 1e-18


def superiority_interval(up: int, same: int, down: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interval of the probability of superiority, P(up) + ½ P(same), from paired answers.

    The probability is the mean of two binomial ones, P(up) and P(up or same). Each gets a Clopper-Pearson
    interval with half the error, and the bounds are averaged: the result covers at least `confidence`
    whatever the truth, also with two or three respondents and with ties. It is wide, as it should be.

    Parameters
    ----------
    up, same, down : int
        Respondents who chose a higher, the same and a lower level the second time.
    confidence : float
        Least coverage.

    Returns
    -------
    tuple of float
        Lower and upper bound, 0 to 1.

    Raises
    ------
    ValueError
        There is no respondent.

    Source: Clopper & Pearson 1934, Biometrika 26:404-413 (the binomial interval); Grissom & Kim 2012,
    Effect Sizes for Research, ch. 5 (probability of superiority for paired ordinal data); Bonferroni.
    """
    n = up + same + down
    if n == 0:
        raise ValueError("No respondent answered both times: there is no interval.")
    error = (1 - confidence) / 2
    low, high = clopper_pearson(up, n, error=error), clopper_pearson(up + same, n, error=error)
    return (low[0] + high[0]) / 2, (low[1] + high[1]) / 2


def clopper_pearson(count: int, n: int, *, error: float = 0.05) -> tuple[float, float]:
    """Exact two-sided interval of a binomial share, `error` split evenly between the tails."""

    def at_least(share: float) -> float:
        return _tail(n, share, range(count, n + 1))

    def at_most(share: float) -> float:
        return 1 - _tail(n, share, range(count + 1))

    low = 0.0 if count == 0 else _crossing(at_least, error / 2)
    high = 1.0 if count == n else _crossing(at_most, 1 - error / 2)
    return low, high


def _tail(n: int, share: float, counts: range) -> float:
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in counts)


def _crossing(rising: Callable[[float], float], target: float) -> float:
    """Find where a rising function of a share reaches `target`."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return low
