"""Which texts fit best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.search.words import Numbers

SATURATION, LENGTH = 1.2, 0.75  # k1 and b, as SQLite's FTS5 and Lucene have them

Scores = NDArray[np.float64]


def bm25(counts: Sequence[Numbers], lengths: Numbers) -> Scores:
    """Score every text.

    Parameters
    ----------
    counts : sequence of array (texts,) of int
        How often each thing that is looked for stands in each text.
    lengths : array (texts,) of int
        Words in each text.

    Returns
    -------
    array (texts,) of float
        Higher is better; 0 where nothing stands. What few texts have weighs more, a short text weighs more, and a
        thing's tenth time less than its second.

    Source: Okapi BM25, Robertson & Zaragoza 2009, doi:10.1561/1500000019, eq. 3.15; the weight of rarity as in Lucene,
    ln(1 + (N - n + 1/2) / (n + 1/2)), which is never below 0.
    """
    share = lengths / max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)
    worn = SATURATION * (1 - LENGTH + LENGTH * share)
    scores = np.zeros(len(lengths))
    for count in counts:
        having = np.count_nonzero(count)
        rarity = np.log1p((len(count) - having + 0.5) / (having + 0.5))
        scores += rarity * count * (SATURATION + 1) / (count + worn)
    return scores
