"""The codings that a question is asked of, with what is known of their entries."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import WorkbenchError
from workbench.frames import read

Marks = NDArray[np.bool_]
Places = NDArray[np.int64]

OF_CODING = ("coding", "entry", "code", "coder", "quote")
OF_ENTRY = ("organisation", "person", "occasion", "phase", "kind", "component", "written")


class QueryError(WorkbenchError):
    """A question that cannot be asked of what was given."""


@dataclass(frozen=True)
class Among:
    """Codings, column by column, each with its entry's columns.

    Attributes
    ----------
    columns : mapping of str to list
        `OF_CODING` and `OF_ENTRY`; None where a value is missing.
    start, end : array of int
        Code points.
    texts : mapping of str to str
        By entry.
    attributes : mapping of (str, str) to str, or None
        By entry and name; None when they were not given.
    lines : mapping of str to set of str, or None
        For each code itself and the codes above it; None when the codes were not given.
    """

    columns: Mapping[str, Sequence[Any]]
    start: Places
    end: Places
    texts: Mapping[str, str]
    attributes: Mapping[tuple[str, str], str] | None
    lines: Mapping[str, frozenset[str]] | None

    def __len__(self) -> int:
        """Count the codings."""
        return len(self.start)

    @cached_property
    def by_entry(self) -> list[Places]:
        """Give the places of each entry's codings."""
        return _grouped(self.columns["entry"])

    @cached_property
    def by_writer(self) -> list[Places]:
        """Give the places of each person's codings, and of each organisation's joint ones."""
        return _grouped(zip(self.columns["organisation"], self.columns["person"], strict=True))

    @cached_property
    def coders(self) -> Places:
        """Number the coders."""
        return _numbered(self.columns["coder"])

    @cached_property
    def moments(self) -> NDArray[np.int64]:
        """Tell when each coding's entry was written, in microseconds."""
        return np.array([int(moment.timestamp() * 1_000_000) for moment in self.columns["written"]], dtype=np.int64)

    @cached_property
    def in_words(self) -> tuple[Places, Places]:
        """Count the words before each coding's first and after its last character, from the text's beginning."""
        begun = {entry: [word.span() for word in re.finditer(r"\w+", text)] for entry, text in self.texts.items()}
        starts = {entry: [start for start, _ in spans] for entry, spans in begun.items()}
        ends = {entry: [end for _, end in spans] for entry, spans in begun.items()}
        places = list(zip(self.columns["entry"], self.start.tolist(), self.end.tolist(), strict=True))
        first = [bisect_right(ends[entry], start) for entry, start, _ in places]
        last = [bisect_left(starts[entry], end) for entry, _, end in places]
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def make_among(codings: Any, entries: Any, codes: Any = None, attributes: Any = None) -> Among:
    """Put the tables together; codings of entries that are not given are left out."""
    known = {entry: rest for entry, *rest in _values(entries, ("entry", "text", *OF_ENTRY))}
    rows = [row for row in _values(codings, (*OF_CODING, "start", "end")) if row[1] in known]
    own: dict[str, Sequence[Any]] = {name: [row[place] for row in rows] for place, name in enumerate(OF_CODING)}
    theirs = {name: [known[row[1]][place] for row in rows] for place, name in enumerate(OF_ENTRY, start=1)}
    start, end = (np.array([int(row[place]) for row in rows], dtype=np.int64) for place in (-2, -1))
    given = None if attributes is None else {(row[0], row[1]): row[2] for row in _values(attributes, _ATTRIBUTE)}
    texts = {row[1]: known[row[1]][0] for row in rows}
    return Among(own | theirs, start, end, texts, given, None if codes is None else _lines(codes))


_ATTRIBUTE = ("entry", "name", "value")


def _values(frame: Any, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    table = read(frame)
    lists = [[None if value != value else value for value in table[name].to_list()] for name in columns]  # noqa: PLR0124  NaN
    return zip(*lists, strict=True)


def _grouped(keys: Iterable[Any]) -> list[Places]:
    found: dict[Any, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        found[key].append(place)
    return [np.array(places, dtype=np.int64) for places in found.values()]


def _numbered(values: Iterable[Any]) -> Places:
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def _lines(codes: Any) -> dict[str, frozenset[str]]:
    parents = dict(_values(codes, ("code", "parent")))
    lines: dict[str, frozenset[str]] = {}
    for code, parent in parents.items():
        line, above = [code], parent
        while above is not None and above not in line:
            line.append(above)
            above = parents.get(above)
        lines[code] = frozenset(line)
    return lines
