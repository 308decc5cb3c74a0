"""Which language a text is in, Swedish or English, by the small words that every sentence needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from workbench.language import Language
from workbench.loaders.texts.listed import listed

GLANCE = 120  # code points: a sentence, which mostly tells
SAMPLE = 400  # code points: enough to tell, and nothing to wait for
FEWEST = 2  # different small words that must be there
TIMES = 3  # as many of one language as of the other, for a text to be in it
LONG = 200  # code points of a passage that is worth a word
PASSAGES = 12  # of a text that are looked at

_EVERY_PASSAGE = (" the ", " and "), (" och ", " att ")  # one of the two stands in every passage of a language
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


def language_of(text: str) -> Language | Literal[""]:
    """Tell a text's language by its beginning.

    Returns
    -------
    "sv", "en" or ""
        "" when it is too short, in another language, or about as much in the one as in the other.
    """
    return _language(text[:GLANCE].split()) or _language(_WORD.findall(text[:SAMPLE].casefold()))  # the first is quick


def _language(words: Sequence[str]) -> Language | Literal[""]:
    different = set(words)
    swedish, english = len(different & listed("small_words_sv.txt")), len(different & listed("small_words_en.txt"))
    if max(swedish, english) < FEWEST:
        return ""
    if swedish >= TIMES * english:
        return "sv"
    return "en" if english >= TIMES * swedish else ""


def mixed(text: str) -> bool:
    """Tell whether long passages of a text are in Swedish, and others in English.

    Looks at up to twelve passages of two hundred code points, spread over the text; a quoted sentence is no long
    passage.
    """
    if not (("w" in text or "th" in text) and ("å" in text or "ä" in text)):
        return False  # no two hundred letters of English, or of Swedish; a third of the time of looking for words
    for words in _EVERY_PASSAGE:
        if not any(word in text for word in words):
            return False  # which is true of nearly every text
    return {"sv", "en"} <= {_language(_WORD.findall(passage.casefold())) for passage in _passages(text)}


def _passages(text: str) -> Iterator[str]:
    """Give passages spread over a text, the first and the last among them."""
    count = min(len(text) // LONG, PASSAGES)
    last = len(text) - LONG
    starts = [place * last // max(count - 1, 1) for place in range(count)]
    yield from (text[start : start + LONG] for start in starts)
