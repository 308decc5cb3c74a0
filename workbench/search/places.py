"""Where in an index something stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.search.index import Index
from workbench.search.query import Near, Run, Sought
from workbench.search.vocabulary import ANYTHING
from workbench.search.words import Numbers

SHORTEST_INSIDE = 3  # letters of a word that is looked for inside others when it stands nowhere by itself


class Places(NamedTuple):
    """Where something stands: its first word's number in the index, and the number after its last."""

    begins: Numbers
    ends: Numbers


class Chosen(NamedTuple):
    """The words of the vocabulary that are looked for, and whether they were found inside other words."""

    numbers: Sequence[int]
    inside: bool = False


Choose = Callable[[Sought], Sequence[int]]  # the words of the vocabulary that are looked for


def chosen_words(index: Index, sought: Sought) -> Chosen:
    """Choose the words of the vocabulary that are looked for.

    A word that no text has, in any form, is looked for inside words.
    """
    vocabulary = index.vocabulary
    if sought.how == "exact":
        return Chosen(vocabulary.exact(sought.form))
    if sought.how == "pattern":
        return Chosen(vocabulary.matching(sought.form))
    family = vocabulary.family(sought.form)
    if family or len(sought.form) < SHORTEST_INSIDE:
        return Chosen(family)
    found = vocabulary.matching(f"{ANYTHING}{sought.form}{ANYTHING}")
    return Chosen(found, inside=bool(found))


def places_of(index: Index, way: Run | Near, choose: Choose) -> Places:
    """Find every place of a run, or where runs are near each other: from the first's begin to the last's end."""
    if isinstance(way, Run):
        return _run(index, way, choose)
    return _near(index, [_run(index, run, choose) for run in way.runs], way.distance)


def _run(index: Index, run: Run, choose: Choose) -> Places:
    """Find words right after each other in one text; punctuation may stand between."""
    begins = index.places(choose(run.words[0]))
    for place, sought in enumerate(run.words[1:], 1):
        among = index.among(choose(sought))
        begins = begins[begins + place < len(index.words)]
        begins = begins[among[index.words[begins + place]]]
    ends = begins + len(run.words)
    if len(run.words) == 1:
        return Places(begins, ends)
    whole = ends <= _text_end(index, begins)
    return Places(begins[whole], ends[whole])


def _text_end(index: Index, places: Numbers) -> Numbers:
    return index.first[index.text_of(places) + 1]


def _near(index: Index, runs: Sequence[Places], distance: int) -> Places:
    """Find the narrowest stretches of a text that have all runs.

    As in SQLite's FTS5, at most `distance` words stand between the end of the first run and the begin of the last.
    """
    found = [_from(index, runs, first, distance) for first in range(len(runs))]
    begins, ends = (np.concatenate(side) for side in zip(*found, strict=True))
    return _narrowest(begins, ends)


def _from(index: Index, runs: Sequence[Places], first: int, distance: int) -> Places:
    """Find the stretches that begin with one of the runs, and have the nearest of each other one after it."""
    begins, run_ends = runs[first]
    ends, kept = run_ends, np.ones(len(begins), bool)
    reach = np.minimum(run_ends + distance, _text_end(index, begins) - 1)
    for place, other in enumerate(runs):
        if place != first:
            nearest = np.searchsorted(other.begins, run_ends)
            there = nearest < len(other.begins)
            last = np.minimum(nearest, len(other.begins) - 1)
            kept &= there & _within(other.begins, last, reach)
            ends = np.maximum(ends, other.ends[last]) if len(other.ends) else ends
    return Places(begins[kept], ends[kept])


def _within(begins: Numbers, places: Numbers, reach: Numbers) -> NDArray[np.bool_]:
    return begins[places] <= reach if len(begins) else np.zeros(len(places), bool)


def _narrowest(begins: Numbers, ends: Numbers) -> Places:
    """Keep the stretches that hold no other one."""
    order = np.lexsort((-begins, ends))  # by end, the shortest first
    begins, ends = begins[order], ends[order]
    latest = np.maximum.accumulate(np.concatenate([[-1], begins]))[:-1]  # the latest begin of those that end before
    return Places(begins[begins > latest], ends[begins > latest])
