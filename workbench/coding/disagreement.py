"""Where two coders read otherwise, with the words; and what was said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.comparing import compare
from workbench.frames import made, native, read

NOTHING = "nothing"
_BETWEEN = ", "
_Marks = dict[tuple[str, str], list[tuple[int, int, str, str]]]  # entry and coder: start, end, code, coding
_Coding = tuple[str, str] | None  # code, coding
_PLACE = {"entry": nw.String, "start": nw.Int64, "end": nw.Int64, "code": nw.String}


def disagreements(codings: IntoDataFrameT, entries: Any, coders: tuple[str, str]) -> IntoDataFrameT:
    """List the places that two coders read otherwise: one only, or with other ends.

    Parameters
    ----------
    codings, entries, coders
        As `compare` has them.

    Returns
    -------
    DataFrame (places, as `compare` orders them,)
        entry, start, end, code, left, right, how: as `compare`, without what is the same; quote: the place's text;
        quote_left, quote_right: what each coded, NA for none; instead: the other's codes on characters of a place
        that one only coded, by name and parted by commas, NA for none.

    Raises
    ------
    CodersError
        Both names are the same.
    """
    texts = dict(read(entries).select("entry", "text").rows())
    quotes = dict(read(codings).select("coding", "quote").rows())
    marks = _marks(codings)
    rows = []
    for entry, start, end, code, left, right, how in read(compare(codings, entries, coders)).rows():
        if how != "same":
            instead = _instead(marks, entry, (start, end), coders, how)
            own = (quotes.get(left), quotes.get(right), _BETWEEN.join(sorted({mark[2] for mark in instead})) or None)
            rows.append((entry, start, end, code, left, right, how, texts[entry][start:end], *own))
    more = ("left", "right", "how", "quote", "quote_left", "quote_right", "instead")
    return native(made(codings, rows, **_PLACE, **dict.fromkeys(more, nw.String)), like=codings)


def confusions(codings: IntoDataFrameT, entries: Any, coders: tuple[str, str]) -> IntoDataFrameT:
    """Count which code the one gave where the other gave another.

    Parameters
    ----------
    codings, entries, coders
        As `compare` has them.

    Returns
    -------
    DataFrame (pair of codes, the most frequent first,)
        code_left, code_right: codes on shared characters, at least one of them at a place that its coder alone has
        the code for; NA: the other gave none there. count: pairs of codings; or codings, where there is no other.
    """
    marks = _marks(codings)
    pairs: set[tuple[_Coding, _Coding]] = set()
    for entry, start, end, code, left, right, how in read(compare(codings, entries, coders)).rows():
        if how in {"left only", "right only"}:
            own = (code, left if how == "left only" else right)
            others: list[_Coding] = [mark[2:] for mark in _instead(marks, entry, (start, end), coders, how)]
            pairs |= {(own, other) if how == "left only" else (other, own) for other in others or [None]}
    counted = Counter((one and one[0], other and other[0]) for one, other in pairs)
    rows = [(*pair, count) for pair, count in counted.items()]
    rows.sort(key=lambda row: (-row[2], row[0] or "", row[1] or ""))
    return native(made(codings, rows, code_left=nw.String, code_right=nw.String, count=nw.Int64), like=codings)


def dialogue(decisions: IntoDataFrameT, assignments: Any, codings: Any, entries: Any) -> IntoDataFrameT:
    """Write the log of the coders' dialogue: the words, the readings of them, what was decided and why.

    Parameters
    ----------
    decisions, assignments, codings, entries : DataFrame
        Tables of the study.

    Returns
    -------
    DataFrame (decisions, in the order of the round, the entry and the text,)
        decision, round, entry, start, end; quote: the text; code: NA for all; readings: each assigned coder's codes
        there as they are now, of that code alone when one is given, or "nothing"; outcome, author, decided, text.
    """
    texts = dict(read(entries).select("entry", "text").rows())
    coders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, entry, coder in read(assignments).select("round", "entry", "coder").rows():
        coders[name, entry].add(coder)
    marks, quotes, readings = _marks(codings), [], []
    table = read(decisions).sort("round", "entry", "start", "end", "decided", "decision")
    for name, entry, start, end, code in table.select("round", "entry", "start", "end", "code").rows():
        quotes.append(texts[entry][start:end])
        found = {who: _met(marks[entry, who], (start, end)) for who in sorted(coders[name, entry])}
        readings.append("; ".join(f"{who}: {_told(own, code)}" for who, own in found.items()))
    said = made(decisions, list(zip(quotes, readings, strict=True)), quote=nw.String, readings=nw.String)
    table = nw.concat([nw.maybe_reset_index(table), said], how="horizontal")
    order = ("decision", "round", "entry", "start", "end", "quote", "code", "readings", "outcome", "author", "decided")
    return native(table.select(*order, "text"), like=decisions)


def _marks(codings: Any) -> _Marks:
    marks: _Marks = defaultdict(list)
    for entry, coder, *mark in read(codings).select("entry", "coder", "start", "end", "code", "coding").rows():
        marks[entry, coder].append(tuple(mark))
    return marks


def _met(marks: Iterable[tuple[int, int, str, str]], place: tuple[int, int]) -> list[tuple[int, int, str, str]]:
    """Give the codings that share a character with a place."""
    return [mark for mark in marks if mark[0] < place[1] and place[0] < mark[1]]


def _instead(
    marks: _Marks, entry: str, place: tuple[int, int], coders: tuple[str, str], how: str
) -> list[tuple[int, int, str, str]]:
    """Give the other's codings of a place that one alone has the code for."""
    other = {"left only": coders[1], "right only": coders[0]}.get(how)
    return _met(marks[entry, other], place) if other else []


def _told(own: Iterable[tuple[int, int, str, str]], code: Any) -> str:
    codes = {mark[2] for mark in own if not isinstance(code, str) or mark[2] == code}
    return _BETWEEN.join(sorted(codes)) or NOTHING
