"""Which texts a query finds, and where in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.search.index import Index
from workbench.search.places import Chosen, Places, chosen_words, places_of
from workbench.search.query import Item, Sought, words_sought
from workbench.search.ranking import Scores, bm25
from workbench.search.words import Numbers


class Match(NamedTuple):
    """Where one item of a query stands: its places, and the text of each."""

    said: str
    places: Places
    texts: Numbers
    inside: bool


class Matched(NamedTuple):
    """What a query finds.

    Attributes
    ----------
    matches : list of Match
        For each item that texts are to have.
    texts : array of int
        The texts that have all of them, the best first, and none that they are to be without.
    scores : array of float
        Of every text of the index.
    inside : tuple of str
        Words that no text has, and that were found inside others.
    nowhere : tuple of str
        Words and parts of words that no text has.
    """

    matches: list[Match]
    texts: Numbers
    scores: Scores
    inside: tuple[str, ...]
    nowhere: tuple[str, ...]


def match(index: Index, items: Sequence[Item], *, among: NDArray[np.bool_]) -> Matched:
    """Find the texts that have every item, and none that they are to be without.

    Parameters
    ----------
    index : Index
    items : sequence of Item
    among : array (texts,) of bool
        The texts that are asked about. Scores do not depend on it.
    """
    chosen = {sought: chosen_words(index, sought) for sought in words_sought(items)}
    matches = [_match(index, item, chosen) for item in items]
    counts = [np.bincount(found.texts, minlength=len(index.texts)) for found in matches]
    fits = among.copy()
    for item, count in zip(items, counts, strict=True):
        fits &= (count == 0) if item.without else (count > 0)
    wanted = [place for place, item in enumerate(items) if not item.without]
    scores = bm25([counts[place] for place in wanted], np.diff(index.first))
    texts = np.flatnonzero(fits)
    told = words_sought([items[place] for place in wanted])
    inside = tuple(sought.form for sought in told if chosen[sought].inside)
    nowhere = tuple(sought.form for sought in told if not chosen[sought].numbers)
    best = texts[np.argsort(-scores[texts], kind="stable")]
    return Matched([matches[place] for place in wanted], best, scores, inside, nowhere)


def _match(index: Index, item: Item, chosen: Mapping[Sought, Chosen]) -> Match:
    def choose(sought: Sought) -> Sequence[int]:
        words = chosen[sought]
        return [] if item.without and words.inside else words.numbers  # who takes away says exactly what

    found = [places_of(index, way, choose) for way in item.ways]
    begins, ends = (np.concatenate(side) for side in zip(*found, strict=True))
    inside = any(chosen[sought].inside for sought in words_sought([item]))
    return Match(item.said, Places(begins, ends), index.text_of(begins), inside)
