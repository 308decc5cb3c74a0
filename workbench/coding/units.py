"""The parts of a text that something is said in: sentences and paragraphs. Positions are code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Literal

Unit = Literal["words", "sentence", "paragraph", "entry"]
Stretch = tuple[int, int]

_start, _end = itemgetter(0), itemgetter(1)

# After these a full stop ends no sentence, as in t.ex., bl.a., kl. 9.
_SHORT = (
    " t.ex bl.a m.m m.fl d.v.s dvs o.s.v osv s.k p.g.a pga f.d f.ö t.o.m fr.o.m e.d o.d i.e e.g ev ca kl nr resp "
    " inkl exkl jfr jan feb apr aug sept okt nov dec mr mrs dr prof "
)
_LONGEST = 40  # characters back to look for the word before a full stop
_END = re.compile(r"[.!?…]+[\"'”\u2019»)\]]*(?=\s)|\n")  # a line's end is one too: logs are full of lists
_BEGINS_SMALL = re.compile(r"\s+[\"'”\u2019»(\[\u2013-]*[a-zà-öø-ÿ]")


def sentences(text: str) -> list[Stretch]:
    """Divide a text into sentences.

    A sentence ends at a full stop, question or exclamation mark with space after it, or at a line's end; not after a
    common abbreviation, a number that begins a line or a single letter, nor where a small letter follows a full stop.

    Returns
    -------
    list of (start, end)
        In order, apart, without the space around them; every sign that is not space is in one.
    """
    return _parts(text, _sentence_ends(text))


def paragraphs(text: str) -> list[Stretch]:
    """Divide a text at blank lines; as `sentences`."""
    return _parts(text, (gap.end() for gap in re.finditer(r"\n[^\S\n]*\n\s*", text)))


def touched(parts: Sequence[Stretch], start: int, end: int) -> Sequence[Stretch]:
    """Give the parts, in order and apart as `divided` has them, that share a sign with a span."""
    return parts[bisect_right(parts, start, key=_end) : bisect_left(parts, end, key=_start)]


def widened(parts: Sequence[Stretch], start: int, end: int) -> Stretch:
    """Widen a span to the whole parts that it touches; one that touches none stays as it is."""
    held = touched(parts, start, end)
    return (min(start, held[0][0]), max(end, held[-1][1])) if held else (start, end)


def divided(text: str, unit: Unit) -> list[Stretch]:
    """Divide a text into its sentences or paragraphs; for the entry it is one part, for words there are none."""
    if unit == "sentence":
        return sentences(text)
    if unit == "paragraph":
        return paragraphs(text)
    return [(0, len(text))] if unit == "entry" else []


def _sentence_ends(text: str) -> Iterator[int]:
    begun = 0
    for end in _END.finditer(text):
        if end[0] == "\n" or not _goes_on(text, begun, end.start(), end.end()):
            yield end.end()
            begun = end.end()


def _goes_on(text: str, begun: int, at: int, after: int) -> bool:
    """Tell whether a full stop ends no sentence."""
    if text[at:after] != ".":
        return False
    word = (text[max(begun, at - _LONGEST) : at].split() or [""])[-1]
    last = word.lstrip("(\"'”\u2019»").lower()
    number = word.isdigit() and text[begun : begun + _LONGEST].lstrip().startswith(f"{word}.")
    return (
        number or f" {last} " in _SHORT or (len(last) == 1 and last.isalpha()) or bool(_BEGINS_SMALL.match(text, after))
    )


def _parts(text: str, ends: Iterable[int]) -> list[Stretch]:
    begun, parts = 0, []
    for end in (*ends, len(text)):
        piece = text[begun:end]
        if piece.strip():
            start = begun + len(piece) - len(piece.lstrip())
            parts.append((start, start + len(piece.strip())))
        begun = end
    return parts
