"""An import: what files handed in come to, before anything is taken into the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from workbench.language import Language
from workbench.loaders.collecting import Collected
from workbench.loaders.judging.sorting import Sorted
from workbench.loaders.problem import Problem, problems_frame
from workbench.records import Record, records_frame
from workbench.tables import TABLES

COUNTS = ("rows", "taken", "there", "refused")


@dataclass(frozen=True)
class Import:
    """What a hand-in comes to.

    Nothing is in the study yet: see `workbench.loaders.taking.take_in_import`.

    Attributes
    ----------
    collected : tuple of Collected
        The files, in order.
    sorted : tuple of Sorted
        Their items, in order.
    problems : tuple of Problem
        Everything to know of files, sheets, rows and cells.
    new_parts : DataFrame
        entry, previous, share, start, end, quote: what is new in entries that are mostly copied.
    people : DataFrame
        written, person, rows: who is named, as written, with the code (NA: nobody knows them) and in how many rows.
    places : mapping of str to Path
        By path as told: where each file lies, a ZIP's members not among them.
    """

    collected: tuple[Collected, ...]
    sorted: tuple[Sorted, ...]
    problems: tuple[Problem, ...]
    new_parts: pd.DataFrame
    people: pd.DataFrame
    places: Mapping[str, Path] = field(default_factory=dict)

    @property
    def entries(self) -> pd.DataFrame:
        """New entries, with the columns of the study's table, and with ``file``, ``sheet`` and ``row`` behind them."""
        return self._new("entries")

    @property
    def ratings(self) -> pd.DataFrame:
        """New ratings, as `entries`."""
        return self._new("ratings")

    @property
    def experiments(self) -> pd.DataFrame:
        """New experiments, and what is told of those the study has, as `entries`."""
        return self._new("experiments")

    def _new(self, table: str) -> pd.DataFrame:
        declared = TABLES[table]
        rows = [(one.item, row.record) for one in self.taken for row in one.rows if row.table == table]
        names = [column.name for column in declared.columns]
        frame = records_frame(declared, [{**dict.fromkeys(names), **record} for _, record in rows])
        return frame.assign(
            file=pd.array([item.file for item, _ in rows], dtype="str"),
            sheet=pd.array([item.sheet for item, _ in rows], dtype="str"),
            row=pd.array([item.row for item, _ in rows], dtype="Int64"),
        )

    @property
    def taken(self) -> list[Sorted]:
        """The items that are taken."""
        return [one for one in self.sorted if one.outcome == "taken"]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """What became of every row: file, sheet, row, outcome. A document is one row, so is a file refused whole."""
        told = [(one.item.file, one.item.sheet, one.item.row, one.outcome) for one in self.sorted]
        told += [(one.file.path, "", 0, "refused") for one in self.collected if one.is_refused]
        frame = pd.DataFrame(told, columns=["file", "sheet", "row", "outcome"])
        return frame.astype({"file": "str", "sheet": "str", "row": "Int64", "outcome": "str"})

    @cached_property
    def account(self) -> pd.DataFrame:
        """One row a file or sheet: file, sheet, kind, rows, taken, there, refused; rows is the others' sum."""
        kinds = pd.Series({one.file.path: one.kind for one in self.collected}, dtype="str")
        counts = pd.crosstab([self.rows["file"], self.rows["sheet"]], self.rows["outcome"])
        counts = counts.reindex(columns=list(COUNTS[1:]), fill_value=0)
        silent = [(path, "") for path in kinds.index if path not in set(self.rows["file"])]
        counts = counts.reindex([*counts.index, *silent], fill_value=0)
        counts.insert(0, "rows", counts.sum(axis="columns"))
        frame = counts.rename_axis(["file", "sheet"]).reset_index().rename_axis(columns=None)
        frame.insert(2, "kind", frame["file"].map(kinds))
        return frame.sort_values(["file", "sheet"], ignore_index=True)

    @property
    def totals(self) -> dict[str, int]:
        """How many rows came in, were taken, were there already and were refused."""
        return {name: int(self.account[name].sum()) for name in COUNTS}

    def faults(self, language: Language = "en") -> pd.DataFrame:
        """Return the problems as a table: see `workbench.loaders.problem.problems_frame`."""
        return problems_frame(self.problems, language)

    def __repr__(self) -> str:
        """Count."""
        told = ", ".join(f"{count} {name}" for name, count in self.totals.items())
        return f"<Import of {len(self.collected)} files: {told}>"


def people_named(items: Iterable[Sorted], find: Callable[[str], str | None]) -> pd.DataFrame:
    """Count who is named, as written."""
    named: dict[str, int] = {}
    for one in items:
        words = one.item.words("person") or one.item.words("email") or one.item.words("name")
        if words:
            named[words.strip()] = named.get(words.strip(), 0) + 1
    rows: Sequence[Record] = [{"written": name, "person": find(name), "rows": named[name]} for name in sorted(named)]
    dtypes = {"written": "str", "person": "str", "rows": "int64"}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
