"""One damaged file of a kind, the same for the same seed and number."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.fuzz.bytewise import LARGEST, damage_bytes, splice
from tests.fuzz.packages import damage_package, damage_part
from tests.fuzz.seeds import kind_of_seed, seeds_of
from tests.fuzz.signs import damage_signs

SIGNS = ("csv", "jsonl", "txt", "md", "eml", "vtt", "srt")
PACKED = ("docx", "odt", "xlsx", "ods")
_BYTES_ONLY = {**dict.fromkeys(SIGNS, 0.2), **dict.fromkeys((*PACKED, "zip"), 0.05)}  # of all; most of them are refused


@dataclass(frozen=True)
class Damaged:
    """A damaged file, and what makes it again."""

    kind: str
    seed: int
    number: int
    path: str
    data: bytes

    @property
    def name(self) -> str:
        """A name to keep it under."""
        return f"{self.kind}-{self.seed}-{self.number}"


def damaged_file(kind: str, seed: int, number: int) -> Damaged:
    """Make the damaged file of a number."""
    rng = random.Random(f"{kind} {seed} {number}")  # noqa: S311 - that it can be made again is the point
    first = rng.choice(seeds_of(kind))
    data = first.data
    if rng.random() < 0.05:
        data = splice(data, rng.choice(seeds_of(kind)).data, rng)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = _damaged(first.path, data, rng)
    return Damaged(kind, seed, number, first.path, data[:LARGEST])


def _damaged(path: str, data: bytes, rng: random.Random) -> bytes:
    kind = kind_of_seed(path)
    if rng.random() < _BYTES_ONLY.get(kind, 1.0):
        return damage_bytes(data, rng)
    if kind in SIGNS:
        return damage_signs(data, kind, rng)
    return damage_package(data, rng, damage_part if kind in PACKED else _damaged)
