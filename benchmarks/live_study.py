"""How much a live study costs over the plainest way to the same end, as ratios, on a small and on a large study.

1,000 entries of 5,000 characters, 50 codes; 20,000 codings, then a million. Each thing is measured in turn with
its floor, so that a noisy machine slows both. Run: make benchmark, or with --small or --peer, see --help.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import adbc_driver_sqlite.dbapi as adbc
import pandas as pd

from workbench.acts.codings import code_span, code_spans
from workbench.opening import open_study
from workbench.store.creating import create_study, take_in
from workbench.store.live import LiveStudy
from workbench.store.verify import verify
from workbench.study import Study

DEMO = Path(__file__).parent.parent / "data" / "demo"
SENTENCES = "Vi vågade 🙂 säga nej. Sedan gick vi hem och prövade igen, tillsammans med andra. "
ENTRIES, LONG, AT_ONCE, LARGE = 1_000, 5_000, 20_000, 1_000_000
ACTS, FIRST, RUNS = 300, 20, 7
SURE = ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF")  # as the workbench opens its database
CODE_TEXT = """CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
    pos1 integer, owner text, date text, memo text, avid integer, important integer,
    unique(cid, fid, pos0, pos1, owner))"""  # as QualCoder keeps its codings
Row = tuple[object, ...]


def begin_study(place: Path | str) -> list[str]:
    """Begin a live study with the entries, nothing coded; give its active codes."""
    demo = open_study(DEMO)
    kept = ("organisations", "people", "occasions", "components", "focus", "codes", "lineage")
    frames = {name: frame if name in kept else frame.iloc[:0] for name, frame in demo.frames.items()}
    text = (SENTENCES * (LONG // len(SENTENCES) + 1))[:LONG]
    one = demo.entries.iloc[[0] * ENTRIES].reset_index(drop=True)
    codes = [f"N{number}" for number in range(ENTRIES)]
    frames["entries"] = one.assign(entry=codes, text=text).astype(demo.entries.dtypes)
    create_study(place, demo.with_frames(frames), actor="K0")
    return demo.codes.loc[demo.codes["status"] == "active", "code"].tolist()[:50]


def draw_spans(draw: random.Random, codes: list[str], count: int) -> pd.DataFrame:
    """Draw spans, no two alike."""
    drawn: set[tuple[str, int, int, str]] = set()
    while len(drawn) < count:
        start = draw.randrange(LONG - 90)
        drawn.add((f"N{draw.randrange(ENTRIES)}", start, start + draw.randrange(5, 90), draw.choice(codes)))
    return pd.DataFrame(sorted(drawn), columns=["entry", "start", "end", "code"])


def fill(place: Path | str, codes: list[str], count: int) -> None:
    """Code so many spans, as an import does: acts of 20,000."""
    draw, text = random.Random(1), (SENTENCES * 100)[:LONG]  # noqa: S311  no secret
    with LiveStudy(place, actor="K1") as live:
        for _act in range(count // AT_ONCE):
            spans = draw_spans(draw, codes, AT_ONCE)
            quotes = [text[start:end] for start, end in zip(spans["start"], spans["end"], strict=True)]
            live.do(take_in({"codings": spans.assign(quote=quotes, coder="K1", coded="2025-04-01T09:00:00Z")}))


def acts_seconds(place: Path | str, codes: list[str], run: int) -> Iterator[tuple[float, float]]:
    """Code one span at a time, each kept before the next: seconds on the wall, and of the processor."""
    with LiveStudy(place, actor=f"K2-{run}") as live:
        for number in range(ACTS + FIRST):
            start = number * 37 % (LONG - 90)
            act = code_span(f"N{number % ENTRIES}", start, start + 20, codes[number % len(codes)])
            worked, begun = time.process_time(), time.perf_counter()
            live.do(act)
            if number >= FIRST:  # the first ones load what the rest find loaded
                yield time.perf_counter() - begun, time.process_time() - worked


def row_seconds(place: Path) -> Iterator[float]:
    """Add one row at a time as QualCoder does: an INSERT and a COMMIT, SQLite's own settings, no log, no checks."""
    connection = sqlite3.connect(place / "peer.db")
    connection.execute(CODE_TEXT)
    insertion = "INSERT INTO code_text VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, '', NULL, NULL)"
    for number in range(ACTS):
        row = (number % 50, number, "Vi vågade säga nej.", number, number + 20, "K2", "2025-04-01 09:00:00")
        begun = time.perf_counter()
        connection.execute(insertion, row)
        connection.commit()
        yield time.perf_counter() - begun
    connection.close()


def bulk_seconds(folder: Path, codes: list[str], number: int) -> tuple[float, float]:
    """Code 20,000 spans in one act; then the same rows, ready, with plain executemany, in a copy of the study."""
    plain = shutil.copytree(folder, folder.with_name("plain")) / "study.db"
    spans = draw_spans(random.Random(100 + number), codes, AT_ONCE)  # noqa: S311  no secret
    with LiveStudy(folder, actor="K3") as live:
        ours = taken(lambda: live.do(code_spans(spans, coder=f"rule {number}")))
    with sqlite3.connect(folder / "study.db") as connection:
        rows = connection.execute("SELECT * FROM codings WHERE coder = ?", [f"rule {number}"]).fetchall()
    connection.close()
    floor = taken(lambda: insert(plain, rows))
    shutil.rmtree(plain.parent)
    return ours, floor


