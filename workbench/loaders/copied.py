"""Text copied from the person's previous one, and what is new in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.coding.repetition import copied_blocks
from workbench.loaders.shingles import shingles_of

ABOVE = 0.6  # in real reflection logs 15 % of consecutive texts are copied to more than this
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Copy:
    """A text that is largely copied.

    Attributes
    ----------
    share : float
        Words in runs of at least four that stand in the previous text, of all its words.
    new : tuple of (int, int)
        The parts that do not, in code points, ends exclusive.
    """

    share: float
    new: tuple[tuple[int, int], ...]


def copied(pairs: Sequence[tuple[str, str]], *, above: float = ABOVE) -> dict[int, Copy]:
    """Find the texts that are largely copied.

    Parameters
    ----------
    pairs : sequence of (str, str)
        A previous text, and the text that may have been copied from it.
    above : float
        A share that is more than this, from 0 to 1, is told.

    Returns
    -------
    dict of int to Copy
        Place of each such pair, in order; shares as `workbench.coding.copied_share` gives them.
    """
    found = {place: copy_of(*pairs[place]) for place in _possible(pairs, above)}
    return {place: one for place, one in found.items() if one.share > above}


def copy_of(before: str, after: str) -> Copy:
    """Compare a text with the one before it."""
    words = [match.span() for match in _WORD.finditer(after)]
    blocks = copied_blocks(before.split(), after.split())
    share = sum(size for _start, size in blocks) / max(len(words), 1)
    return Copy(share, tuple(_between(words, blocks)))


def _possible(pairs: Sequence[tuple[str, str]], above: float) -> list[int]:
    """Leave out the pairs that cannot have so large a share, without comparing them word by word."""
    places: dict[str, int] = {}
    numbered = [
        (places.setdefault(before, len(places)), places.setdefault(after, len(places))) for before, after in pairs
    ]
    most = shingles_of(list(places)).most_copied(numbered)
    return [int(place) for place in np.flatnonzero(most > above)]


def _between(words: Sequence[tuple[int, int]], blocks: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Give the parts of a text between its copied blocks."""
    place = 0
    for start, size in [*blocks, (len(words), 0)]:
        if place < start:
            yield words[place][0], words[start - 1][1]
        place = start + size
