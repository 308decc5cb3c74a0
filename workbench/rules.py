"""The rules between a study's columns and between its tables, each with what it reads. Typed frames in, faults out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.codebook import circles
from workbench.columns import Table
from workbench.errors import Fault
from workbench.instrument import FILE as INSTRUMENT_FILE
from workbench.reading import row_faults
from workbench.tables import (
    CODES,
    CODINGS,
    COMPONENTS,
    DECISIONS,
    DEFINITIONS,
    ENTRIES,
    EXPERIMENT_COMPONENTS,
    EXPERIMENTS,
    OCCASIONS,
    ORGANISATIONS,
    PEOPLE,
    PRACTICES,
    RATINGS,
    RESPONSES,
    ROUNDS,
    SUGGESTIONS,
    TABLES,
)  # fmt: skip

Frames = Mapping[str, pd.DataFrame]
_SPAN = ["entry", "start", "end", "quote"]


@dataclass(frozen=True)
class Rule:
    """One rule: what finds its faults, and the columns it reads; without one of them it cannot be told.

    A rule that must see all rows of a table at once, not only those that hang together, is `whole`.
    """

    find: Callable[[Frames], Iterator[Fault]]
    reads: tuple[tuple[Table, str], ...]
    whole: bool = False

    def columns(self, file: str) -> tuple[str, ...]:
        """Columns of one file that the rule reads."""
        return tuple(name for table, name in self.reads if table.source == file)


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


def _spans(frames: Frames) -> Iterator[Fault]:
    entries, codings = frames["entries"], frames["codings"]
    pairs = zip(entries["entry"].to_list(), entries["text"].to_list(), strict=True)
    texts = {entry: text for entry, text in pairs if isinstance(text, str) and "\r" not in text}
    columns = (codings[name].to_list() for name in _SPAN)
    for index, entry, start, end, quote in zip(codings.index.to_list(), *columns, strict=True):
        text = texts.get(entry)
        if text is None or not isinstance(quote, str):
            continue  # this has a fault of its own, as has a number outside its range
        if start is pd.NA or end is pd.NA or start < 0 or end < 1:
            continue
        if text[start:end] != quote or not start < end <= len(text):
            yield _span_fault(index, text, start, end, quote)


def _span_fault(index: int, text: str, start: int, end: int, quote: str) -> Fault:
    row = index + 2
    if not start < end <= len(text):
        rule = f"a span lies inside its text, which has {len(text)} characters"
        return Fault(CODINGS.source, row, "end", f"{start} to {end}", rule, "mend start and end, or the entry")
    where = text.find(quote)
    cure = f"the quote stands at {where} to {where + len(quote)}" if where >= 0 else "mend the quote or the span"
    rule = f"the quote must equal its span, which reads {text[start:end]!r}"
    return Fault(CODINGS.source, row, "quote", quote, rule, cure)


def _inside(table: Table) -> Rule:
    """Require that a span of a table's row lie inside its entry's text."""

    def find(frames: Frames) -> Iterator[Fault]:
        rows, entries = frames[table.name], frames["entries"].drop_duplicates("entry")
        sizes = dict(zip(entries["entry"].to_list(), entries["text"].str.len().to_list(), strict=True))
        length = rows["entry"].map(sizes.get).astype("Int64")  # nothing where the entry has a fault of its own
        wrong = ((rows["start"] >= rows["end"]) | (rows["end"] > length)).fillna(value=False)
        rule = "a span lies inside its entry's text"
        yield from row_faults(table, table["end"], rows.loc[wrong, "end"], rule, "mend start and end, or the entry")

    reads = tuple((table, name) for name in ("entry", "start", "end"))
    return Rule(find, (*reads, (ENTRIES, "entry"), (ENTRIES, "text")))


def _line_ends(frames: Frames) -> Iterator[Fault]:
    texts = frames["entries"]["text"].dropna()
    odd = texts[texts.str.contains("\r", regex=False)]
    yield from row_faults(ENTRIES, ENTRIES["text"], odd.str.slice(0, 40), "line ends are LF", "replace CR LF by LF")


def _forward(table: Table, first: str, last: str) -> Rule:
    def find(frames: Frames) -> Iterator[Fault]:
        frame = frames[table.name]
        early = frame.loc[frame[last] < frame[first], last].dt.strftime("%Y-%m-%d")
        yield from row_faults(table, table[last], early, f"cannot be before {first}", "mend one of the two days")

    return Rule(find, ((table, first), (table, last)))


def _within_organisation(day: str) -> Rule:
    def find(frames: Frames) -> Iterator[Fault]:
        people, limits = frames["people"], frames["organisations"].drop_duplicates("organisation")
        if limits.empty:
            return  # pandas cannot map days by an empty table; who refers to nothing has a fault already
        limit = people["organisation"].map(limits.set_index("organisation")[day])
        outside = people[day] < limit if day == "joined" else people[day] > limit
        shown = people.loc[outside, day].dt.strftime("%Y-%m-%d")
        rule = f"a person is in the study while their organisation is: see its {day}"
        yield from row_faults(PEOPLE, PEOPLE[day], shown, rule, "mend one of the two days")

    return Rule(find, ((PEOPLE, "organisation"), (PEOPLE, day), (ORGANISATIONS, "organisation"), (ORGANISATIONS, day)))


def _same_owner(table: Table, column: str, *, through: str = "", at: str = "") -> Rule:
    """Require that what a row refers to belong to the row's own organisation or to nobody: so every slice is whole."""
    other = _referred(table, column)
    home = _referred(table, through) if through else table

    def known(owner: object) -> bool:  # a row of nobody's has a fault already, but for a common component
        return isinstance(owner, str) or table is COMPONENTS

    def find(frames: Frames) -> Iterator[Fault]:
        owners, rows = _owners(frames, other), frames[table.name]
        if not owners or rows.empty:
            return
        homes = _owners(frames, home) if through else {}
        mine = [homes.get(code) for code in rows[through]] if through else rows["organisation"].to_list()
        theirs = [owners.get(code) for code in rows[column]]
        pairs = enumerate(zip(mine, theirs, strict=True))
        places = [place for place, (one, another) in pairs if another is not None and one != another and known(one)]
        strange = rows[at or column].iloc[places]
        rule = f"{column} and row must be of the same organisation"
        yield from row_faults(table, table[at or column], strange, rule, "mend one of the two")

    reads = ((table, column), (table, through or "organisation"), (other, other.key[0]), (other, "organisation"))
    return Rule(find, (*reads, (home, "organisation"), (home, home.key[0])) if through else reads)


