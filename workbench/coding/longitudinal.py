"""Saldaña's sixteen questions to data over time, as a matrix: questions by occasions, an analyst's words in the cells.

Source: Saldaña 2003, Longitudinal Qualitative Research, AltaMira: five framing, seven descriptive, four analytic and
interpretive questions; worded here anew and short.
"""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.summaries import ALL, cited_codings, summaries
from workbench.frames import made, native, read

QUESTIONS: dict[str, tuple[str, str]] = {
    "S1": ("framing", "What is different from one round of data to the next?"),
    "S2": ("framing", "When do changes occur?"),
    "S3": ("framing", "Which conditions seem to influence the changes, and how?"),
    "S4": ("framing", "What are the dynamics of the changes?"),
    "S5": ("framing", "What can be asserted so far, as a preliminary claim?"),
    "S6": ("descriptive", "What increases or emerges?"),
    "S7": ("descriptive", "What is cumulative?"),
    "S8": ("descriptive", "What surges, epiphanies or turning points are there?"),
    "S9": ("descriptive", "What decreases or ceases?"),
    "S10": ("descriptive", "What remains constant or consistent?"),
    "S11": ("descriptive", "What is idiosyncratic?"),
    "S12": ("descriptive", "What is missing?"),
    "S13": ("interpretive", "Which changes are interrelated?"),
    "S14": ("interpretive", "Which changes go with natural or social development, and which against it?"),
    "S15": ("interpretive", "What rhythms are there: phases, stages, cycles?"),
    "S16": ("interpretive", "What is the through-line?"),
}
_COLUMNS = ("organisation", "question", "part", "asks", "occasion", "summary", "author", "memo")


def longitudinal_matrix(memos: IntoDataFrameT, occasions: Any, *, organisation: str = ALL) -> IntoDataFrameT:
    """Lay out the longitudinal matrix: every question at every occasion, and over all of them.

    Parameters
    ----------
    memos, occasions : DataFrame
        Tables of the study. What the analyst wrote are memos about S1 … S16 (`workbench.coding.summaries`).
    organisation : str
        Whose matrix; ``*`` for the whole study's.

    Returns
    -------
    DataFrame (cells, by question, then the occasions in order and ``*`` for all of them; summaries,)
        organisation, question, part (framing, descriptive, interpretive), asks, occasion; summary, author, memo: NA
        where nobody has written anything; a cell with two summaries has two rows. A summary of an occasion that the
        study lacks is not lost: the occasion is there after the others.
    """
    order = [name for name, _ in sorted(read(occasions).select("occasion", "number").rows(), key=lambda row: row[1])]
    told = _told(memos, organisation)
    order += sorted({occasion for _, occasion in told} - {*order, ALL})
    rows = [
        (organisation, question, part, asks, occasion, *words)
        for question, (part, asks) in QUESTIONS.items()
        for occasion in (*order, ALL)
        for words in told.get((question, occasion), [(None, None, None)])
    ]
    return native(made(memos, rows, **dict.fromkeys(_COLUMNS, nw.String)), like=memos)


def _told(memos: Any, organisation: str) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Give the words, authors and memos of each question and occasion."""
    told: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for whose, about, occasion, text, author, _written, memo in read(summaries(memos)).rows():
        if whose == organisation and about in QUESTIONS:
            told.setdefault((about, occasion), []).append((text, author, memo))
    return told


def longitudinal_quotes(memos: Any, codings: IntoDataFrameT, *, organisation: str = ALL) -> IntoDataFrameT:
    """List the quotes that the longitudinal matrix cites.

    Returns
    -------
    DataFrame (citations, in the order of the memos,)
        organisation, question, occasion, coding, entry, quote, code; the last three NA for a coding that is gone.
    """
    cited = read(cited_codings(summaries(memos), codings)).rename({"about": "question"})
    cited = cited.filter(nw.col("organisation") == organisation, nw.col("question").is_in(list(QUESTIONS)))
    return native(cited.drop("memo").unique(maintain_order=True), like=codings)
