"""How much opening a study, checked, costs over reading the same files with pandas alone.

Prints ratios of medians, on the demo and on a copy grown a hundred times. Run: make benchmark
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.study import Study
from workbench.tables import TABLES

DEMO = Path(__file__).parent.parent / "data" / "demo"
RUNS = 7
GROWN = ("people", "entries", "ratings", "codings", "consents", "evidence", "responses", "memos")
IDENTITIES = ("person", "entry", "coding", "response", "memo")


def grow(study: Study, times: int) -> Study:
    """Repeat what grows with people, with codes of their own, so that the copy is as sound as the study."""
    frames = study.frames
    for name in GROWN:
        frames[name] = pd.concat([renamed(frames[name], copy) for copy in range(times)], ignore_index=True)
    # One consensus a cell is all a study can hold.
    ratings = frames["ratings"]
    key = list(TABLES["ratings"].key)
    frames["ratings"] = ratings.drop_duplicates(key, ignore_index=True)
    return study.with_frames(frames)


def renamed(frame: pd.DataFrame, copy: int) -> pd.DataFrame:
    """Give the copy's identities an ending of their own; the first copy keeps them."""
    if copy == 0:
        return frame
    own = [column for column in IDENTITIES if column in frame]
    return frame.assign(**{column: (frame[column] + f".{copy}").astype("str") for column in own})


def read_plainly(folder: Path) -> None:
    """Read the floor: pandas alone, no dtypes, no checks."""
    for path in sorted(folder.glob("*.csv")):
        pd.read_csv(path)


def median_seconds(work: Callable[[Path], object], folder: Path, runs: int) -> float:
    """Median wall time of some runs after one that is not counted."""
    work(folder)
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        work(folder)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measure both, in turn, on both sizes."""
    place = Path(tempfile.mkdtemp())
    try:
        save_study(grow(open_study(DEMO), 100), place / "grown")
        for name, folder, runs in (("demo", DEMO, RUNS), ("demo x 100", place / "grown", 3)):
            rows = sum(len(frame) for frame in open_study(folder).frames.values())
            opened, floor = median_seconds(open_study, folder, runs), median_seconds(read_plainly, folder, runs)
            print(f"{name}: {rows} rows; open_study / read_csv = {opened / floor:.1f} ({opened:.3f} s / {floor:.3f} s)")
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
