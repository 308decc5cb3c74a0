"""The vocabulary: every word that the texts have, once, with its forms together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from workbench.search.base import base_form

_AFTER_ALL = "\U0010ffff"  # which no word holds: it is no character
_BREAK = "\n"  # nor this
ANYTHING = "*"


class Word(NamedTuple):
    """A word in a language; sorted, forms of one word stand together."""

    language: str
    base: str
    form: str


class Vocabulary:
    """Words by number.

    Parameters
    ----------
    words : collection of Word
        In any order; each counts once.
    """

    def __init__(self, words: Collection[Word]) -> None:
        self.words = sorted(dict.fromkeys(words))  # in their order, for what is nearly sorted is sorted at once
        self.forms = [word.form for word in self.words]
        self._languages = sorted({word.language for word in self.words})
        lengths = np.fromiter(map(len, self.forms), np.int64, len(self.forms))
        self._begins = np.cumsum(lengths + 1) - lengths  # of each form in the text of them all
        self._text = f"{_BREAK}{_BREAK.join(self.forms)}{_BREAK}"

    def family(self, form: str) -> list[int]:
        """Return the numbers of the words that are forms of the same word as this, in the texts' languages."""
        found: list[int] = []
        for language in self._languages:
            base = base_form(form, language)
            found.extend(range(*self._between((language, base), (language, base, _AFTER_ALL))))
        return found

    def exact(self, form: str) -> list[int]:
        """Return the numbers of a word just as it is; it may be one in either language."""
        words = (Word(language, base_form(form, language), form) for language in self._languages)
        return [number for word in words for number in range(*self._between(word, word))]

    def matching(self, pattern: str) -> list[int]:
        """Return the numbers of the words that a pattern fits: ``förm*``, ``*ledning*``, ``*system``.

        All words are gone through as one text, in a few milliseconds for hundreds of thousands.
        """
        parts = f"{_BREAK}{pattern}{_BREAK}".split(ANYTHING)
        rarest = max(parts, key=_letters)
        hits = np.array([hit.start() for hit in re.finditer(re.escape(rarest), self._text)], np.int64)
        places = np.searchsorted(self._begins, hits + 1, side="right") - 1
        numbers: list[int] = np.flatnonzero(np.bincount(places)).tolist()
        if sum(map(bool, map(_letters, parts))) > 1:
            shape = re.compile(".*".join(map(re.escape, pattern.split(ANYTHING))))
            return [number for number in numbers if shape.fullmatch(self.forms[number])]
        return numbers

    def _between(self, low: tuple[str, ...], high: tuple[str, ...]) -> tuple[int, int]:
        return bisect_left(self.words, low), bisect_right(self.words, high)


def _letters(part: str) -> int:
    return len(part.strip(_BREAK))
