"""Quotes to choose a code's example from: real codings, spread over who wrote and when."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.descent import CodebookError
from workbench.frames import made, native, read

_WHO = ("organisation", "person", "occasion")
_MORE = ("language", "visibility")
_COLUMNS = ("coding", "quote", "code", "coder", *_WHO, "entry", *_MORE)
_QUOTE = _COLUMNS.index("quote")
_PLACES = [_COLUMNS.index(name) for name in _WHO]


def example_candidates(
    codings: IntoDataFrameT, entries: Any, code: str, *, count: int = 10, fewest_writers: int = 2
) -> IntoDataFrameT:
    """List quotes of a code to choose its example from, never only one person's while there are others.

    Each next quote is from the organisation that has been quoted least, then the writer, then the occasion; among
    those the one whose length is nearest the code's usual. The same words come once.

    Parameters
    ----------
    codings, entries : DataFrame
        Tables of the study.
    code : str
        The code.
    count : int
        How many quotes, at most.
    fewest_writers : int
        How many people (or organisations, jointly) must have written what the code is used for: an example from one
        alone tells of that person in every copy of the codebook.

    Returns
    -------
    DataFrame (quotes, best first,)
        coding, quote, code, coder, organisation, person (NA: jointly), occasion, entry, language, visibility: of the
        entry, who may read it. Set the one that is chosen with
        ``redefine_code(code, example_sv=quote, reason=…)``.

    Raises
    ------
    CodebookError
        The code is used in the words of fewer than `fewest_writers`.
    """
    about = {entry: rest for entry, *rest in read(entries).select("entry", *_WHO, *_MORE).rows()}
    rows = []
    for coding, quote, has, coder, entry in read(codings).select("coding", "quote", "code", "coder", "entry").rows():
        if has == code and entry in about:
            who = [some if isinstance(some, str) else None for some in about[entry]]
            rows.append((coding, quote, has, coder, *who[: len(_WHO)], entry, *who[len(_WHO) :]))
    _require_writers(code, rows, fewest_writers)
    chosen = [row for row, _ in zip(_spread(_once(rows)), range(count), strict=False)]
    return native(made(codings, chosen, **dict.fromkeys(_COLUMNS, nw.String)), like=codings)


def _require_writers(code: str, rows: list[tuple[Any, ...]], fewest: int) -> None:
    writers = {(row[_PLACES[0]], row[_PLACES[1]]) for row in rows}
    if len(writers) < fewest:
        raise CodebookError(
            f"Found {code} in {len(rows)} codings of {len(writers)} writers' words; fewest_writers is {fewest}. "
            "Cure: code more first, word an example of your own, or ask for fewest_writers=1 and keep it to yourself."
        )


def _once(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Keep the first of quotes with the same words, in any capitals and with any space."""
    return list({" ".join(row[_QUOTE].split()).casefold(): row for row in reversed(list(rows))}.values())[::-1]


def _spread(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Give the rows so that every beginning of them is spread."""
    usual = statistics.median(len(row[_QUOTE]) for row in rows) if rows else 0
    left = sorted(rows, key=lambda row: (abs(len(row[_QUOTE]) - usual), row[0]))
    taken: Counter[tuple[Any, ...]] = Counter()
    while left:
        row = min(left, key=lambda some: [taken[part] for part in _parts(some)])
        left.remove(row)
        taken.update(_parts(row))
        yield row


def _parts(row: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    organisation, person, occasion = (row[place] for place in _PLACES)
    writer = (organisation, person)
    return [("from", organisation), ("by", *writer), ("then", organisation, occasion), ("at", occasion)]
