"""Words found in the entries, and shown in their context."""

from __future__ import annotations

import re
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.patterns import SECONDS, Pattern, Words
from workbench.frames import made, native, read

_LONG_WORD = 40  # characters; what is looked at for each word of context


def find(
    entries: IntoDataFrameT, pattern: Words, *, regex: bool = False, case: bool = False, seconds: float = SECONDS
) -> IntoDataFrameT:
    """Find words, or a regular expression, in the entries.

    Parameters
    ----------
    entries : DataFrame
        The study's entries, or those to search.
    pattern : str or sequence of str
        Whole words in this order, ``*`` standing for the rest of a word (``chef*``); of several, any counts.
    regex : bool
        Whether `pattern` is a regular expression instead.
    case : bool
        Whether capitals must agree.
    seconds : float
        What the search may take in all.

    Returns
    -------
    DataFrame (hits,)
        entry, start, end, quote: in the order of the entries and of the text; code points, the end exclusive.
        Hits of one search do not overlap.

    Raises
    ------
    PatternError
        The pattern says nothing, has a fault, or takes longer than `seconds`.
    """
    texts = dict(read(entries).select("entry", "text").rows())
    places = Pattern(pattern, regex=regex, case=case).found_in(texts, seconds=seconds)
    rows = [(entry, start, end, texts[entry][start:end]) for entry, start, end in places]
    columns = {"start": nw.Int64, "end": nw.Int64, "quote": nw.String}
    return native(made(entries, rows, entry=nw.String, **columns), like=entries)


def kwic(entries: Any, spans: IntoDataFrameT, *, words: int = 8) -> IntoDataFrameT:
    """Show spans in their context (keyword in context).

    Parameters
    ----------
    entries : DataFrame
        The study's entries.
    spans : DataFrame
        entry, start, end: hits of `find`, codings, or what `retrieve` gives.
    words : int
        How many words to show on each side.

    Returns
    -------
    DataFrame (spans, in their order,)
        left, keyword, right, entry, organisation, person (NA: jointly), occasion, start, end. Line ends and runs of
        space are shown as one space; ``left + keyword + right`` reads on, also where the keyword is a part of a word.
        Spans of entries that are not given are left out.

    Source: Luhn 1960, Keyword-in-context index for technical literature.
    """
    wrote = ["entry", "text", "organisation", "person", "occasion"]
    about = {entry: rest for entry, *rest in read(entries).select(*wrote).rows()}
    rows = []
    for entry, start, end in read(spans).select("entry", "start", "end").rows():
        if entry in about:
            text, organisation, person, occasion = about[entry]
            shown = _context(text, int(start), int(end), words)
            who = person if isinstance(person, str) else None
            rows.append((*shown, entry, organisation, who, occasion, int(start), int(end)))
    names = ("left", "keyword", "right", "entry", "organisation", "person", "occasion")
    columns = dict.fromkeys(names, nw.String) | {"start": nw.Int64, "end": nw.Int64}
    return native(made(spans, rows, **columns), like=spans)


def _context(text: str, start: int, end: int, words: int) -> tuple[str, str, str]:
    reach = words * _LONG_WORD
    left, keyword, right = (
        re.sub(r"\s+", " ", part)
        for part in (text[max(0, start - reach) : start], text[start:end], text[end : end + reach])
    )
    before, after = left.split(" ")[-words - 1 :], right.split(" ")[: words + 1]
    return " ".join(before), keyword, " ".join(after)
