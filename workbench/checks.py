"""The rules of a study's tables: typed frames in, faults out. Nothing is read and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from workbench.columns import Column, Table
from workbench.errors import Fault
from workbench.reading import row_faults
from workbench.tables import CODINGS, ENTRIES, EXPERIMENTS, OCCASIONS, PEOPLE, RATINGS, TABLES

Frames = Mapping[str, pd.DataFrame]


def check_frames(frames: Frames) -> list[Fault]:
    """Check every table against its declaration and the rules between tables.

    Returns
    -------
    list of Fault
        Every fault there is; empty when the study is sound.
    """
    faults: list[Fault] = []
    for table in TABLES.values():
        faults += check_table(table, frames)
    return faults + [fault for rule in _RULES for fault in rule(frames)]


def check_table(table: Table, frames: Frames) -> list[Fault]:
    """Check one table's required values, allowed values, ranges, references and key."""
    frame = frames[table.name]
    faults: list[Fault] = []
    for column in table.columns:
        faults += _column_faults(table, column, frame[column.name], frames)
    return faults + list(_key_faults(table, frame))


def _column_faults(table: Table, column: Column, found: pd.Series[Any], frames: Frames) -> Iterator[Fault]:
    present = found.dropna()
    if column.required:
        yield from row_faults(table, column, found[found.isna()], "a value is required", f"fill in {column.name}")
    if column.allowed:
        rule = f"allowed are {', '.join(column.allowed)}"
        yield from row_faults(table, column, present[~present.isin(column.allowed)], rule, "choose one of them")
    if column.kind == "whole":
        yield from _range_faults(table, column, present)
    if column.refers:
        yield from _reference_faults(table, column, present, frames)


def _range_faults(table: Table, column: Column, present: pd.Series[Any]) -> Iterator[Fault]:
    lowest = column.lowest if column.lowest is not None else -(2**62)
    highest = column.highest if column.highest is not None else 2**62
    limit = "no limit" if column.highest is None else str(column.highest)
    rule = f"allowed is {column.lowest} to {limit}"
    yield from row_faults(table, column, present[(present < lowest) | (present > highest)], rule, "mend the number")


def _reference_faults(table: Table, column: Column, present: pd.Series[Any], frames: Frames) -> Iterator[Fault]:
    name, other = column.refers.split(".")
    unknown = present[~present.isin(frames[name][other])]
    rule = f"must be a {other} of {TABLES[name].source}"
    yield from row_faults(table, column, unknown, rule, f"mend the code, or add it to {TABLES[name].source}")


def _key_faults(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    key = list(table.key)
    twice = frame[key].duplicated(keep="first")
    shown = frame.loc[twice, key].astype("str").agg(" · ".join, axis=1) if twice.any() else pd.Series(dtype="str")
    rule = f"{' + '.join(key)} must be unique"
    yield from row_faults(table, table[key[0]], shown, rule, "remove the row, or give it a key of its own")


def _level_or_missing(frames: Frames) -> Iterator[Fault]:
    ratings = frames["ratings"]
    both = ratings["level"].notna() & ratings["missing"].notna()
    neither = ratings["level"].isna() & ratings["missing"].isna()
    rule = "a rating has a level or a missing code, never both, never neither"
    yield from row_faults(RATINGS, RATINGS["level"], ratings.loc[both, "level"], rule, "remove one of the two")
    yield from row_faults(RATINGS, RATINGS["level"], ratings.loc[neither, "level"], rule, "give a level or a code")


def _basis_and_person(frames: Frames) -> Iterator[Fault]:
    ratings = frames["ratings"]
    wrong = (ratings["basis"] == "individual") == ratings["person"].isna()
    rule = "an individual rating names its person, a consensus names nobody"
    yield from row_faults(RATINGS, RATINGS["person"], ratings.loc[wrong, "person"], rule, "mend person or basis")


def _returning_among_present(frames: Frames) -> Iterator[Fault]:
    ratings = frames["ratings"]
    more = ratings.loc[ratings["returning"] > ratings["present"], "returning"]
    yield from row_faults(RATINGS, RATINGS["returning"], more, "cannot be more than were present", "mend the number")


def _own_organisation(frames: Frames) -> Iterator[Fault]:
    home = frames["people"].drop_duplicates("person").set_index("person")["organisation"]
    for table in (ENTRIES, RATINGS):
        rows = frames[table.name].dropna(subset=["person"])
        expected = rows["person"].map(home)
        strange = rows.loc[expected.notna() & (expected != rows["organisation"]), "organisation"]
        yield from row_faults(table, table["organisation"], strange, "must be the person's own", "mend one of the two")


def _spans(frames: Frames) -> Iterator[Fault]:
    entries, codings = frames["entries"].dropna(subset=["text"]), frames["codings"].dropna(subset=["start", "end"])
    texts = dict(zip(entries["entry"].to_list(), entries["text"].to_list(), strict=True))
    columns = (codings[name].to_list() for name in ("entry", "start", "end", "quote"))
    for index, entry, start, end, quote in zip(codings.index.to_list(), *columns, strict=True):
        text = texts.get(entry)
        if text is not None and (text[start:end] != quote or not start < end <= len(text)):
            yield _span_fault(index, text, start, end, quote)


def _span_fault(index: int, text: str, start: int, end: int, quote: str) -> Fault:
    row = index + 2
    if not start < end <= len(text):
        rule = f"a span lies inside its text, which has {len(text)} characters"
        return Fault(CODINGS.source, row, "end", f"{start} to {end}", rule, "mend start and end, or the entry")
    where = text.find(quote) if isinstance(quote, str) else -1
    cure = f"the quote stands at {where} to {where + len(quote)}" if where >= 0 else "mend the quote or the span"
    rule = f"the quote must equal its span, which reads {text[start:end]!r}"
    return Fault(CODINGS.source, row, "quote", str(quote), rule, cure)


def _line_ends(frames: Frames) -> Iterator[Fault]:
    texts = frames["entries"]["text"].dropna()
    odd = texts[texts.str.contains("\r", regex=False)]
    yield from row_faults(ENTRIES, ENTRIES["text"], odd.str.slice(0, 40), "line ends are LF", "replace CR LF by LF")


def _time_runs_forward(frames: Frames) -> Iterator[Fault]:
    for table, first, last in (
        (OCCASIONS, "starts", "ends"),
        (PEOPLE, "joined", "left"),
        (EXPERIMENTS, "started", "ended"),
    ):
        frame = frames[table.name]
        early = frame.loc[frame[last] < frame[first], last].dt.strftime("%Y-%m-%d")
        yield from row_faults(table, table[last], early, f"cannot be before {first}", "mend one of the two days")


_RULES = (
    _level_or_missing,
    _returning_among_present,
    _basis_and_person,
    _own_organisation,
    _spans,
    _line_ends,
    _time_runs_forward,
)
