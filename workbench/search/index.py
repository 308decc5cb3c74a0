"""The index: every word of every text as a number, in the order in which they stand. Values in, new values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.search.base import base_form
from workbench.search.vocabulary import Vocabulary, Word
from workbench.search.words import Numbers, fold, words_of

Small = NDArray[np.int32]  # half the memory: a study has fewer than two thousand million words
Shown = Callable[[Sequence[range]], Iterable[range]]

_AT_ONCE = 500_000  # characters that are parted into words at once
_FEW = 10_000  # words of the vocabulary up to which their places are put together, and no text is gone through


class Text(NamedTuple):
    """A text of the study."""

    entry: str
    language: str
    text: str


@dataclass(frozen=True)
class Index:
    """Every word of every text.

    Attributes
    ----------
    texts : tuple of Text
    vocabulary : Vocabulary
        Of their words and no others.
    first : array (texts + 1,) of int
        Where each text's words begin in the three below.
    words, starts, ends : array of int
        Each word's number in the vocabulary, and where it stands in its text: code points, end exclusive.
    order : array of int
        Where each word of the vocabulary stands in these, one word after the other.
    begins : array (vocabulary + 1,) of int
        Where each word's places begin in `order`.
    """

    texts: tuple[Text, ...]
    vocabulary: Vocabulary
    first: Numbers
    words: Small
    starts: Small
    ends: Small
    order: Small
    begins: Numbers

    def places(self, numbers: Sequence[int]) -> Numbers:
        """Return where words of these numbers stand among all words, in order."""
        if len(numbers) > _FEW:
            return np.flatnonzero(self.among(numbers)[self.words])
        parts = [self.order[self.begins[number] : self.begins[number + 1]] for number in numbers]
        return np.sort(np.concatenate([np.zeros(0, np.int32), *parts])).astype(np.int64)

    def among(self, numbers: Sequence[int]) -> NDArray[np.bool_]:
        """Tell of each word of the vocabulary whether it is one of these."""
        chosen = np.zeros(len(self.vocabulary.words), bool)
        chosen[list(numbers)] = True
        return chosen

    def text_of(self, places: Numbers) -> Numbers:
        """Return the number of the text in which each place is."""
        return np.searchsorted(self.first, places, side="right") - 1


def empty_index() -> Index:
    """Make the index of no text."""
    none = np.zeros(0, np.int32)
    return _renumbered((), _Read(np.zeros(0, np.int64), none, none, none), ())


def brought_up(index: Index, texts: Sequence[Text], *, shown: Shown = iter) -> Index:
    """Make the index of other texts, reading only those that the former one has not.

    Parameters
    ----------
    index : Index
    texts : sequence of Text
        All of them, in their order.
    shown : callable
        Goes through the parts of the work, and may show how far it has come.

    Returns
    -------
    Index
        The same as if all were read anew: nothing of what is no longer there is in it.
    """
    if tuple(texts) == index.texts:
        return index
    known = {text: place for place, text in enumerate(index.texts)}
    fresh = [text for text in texts if text not in known]
    read = _read(fresh, shown)
    known.update({text: len(index.texts) + place for place, text in enumerate(fresh)})
    taken = _gathered(_after(index, read), np.array([known[text] for text in texts], np.int64))
    return _renumbered(tuple(texts), taken, [*index.vocabulary.words, *read.vocabulary])


class _Read(NamedTuple):
    """Words that are not yet in the order of a vocabulary."""

    counts: Numbers
    words: Small
    starts: Small
    ends: Small
    vocabulary: Sequence[Word] = ()


class _Numbered(dict[tuple[str, str], int]):
    """Numbers for words as they are written, given when one is met."""

    def __missing__(self, key: tuple[str, str]) -> int:
        self[key] = number = len(self)
        return number


def _read(texts: Sequence[Text], shown: Shown) -> _Read:
    numbered = _Numbered()
    parts: list[tuple[Numbers, Small, Small, Small]] = []
    for part in shown(list(_parts(texts))):
        chosen = [texts[place] for place in part]
        found = words_of([text.text for text in chosen])
        languages = np.repeat([text.language for text in chosen], found.counts).tolist()
        numbers = np.fromiter(map(numbered.__getitem__, zip(languages, found.written, strict=True)), np.int32)
        parts.append((found.counts, numbers, found.starts.astype(np.int32), found.ends.astype(np.int32)))
    vocabulary = [_word(*key) for key in numbered]
    none = np.zeros(0, np.int32)
    counts, words, starts, ends = (np.concatenate(side) for side in zip((none,) * 4, *parts, strict=True))
    return _Read(counts, words, starts, ends, vocabulary)


def _parts(texts: Sequence[Text]) -> Iterator[range]:
    """Part the texts so that none of the work takes long, or much memory."""
    sizes = accumulate(len(text.text) for text in texts)
    turns = np.fromiter((size // _AT_ONCE for size in sizes), np.int64, len(texts))
    bounds = [0, *(np.flatnonzero(np.diff(turns)) + 1).tolist(), len(texts)]
    return (range(low, high) for low, high in pairwise(bounds) if low < high)


def _word(language: str, written: str) -> Word:
    form = fold(written)
    return Word(language, base_form(form, language), form)


def _after(index: Index, read: _Read) -> _Read:
    """Put what was read after what the former index has."""
    return _Read(
        np.concatenate([np.diff(index.first), read.counts]),
        np.concatenate([index.words, read.words + np.int32(len(index.vocabulary.words))]),
        np.concatenate([index.starts, read.starts]),
        np.concatenate([index.ends, read.ends]),
    )


def _gathered(read: _Read, texts: Numbers) -> _Read:
    """Take the words of texts, in their order."""
    counts = read.counts[texts]
    begins = (np.cumsum(read.counts) - read.counts)[texts]
    places = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    return _Read(counts, read.words[places], read.starts[places], read.ends[places])


def _renumbered(texts: tuple[Text, ...], read: _Read, words: Sequence[Word]) -> Index:
    """Give the words their numbers in a vocabulary that has no word more than the texts."""
    used = np.flatnonzero(np.bincount(read.words, minlength=len(words)))
    vocabulary = Vocabulary([words[number] for number in used.tolist()])
    places = {word: place for place, word in enumerate(vocabulary.words)}
    numbers = np.zeros(len(words), np.int32)
    numbers[used] = [places[words[number]] for number in used.tolist()]
    return _ordered(texts, vocabulary, read._replace(words=numbers[read.words]))


def _ordered(texts: tuple[Text, ...], vocabulary: Vocabulary, read: _Read) -> Index:
    first, begins = (
        np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        for counts in (read.counts, np.bincount(read.words, minlength=len(vocabulary.words)))
    )
    order = np.argsort(read.words, kind="stable").astype(np.int32)
    return Index(texts, vocabulary, first, read.words, read.starts, read.ends, order, begins)
