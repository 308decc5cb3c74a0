"""Codes that come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import chain, combinations
from typing import Any, Literal, get_args

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.rows import chosen
from workbench.coding.units import divided, touched
from workbench.errors import WorkbenchError
from workbench.frames import made, native, read

Stretch = tuple[int, int]
Unit = Literal["entry", "overlap", "sentence", "paragraph", "person and occasion"]


class UnitError(WorkbenchError):
    """A unit that is none, or that needs the entries."""


def co_occurrence(
    codings: IntoDataFrameT,
    *,
    unit: Unit = "entry",
    minimum: int = 2,
    coder: str | None = None,
    entries: Any = None,
) -> IntoDataFrameT:
    """Count codes that come together: in a unit of text, or on overlapping text.

    Parameters
    ----------
    codings : DataFrame
        The study's codings.
    unit : {"entry", "sentence", "paragraph", "person and occasion", "overlap"}
        Both codes in one entry; on the same sentence or paragraph, which a passage touches with at least one
        character; anywhere in what a person wrote at an occasion and at home after it, joint entries left out; in
        all these whoever coded. Overlap: passages of the two codes, by one coder, that share at least one character.
    minimum : int
        Fewest times together; pairs below are left out.
    coder : str, optional
        One coder's codings only; otherwise any coder's, joined for units, and for overlaps each coder's
        counted apart and added.
    entries : DataFrame, optional
        The study's entries: for sentences, paragraphs, persons and occasions. Codings of others are left out.

    Returns
    -------
    DataFrame (pair of codes,)
        code_a, code_b, unit; count: units with both, or pairs of overlapping stretches; together, with_a,
        with_b, total: units with both, with each and with any coding, a unit counting once; or for overlaps
        code points of coded text. lift: together * total / (with_a * with_b), 1 when the codes have nothing to
        do with each other.

    Raises
    ------
    UnitError
        The unit is none of these, or the entries are lacking.
    """
    places = _places(unit, entries)
    groups: dict[Hashable, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for entry, who, code, start, end in (
        chosen(read(codings), coder).select("entry", "coder", "code", "start", "end").rows()
    ):
        for reading in places(entry, who, (int(start), int(end))):
            groups[reading][code].append((int(start), int(end)))
    rows = _pairs([{code: _merged(spans) for code, spans in group.items()} for group in groups.values()], unit)
    kept = [row for row in rows if row[3] >= minimum]
    counts = dict.fromkeys(("count", "together", "with_a", "with_b", "total"), nw.Int64)
    columns = {"code_a": nw.String, "code_b": nw.String, "unit": nw.String, **counts, "lift": nw.Float64}
    return native(made(codings, kept, **columns), like=codings)


Places = Callable[[str, str, Stretch], Iterable[Hashable]]


def _places(unit: Unit, entries: Any) -> Places:
    """Make what tells the units that a coding lies in; nothing where it lies in none."""
    if unit not in get_args(Unit):
        raise UnitError(f"Found unit {unit!r}; allowed are {', '.join(get_args(Unit))}. Cure: choose one.")
    if unit == "entry":
        return lambda entry, _who, _stretch: [entry]
    if unit == "overlap":
        return lambda entry, who, _stretch: [(entry, who)]
    if entries is None:
        raise UnitError(f"The unit {unit!r} needs the entries. Cure: co_occurrence(…, entries=study.entries).")
    return _in_person(entries) if unit == "person and occasion" else _in_parts(entries, unit)


def _in_person(entries: Any) -> Places:
    rows = read(entries).select("entry", "person", "occasion").rows()
    of = {entry: (person, occasion) for entry, person, occasion in rows if isinstance(person, str)}
    return lambda entry, _who, _stretch: [of[entry]] if entry in of else []


def _in_parts(entries: Any, unit: Literal["sentence", "paragraph"]) -> Places:
    texts = dict(read(entries).select("entry", "text").rows())
    parts: dict[str, list[Stretch]] = {}

    def places(entry: str, _who: str, stretch: Stretch) -> Iterable[Hashable]:
        if entry not in parts:
            parts[entry] = divided(texts[entry], unit) if entry in texts else []
        return [(entry, start) for start, _end in touched(parts[entry], *stretch)]

    return places


def _pairs(groups: list[dict[str, list[Stretch]]], unit: str) -> list[tuple[Any, ...]]:
    """Count every pair of codes over all groups: one unit each, or one entry as one coder read it."""
    whole = unit != "overlap"
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
