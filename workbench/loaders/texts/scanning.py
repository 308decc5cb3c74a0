"""Where in many texts something may stand: one pass over them all, so that slower looking is done only there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

BATCH_BYTES = 500_000  # of which one step's arrays stay in a processor's cache
KEY_BYTES = 8
_TABLE_BITS = 20
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing, Knuth 6.4
_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_LETTERS = bytes(code if chr(code).isalpha() else 0 for code in range(256))
_CASE_BITS, _CAPITAL, _QUESTION = np.uint8(0x60), np.uint8(0x40), np.uint8(ord("?"))


@dataclass(frozen=True)
class Batch:
    """Some texts in a row, a byte a code point, each followed by a line end.

    Attributes
    ----------
    first : int
        Place of the first of them among all texts.
    data : bytes
        The texts in Latin-1; a question mark stands for what is not in it.
    starts : array of int
        Where in `data` each begins, and where the one after the last would.
    """

    first: int
    data: bytes
    starts: Places

    @property
    def bytes(self) -> Bytes:
        """The data as numbers."""
        return np.frombuffer(self.data, dtype=np.uint8)

    def points(self, places: Iterable[int]) -> list[tuple[int, int]]:
        """Turn places in `data` to the text each stands in, and the code point in that text."""
        found = np.fromiter(places, dtype=np.intp)
        texts = np.searchsorted(self.starts, found, side="right") - 1
        points = found - self.starts[texts]
        return list(zip((texts + self.first).tolist(), points.tolist(), strict=True))


def batches(texts: Sequence[str]) -> Iterator[Batch]:
    """Give the texts in batches of bounded size; a text is never parted."""
    first, held, size = 0, list[bytes](), 0
    for place, text in enumerate(texts):
        held.append(text.encode("latin-1", "replace"))
        size += len(held[-1])
        if size >= BATCH_BYTES or place == len(texts) - 1:
            yield _batch(first, held)
            first, held, size = place + 1, [], 0


def _batch(first: int, held: list[bytes]) -> Batch:
    starts = np.zeros(len(held) + 1, dtype=np.intp)
    np.cumsum([len(data) + 1 for data in held], out=starts[1:])
    return Batch(first, b"\n".join(held) + b"\n", starts)


def capitalised(data: Bytes) -> Places:
    """Find where words begin with a capital letter, or with a letter outside Latin-1, which may be one.

    Two bits tell the capitals, with a few signs, in half the time of a table. The data end with a line end, which is
    what place -1 is: before the first word.
    """
    places = np.flatnonzero(((data & _CASE_BITS) == _CAPITAL) | (data == _QUESTION))
    return np.compress(np.frombuffer(_LETTERS, dtype=np.uint8)[data[places - 1]] == 0, places)


def digit_runs(data: Bytes, *, gap: int, fewest: int) -> list[tuple[int, int]]:
    """Find runs of at least `fewest` digits with at most `gap` other characters between two."""
    places = np.flatnonzero((data - np.uint8(ord("0"))) <= np.uint8(9))
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > gap + 1)
    begins, ends = np.append(0, breaks + 1), np.append(breaks, len(places) - 1)
    long = ends - begins + 1 >= fewest
    return list(zip(places[begins[long]].tolist(), (places[ends[long]] + 1).tolist(), strict=True))


def occurrences(data: bytes, part: bytes) -> Iterator[int]:
    """Find where a part stands."""
    place = data.find(part)
    while place >= 0:
        yield place
        place = data.find(part, place + 1)


class WordTable:
    """Tells, for very many words at once, which may be among some: never says no to one that is.

    Parameters
    ----------
    words : iterable of str
        The words; compared by their first character and the eight letters after it.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._table = np.zeros(1 << _TABLE_BITS, dtype=bool)
        for batch in batches(list(words)):
            self._table[_hashes(batch.data, batch.starts[:-1])] = True

    def among(self, data: bytes, begins: Places) -> Places:
        """Keep the places where a word that may be among them begins."""
        return begins[self._table[_hashes(data, begins)]]


def _hashes(data: bytes, begins: Places) -> NDArray[np.uint64]:
    """Hash the first character, and the letters after it, of the words that begin at some places."""
    padded = data + bytes(KEY_BYTES + 1)
    eights = np.ndarray((len(data) + 2,), dtype="<u8", buffer=padded, strides=(1,))
    keys = np.frombuffer(eights[begins + 1].tobytes().translate(_LETTERS), dtype="<u8")
    ends = (keys - _ONES) & ~keys & _HIGHS  # the lowest high bit set is that of the first byte that is no letter
    lowest = ends & (~ends + np.uint64(1))
    letters = keys & np.where(ends == 0, ~np.uint64(0), (lowest >> np.uint64(7)) - np.uint64(1))
    firsts = np.frombuffer(padded, dtype=np.uint8)[begins].astype(np.uint64)
    return ((letters ^ (firsts * _ONES)) * _FACTOR) >> np.uint64(64 - _TABLE_BITS)
