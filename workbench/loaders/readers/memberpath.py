"""The path of a ZIP's member, also where the ZIP is old and does not say how it is written."""

from __future__ import annotations

import struct
import zipfile
import zlib

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_SWEDISH = frozenset("åäöÅÄÖéÉ")


def member_path(info: zipfile.ZipInfo) -> tuple[str, str]:
    """Find a member's path and the encoding that had to be guessed for it.

    Returns
    -------
    path : str
        With ``/`` between, whatever stood there.
    encoding : str
        "" where the ZIP says it or nothing hangs on it.
    """
    name, encoding = info.orig_filename, ""
    if not info.flag_bits & _UTF8 and not name.isascii():
        name, encoding = decoded(name.encode("cp437"), info.extra)
    return name.replace("\\", "/"), encoding


def decoded(name: bytes, extra: bytes = b"") -> tuple[str, str]:
    """Read a name without a declared encoding: UTF-8 cannot be mistaken; else what has more Swedish letters."""
    if told := _unicode_path(extra, zlib.crc32(name)):
        return told, ""
    for encoding in ("utf-8", *sorted(("cp850", "cp1252"), key=lambda one: -_swedish(name, one))):
        try:
            return name.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return name.decode("cp850"), "cp850"  # has a letter for every byte


def _swedish(name: bytes, encoding: str) -> int:
    return sum(letter in _SWEDISH for letter in name.decode(encoding, "replace"))


def _unicode_path(extra: bytes, checksum: int) -> str:
    """Take the name in UTF-8 that some programs add, if it belongs to the name that stands there."""
    while len(extra) > 9:  # noqa: PLR2004 - head of four, version, checksum of four
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and struct.unpack_from("<L", extra, 5)[0] == checksum:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""
