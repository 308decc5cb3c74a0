"""Coded words found again in a corrected text, or said to be lost. Pure; positions are Unicode code points.

The two texts are compared word by word. A span goes where its words went; the words around it must agree,
and no span takes words that were another place's before. What is not sure is not placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

Span = tuple[int, int]

CONTEXT = 32  # characters on each side that are compared
_SURE = 24  # characters that must agree, the span's own among them, to find words that were moved
_SURE_IN_PLACE = 12  # the same where the comparison leads there anyway
_STRONG = 8  # characters that must have been kept together to hold one end of a span
_KEPT = 0.5  # share of a changed span's characters that must be kept
_ALIKE = 0.75  # or how alike the words must be, where single words were mended


def re_anchor(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """Find spans of an old text in the new one.

    Parameters
    ----------
    old, new : str
        The text before and after a correction.
    spans : sequence of (start, end)
        Spans of the old text, the end exclusive.

    Returns
    -------
    list of (start, end) or None
        For each span its place in the new text, in the given order; None where it cannot be told. A span whose
        words are all there has the same words; one that was changed inside runs between its two ends.
    """
    if old == new:
        return list(spans)
    kept = compare(old, new)
    return [_unchanged(kept, span) or _changed_inside(kept, span) for span in spans]


@dataclass(frozen=True)
class Kept:
    """Two texts and which characters of the one are which of the other.

    Attributes
    ----------
    image, source : list of int
        For each character of the old text its place in the new, and the reverse; -1 where there is none.
    strength : list of int
        For each character of the old text how many were kept together with it.
    """

    old: str
    new: str
    image: list[int]
    source: list[int]
    strength: list[int]


def compare(old: str, new: str) -> Kept:
    """Compare two texts: their beginning and end by character, what is between word by word."""
    image, source, strength = [-1] * len(old), [-1] * len(new), [0] * len(old)
    for here, there, size in _joined(_blocks(old, new)):
        image[here : here + size] = range(there, there + size)
        source[there : there + size] = range(here, here + size)
        strength[here : here + size] = [size] * size
    return Kept(old, new, image, source, strength)


def _blocks(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield 0, 0, head
    was, became = (re.findall(r"\w+\W*|\W+", text[head : len(text) - tail]) for text in (old, new))
    left, right = list(accumulate(map(len, was), initial=head)), list(accumulate(map(len, became), initial=head))
    for here, there, size in SequenceMatcher(None, was, became, autojunk=False).get_matching_blocks():
        yield left[here], right[there], left[here + size] - left[here]
    yield len(old) - tail, len(new) - tail, tail


def _joined(blocks: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    begin, there, size = 0, 0, 0
    for here, place, more in blocks:
        if (here, place) == (begin + size, there + size):
            size += more
        else:
            yield begin, there, size
            begin, there, size = here, place, more
    yield begin, there, size


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (here, there) in pairs if here != there), min(len(one), len(other)))


def _unchanged(kept: Kept, span: Span) -> Span | None:
    """Find the same words: the one place that fits best, where it fits well enough."""
    start, end = span
    places = _places(kept.new, kept.old[start:end])
    fits = sorted((_fit(kept, span, place), place) for place in places if _free(kept, span, place))
    sure = [(fit, place) for fit, place in fits if fit > (False, 0)]
    if not sure or (len(sure) > 1 and sure[-1][0] == sure[-2][0]):
        return None
    place = sure[-1][1]
    return place, place + end - start


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _free(kept: Kept, span: Span, place: int) -> bool:
    """Tell whether the words at a place were nowhere else in the old text."""
    start, end = span
    return all(at == -1 or start <= at < end for at in kept.source[place : place + end - start])


def _fit(kept: Kept, span: Span, place: int) -> tuple[bool, int]:
    """Tell whether the comparison leads to a place, and how much around it agrees; 0 when that is too little."""
    start, end = span
    stop = place + end - start
    led = kept.image[start] == place and kept.image[end - 1] == stop - 1
    left = _common(kept.old[:start][: -CONTEXT - 1 : -1], kept.new[:place][: -CONTEXT - 1 : -1])
    right = _common(kept.old[end : end + CONTEXT], kept.new[stop : stop + CONTEXT])
    from_edge = left == start == place
    to_edge = right == len(kept.old) - end == len(kept.new) - stop
    agreed = (CONTEXT if from_edge else left) + (CONTEXT if to_edge else right)
    whole_side = from_edge or to_edge or CONTEXT in (left, right)
    sure = whole_side or agreed + end - start >= (_SURE_IN_PLACE if led else _SURE)
    return (led, agreed) if sure else (False, 0)


def _changed_inside(kept: Kept, span: Span) -> Span | None:
    """Run between the ends of a span whose words were changed, when both hold and enough of it is left."""
    start, end = _begin(kept, span[0]), _stop(kept, span[1])
    if start is None or end is None or start >= end:
        return None
    own = sum(start <= at < end for at in kept.image[slice(*span)])
    if own >= _KEPT * (span[1] - span[0]):
        return start, end
    words = SequenceMatcher(None, kept.old[slice(*span)], kept.new[start:end], autojunk=False)
    return (start, end) if words.ratio() >= _ALIKE else None


def _begin(kept: Kept, start: int) -> int | None:
    if kept.strength[start] >= _STRONG:
        return kept.image[start]
    if start == 0:
        return 0
    return kept.image[start - 1] + 1 if kept.strength[start - 1] >= _STRONG else None


def _stop(kept: Kept, end: int) -> int | None:
    if kept.strength[end - 1] >= _STRONG:
        return kept.image[end - 1] + 1
    if end == len(kept.old):
        return len(kept.new)
    return kept.image[end] if kept.strength[end] >= _STRONG else None