def rules_for(common: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules of a study whose instrument has the components `common`."""

    def find(frames: Frames) -> Iterator[Fault]:
        given = frames["components"].dropna(subset=["component"])
        strange = given.loc[given["organisation"].isna() & ~given["component"].isin(common), "component"]
        rule = f"a component without an owner stands in {INSTRUMENT_FILE}"
        yield from row_faults(COMPONENTS, COMPONENTS["component"], strange, rule, "add its owner")

    return (*RULES, Rule(find, ((COMPONENTS, "component"), (COMPONENTS, "organisation"))))


def _referred(table: Table, column: str) -> Table:
    return TABLES[table[column].refers.split(".")[0]]


def _owners(frames: Frames, table: Table) -> dict[str, str]:
    rows = frames[table.name].dropna(subset=[table.key[0], "organisation"])
    return dict(zip(rows[table.key[0]].to_list(), rows["organisation"].to_list(), strict=True))


def _families(frames: Frames) -> Iterator[Fault]:
    codes = frames["codes"].dropna(subset=["code"])
    parents = dict(zip(codes["code"].to_list(), codes["parent"].to_list(), strict=True))
    lost = codes.loc[codes["code"].isin(list(circles(parents))), "parent"]
    yield from row_faults(CODES, CODES["parent"], lost, "a family cannot lie in itself", "choose another parent")


RULES = (
    Rule(_level_or_missing, ((RATINGS, "level"), (RATINGS, "missing"))),
    Rule(_returning_among_present, ((RATINGS, "present"), (RATINGS, "returning"))),
    Rule(_basis_and_person, ((RATINGS, "basis"), (RATINGS, "person"))),
    Rule(_spans, ((ENTRIES, "entry"), (ENTRIES, "text"), *((CODINGS, name) for name in _SPAN))),
    _inside(SUGGESTIONS),
    _inside(DECISIONS),
    Rule(_line_ends, ((ENTRIES, "text"),)),
    Rule(_families, ((CODES, "parent"),), whole=True),
    _forward(OCCASIONS, "starts", "ends"),
    _forward(ORGANISATIONS, "joined", "left"),
    _forward(PEOPLE, "joined", "left"),
    _forward(EXPERIMENTS, "started", "ended"),
    _forward(ROUNDS, "opened", "closed"),
    _within_organisation("joined"),
    _within_organisation("left"),
    _same_owner(ENTRIES, "person", at="organisation"),
    _same_owner(RATINGS, "person", at="organisation"),
    _same_owner(RESPONSES, "feedback", through="person"),
    _same_owner(EXPERIMENTS, "follows"),
    _same_owner(ENTRIES, "experiment"),
    _same_owner(PRACTICES, "experiment"),
    _same_owner(COMPONENTS, "builds_on"),
    _same_owner(DEFINITIONS, "component"),
    _same_owner(RATINGS, "component"),
    _same_owner(ENTRIES, "component"),
    _same_owner(PRACTICES, "component"),
    _same_owner(EXPERIMENT_COMPONENTS, "component", through="experiment"),
    _same_owner(EXPERIMENT_COMPONENTS, "definition", through="experiment"),
)
