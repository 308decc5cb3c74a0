"""Which language a text is in, Swedish or English, by the small words that every sentence needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from workbench.language import Language
from workbench.loaders.wordlist import listed

SAMPLE = 400  # code points: enough to tell, and nothing to wait for
FEWEST = 2  # different small words that must be there
TIMES = 3  # as many of one language as of the other, for a text to be in it
LONG = 200  # code points of a passage that is worth a word
PASSAGES = 8  # of a text that are looked at

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_PARAGRAPHS = re.compile(r"\n+")
_USUAL = ((" och ", " att ", " det ", " som "), (" the ", " and ", " to ", " of "))


def language_of(text: str) -> Language | Literal[""]:
    """Tell a text's language by its beginning.

    Returns
    -------
    "sv", "en" or ""
        "" when it is too short, in another language, or about as much in the one as in the other.
    """
    return _language(text[:LONG].split()) or _language(_WORD.findall(text[:SAMPLE].casefold()))


def _language(words: Sequence[str]) -> Language | Literal[""]:
    swedish = len(listed("small_words_sv.txt").intersection(words))
    english = len(listed("small_words_en.txt").intersection(words))
    if max(swedish, english) < FEWEST:
        return ""
    if swedish >= TIMES * english:
        return "sv"
    return "en" if english >= TIMES * swedish else ""


def mixed(text: str) -> bool:
    """Tell whether long passages of a text are in Swedish, and others in English.

    Looks at up to eight of its long paragraphs, spread over the text; a quoted sentence is no long passage.
    """
    if not all(any(word in text for word in usual) for usual in _USUAL):
        return False  # no two hundred letters without one of them
    found = {language_of(passage) for passage in _passages(text)}
    return {"sv", "en"} <= found


def _passages(text: str) -> Iterator[str]:
    """Give long paragraphs spread over a text, or parts of its only one."""
    long = [part for part in _PARAGRAPHS.split(text) if len(part) >= LONG]
    if len(long) == 1:
        long = [long[0][place : place + LONG] for place in range(0, len(long[0]) - LONG + 1, LONG)]
    last = max(len(long) - 1, 0)
    chosen = {round(step * last / (PASSAGES - 1)) for step in range(PASSAGES)}
    yield from (long[place] for place in sorted(chosen) if long)
