"""Which texts are mostly copied from the same person's previous one, and what in them is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

import pandas as pd

from workbench.coding.repetition import SAME
from workbench.loaders.items.item import Item
from workbench.loaders.judging.across import Text, flag
from workbench.loaders.problem import Problem
from workbench.loaders.texts.copied import Copy, copied
from workbench.loaders.texts.shingles import Shingled
from workbench.loaders.told import tell
from workbench.records import Value, frame_records
from workbench.study import Study
from workbench.tables import ENTRIES

PARTS = ("entry", "previous", "share", "start", "end", "quote")
_SHOWN = 200


def copies(texts: Sequence[Text], study: Study, known: Shingled) -> tuple[list[Problem], pd.DataFrame]:
    """Find texts most of which stand in the same person's previous one, of the same kind and about the same or of any.

    Parameters
    ----------
    texts : sequence
        The new ones.
    study : Study
        Has those before.
    known : Shingled
        The new texts.

    Returns
    -------
    problems : list of Problem
    parts : DataFrame
        entry, previous, share (0 to 1, of its words), start, end, quote: one row for each part that is new.
    """
    new = {str(record["entry"]): (item, record) for item, record in texts}
    words, pairs = _pairs(texts, study)
    found = copied([(words[before], words[entry]) for entry, before in pairs], known=known)
    best: dict[str, tuple[str, Copy]] = {}
    for place, copy in found.items():
        entry, before = pairs[place]
        if entry not in best or copy.share > best[entry][1].share:
            best[entry] = before, copy
    problems = [_told(*new[entry], copy) for entry, (_, copy) in best.items()]
    return problems, pd.DataFrame(_parts(best, words), columns=list(PARTS))


def _pairs(texts: Sequence[Text], study: Study) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Give every text, and each new one's entry with the entries before it that it may be copied from."""
    there, _ = frame_records(ENTRIES, study.entries)
    rows: list[Mapping[str, Value]] = [*there, *(record for _, record in texts)]
    words = {str(row["entry"]): str(row["text"]) for row in rows}
    new = {str(record["entry"]) for _, record in texts}
    ordered = sorted(rows, key=itemgetter("written", "entry"))
    pairs = [pair for same in (SAME, ()) for pair in _before(ordered, ("organisation", "person", *same))]
    return words, [pair for pair in dict.fromkeys(pairs) if pair[0] in new]


def _before(rows: Iterable[Mapping[str, Value]], same: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair each entry with the one before it that has the same in some columns; rows come in the order of writing."""
    keyed, latest = itemgetter(*same), dict[tuple[Value, ...], str]()
    for row in rows:
        key, entry = keyed(row), str(row["entry"])
        if key in latest:
            yield entry, latest[key]
        latest[key] = entry


def _parts(best: Mapping[str, tuple[str, Copy]], words: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    for entry, (before, copy) in best.items():
        for start, end in copy.new or [(0, 0)]:
            yield entry, before, copy.share, start, end, words[entry][start:end]


def _told(item: Item, record: Mapping[str, Value], copy: Copy) -> Problem:
    text, share = str(record["text"]), round(100 * copy.share)
    new = " … ".join(text[start:end].strip() for start, end in copy.new)
    if record["person"]:
        rule = tell("{share} % of the words stand in the person's previous text; only the rest is new.", share=share)
    else:
        rule = tell("{share} % of the words stand in the group's previous text; only the rest is new.", share=share)
    return flag(item, new[:_SHOWN], rule, tell("Nothing needs to be done: figures count what is new."))
