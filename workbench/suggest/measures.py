"""How good probabilities and shares are: Wilson's interval, Brier's score, calibration."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054  # of the normal distribution, two-sided 95 per cent
BINS = 10


def wilson(right: int, n: int, *, z: float = Z95) -> tuple[float, float]:
    """Give Wilson's interval of a share, 95 per cent unless `z` says otherwise; (0, 1) when n is 0.

    Source: Wilson 1927, *JASA* 22, 209 to 212; recommended by Brown, Cai & DasGupta 2001, *Statistical Science*
    16, 101 to 133.
    """
    if n == 0:
        return 0.0, 1.0
    share, spread = right / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return (middle - half if right else 0.0), (middle + half if right < n else 1.0)


def brier_score(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Mean squared distance of probabilities from what came (0 or 1): 0 is perfect, 0.25 is what saying 0.5 gives.

    Brier's own score sums over both outcomes and is twice this. NaN without any.

    Source: Brier 1950, *Monthly Weather Review* 78, 1 to 3.
    """
    said, came = _pair(probability, outcome)
    return float(np.mean((said - came) ** 2)) if len(said) else float("nan")


def calibration_table(probability: ArrayLike, outcome: ArrayLike) -> pd.DataFrame:
    """Compare what was said with what came, in ten classes of probability.

    Returns
    -------
    DataFrame
        from, to (probability, the upper end exclusive but for 1), n, right, said (mean probability), came (share
        right), low, high (Wilson, 95 per cent); ten rows, NaN where n is 0.
    """
    said, came = _pair(probability, outcome)
    classes = np.minimum((said * BINS + 1e-9).astype(int), BINS - 1)  # 0.3 * 10 is a little less than 3 in binary
    return pd.DataFrame([_class(place, said[classes == place], came[classes == place]) for place in range(BINS)])


def calibration_error(table: pd.DataFrame) -> float:
    """Mean distance of said from came over the classes of `calibration_table`, each weighed by n.

    Source: the expected calibration error of Naeini, Cooper & Hauskrecht 2015, AAAI, 2901 to 2907.
    """
    held = table[table["n"] > 0]
    if held.empty:
        return float("nan")
    return float(((held["said"] - held["came"]).abs() * held["n"]).sum() / held["n"].sum())


def _class(place: int, said: NDArray[np.float64], came: NDArray[np.float64]) -> dict[str, Any]:
    n, right = len(said), int(came.sum())
    low, high = wilson(right, n) if n else (np.nan, np.nan)
    means = {"said": said.mean(), "came": came.mean()} if n else {"said": np.nan, "came": np.nan}
    ends = {"from": place / BINS, "to": (place + 1) / BINS}
    return ends | {"n": n, "right": right} | means | {"low": low, "high": high}


def _pair(probability: ArrayLike, outcome: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    said, came = np.asarray(probability, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if said.shape != came.shape:
        raise ValueError(f"{said.size} probabilities and {came.size} outcomes; give one outcome for each.")
    return said, came
