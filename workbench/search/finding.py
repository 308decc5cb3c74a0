"""Search a study: one row for each place that a query finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from workbench.search.hits import hits_table
from workbench.search.index import Index, Text, brought_up, empty_index
from workbench.search.matching import Matched, match
from workbench.search.parsing import parse_query
from workbench.study import Study


@dataclass(frozen=True)
class Found:
    """What a query finds.

    Attributes
    ----------
    hits : DataFrame
        One row for each place, the best entry first: entry; rank, the best entry's being 1; score (BM25, higher is
        better); start and end in code points of the entry's text, end exclusive; quote, the words there; snippet,
        them with what stands around; part of the query; inside, True where a part that is no word of any text was
        found inside words.
    entries : int
        How many entries the query finds, of which `hits` may have fewer.
    notes : tuple of str
        What to know about them: which words were found inside others, and which nowhere.
    """

    hits: pd.DataFrame
    entries: int
    notes: tuple[str, ...]


class Search:
    """The texts of a study, ready to be searched.

    Nothing is written anywhere: the index lives as long as the process, as the study's own tables do.

    Parameters
    ----------
    study : Study
        Live or frozen; its entries are read once.
    progress : bool
        Show how far it has come, when that takes more than a second.

    Raises
    ------
    SearchError
        What searching needs is not installed.
    """

    def __init__(self, study: Study, *, progress: bool = True) -> None:
        self._index = _index(empty_index(), study, progress=progress)

    def updated(self, study: Study, *, progress: bool = True) -> Search:
        """Return a search of the study as it is now, which reads anew only the texts that changed.

        What is no longer in the study, such as the words of somebody who has withdrawn, is not in it.
        """
        made = Search.__new__(Search)
        made._index = _index(self._index, study, progress=progress)  # noqa: SLF001  our own
        return made

    def find(self, query: str, *, within: Collection[str] | None = None, limit: int | None = None) -> Found:
        """Find the entries that a query is about, and every place in them.

        Parameters
        ----------
        query : str
            As people write it: see docs/search.md.
        within : collection of str, optional
            Codes of the entries to look in, such as ``entries.query("person == 'P-1'")["entry"]``; without it, all.
        limit : int, optional
            Most entries to give hits of, the best; without it, all.

        Raises
        ------
        QueryError
            The query has a fault, or says nothing to look for.
        """
        chosen = None if within is None else set(within)
        among = np.array([chosen is None or text.entry in chosen for text in self._index.texts], bool)
        matched = match(self._index, parse_query(query), among=among)
        hits = hits_table(self._index, matched, matched.texts[:limit])
        return Found(hits, len(matched.texts), tuple(_notes(matched)))


_SEARCHES: WeakKeyDictionary[Study, Search] = WeakKeyDictionary()  # as long as somebody has the study


def search(study: Study, query: str, *, within: Collection[str] | None = None) -> pd.DataFrame:
    """Find every place in a study's entries that a query is about.

    The study's texts are read at its first search.

    Returns
    -------
    DataFrame
        See `Found`.

    Raises
    ------
    QueryError, SearchError
        As `Search`.
    """
    if study not in _SEARCHES:
        _SEARCHES[study] = Search(study)
    return _SEARCHES[study].find(query, within=within).hits


def _index(index: Index, study: Study, *, progress: bool) -> Index:
    rows = study.entries[["entry", "language", "text"]].astype("object")
    texts = [Text(*row) for row in rows.itertuples(index=False, name=None)]

    def shown(parts: Sequence[range]) -> Iterable[range]:
        from tqdm.auto import tqdm  # noqa: PLC0415

        counted: Iterable[range] = tqdm(parts, desc="reading texts", delay=1, leave=False, disable=not progress)
        return counted

    return brought_up(index, texts, shown=shown)


def _notes(matched: Matched) -> Iterator[str]:
    for word in matched.inside:
        yield f"No text has the word {word}: it was found inside words."
    for word in matched.nowhere:
        yield f"No text has {word}."
