"""How much reading what is handed in costs over a peer or a floor, as ratios, and in how much memory.

A thousand Word documents of 1,500 words with a table and a tracked change: `read_docx` and `mammoth`'s raw text.
15,000 texts, 36 million characters, in a CSV file: `load_entries`, which checks everything, and `pandas.read_csv`: told
to keep every cell as it is written, as a loader of texts must; and as it is, when it leaves texts in Arrow's memory and
makes no Python string of any, which is quicker than to decode the file in Python.
Each is measured in turn with the other, in a process of its own. Run: make benchmark, or with --small.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import docx
import mammoth
import pandas as pd

from workbench.loaders.door import load_entries
from workbench.loaders.readers.word import read_docx
from workbench.opening import open_study
from workbench.study import Study

DEMO = Path(__file__).parent.parent / "data" / "demo"
DOCUMENTS, TEXTS, LONG, WORDS = 1_000, 15_000, 2_400, 1_500
ROWS, RUNS, BAR = 12, 5, 5.0
AS_WRITTEN = "pandas.read_csv of cells as they are written"
WARM = "warm"  # folder of what is read first, unmeasured
CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>Vi tror </w:t></w:r>"
    "<w:del w:id='901' w:author='A'><w:r><w:delText>inte </w:delText></w:r></w:del>"
    "<w:ins w:id='902' w:author='A'><w:r><w:t>ännu mer på det här.</w:t></w:r></w:ins></w:p>"
)


@cache
def demo() -> Study:
    """Open the demo study, once."""
    return open_study(DEMO)


def sentences() -> list[str]:
    """Give what people write: the demo study's sentences."""
    texts = demo().entries["text"].astype("str")
    return sorted(
        {part.strip() for text in texts for part in re.split(r"(?<=[.?!])\s+", text) if len(part) > LONG // 80}
    )


def write_documents(folder: Path, count: int) -> list[Path]:
    """Write documents as Word writes them, no two alike."""
    draw, known = random.Random(1), sentences()  # noqa: S311  no secret
    paths = []
    for number in range(count):
        made, words = docx.Document(), 0
        made.add_heading(f"Rapport {number}", 1)
        while words < WORDS:
            paragraph = " ".join(draw.choices(known, k=6))
            words += len(paragraph.split())
            made.add_paragraph(paragraph, style=draw.choice(["Normal", "Normal", "Normal", "List Bullet"]))
        table = made.add_table(rows=ROWS, cols=3)
        for row in table.rows:
            for cell in row.cells:
                cell.text = draw.choice(known)
        paths.append(folder / f"{number}.docx")
        paths[-1].write_bytes(with_change(made))
    return paths


def with_change(made: docx.document.Document) -> bytes:
    """Save a document with a tracked change in it."""
    plain, changed = io.BytesIO(), io.BytesIO()
    made.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:tbl>", CHANGED.encode() + b"<w:tbl>", 1)
            new.writestr(name, data)
    return changed.getvalue()


def write_table(place: Path, count: int) -> None:
    """Write texts of the demo study's people, over its whole time, as a survey tool exports them."""
    draw, known, study = random.Random(2), sentences(), demo()  # noqa: S311  no secret
    people = study.people["person"].astype("str").tolist()
    first, last = study.occasions["starts"].min(), study.occasions["ends"].max()
    days = pd.date_range(first, last).strftime("%Y-%m-%d").tolist()
    rows = []
    for number in range(count):
        text, size = [f"Nummer {number}."], 0
        while size < LONG:
            text.append(draw.choice(known) + draw.choice([" ", " ", " ", "\n\n"]))
            size += len(text[-1])
        rows.append((people[number % len(people)], draw.choice(days), "".join(text)[:LONG].strip(), str(number)))
    pd.DataFrame(rows, columns=["Person", "Datum", "Reflektion", "Löpnummer"]).to_csv(place, index=False)


def read_documents(paths: Sequence[Path]) -> None:
    """Read them as a file of a hand-in is read."""
    for path in paths:
        read_docx(path.read_bytes())


def read_with_mammoth(paths: Sequence[Path]) -> None:
    """Take their raw text out, which tells nothing of what was changed."""
    for path in paths:
        mammoth.extract_raw_text(io.BytesIO(path.read_bytes()))


def load_table(place: Path) -> None:
    """Read and check a table, and hold it against the demo study."""
    found = load_entries(place, study=demo())
    if found.totals["taken"] < found.totals["rows"]:
        sys.exit(f"{found!r}: every row should be taken")


WORK: dict[str, Callable[[Path], object]] = {
    "read_docx": lambda folder: read_documents(sorted(folder.glob("*.docx"))),
    "mammoth": lambda folder: read_with_mammoth(sorted(folder.glob("*.docx"))),
    "load_entries": lambda folder: load_table(folder / "texter.csv"),
    AS_WRITTEN: lambda folder: pd.read_csv(folder / "texter.csv", dtype=str, keep_default_na=False),
    "pandas.read_csv": lambda folder: pd.read_csv(folder / "texter.csv"),
}


def measure(folder: Path, ours: str, theirs: str, *, runs: int, bar: float | None = None) -> None:
    """Measure two ways in turn, and print the ratio of their median times, and the most memory that each took."""
    pairs = [(alone(folder, ours), alone(folder, theirs)) for _run in range(runs)]
    here, there = (statistics.median(seconds for seconds, _ in side) for side in zip(*pairs, strict=True))
    memory = [max(megabytes for _, megabytes in side) for side in zip(*pairs, strict=True)]
    told = f"; bar {bar:g}" if bar else ""
    print(f"{ours} / {theirs} = {here / there:.2f} ({here:.2f} s / {there:.2f} s){told}")
    print(f"  memory at most {memory[0]} MB / {memory[1]} MB; before anything is read {alone(folder, '')[1]} MB")


def alone(folder: Path, what: str) -> tuple[float, int]:
    """Do one thing in a process of its own: its seconds, and the most megabytes that it had."""
    line = [sys.executable, __file__, "--alone", what, str(folder)]
    told = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603  ourselves
    return float(told[0]), int(told[1]) // 1024


def do_alone(what: str, folder: Path) -> None:
    """Do one thing, once everything is imported, and tell the seconds and the kB: its own, not its parent's."""
    work = WORK.get(what, lambda _: demo())
    work(folder / WARM)
    start = time.perf_counter()
    work(folder)
    taken = time.perf_counter() - start
    print(taken, re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))[0])


def profile(folder: Path) -> None:
    """Tell where the time goes that a table takes."""
    watched = cProfile.Profile()
    watched.runcall(WORK["load_entries"], folder)
    pstats.Stats(watched).strip_dirs().sort_stats("tottime").print_stats(15)


def main() -> None:
    """Make what is read, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--profile", action="store_true", help="tell where the time of the table goes")
    parser.add_argument("--alone", nargs=2, metavar=("WHAT", "FOLDER"), help="do one thing, and tell its memory")
    asked = parser.parse_args()
    if asked.alone:
        do_alone(asked.alone[0], Path(asked.alone[1]))
        return
    part = 10 if asked.small else 1
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / WARM).mkdir()
        write_table(place / WARM / "texter.csv", 20)
        write_table(place / "texter.csv", TEXTS // part)
        if asked.profile:
            profile(place)
            return
        measure(place, "load_entries", AS_WRITTEN, runs=RUNS, bar=BAR)
        measure(place, "load_entries", "pandas.read_csv", runs=RUNS)
        write_documents(place / WARM, 1)
        write_documents(place, DOCUMENTS // part)
        measure(place, "read_docx", "mammoth", runs=RUNS if asked.small else 1)


if __name__ == "__main__":
    main()
