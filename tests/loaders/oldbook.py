"""A workbook as Excel 97 wrote it: no program here does any more."""

from __future__ import annotations

import struct

FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
SMALLEST = 4096  # what is smaller is kept in another way


def old_book(*sheets: tuple[str, bool]) -> bytes:
    """Write sheets, by name and whether they are hidden, each with a text in A1 and the number 3 in B2."""
    stream = _stream(sheets)
    stream += bytes(max(-len(stream) % SECTOR, SMALLEST - len(stream)))
    count = len(stream) // SECTOR
    table = [FAT, LAST, *range(3, count + 2), LAST]
    directory = _entry("Root Entry", 5, LAST, 0, 1) + _entry("Workbook", 2, 2, len(stream), FREE) + bytes(256)
    return _head() + struct.pack("<128I", *table, *[FREE] * (128 - len(table))) + directory + stream


def _stream(sheets: tuple[tuple[str, bool], ...]) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    before = len(begin) + sum(12 + 2 * len(name) for name, _ in sheets) + 4
    heads, bodies = b"", b""
    for name, hidden in sheets:
        place = struct.pack("<IBBBB", before + len(bodies), hidden, 0, len(name), 1)
        heads += _record(0x85, place + name.encode("utf-16-le"))
        bodies += _sheet()
    return begin + heads + _record(0xA) + bodies


def _sheet() -> bytes:
    return b"".join((
        _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)),
        _record(0x200, struct.pack("<IIHHH", 0, 2, 0, 2, 0)),
        _record(0x204, struct.pack("<HHHHB", 0, 0, 0, 5, 1) + "Hej å".encode("utf-16-le")),
        _record(0x203, struct.pack("<HHHd", 1, 1, 0, 3.0)),
        _record(0xA),
    ))  # fmt: skip


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    written = name.encode("utf-16-le")
    rest = struct.pack("<HBBIII36xIQ", len(written) + 2, kind, 1, FREE, FREE, child, first, size)
    return written.ljust(64, b"\0") + rest


def _head() -> bytes:
    sizes = struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SMALLEST, LAST, 0, LAST, 0)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + sizes + struct.pack("<109I", 0, *[FREE] * 108)
