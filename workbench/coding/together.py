"""Codes that come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, combinations
from typing import Any, Literal

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.rows import chosen
from workbench.frames import made, native, read

Stretch = tuple[int, int]


def co_occurrence(
    codings: IntoDataFrameT, *, unit: Literal["entry", "overlap"] = "entry", minimum: int = 2, coder: str | None = None
) -> IntoDataFrameT:
    """Count codes that come together, in the same entry or on overlapping text.

    Parameters
    ----------
    codings : DataFrame
        The study's codings.
    unit : {"entry", "overlap"}
        Entry: both codes in one entry, whoever coded. Overlap: passages of the two codes, by one coder, that
        share at least one character.
    minimum : int
        Fewest times together; pairs below are left out.
    coder : str, optional
        One coder's codings only; otherwise any coder's, joined for entries, and for overlaps each coder's
        counted apart and added.

    Returns
    -------
    DataFrame (pair of codes,)
        code_a, code_b, unit; count: entries with both, or pairs of overlapping stretches; together, with_a,
        with_b, total: entries with both, with each and with any coding, an entry counting once; or for overlaps
        code points of coded text. lift: together * total / (with_a * with_b), 1 when the codes have nothing to
        do with each other.
    """
    groups: dict[tuple[str, str], dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for entry, who, code, start, end in (
        chosen(read(codings), coder).select("entry", "coder", "code", "start", "end").rows()
    ):
        reading = (entry, "" if unit == "entry" else who)
        groups[reading][code].append((int(start), int(end)))
    rows = _pairs([{code: _merged(spans) for code, spans in group.items()} for group in groups.values()], unit)
    kept = [row for row in rows if row[3] >= minimum]
    counts = dict.fromkeys(("count", "together", "with_a", "with_b", "total"), nw.Int64)
    columns = {"code_a": nw.String, "code_b": nw.String, "unit": nw.String, **counts, "lift": nw.Float64}
    return native(made(codings, kept, **columns), like=codings)


def _pairs(groups: list[dict[str, list[Stretch]]], unit: str) -> list[tuple[Any, ...]]:
    """Count every pair of codes over all groups: one entry each, or one entry as one coder read it."""
    whole = unit == "entry"
    sizes: dict[str, int] = defaultdict(int)
    both: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for group in groups:
        for code, spans in group.items():
            sizes[code] += 1 if whole else _length(spans)
        for pair in combinations(sorted(group), 2):
            shared = _shared(group[pair[0]], group[pair[1]])
            both[pair][0] += 1 if whole else len(shared)
            both[pair][1] += 1 if whole else _length(shared)
    total = len(groups) if whole else sum(_length(_merged(chain.from_iterable(group.values()))) for group in groups)
    return [
        (a, b, unit, count, together, sizes[a], sizes[b], total, together * total / (sizes[a] * sizes[b]))
        for (a, b), (count, together) in sorted(both.items())
    ]


def _merged(spans: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that overlap or touch."""
    joined: list[Stretch] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _shared(one: list[Stretch], other: list[Stretch]) -> list[Stretch]:
    """Parts of the text that lie in both."""
    crossings = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [(start, end) for start, end in crossings if start < end]


def _length(spans: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in spans)
