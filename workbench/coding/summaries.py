"""What an analyst wrote about a cell of a matrix, kept as a memo: whose, about what, when; with the codings it cites.

The memo's first line is its address, ``[A1 · I3 · T2]``: an organisation, a component or a longitudinal question, an
occasion; ``*`` for all of them. Anywhere in the text, ``[C0012]`` or ``[C0012, C0044]`` cites codings. So a summary
needs no table of its own: it is written, revised, undone, merged and frozen as every memo, and read by eye in any of
these. More than one about a cell stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.errors import WorkbenchError
from workbench.frames import made, native, read

ALL = "*"
CELL = ("organisation", "about", "occasion")
_ADDRESS = re.compile(r"\[([^\[\]\n·]+) · ([^\[\]\n·]+) · ([^\[\]\n·]+)\](?:\r?\n|\Z)")
_CITED = re.compile(r"\[([^\[\]\n]+)\]")


class SummaryError(WorkbenchError):
    """A summary without words or without a cell."""


def summary_text(organisation: str, about: str, occasion: str, text: str) -> str:
    """Write the memo of a cell's summary, for `workbench.acts.memos.write_memo`.

    Parameters
    ----------
    organisation, about, occasion : str
        The cell: codes of the study, or a question of `workbench.coding.longitudinal`; ``*`` for all.
    text : str
        The analyst's words, with citations such as ``[C0012]``.

    Raises
    ------
    SummaryError
        A part is empty, or a part of the cell holds a bracket, a middle dot or a line's end.
    """
    memo = f"[{organisation} · {about} · {occasion}]\n{text}"
    address = _ADDRESS.match(memo)
    if not text.strip() or not address or address.groups() != (organisation, about, occasion):
        rule = "a cell is three codes without [, ], · and line ends, a summary some words"
        raise SummaryError(f"Found {memo[:60]!r}; {rule}. Cure: give all four.")
    return memo


def summaries(memos: IntoDataFrameT) -> IntoDataFrameT:
    """Read the summaries among the memos.

    Returns
    -------
    DataFrame (summaries, in the memos' order,)
        organisation, about, occasion: the cell; text: without the address; author, written, memo.
    """
    rows = []
    for memo, author, written, text in read(memos).select("memo", "author", "written", "text").rows():
        if address := _ADDRESS.match(text):
            rows.append((*address.groups(), text[address.end() :], author, written, memo))
    moment = read(memos).schema["written"]
    names = (*CELL, "text", "author")
    schema = dict.fromkeys(names, nw.String) | {"written": moment, "memo": nw.String}
    return native(made(memos, rows, **schema), like=memos)


def cited_codings(told: Any, codings: IntoDataFrameT) -> IntoDataFrameT:
    """List the codings that summaries cite.

    Parameters
    ----------
    told : DataFrame
        From `summaries`.
    codings : DataFrame
        The study's codings.

    Returns
    -------
    DataFrame (citations,)
        organisation, about, occasion, memo, coding, entry, quote, code; the last three NA where the study does not
        have the coding any more. Brackets that hold something else than codes of codings are left as words: all in
        them must be known or look as codes of codings do: a letter and figures, as C0012, or what the log makes.
    """
    columns = ("coding", "entry", "quote", "code")
    known = {coding: rest for coding, *rest in read(codings).select(*columns).rows()}
    rows = [
        (*cell, coding, *known.get(coding, (None, None, None)))
        for *cell, text in read(told).select(*CELL, "memo", "text").rows()
        for coding in dict.fromkeys(_citations(text, known))
    ]
    schema = dict.fromkeys((*CELL, "memo", *columns), nw.String)
    return native(made(codings, rows, **schema), like=codings)


def _citations(text: str, known: dict[str, Any]) -> Iterator[str]:
    for bracket in _CITED.finditer(text):
        named = [name.strip() for name in bracket[1].split(",")]
        if all(name in known or re.fullmatch(r"[A-Z]\d+|[a-z][0-9a-f]{27}", name) for name in named):
            yield from named
