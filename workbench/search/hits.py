"""The table of hits: one row for each place that a query finds."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from workbench.search.index import Index
from workbench.search.matching import Matched
from workbench.search.words import Numbers

AROUND = 60  # characters of a text that a snippet shows on either side of a hit, fewer to begin with a whole word
_CUT_BEFORE, _CUT_AFTER = re.compile(r"^\S*\s"), re.compile(r"\s\S*$")
_COLUMNS = {
    "entry": "str",
    "rank": "int64",
    "score": "float64",
    "start": "int64",
    "end": "int64",
    "quote": "str",
    "snippet": "str",
    "part": "str",
    "inside": "bool",
}


def hits_table(index: Index, matched: Matched, texts: Numbers) -> pd.DataFrame:
    """Make the table of all places in some texts, the best text first.

    Returns
    -------
    DataFrame
        See `workbench.search.finding.Found`. A place that two parts of the query have is a row of the first.
    """
    places = _places(index, matched, texts)
    numbers, begins, ends = (places[name].to_numpy() for name in ("text", "begin", "end"))
    starts, stops = index.starts[begins], index.ends[ends - 1]
    spans = list(zip(numbers.tolist(), starts.tolist(), stops.tolist(), strict=True))
    columns = {
        "entry": [index.texts[text].entry for text, _, _ in spans],
        "rank": places["rank"],
        "score": matched.scores[numbers],
        "start": starts,
        "end": stops,
        "quote": [index.texts[text].text[start:end] for text, start, end in spans],
        "snippet": [snippet(index.texts[text].text, start, end) for text, start, end in spans],
        "part": [matched.matches[part].said for part in places["part"]],
        "inside": [matched.matches[part].inside for part in places["part"]],
    }
    return pd.DataFrame(columns).astype(_COLUMNS)


def _places(index: Index, matched: Matched, texts: Numbers) -> pd.DataFrame:
    """List the places in some texts: the text's rank and number, first word, word after the last, part of the query."""
    ranks = np.zeros(len(index.texts), np.int64)
    ranks[texts] = np.arange(1, len(texts) + 1)
    tables = []
    for number, found in enumerate(matched.matches):
        table = {
            "rank": ranks[found.texts],
            "text": found.texts,
            "begin": found.places.begins,
            "end": found.places.ends,
        }
        wanted = table["rank"] > 0
        tables.append(pd.DataFrame({name: values[wanted] for name, values in table.items()}).assign(part=number))
    places = pd.concat(tables).sort_values(["rank", "begin", "end", "part"])
    return places.drop_duplicates(["begin", "end"]).reset_index(drop=True)


def snippet(text: str, start: int, end: int) -> str:
    """Show a place with what stands around it, on one line."""
    low, high = max(start - AROUND, 0), min(end + AROUND, len(text))
    before, after = text[low:start], text[end:high]
    if low:
        before = "…" + _CUT_BEFORE.sub("", before, count=1)
    if high < len(text):
        after = _CUT_AFTER.sub("", after, count=1) + "…"
    return " ".join((before + text[start:end] + after).split())
