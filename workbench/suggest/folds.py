"""Who is learnt from and who is tested on: nobody is ever both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.suggest.features import SuggestError

FOLDS = 5
Rows = NDArray[np.int64]


def folds(sentences: pd.DataFrame, *, share: float = 1.0) -> Iterator[tuple[Rows, Rows]]:
    """Part sentences into those learnt from and those tested on, up to five times, each tested on once.

    A person's sentences, and an organisation's joint ones, are kept together. Who spoke in a joint entry is not known.
    So with joint entries, of five organisations or more, whole organisations are kept together; of fewer, nothing of
    an organisation's people is learnt from when its joint entries are tested on, and the other way about.

    Parameters
    ----------
    sentences : DataFrame
        From `split_sentences`.
    share : float
        Share of the people and groups who may be learnt from that is; who, is the same each time.

    Yields
    ------
    (learnt, tested) : arrays of int
        Places of rows.

    Raises
    ------
    SuggestError
        There are fewer than two people or groups.
    """
    speakers = sentences["speaker"].to_numpy()
    apart = sentences["joint"].any() and sentences["organisation"].nunique() >= FOLDS
    together = sentences["organisation"].to_numpy() if apart else speakers
    for tested in _parts(together):
        chosen = np.isin(together, tested)
        learnt = ~chosen & ~_may_share(sentences, chosen)
        learnt &= np.isin(speakers, _some(np.unique(speakers[learnt].astype(str)).tolist(), share))
        yield np.flatnonzero(learnt), np.flatnonzero(chosen)


def _parts(together: NDArray[np.object_]) -> list[list[str]]:
    """Share out what is kept together, what has most sentences first, each to the part that has fewest."""
    names, sizes = np.unique(together.astype(str), return_counts=True)
    if len(names) < 2:  # noqa: PLR2004  one to learn from, one to test on
        raise SuggestError("All codings are of one person's words: nobody is left to test on. Cure: code more people.")
    parts: list[list[str]] = [[] for _ in range(min(FOLDS, len(names)))]
    held = [0] * len(parts)
    for place in np.lexsort((names, -sizes)):
        least = held.index(min(held))
        parts[least].append(str(names[place]))
        held[least] += int(sizes[place])
    return parts


def _some(names: list[str], share: float) -> list[str]:
    """Take a share of some names: not the first by name, who may be of one organisation, but the same each time."""
    mixed = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    return mixed[: ceil(share * len(names))]


def _may_share(sentences: pd.DataFrame, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which may be of somebody who is tested on: joint sentences, and people's where joint ones are tested on."""
    joint, organisation = sentences["joint"].to_numpy(), sentences["organisation"]
    with_people = organisation.isin(organisation[chosen & ~joint]).to_numpy()
    with_joint = organisation.isin(organisation[chosen & joint]).to_numpy()
    return (joint & with_people) | (~joint & with_joint)
