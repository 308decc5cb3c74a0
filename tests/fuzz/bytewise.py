"""Damage to bytes, whatever they stand for."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable, Sequence

LARGEST = 2_000_000  # bytes of a damaged file
NUMBERS = (0, 1, 2, 7, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 2**24, 2**31 - 1, 2**31, 2**32 - 1)
_WRITTEN = re.compile(rb"\d+")
_ODD_NUMBERS = (b"0", b"-1", b"00", b"1e999", b"0.0000001", b"99999", b"1048577", b"2147483648", b"4294967295",
                b"9223372036854775808", b"9" * 400)  # fmt: skip

Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, rng: random.Random) -> bytes:
    """Flip single bits."""
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def overwrite(data: bytes, rng: random.Random) -> bytes:
    """Write a number that is often a bound over one, two, four or eight bytes."""
    form = rng.choice(("<B", "<H", ">H", "<I", ">I", "<Q"))
    number = rng.choice(NUMBERS) % 2 ** (8 * struct.calcsize(form))
    at = rng.randrange(len(data))
    return data[:at] + struct.pack(form, number) + data[at + struct.calcsize(form) :]


def insert(data: bytes, rng: random.Random) -> bytes:
    """Insert bytes."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 2, 8, 64))) + data[at:]


def cut_out(data: bytes, rng: random.Random) -> bytes:
    """Take out a piece."""
    start, end = _piece(data, rng)
    return data[:start] + data[end:]


def double(data: bytes, rng: random.Random) -> bytes:
    """Repeat a piece, a few times or very often."""
    start, end = _piece(data, rng)
    times = rng.choice((1, 1, 2, 10, 100, 3_000))
    return data[:end] + data[start:end] * min(times, LARGEST // max(end - start, 1)) + data[end:]


def move(data: bytes, rng: random.Random) -> bytes:
    """Move a piece elsewhere."""
    start, end = _piece(data, rng)
    rest, at = data[:start] + data[end:], rng.randrange(len(data) - (end - start) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def truncate(data: bytes, rng: random.Random) -> bytes:
    """Leave off the end, or the beginning but for its first bytes."""
    at = rng.randrange(len(data))
    return data[:at] if rng.random() < 0.8 else data[:8] + data[at:]


def renumber(data: bytes, rng: random.Random) -> bytes:
    """Write another number for one that is written in digits."""
    found = list(_WRITTEN.finditer(data[:LARGEST]))
    if not found:
        return insert(data, rng)
    one = rng.choice(found)
    return data[: one.start()] + rng.choice(_ODD_NUMBERS) + data[one.end() :]


def splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Go on with another file in the middle."""
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


EVERY: Sequence[Damage] = (flip, overwrite, insert, cut_out, double, move, truncate, renumber)


def damage_bytes(data: bytes, rng: random.Random) -> bytes:
    """Damage bytes in one of these ways."""
    return rng.choice(EVERY)(data, rng)[:LARGEST] if data else rng.randbytes(4)


def _piece(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(start + rng.choice((1, 2, 4, 16, 100, 1_000, 20_000)), len(data))
