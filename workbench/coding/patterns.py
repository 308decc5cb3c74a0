"""What is searched for: plain words or a regular expression, found within a time limit.

Positions are Unicode code points, the end exclusive.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any
from unicodedata import normalize

from workbench.errors import WorkbenchError

Words = str | Sequence[str]
Place = tuple[str, int, int]

SECONDS = 10.0  # what a search may take unless told otherwise
_LARGEST = 2_000_000  # characters times counted repeats; more, and making the pattern ready can fill the memory
_BESIDE = r"[\w\u200d]"  # what goes on a word: letters, digits, combining marks, the joiner of emoji


class PatternError(WorkbenchError):
    """A pattern that says nothing, has a fault, or takes too long."""


class Pattern:
    """Words or regular expressions, made ready to be found.

    Parameters
    ----------
    pattern : str or sequence of str
        One, or several of which any counts.
    regex : bool
        Whether they are regular expressions. Otherwise words: whole ones, in this order, with any space between;
        ``*`` stands for the rest of a word, as in ``chef*`` or ``*ledning*``; å is found however it was stored.
    case : bool
        Whether capitals must agree.

    Raises
    ------
    PatternError
        There is nothing to search for, or the expression has a fault or repeats too much.
    """

    def __init__(self, pattern: Words, *, regex: bool = False, case: bool = False) -> None:
        self.parts = (pattern,) if isinstance(pattern, str) else tuple(pattern)
        if not self.parts or not all(part.strip() for part in self.parts):
            raise PatternError(f"Found {pattern!r}: nothing to search for. Cure: give a word, or several in a list.")
        sources = [part if regex else _whole_words(part) for part in self.parts]
        source = "|".join(f"(?:{one})" for one in sources) if len(sources) > 1 else sources[0]
        self._ready = _compiled(source, self.parts, case=case)

    def found_in(self, texts: Mapping[str, str], *, seconds: float = SECONDS) -> Iterator[Place]:
        """Find every hit that has at least one character, in the order of the texts.

        Parameters
        ----------
        texts : mapping of str to str
            Text by entry.
        seconds : float
            What all of it may take.

        Raises
        ------
        PatternError
            It takes longer; the entry where it stopped is named.
        """
        until = time.monotonic() + seconds
        for entry, text in texts.items():
            for start, end in self._spans(entry, text, until, seconds):
                yield entry, start, end

    def _spans(self, entry: str, text: str, until: float, seconds: float) -> list[tuple[int, int]]:
        left = until - time.monotonic()
        if left <= 0:
            raise self._too_slow(entry, seconds)
        try:
            hits: Iterable[Any] = self._ready.finditer(text, timeout=left)
            return [hit.span() for hit in hits if hit.end() > hit.start()]
        except TimeoutError:
            raise self._too_slow(entry, seconds) from None

    def _too_slow(self, entry: str, seconds: float) -> PatternError:
        shown = ", ".join(self.parts)
        cure = "ask for less at a time (`.*` and nested `+` are slow), or give more `seconds`"
        return PatternError(f"{shown[:80]!r} took more than {seconds:g} s, at entry {entry}. Cure: {cure}.")


def _compiled(source: str, parts: Sequence[str], *, case: bool) -> Any:
    import regex  # noqa: PLC0415  only a search needs it

    shown = ", ".join(parts)
    counts = [max(int(least), 1) for least in re.findall(r"\{\s*(\d{1,9})", source)]
    if len(source) * prod(counts) > _LARGEST:
        rule = f"length times counted repeats may be {_LARGEST:,}"
        raise PatternError(f"{shown[:80]!r} is too large: {rule}. Cure: write + or * instead of large numbers.")
    try:
        return regex.compile(source, 0 if case else regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError) as error:
        cure = r"mend it, or put \ before signs that are meant as they stand"
        raise PatternError(f"{shown[:80]!r} is no regular expression: {error}. Cure: {cure}.") from None


def _whole_words(words: str) -> str:
    inner = r"\s+".join("".join(map(_sign, word)) for word in normalize("NFC", words).split())
    return rf"(?<!{_BESIDE}){inner}(?!{_BESIDE})"


def _sign(sign: str) -> str:
    if sign == "*":
        return r"\w*"
    apart = normalize("NFD", sign)
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"
