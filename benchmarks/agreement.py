"""How often the interval of alpha holds it, by how many entries have the code: what docs/coding.md says.

Made studies: two coders read entries of fourteen sentences. In the entries that have a theme each finds a sentence
about it seven times of ten, and now and then one that is not. Alpha is known from twenty thousand such entries. No
time is measured, and the same seed gives the same table. Run: python benchmarks/agreement.py
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding import agreement

SENTENCES, SENTENCE = 14, "Ett ord. "
FOUND, WRONG, MORE = 0.7, 0.002, 0.1  # found when there, given when not, and how many sentences more have the theme
THEMES, SIZES = (0.02, 0.05, 0.1, 0.2, 0.4), (30, 64, 150, 300)  # share of entries with the theme; entries
CODES, MANY, KNOWN_OF = 600, 20_000, 8  # codes of a study, entries of the known alpha, and its codes
BANDS = (1, 5, 10, 15, 25, 1000)
FEWEST = 100  # intervals in a band that tell anything


def main() -> None:
    """Print, for each band, the lowest and the highest share of intervals that hold alpha."""
    rng = np.random.default_rng(5)
    shares: dict[tuple[int, int], list[float]] = defaultdict(list)
    for theme in THEMES:
        known = measure(rng, MANY, theme, KNOWN_OF)["alpha"].mean()
        for size in SIZES:
            for band, share in held(measure(rng, size, theme, CODES), known):
                shares[band].append(share)
    for (low, high), found in sorted(shares.items()):
        print(f"{low} to {high - 1} entries with the code: {min(found):.2f} to {max(found):.2f}")


def measure(rng: np.random.Generator, size: int, theme: float, codes: int) -> pd.DataFrame:
    """Let two coders code `size` entries with so many codes, and measure how alike, whatever the interval."""
    about = rng.random((size, codes, SENTENCES)) < MORE
    about[np.arange(size)[:, None], np.arange(codes), rng.integers(0, SENTENCES, (size, codes))] = True
    about &= (rng.random((size, codes)) < theme)[:, :, None]
    codings = pd.concat([coded(rng, about, coder) for coder in ("K1", "K2")], ignore_index=True)
    entries = pd.DataFrame({"entry": [f"N{n}" for n in range(size)], "text": SENTENCE * SENTENCES})
    return agreement(codings, entries, ["K1", "K2"], fewest=1)


def coded(rng: np.random.Generator, about: Any, coder: str) -> pd.DataFrame:
    """Code what is about a theme, as one coder finds it."""
    entry, code, sentence = np.nonzero((about & (rng.random(about.shape) < FOUND)) | (rng.random(about.shape) < WRONG))
    start = sentence * len(SENTENCE)
    names = {"entry": [f"N{n}" for n in entry], "code": [f"C{n:03}" for n in code]}
    return pd.DataFrame({**names, "coder": coder, "start": start, "end": start + len(SENTENCE) - 1})


def held(found: pd.DataFrame, known: float) -> list[tuple[tuple[int, int], float]]:
    """Give for each band with enough intervals the share of them that hold the known alpha."""
    told = found.dropna(subset=["low"])
    holds = told["low"].le(known) & told["high"].ge(known)
    bands = [(band, told["entries_with"].between(*band, inclusive="left")) for band in pairwise(BANDS)]
    return [(band, float(holds[where].mean())) for band, where in bands if where.sum() >= FEWEST]


if __name__ == "__main__":
    main()
