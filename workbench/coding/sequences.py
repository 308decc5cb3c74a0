"""The order of codes in what a person wrote, and which code follows which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.rows import chosen
from workbench.frames import made, native, read

Step = tuple[str, frozenset[str]]  # the entry, and the codes that begin at one place in it


def code_sequence(codings: IntoDataFrameT, entries: Any, *, coder: str | None = None) -> IntoDataFrameT:
    """Put the codes of each person's entries in order: of writing, then of the text.

    Parameters
    ----------
    codings, entries : DataFrame
        Tables of the study.
    coder : str, optional
        One coder's codings only; otherwise each coder's reading is a sequence of its own.

    Returns
    -------
    DataFrame (codings,)
        organisation, person (NA: the organisation jointly), coder; step: 1, 2, 3 … in the sequence, codings that
        begin at the same place sharing one; occasion, written, entry, start, code, coding.
    """
    log = read(entries).select("entry", "organisation", "person", "occasion", "written")
    rows = chosen(read(codings), coder).select("coding", "entry", "start", "code", "coder").join(log, on="entry")
    rows = rows.with_columns(_who=nw.col("person").fill_null(""))
    rows = rows.sort("organisation", "_who", "coder", "written", "entry", "start", "code", "coding")
    keys = ["organisation", "_who", "coder", "entry", "start"]
    steps, step = [], 0
    for before, row in pairwise([(None,) * len(keys), *rows.select(keys).rows()]):
        step = 1 if before[:3] != row[:3] else step + (before != row)
        steps.append(step)
    rows = rows.with_columns(nw.new_series("step", steps, nw.Int64, backend=rows.implementation))
    columns = ["organisation", "person", "coder", "step", "occasion", "written", "entry", "start", "code", "coding"]
    return native(rows.select(columns), like=codings)


def transitions(sequence: IntoDataFrameT, *, minimum: int = 1) -> IntoDataFrameT:
    """Count which code follows which in the sequences.

    Parameters
    ----------
    sequence : DataFrame
        From `code_sequence`.
    minimum : int
        Fewest times; transitions below are left out, and still count in `total`.

    Returns
    -------
    DataFrame (pairs of codes,)
        code, next; count: steps with `code` whose next step has `next`; within: of them inside one entry, the others
        being from an entry to the same writer's following one; writers: how many people (or organisations, jointly)
        it comes from; total: steps with `code` that have a next; share: count / total. Where several codes begin at
        one place, each is followed by each of the next step, so shares of a code may add to more than 1.

    Source: lag-1 sequences, Bakeman & Gottman 1997, Observing Interaction, ch. 6. Counts only: no test.
    """
    count: Counter[tuple[str, str]] = Counter()
    within: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    writers: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for writer, steps in _sequences(read(sequence)):
        for (entry, codes), (later, following) in pairwise(steps):
            total.update(codes)
            for pair in ((one, two) for one in codes for two in following):
                count[pair] += 1
                within[pair] += entry == later
                writers[pair].add(writer)
    rows = [
        (*pair, times, within[pair], len(writers[pair]), total[pair[0]], times / total[pair[0]])
        for pair, times in sorted(count.items())
        if times >= minimum
    ]
    numbers = dict.fromkeys(("count", "within", "writers", "total"), nw.Int64)
    return native(made(sequence, rows, code=nw.String, next=nw.String, **numbers, share=nw.Float64), like=sequence)


def _sequences(sequence: nw.DataFrame[Any]) -> Iterator[tuple[tuple[Any, ...], list[Step]]]:
    """Give each sequence: its writer, and its steps in order."""
    table = sequence.with_columns(nw.col("person").fill_null("")).sort("organisation", "person", "coder", "step")
    rows = table.select("organisation", "person", "coder", "step", "entry", "code").rows()
    for (organisation, person, _coder), own in groupby(rows, key=lambda row: row[:3]):
        steps = groupby(own, key=lambda row: row[3:5])
        yield (
            (organisation, person),
            [(entry, frozenset(row[5] for row in codes)) for (_, entry), codes in steps],
        )