def insert(file: Path, rows: list[Row]) -> None:
    """Add rows to the same table with the same indexes, in one transaction."""
    connection = sqlite3.connect(file, isolation_level=None)
    for line in SURE:
        connection.execute(f"PRAGMA {line}")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO codings VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
    connection.execute("COMMIT")
    connection.close()


def read_raw(folder: Path) -> pd.DataFrame:
    """Read the codings as the database has them, no dtypes, no other table."""
    with adbc.connect(f"file:{folder / 'study.db'}?mode=ro") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM codings")
        frame: pd.DataFrame = cursor.fetch_df()
    return frame


def taken(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def high(seconds: list[float]) -> float:
    """Give the 95th percentile."""
    return sorted(seconds)[int(len(seconds) * 0.95)]


def line(what: str, ours: float, floor: float, bar: float | None = None) -> None:
    """Print one line of the table, in milliseconds."""
    kept = "" if bar is None else f"{bar:>7.1f}  {'kept' if ours / floor <= bar else 'NOT KEPT'}"
    print(f"{what:<58}{ours * 1000:>10.1f}{floor * 1000:>10.1f}{ours / floor:>8.2f}{kept}", flush=True)


def measure_acts(places: dict[int, Path], codes: list[str]) -> None:
    """Measure one act in each study, and a peer's way, in turn."""
    found: dict[int, list[tuple[float, float]]] = {size: [] for size in places}
    for run in range(3):
        for size, place in places.items():
            found[size] += acts_seconds(place, codes, run)
    walls = {size: [wall for wall, _ in seconds] for size, seconds in found.items()}
    works = {size: [work for _, work in seconds] for size, seconds in found.items()}
    for size in places:
        line(f"one act, {size:,} codings: p95 against 20 ms", high(walls[size]), 0.020, 1)
        line("  the processor's part of it, p95", high(works[size]), 0.020)
        line("  median", statistics.median(walls[size]), 0.020)
    least, most = min(found), max(found)
    if least != most:
        middle = statistics.median
        line("one act, medians, large study against small", middle(walls[most]), middle(walls[least]), 1.5)
        line("  the processor's part", middle(works[most]), middle(works[least]))
    with tempfile.TemporaryDirectory() as peer:
        rows = statistics.median(row_seconds(Path(peer)))
    line("one act against QualCoder's row and commit, medians", statistics.median(walls[least]), rows)


def measure_bulk(place: Path, size: int, codes: list[str]) -> None:
    """Measure a bulk act against its floor, in turn."""
    pairs = [bulk_seconds(place, codes, number) for number in range(RUNS if size == AT_ONCE else 3)]
    ours, floor = min(pairs, key=lambda pair: abs(pair[0] / pair[1] - statistics.median(a / b for a, b in pairs)))
    line(f"20,000 codings as one act, {size:,} before, and executemany", ours, floor, 3)


def measure_reading(place: Path, size: int) -> None:
    """Measure opening a study against the raw table, in turn."""
    pairs = [(taken(lambda: open_study(place)), taken(lambda: read_raw(place))) for _run in range(RUNS)]
    ours, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    line(f"open_study, {size:,} codings, and the raw table by ADBC", ours, floor, 1.5 if size == LARGE else None)


def measure_history(place: Path, size: int) -> None:
    """Tell what the long ways through the whole log take."""
    study: Study = open_study(place)
    ways: dict[str, Callable[[], object]] = {
        "verify": lambda: verify(place),
        "as_of its middle": lambda: study.as_of(max(2, len(study.events) // 2)),
    }
    for name, work in ways.items():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}, {size:,} codings: {taken(work):.1f} s; memory at most "
              f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, {peak} MB before")  # fmt: skip
    print(f"size of the file: {(place / 'study.db').stat().st_size / 1e6:.0f} MB")


def measure_shared(url: str) -> None:
    """Tell what the same takes in PostgreSQL, on the small study; its server keeps its own settings."""
    codes = begin_study(url)
    fill(url, codes, AT_ONCE)
    walls = [wall for wall, _ in acts_seconds(url, codes, 0)]
    line("PostgreSQL: one act, p95 against 20 ms", high(walls), 0.020)
    line("  median", statistics.median(walls), 0.020)
    with LiveStudy(url, actor="K3") as live:
        act = code_spans(draw_spans(random.Random(100), codes, AT_ONCE), coder="rule")  # noqa: S311  no secret
        print(f"20,000 codings as one act: {taken(lambda: live.do(act)):.2f} s")
    print(f"open_study, {len(open_study(url).codings):,} codings: {taken(lambda: open_study(url)):.2f} s")


def main() -> None:
    """Measure on both sizes, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="leave out the study of a million codings")
    parser.add_argument("--url", help="measure on an empty PostgreSQL database instead")
    asked = parser.parse_args()
    if asked.url:
        measure_shared(asked.url)
    else:
        measure_files(small=asked.small)


def measure_files(*, small: bool) -> None:
    """Measure a small study, and unless `small` a large one, each a file, against their floors."""
    place = Path(tempfile.mkdtemp())
    try:
        places = {size: place / f"{size}" / "study" for size in ((AT_ONCE,) if small else (AT_ONCE, LARGE))}
        for size, folder in places.items():
            codes = begin_study(folder)
            fill(folder, codes, size)
        print(f"{'milliseconds':<58}{'ours':>10}{'floor':>10}{'ratio':>8}{'bar':>7}")
        for size, folder in places.items():
            measure_reading(folder, size)
        measure_acts(places, codes)
        for size, folder in places.items():
            measure_bulk(folder, size, codes)
        for size, folder in places.items():
            measure_history(folder, size)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
