"""How many of those who read a unit of text gave it a code, summed entry by entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from workbench.coding.units import Stretch, divided, touched

Unit = Literal["entry", "paragraph", "sentence", "character"]
Spans = Mapping[tuple[str, str], Mapping[str, Sequence[Stretch]]]  # entry and code: coder: where


@dataclass(frozen=True)
class Tally:
    """Sums over the units of each entry; a character is a unit too.

    Attributes
    ----------
    units, values : array (entries,)
        Units, and readings of them: units times readers.
    apart, ones, within : array (entries, codes)
        As `workbench.coding.coefficients.alpha` has them; ones: readings that gave the code.
    positive, agreed, left : array (entries, codes)
        Units with the code by anybody, by everybody who read, and by the first coder.
    """

    units: Any
    values: Any
    apart: Any
    ones: Any
    within: Any
    positive: Any
    agreed: Any
    left: Any


def tally(
    texts: Mapping[str, str], readers: Mapping[str, Sequence[str]], spans: Spans, codes: Sequence[str], unit: Unit
) -> Tally:
    """Count entry by entry and code by code.

    Parameters
    ----------
    texts : mapping of str to str
        Entry to text: those that at least two coders read, in their order.
    readers : mapping of str to sequence of str
        Entry to its coders; the first of them all is the left one.
    spans : mapping
        Entry and code to coder to stretches; only of the entry's readers.
    codes : sequence of str
        Codes counted, in their order.
    unit : {"entry", "paragraph", "sentence", "character"}
        A coding gives its code to each unit that it shares a character with.
    """
    parts = {entry: None if unit == "character" else divided(text, unit) for entry, text in texts.items()}
    units = np.array([_size(parts[entry], text) for entry, text in texts.items()], dtype=float)
    values = units * np.array([len(readers[entry]) for entry in texts], dtype=float)
    sums = np.zeros((6, len(texts), len(codes)))
    sums[2] = values[:, None]
    place, column = ({name: at for at, name in enumerate(names)} for names in (texts, codes))
    for (entry, code), own in spans.items():
        if code in column:
            sums[:, place[entry], column[code]] = _cell(own, readers[entry], parts[entry], values[place[entry]])
    return Tally(units, values, *sums)


def _size(parts: list[Stretch] | None, text: str) -> int:
    return len(text) if parts is None else len(parts)


def _cell(
    own: Mapping[str, Sequence[Stretch]], readers: Sequence[str], parts: list[Stretch] | None, values: float
) -> tuple[float, ...]:
    """Sum one code in one entry: apart, ones, within, positive, agreed, left."""
    stretches = {coder: _joined(spans) for coder, spans in own.items()}
    given = _in_characters(stretches) if parts is None else _in_parts(stretches, parts)
    many = len(readers)
    count = [(size, len(who)) for who, size in given.items()]
    ones = sum(size * k for size, k in count)
    return (
        sum(size * 2 * k * (many - k) for size, k in count) / (many - 1),
        ones,
        values if parts is not None else values - ones + _squares(stretches),
        sum(size for size, _k in count),
        sum(size for size, k in count if k == many),
        sum(size for who, size in given.items() if readers[0] in who),
    )


def _squares(stretches: Mapping[str, Sequence[Stretch]]) -> int:
    return sum((end - start) ** 2 for spans in stretches.values() for start, end in spans)


def _in_parts(stretches: Mapping[str, Sequence[Stretch]], parts: list[Stretch]) -> Counter[frozenset[str]]:
    """Count the parts by the coders who gave the code."""
    who: dict[Stretch, set[str]] = defaultdict(set)
    for coder, spans in stretches.items():
        for start, end in spans:
            for part in touched(parts, start, end):
                who[part].add(coder)
    return Counter(frozenset(coders) for coders in who.values())


def _in_characters(stretches: Mapping[str, Sequence[Stretch]]) -> Counter[frozenset[str]]:
    """Count the characters by the coders who gave the code."""
    turns: dict[int, set[str]] = defaultdict(set)
    for coder, spans in stretches.items():
        for edge in (edge for span in spans for edge in span):
            turns[edge] ^= {coder}  # an end that is a start too changes nothing
    found: Counter[frozenset[str]] = Counter()
    now: frozenset[str] = frozenset()
    for start, end in pairwise(sorted(turns)):
        now ^= turns[start]
        found[now] += end - start
    return Counter({who: size for who, size in found.items() if who})


def _joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """Join one coder's stretches that share a character; those that only touch are two."""
    joined: list[Stretch] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
