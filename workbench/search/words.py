"""The words of a text, where they stand, and what makes two ways of writing a word the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_GAP, _LETTER, _SYMBOL, _JOINED, _UNKNOWN = range(5)
_SPACE, _ZERO_WIDTH_JOINER = 0x20, 0x200D
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_UNSEEN = dict.fromkeys([0x00AD, 0x200C, _ZERO_WIDTH_JOINER, 0x2060, 0xFE0E, 0xFE0F])  # soft hyphen, joiners, variants
_KINDS = np.full(0x110000, _UNKNOWN, np.uint8)  # of every code point met so far


class Words(NamedTuple):
    """The words of several texts, one after the other.

    Attributes
    ----------
    written : list of str
        As they stand.
    starts, ends : array of int
        In code points of their text, end exclusive.
    counts : array of int
        How many words each text has.
    """

    written: list[str]
    starts: Numbers
    ends: Numbers
    counts: Numbers


def words_of(texts: Sequence[str]) -> Words:
    """Find the words of texts: letters and digits in a row, with their marks; and every emoji by itself.

    Whatever stands between them, such as hyphens and underscores, parts words.
    """
    points = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds, begins = _begins(points)
    inside = kinds != _GAP
    over = np.append(begins | ~inside, True)[1:]
    starts, ends = np.flatnonzero(begins), np.flatnonzero(inside & over) + 1
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.cumsum(lengths + 1)
    counts = np.diff(np.searchsorted(starts, bounds), prepend=0)
    before = np.repeat(bounds - lengths - 1, counts)
    return Words(_written(points, inside, begins), starts - before, ends - before, counts)


def _begins(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Tell each code point's kind, and whether a word begins there."""
    own = _kinds(points)
    kinds = own
    if (own == _JOINED).any():  # they belong to what stands before them
        places = np.where(own == _JOINED, 0, np.arange(len(own)))
        kinds = own[np.maximum.accumulate(places)]
        kinds[kinds == _JOINED] = _GAP  # at the very beginning
    before = np.concatenate([np.zeros(1, np.uint8), kinds[:-1]])[: len(kinds)]
    joined = np.concatenate([np.zeros(1, bool), points[:-1] == _ZERO_WIDTH_JOINER])[: len(kinds)]
    return kinds, (kinds != _GAP) & ((kinds != before) | ((own == _SYMBOL) & ~joined))


def _kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    kinds: NDArray[np.uint8] = _KINDS[points]
    if (kinds == _UNKNOWN).any():
        for point in np.unique(points[kinds == _UNKNOWN]).tolist():
            _KINDS[point] = _kind(point)
        kinds = _KINDS[points]
    return kinds


def _kind(point: int) -> int:
    category = unicodedata.category(chr(point))
    if category[0] == "M" or point in _UNSEEN or point in _SKIN_TONES:
        return _JOINED
    if category[0] in "LN":
        return _LETTER
    return _SYMBOL if category == "So" else _GAP


def _written(points: NDArray[np.uint32], inside: NDArray[np.bool_], begins: NDArray[np.bool_]) -> list[str]:
    """Give the words as strings: blanks between them, and split at once, for a slice each takes far longer."""
    spaced = np.where(inside, points, np.uint32(_SPACE))
    touching = np.flatnonzero(begins[1:] & inside[:-1]) + 1
    if len(touching):
        spaced = np.insert(spaced, touching, _SPACE)
    return spaced.tobytes().decode("utf-32-le").split()


def fold(word: str) -> str:
    """Make ways of writing a word alike: capitals, composed and decomposed letters, soft hyphens. *Får* is not *far*.

    Source: canonical caseless matching, The Unicode Standard, 3.13 (D145), written composed.
    """
    if word.isascii():
        return word.lower()
    seen = word.translate(_UNSEEN)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", seen).casefold())
