"""Agreement beyond chance, as numbers of counts; NaN where it is not defined."""

from __future__ import annotations

from typing import Any

import numpy as np

Numbers = Any  # an array of NumPy, or a number


def krippendorff(counts: Numbers) -> float:
    """Give Krippendorff's alpha for nominal values.

    Parameters
    ----------
    counts : array (units, values)
        How many coders gave a value to a unit. A unit that fewer than two coded counts for nothing.

    Returns
    -------
    float
        1 when all agree, 0 when as by chance; NaN when all values are the same or nothing is coded twice, since then
        there is nothing to disagree about.

    Source: Krippendorff 2019, Content Analysis, 4th ed., ch. 12; Hayes & Krippendorff 2007.
    """
    table = np.asarray(counts, dtype=float)
    sizes = table.sum(axis=1)
    table, sizes = table[sizes > 1], sizes[sizes > 1]
    apart = (sizes**2 - (table**2).sum(axis=1)) / (sizes - 1)
    return float(alpha(apart.sum(), table.sum(axis=0), sizes.sum()))


def alpha(apart: Numbers, marginals: Numbers, within: Numbers) -> Numbers:
    """Give alpha from sums over units, which may be a bootstrap's: for many codes and draws at once.

    Parameters
    ----------
    apart : array (…)
        Pairs of unlike values in one unit, each pair in both orders, over one less than the unit's coders.
    marginals : array (…, values)
        How often each value was given.
    within : array (…)
        Pairs of values that chance never pairs, since they are one: for units that are counted each value with itself,
        so the number of values; for stretches of characters those in one stretch of one coder, its length squared.

    Returns
    -------
    array (…)
        1 - apart (n² - within) / (n (n² - Σ marginals²)), n being the sum of the marginals; NaN when not defined.

    Source: Krippendorff 2019, ch. 12; for stretches Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity
    50:2347 with the erratum 50:2365.
    """
    values = np.asarray(marginals, dtype=float)
    n = values.sum(axis=-1)
    chance = n * (n**2 - (values**2).sum(axis=-1))
    return 1 - _over(apart * (n**2 - within), chance)


def cohen(both: Numbers, left: Numbers, right: Numbers, units: Numbers) -> Numbers:
    """Give Cohen's kappa of two coders who gave a code or not.

    Parameters
    ----------
    both, left, right, units : array (…)
        Units with the code by both, by the left coder, by the right, and all units.

    Returns
    -------
    array (…)
        NaN when both gave it everywhere, or nowhere.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37.
    """
    unlike = left + right - 2 * both
    return 1 - _over(unlike * units, left * (units - right) + right * (units - left))


def _over(part: Numbers, whole: Numbers) -> Numbers:
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
