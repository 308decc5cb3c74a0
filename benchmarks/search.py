"""How long searching takes over SQLite's FTS5 set up by hand, as ratios; the first index, and its memory.

15,000 texts, 36 million characters, of the demo study's sentences (see `loaders.py`), in which one long word in eight
is made a compound that stands nowhere else: for people write words that no dictionary has, and their number is what
takes the time. FTS5 has words (`unicode61 remove_diacritics 0`) and parts of words (`trigram`), in memory; it knows no
base forms and tells no places.
A query is asked as the coding desk asks it: the best 50 entries with every place in them. Run: make benchmark, or with
--small.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd
from loaders import LONG, TEXTS, demo, sentences

from workbench.search.base import base_form
from workbench.search.finding import Search
from workbench.study import Study

RUNS, SHOWN, BAR = 20, 50, 100.0
COMPOUND = 0.12  # of the words of six letters or more
QUERIES = {  # ours, and FTS5's: the table and the query; None where it has no such query
    "chefen": ("words", "chefen"),
    "och": ("words", "och"),
    "förmåga tid": ("words", "förmåga tid"),
    "innov*": ("words", "innov*"),
    '"att vi"': ("words", '"att vi"'),
    "near(vi tid, 5)": ("words", "NEAR(vi tid, 5)"),
    "tid -chefen": ("words", "tid NOT chefen"),
    "o*": ("words", "o*"),
    "*ledning*": ("parts", "ledning"),
    "ledningss": ("parts", "ledningss"),
}


def made_study(count: int) -> Study:
    """Give the demo study other texts."""
    study = demo()
    draw, known = random.Random(2), sentences()  # noqa: S311  no secret
    words = sorted({word.casefold() for text in known for word in re.findall(r"[^\W\d_]{4,}", text)})

    def compounded(word: re.Match[str]) -> str:
        return draw.choice(words) + word[0] if draw.random() < COMPOUND else word[0]

    texts = []
    while len(texts) < count:
        text = ""
        while len(text) < LONG:
            text += re.sub(r"[^\W\d_]{6,}", compounded, draw.choice(known)) + draw.choice([" ", " ", " ", "\n\n"])
        texts.append(text[:LONG].strip())
    like = pd.concat([study.entries] * (count // len(study.entries) + 1), ignore_index=True).head(count)
    entries = like.assign(entry=[f"E{number}" for number in range(count)], text=texts, language="sv")
    return study.with_frames(study.frames | {"entries": entries.astype(study.entries.dtypes)})


def made_tables(db: sqlite3.Connection, study: Study) -> None:
    """Index the same texts in FTS5."""
    db.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 0', prefix='2 3')")
    db.execute("CREATE VIRTUAL TABLE parts USING fts5(text, tokenize='trigram')")
    for table in ("words", "parts"):
        db.executemany(f"INSERT INTO {table} VALUES (?)", [(text,) for text in study.entries["text"]])  # noqa: S608


def asked(db: sqlite3.Connection, table: str, query: str) -> list[tuple[object, ...]]:
    """Ask FTS5 for the best entries, without their places, and for how many there are."""
    statement = f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ?"  # noqa: S608  names are our own
    query = f'"{query}"' if table == "parts" else query
    return db.execute(f"{statement} ORDER BY rank LIMIT {SHOWN}", (query,)).fetchall()


def timed(work: Callable[[], object]) -> float:
    """Tell how many milliseconds it takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(search: Search, db: sqlite3.Connection) -> None:
    """Ask each query of both in turn, and print the medians, their ratio, and our 95th percentile."""
    print(f"{'query':18}{'ours':>8}{'p95':>8}{'FTS5':>8}  ratio   entries  (ms; bar {BAR:g} at p95)")
    for query, peer in QUERIES.items():
        search.find(query, limit=SHOWN)
        pairs = [
            (timed(lambda: search.find(query, limit=SHOWN)), timed(lambda: asked(db, *peer)))  # noqa: B023  used at once
            for _ in range(RUNS)
        ]
        ours, theirs = zip(*pairs, strict=True)
        here, there = statistics.median(ours), statistics.median(theirs)
        late = statistics.quantiles(ours, n=20)[-1]
        count = search.find(query, limit=1).entries
        print(f"{query:18}{here:8.1f}{late:8.1f}{there:8.1f}{here / there:7.2f}{count:10}")


def memory() -> int:
    """Tell how many megabytes this process has now."""
    found = re.search(r"VmRSS:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Make the texts, index them in both ways, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the texts")
    study = made_study(TEXTS // (10 if parser.parse_args().small else 1))
    study.entries["text"].astype("object")
    print(f"dictionary {timed(lambda: base_form('tid', 'sv')) / 1000:.1f} s, once a process")
    before, made = memory(), []
    first = timed(lambda: made.append(Search(study, progress=False)))
    held = memory() - before
    with closing(sqlite3.connect(":memory:")) as db:
        peer = timed(lambda: made_tables(db, study))
        print(f"first index / FTS5's = {first / peer:.2f} ({first / 1000:.1f} s / {peer / 1000:.1f} s); {held} MB more")
        entries = study.entries
        entries.loc[0, "text"] = "Ny text."
        changed = study.with_frames(study.frames | {"entries": entries})
        again = timed(lambda: made[0].updated(changed, progress=False))
        print(f"one text corrected / first index = {again / first:.3f} ({again:.0f} ms)")
        measure(made[0], db)


if __name__ == "__main__":
    main()
