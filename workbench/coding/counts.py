"""Codes counted in the cells of a table, such as organisation by occasion, with what the counts rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoDataFrameT

from workbench.coding.rows import chosen
from workbench.frames import Frame, native, read, whole

CELL = ("organisation", "occasion")
_JOINT = ""  # stands for a missing value while tables are joined; no code of the study is empty

_COUNTS = (
    *("codings", "coded", "written", "expected", "share"),
    *("characters_coded", "characters", "characters_share"),
)


def code_table(  # noqa: PLR0913  three tables, and the choices a researcher makes
    entries: Any,
    codings: IntoDataFrameT,
    occasions: Any,
    *,
    by: Sequence[str] = CELL,
    expected: Any = None,
    coder: str | None = None,
) -> IntoDataFrameT:
    """Count each code in every cell, beside how much was written there.

    Parameters
    ----------
    entries, codings, occasions : DataFrame
        Tables of the study; give only the entries that count.
    by : sequence of str
        Columns of the entries that make a cell: organisation, person, occasion, kind, component, phase, …
    expected : DataFrame, optional
        The columns of `by`, and `expected`: how many entries a cell should have (`expected_entries`).
    coder : str, optional
        One coder's codings only; otherwise any coder's.

    Returns
    -------
    DataFrame (cells, each with every code that occurs, occasions in their order,)
        The columns of `by`, code; codings; coded: entries with the code; written, expected: entries that are there,
        and that should be (only where `expected` is given); share: coded / written; characters_coded: code
        points that the code covers, each counted once; characters: code points written; characters_share. A cell
        without entries is there, with shares NA; `by` with an occasion has a cell at every occasion. Missing in `by`:
        entries without such a value, as joint entries have no person.
    """
    log, kept = _filled(read(entries), by), chosen(read(codings), coder)
    counted = _counted(log, kept, by)
    cells = _cells(log, read(occasions), by, expected)
    table = cells.join(counted.select("code").unique(), how="cross").join(counted, on=[*by, "code"], how="left")
    return native(_shown(table, by, occasions, "code"), like=codings)


def coverage(  # noqa: PLR0913  as `code_table`
    entries: Any,
    codings: IntoDataFrameT,
    occasions: Any,
    *,
    by: Sequence[str] = CELL,
    expected: Any = None,
    coder: str | None = None,
) -> IntoDataFrameT:
    """Tell in every cell how much was written of what was expected, and how much of it is coded.

    Parameters
    ----------
    entries, codings, occasions, by, expected, coder
        As `code_table` has them.

    Returns
    -------
    DataFrame (cells,)
        As `code_table`, with any code in the place of each: codings; coded: entries with a coding; …
    """
    log, kept = _filled(read(entries), by), chosen(read(codings), coder).with_columns(code=nw.lit("any"))
    counted = _counted(log, kept, by).drop("code")
    table = _cells(log, read(occasions), by, expected).join(counted, on=list(by), how="left")
    return native(_shown(table, by, occasions), like=codings)


def expected_entries(
    people: IntoDataFrameT, occasions: Any, *, by: Sequence[str] = CELL, each: int = 1
) -> IntoDataFrameT:
    """Count the entries that are expected: from everybody in the study, `each` at an occasion.

    Parameters
    ----------
    people, occasions : DataFrame
        Tables of the study. A person is expected at an occasion between `joined` and `left`.
    by : sequence of str
        organisation, person, occasion: one or more.
    each : int
        Entries expected from a person at an occasion.

    Returns
    -------
    DataFrame (cells where somebody is expected,)
        The columns of `by`, and `expected`.
    """
    pairs = read(people).select("organisation", "person", "joined", "left").join(read(occasions), how="cross")
    there = pairs.filter(
        nw.col("joined") <= nw.col("ends"), nw.col("left").is_null() | (nw.col("left") >= nw.col("starts"))
    )
    counted = there.group_by(list(by)).agg(expected=nw.len()).with_columns(expected=nw.col("expected") * each)
    return native(counted.sort(list(by)), like=people)


def _filled(entries: Frame, by: Sequence[str]) -> Frame:
    keys = [nw.col(name).cast(nw.String).fill_null(_JOINT) for name in by]
    columns = list(dict.fromkeys(("entry", "text", *by)))
    return entries.select(columns).with_columns(*keys).with_columns(size=nw.col("text").str.len_chars()).drop("text")


def _counted(entries: Frame, codings: Frame, by: Sequence[str]) -> Frame:
    """Count codings, entries and characters, entry by entry and code by code first: the cells follow from that."""
    own, names = _numbered(codings["entry"])
    number, codes = _numbered(codings["code"])
    place_of = {entry: place for place, entry in enumerate(entries["entry"].to_list())}
    place = np.array([place_of.get(name, -1) for name in names], dtype=np.int64)[own]
    there = place >= 0
    pairs = (place * len(codes) + number)[there]
    start, end = (codings[name].cast(nw.Int64).to_numpy()[there] for name in ("start", "end"))
    counted, covered = np.bincount(pairs), _covered(pairs, start, end)
    found = np.flatnonzero(counted)
    rows = {"_place": found // max(len(codes), 1), "codings": counted[found], "characters_coded": covered[found]}
    schema: dict[str, Any] = {**dict.fromkeys(rows, nw.Int64), "code": nw.String}
    code = [codes[k] for k in (found % max(len(codes), 1)).tolist()]
    per = nw.from_dict({**rows, "code": code}, schema, backend=entries.implementation)
    per = per.join(entries.with_row_index("_place").with_columns(nw.col("_place").cast(nw.Int64)), on="_place")
    sums = [nw.col(name).sum() for name in ("codings", "characters_coded")]
    return per.group_by([*by, "code"]).agg(*sums, coded=nw.len())


def _numbered(values: nw.Series[Any]) -> tuple[Any, list[str]]:
    """Give each value a number from 0, and list the values; a join on a million words takes five times as long."""
    own = values.to_native()
    numbers, found = pd.factorize(own if isinstance(own, pd.Series) else values.to_numpy())
    return numbers.astype(np.int64), found.tolist()


def _covered(group: Any, start: Any, end: Any) -> Any:
    """Count the code points that the stretches of each group cover, each once.

    The groups are laid one after another on one line, so that the furthest end so far is never another group's.
    """
    room = int(end.max(initial=0)) + 1
    first, last = group * room + start, group * room + end
    order = np.argsort(first)
    reached = np.maximum.accumulate(np.concatenate([[0], last[order]]))[:-1]
    new = np.maximum(last[order] - np.maximum(first[order], reached), 0)
    return np.bincount(group[order], weights=new).astype(np.int64)


def _cells(entries: Frame, occasions: Frame, by: Sequence[str], expected: Any) -> Frame:
    """Every cell, with the entries and characters written in it; occasions without entries too."""
    written = entries.group_by(list(by)).agg(nw.col("size").sum().alias("characters"), written=nw.len())
    rest, when = [name for name in by if name != "occasion"], occasions.select("occasion")
    grid = entries.select(rest).unique() if rest else when
    grid = grid.join(when, how="cross") if rest and "occasion" in by else grid
    parts = [grid.select(list(by)), written.select(list(by))]
    if expected is not None:
        given = read(expected).with_columns(nw.col("expected").cast(nw.Int64))
        parts.append(given.select([nw.col(name).cast(nw.String) for name in by]))
    cells = nw.concat(parts).unique().join(written, on=list(by), how="left")
    if expected is None:
        return cells
    return whole(cells.join(given.select([*by, "expected"]), on=list(by), how="left"), "expected")


def _shown(table: Frame, by: Sequence[str], occasions: Any, *more: str) -> Frame:
    """Whole counts, shares, and the rows in order."""
    table = whole(table, "codings", "coded", "written", "characters", "characters_coded")
    table = table.with_columns(
        share=_share("coded", "written"), characters_share=_share("characters_coded", "characters")
    )
    if "occasion" in by:
        table = table.join(read(occasions).select("occasion", "number"), on="occasion", how="left")
    order = [("number" if name == "occasion" else name) for name in by]
    table = table.sort([*order, *more]).select([*by, *more, *(name for name in _COUNTS if name in table.columns)])
    empty = [nw.when(nw.col(name) != _JOINT).then(nw.col(name)).alias(name) for name in by]
    return table.with_columns(*empty)


def _share(part: str, total: str) -> nw.Expr:
    return nw.when(nw.col(total) > 0).then(nw.col(part) / nw.col(total))
