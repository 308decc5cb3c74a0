"""What two coders read in the same entries, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.errors import WorkbenchError
from workbench.frames import made, native, read

COLUMNS = ("entry", "start", "end", "code", "left", "right", "how")
_KINDS = {name: nw.Int64 if name in {"start", "end"} else nw.String for name in COLUMNS}


class CodersError(WorkbenchError):
    """Coders who cannot be compared."""


class _Mark(NamedTuple):
    start: int
    end: int
    coding: str


class _Place(NamedTuple):
    start: int
    end: int
    left: str | None
    right: str | None
    how: str


def compare(codings: IntoDataFrameT, entries: Any, coders: tuple[str, str]) -> IntoDataFrameT:
    """Lay two coders' codings of the same entries side by side, code by code.

    A coding that the other has with the same ends and code stands beside that one. What is left stands beside each of
    the other's of its code that shares a character with it; where none does, alone.

    Parameters
    ----------
    codings : DataFrame
        The study's codings.
    entries : DataFrame
        The entries that both have coded; codings of others are left out.
    coders : (str, str)
        The left and the right coder.

    Returns
    -------
    DataFrame (places, in the order of the entries and of the text,)
        entry; start, end: from the first to the last code point that either coded; code; left, right: each one's
        coding, NA for none; how: same, other ends, left only or right only. Each coding is in one row at least.

    Raises
    ------
    CodersError
        Both names are the same.
    """
    left, right = coders
    if left == right:
        raise CodersError(f"Found {left!r} twice; two coders are compared. Cure: name another.")
    named = read(entries)["entry"].to_list()
    rows = []
    for (at, code), (ones, others) in _marks(codings, named, coders).items():
        rows += [(at, *place, code) for place in _places(sorted(ones), sorted(others))]
    rows.sort(key=lambda row: (*row[:3], row[-1], row[3] or "", row[4] or ""))
    told = [(named[at], start, end, code, *how) for at, start, end, *how, code in rows]
    return native(made(codings, told, **_KINDS), like=codings)


def _marks(
    codings: Any, entries: Sequence[str], coders: tuple[str, str]
) -> dict[tuple[int, str], tuple[list[_Mark], list[_Mark]]]:
    """Gather both coders' codings by the entry's place and the code."""
    places = {entry: place for place, entry in enumerate(entries)}
    marks: dict[tuple[int, str], tuple[list[_Mark], list[_Mark]]] = defaultdict(lambda: ([], []))
    kept = read(codings).filter(nw.col("coder").is_in(list(coders)), nw.col("entry").is_in(list(entries)))
    for entry, code, coder, *mark in kept.select("entry", "code", "coder", "start", "end", "coding").rows():
        marks[places[entry], code][coders.index(coder)].append(_Mark(*mark))
    return marks


def _places(left: list[_Mark], right: list[_Mark]) -> Iterator[_Place]:
    there = {mark[:2] for mark in left} & {mark[:2] for mark in right}
    beside: set[_Mark] = set()
    for one, other in _meeting(left, right):
        same = one[:2] == other[:2]
        if same or one[:2] not in there or other[:2] not in there:
            beside |= {one, other}
            how = "same" if same else "other ends"
            yield _Place(min(one.start, other.start), max(one.end, other.end), one.coding, other.coding, how)
    yield from (_Place(*mark, None, "left only") for mark in left if mark not in beside)
    yield from (_Place(*mark[:2], None, mark.coding, "right only") for mark in right if mark not in beside)


def _meeting(left: Iterable[_Mark], right: list[_Mark]) -> Iterator[tuple[_Mark, _Mark]]:
    """Give the pairs that share a character."""
    return ((one, other) for one in left for other in right if one.start < other.end and other.start < one.end)
