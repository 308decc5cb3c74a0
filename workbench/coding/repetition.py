"""Text carried forward: what is new in an entry and what stood there before."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.frames import Frame, made, native, read

SAME = ("kind", "frame", "component", "experiment")
SHORTEST = 4  # fewest words in a row that count as copied; shorter runs are ordinary language


def previous_entries(entries: IntoDataFrameT, *, same: Sequence[str] = SAME) -> IntoDataFrameT:
    """Find each entry's previous comparable one.

    Parameters
    ----------
    entries : DataFrame
        The study's entries.
    same : sequence of str
        Columns in which comparable entries agree, beside organisation and person (empty: jointly).

    Returns
    -------
    DataFrame (entries,)
        entry, previous (NA for a first one), by when they were written.
    """
    found = _previous(read(entries), same)
    rows = [(name, before) for name, before in found.items()]
    return native(made(entries, rows, entry=nw.String, previous=nw.String), like=entries)


def repeated_codings(entries: Any, codings: IntoDataFrameT) -> IntoDataFrameT:
    """Mark the codings whose quote stands word for word in the previous comparable entry.

    Returns
    -------
    DataFrame (codings, in their order,)
        coding, entry, previous (NA: none), repeated. A code on repeated text tells of copying, not of thought:
        in real reflection logs 15 % of consecutive texts are more than 60 % the same.

    Source: docs/methods.md#repeated-text.
    """
    log = read(entries)
    texts = dict(log.select("entry", "text").rows())
    before = _previous(log, SAME)
    rows = []
    for coding, entry, quote in read(codings).select("coding", "entry", "quote").rows():
        earlier = before.get(entry)
        rows.append((coding, entry, earlier, earlier is not None and quote in texts[earlier]))
    columns = {"coding": nw.String, "entry": nw.String, "previous": nw.String, "repeated": nw.Boolean}
    return native(made(codings, rows, **columns), like=codings)


def copied_share(entries: IntoDataFrameT, *, shortest: int = SHORTEST) -> IntoDataFrameT:
    """Measure how much of each entry's text stands in the previous comparable one.

    Parameters
    ----------
    entries : DataFrame
        The study's entries.
    shortest : int
        Fewest words in a row that count as copied; shorter runs are ordinary language.

    Returns
    -------
    DataFrame (entries,)
        entry, previous (NA: none); words, copied: words; share: copied / words, 0 for a first entry.

    Source: matching blocks as in Ratcliff & Metzener 1988 (`difflib`), on words.
    """
    log = read(entries)
    words = {entry: text.split() for entry, text in log.select("entry", "text").rows()}
    rows = []
    for entry, before in _previous(log, SAME).items():
        blocks = [] if before is None else copied_blocks(words[before], words[entry], shortest=shortest)
        copied = sum(size for _start, size in blocks)
        rows.append((entry, before, len(words[entry]), copied, copied / max(len(words[entry]), 1)))
    columns = {"words": nw.Int64, "copied": nw.Int64, "share": nw.Float64}
    return native(made(entries, rows, entry=nw.String, previous=nw.String, **columns), like=entries)


def copied_blocks(before: Sequence[str], after: Sequence[str], *, shortest: int = SHORTEST) -> list[tuple[int, int]]:
    """Find the runs of words that stand in an earlier text.

    Returns
    -------
    list of (int, int)
        Place in `after` of a run's first word, and its number of words, at least `shortest`; in order, apart.

    Source: matching blocks as in Ratcliff & Metzener 1988 (`difflib`), on words.
    """
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(block.b, block.size) for block in blocks if block.size >= shortest]


def _previous(entries: Frame, same: Sequence[str]) -> dict[str, str | None]:
    """Map each entry to the previous comparable one, in the order of writing."""
    keys = ["organisation", "person", *same]
    latest: dict[tuple[str | None, ...], str] = {}
    found: dict[str, str | None] = {}
    for entry, *values in entries.sort("written", "entry").select("entry", *keys).rows():
        key = tuple(value if isinstance(value, str) else None for value in values)
        found[entry] = latest.get(key)
        latest[key] = entry
    return found
