"""How much a table of codes by person and occasion costs over the same group-by written by hand in DuckDB.

A million codings of 15,000 entries by 300 people at six occasions. Prints ratios of medians, runs taken in turn; the
numbers are held to be the same. Run: make benchmark
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd

from workbench.coding import code_table

CODINGS, ENTRIES, PEOPLE, OCCASIONS, CODES, LENGTH = 1_000_000, 15_000, 300, 6, 40, 2_000
RUNS = 5
BY = ("person", "occasion")
PLAIN = """
    SELECT person, occasion, code, count(*) AS codings
    FROM {codings} JOIN {entries} USING (entry) GROUP BY ALL ORDER BY ALL
"""
COUNTED = """
    SELECT person, occasion, code, count(*) AS codings, count(DISTINCT entry) AS coded
    FROM {codings} JOIN {entries} USING (entry) GROUP BY ALL ORDER BY ALL
"""
COVERED = """
    WITH reached AS (
        SELECT entry, code, start, "end", max("end") OVER (
            PARTITION BY entry, code ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
        FROM {codings})
    SELECT person, occasion, code, count(*) AS codings, count(DISTINCT entry) AS coded,
        sum(greatest("end" - greatest(start, coalesce(until, 0)), 0))::BIGINT AS characters_coded
    FROM reached JOIN {entries} USING (entry) GROUP BY ALL ORDER BY ALL
"""


def corpus() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make entries, codings and occasions with the study's dtypes, the same every time."""
    random, number = np.random.default_rng(5), np.arange(ENTRIES)
    occasions = pd.DataFrame(
        {"occasion": [f"T{k}" for k in range(1, OCCASIONS + 1)], "number": range(1, OCCASIONS + 1)}
    )
    entries = pd.DataFrame({
        "entry": [f"A{k % 8}-{k}" for k in number],
        "person": [f"P-{k % PEOPLE:03d}" for k in number],
        "occasion": occasions["occasion"].to_numpy()[random.integers(0, OCCASIONS, ENTRIES)],
        "text": "x" * LENGTH,
    }).astype("str")  # fmt: skip
    start = random.integers(0, LENGTH - 100, CODINGS)
    codings = pd.DataFrame({
        "entry": entries["entry"].to_numpy()[random.integers(0, ENTRIES, CODINGS)],
        "code": [f"CODE_{k:02d}" for k in random.integers(0, CODES, CODINGS)],
        "coder": "K1",
        "start": start,
        "end": start + random.integers(1, 100, CODINGS),
    }).astype({"entry": "str", "code": "str", "coder": "str", "start": "Int64", "end": "Int64"})  # fmt: skip
    return entries, codings, occasions.astype({"occasion": "str"})


def medians(works: dict[str, Callable[[], pd.DataFrame]]) -> dict[str, float]:
    """Median seconds of each, run in turn so that what else the machine does falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _run in range(RUNS):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in taken.items()}


def same(ours: pd.DataFrame, theirs: pd.DataFrame, columns: list[str]) -> bool:
    """Tell whether both say the same where anything was coded."""
    names = [*BY, "code", *columns]
    ours = ours[ours["codings"] > 0]
    return bool((ours[names].astype("object").to_numpy() == theirs[names].astype("object").to_numpy()).all())


def main() -> None:
    """Measure the table against DuckDB on the same frames, and on tables that DuckDB holds already."""
    entries, codings, occasions = corpus()
    base = duckdb.connect()
    base.register("frame_codings", codings)
    base.register("frame_entries", entries)
    base.execute("CREATE TABLE codings AS FROM frame_codings; CREATE TABLE entries AS FROM frame_entries")
    held, frames = (
        {"codings": "codings", "entries": "entries"},
        {"codings": "frame_codings", "entries": "frame_entries"},
    )
    works: dict[str, Callable[[], pd.DataFrame]] = {
        "code_table": lambda: code_table(entries, codings, occasions, by=BY),
        "DuckDB, its own tables, codings alone": lambda: base.execute(PLAIN.format(**held)).df(),
        "DuckDB, the same frames, codings alone": lambda: base.execute(PLAIN.format(**frames)).df(),
        "DuckDB, the same frames, codings and entries": lambda: base.execute(COUNTED.format(**frames)).df(),
        "DuckDB, the same frames, all that code_table tells": lambda: base.execute(COVERED.format(**frames)).df(),
    }
    table, told = works["code_table"](), base.execute(COVERED.format(**held)).df()
    print(f"{len(codings):,} codings, {len(table):,} cells; same numbers: {same(table, told, list(told.columns[3:]))}")
    found = medians(works)
    ours = found.pop("code_table")
    for name, seconds in found.items():
        print(f"code_table / {name} = {ours / seconds:.1f} ({ours:.2f} s / {seconds:.2f} s)")


if __name__ == "__main__":
    main()
