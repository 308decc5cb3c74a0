"""How much of each text can at most stand in another: a bound, found for very many pairs at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from workbench.coding.repetition import SHORTEST
from workbench.loaders.texts.scanning import Places, batches

Hashes = NDArray[np.uint16]

_TABLE_BITS = 16  # a text has some hundred shingles: few share a mark, and all marks stay in a processor's cache
_LETTER_FACTOR = np.uint32(0x9E3779B1)  # Fibonacci hashing, Knuth 6.4
_WORD_FACTOR = np.uint32(0x01000193)  # FNV's
_IS_SPACE = bytes(chr(code).isspace() for code in range(256))
_WIDE_SPACES = [chr(code) for code in range(0x100, 0x10000) if chr(code).isspace()]


@dataclass(frozen=True)
class Shingles:
    """Every four words in a row of some texts, hashed; equal words have equal hashes.

    Attributes
    ----------
    hashes : array of uint16
        Of all texts in a row.
    starts : array of int
        Where each text's begin, and where the one after the last's would.
    words : array of int
        Each text's number of words.
    """

    hashes: Hashes
    starts: Places
    words: Places

    def most_copied(self, pairs: Iterable[tuple[int, int]]) -> Iterator[float]:
        """Bound the share of each pair's second text that stands in its first.

        Yields
        ------
        float
            Not less than the words in a run of four that stands in the first text as well, of all its words.
        """
        table = np.zeros(1 << _TABLE_BITS, dtype=np.uint32)  # the last pair in whose first text a shingle stood
        places, words = self.starts.tolist(), self.words.tolist()
        for pair, (first, second) in enumerate(pairs, start=1):
            # NumPy's own kind of place is the quickest
            table[self.hashes[places[first] : places[first + 1]].astype(np.intp)] = pair
            hits = table.take(self.hashes[places[second] : places[second + 1]].astype(np.intp)) == pair
            covered = SHORTEST * np.count_nonzero(hits)
            yield (covered if covered < words[second] / 4 else _covered_words(hits)) / max(words[second], 1)

    def joined(self, other: Shingles) -> Shingles:
        """Put the shingles of more texts after these."""
        starts = np.append(self.starts[:-1], other.starts + len(self.hashes))
        return Shingles(np.concatenate([self.hashes, other.hashes]), starts, np.concatenate([self.words, other.words]))


@dataclass(frozen=True)
class Shingled:
    """Texts whose shingles are known.

    Attributes
    ----------
    places : mapping of str to int
        Each text, in the order of `shingles`.
    shingles : Shingles
    """

    places: Mapping[str, int]
    shingles: Shingles

    def most_copied(self, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        """Bound the share of each pair's second text that stands in its first, as `Shingles` does; any may be new."""
        places = dict(self.places)
        numbered = [(places.setdefault(one, len(places)), places.setdefault(two, len(places))) for one, two in pairs]
        new = shingles_of(list(islice(places, len(self.places), None)))
        return self.shingles.joined(new).most_copied(numbered)


def shingled(texts: Iterable[str] = ()) -> Shingled:
    """Hash the shingles of texts."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return Shingled(places, shingles_of(list(places)))


def shingles_of(texts: Sequence[str]) -> Shingles:
    """Hash every four words in a row of each text."""
    parts = [_in_batch(batch.data, batch.starts) for batch in batches([_plain_spaces(text) for text in texts])]
    hashes = np.concatenate([np.zeros(0, np.uint16), *(part[0] for part in parts)])
    words = np.concatenate([np.zeros(0, np.intp), *(part[1] for part in parts)])
    return Shingles(hashes, np.append(0, np.cumsum(np.maximum(words - SHORTEST + 1, 0))), words)


def _plain_spaces(text: str) -> str:
    """Write spaces outside Latin-1 as plain ones: a byte a character could not tell them."""
    for space in _WIDE_SPACES if not text.isascii() else ():
        if space in text:
            text = text.replace(space, " ")
    return text


def _in_batch(data: bytes, starts: Places) -> tuple[Hashes, Places]:
    """Hash the shingles of some texts in a row, and count each text's words."""
    begins, ends = _word_edges(data)
    words = np.diff(np.searchsorted(begins, starts))
    hashes = _hash_words(data, begins, ends)
    count = max(len(hashes) - SHORTEST + 1, 0)
    rolled = np.zeros(count, dtype=np.uint32)
    for step in range(SHORTEST):
        rolled = rolled * _WORD_FACTOR + hashes[step : step + count]
    whole = np.ones(len(hashes), dtype=bool)
    lasts = np.cumsum(words)
    for step in range(1, SHORTEST):
        whole[np.maximum(lasts - step, 0)[words >= step]] = False
    return (np.compress(whole[:count], rolled) >> np.uint32(32 - _TABLE_BITS)).astype(np.uint16), words


def _word_edges(data: bytes) -> tuple[Places, Places]:
    """Find where words begin and end; the data end with a space."""
    spaces = np.frombuffer(b"\1" + data.translate(_IS_SPACE), dtype=np.bool_)
    edges = np.flatnonzero(spaces[1:] != spaces[:-1])
    return edges[::2], edges[1::2]


def _hash_words(data: bytes, begins: Places, ends: Places) -> NDArray[np.uint32]:
    """Hash words by their length, first and last letter, which tell four in a row as well as all letters, sooner."""
    letters = np.frombuffer(data, dtype=np.uint8)
    hashes = (ends - begins).astype(np.uint32)
    for places in (begins, ends - 1):
        hashes *= _LETTER_FACTOR
        hashes += letters.take(places)
    return hashes ^ (hashes >> np.uint32(15))


def _covered_words(hits: NDArray[np.bool_]) -> int:
    """Count the words that lie in a shingle that was hit."""
    places = np.flatnonzero(hits)
    return int(np.minimum(np.diff(places), SHORTEST).sum()) + SHORTEST * bool(len(places))
