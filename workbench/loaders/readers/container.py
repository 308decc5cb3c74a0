"""A ZIP opened with care: what was handed in is not trusted to be what it says it is."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import IO
from xml.etree import ElementTree as ET

from workbench.loaders.problem import NOTHING, Problem, UnreadableError
from workbench.loaders.readers.memberpath import member_path
from workbench.loaders.told import Told, tell

MEMBERS = 10_000
INFLATED = 256 * 2**20
RATIO = 300
SMALL = 8 * 2**20  # what stays below is harmless, whatever its ratio
XML = 48 * 2**20  # as a tree it takes up to twenty times as much memory

_STEP = 2**16
_ENCRYPTED = 0x1
_HEAD = 30  # bytes of a member's own head, before its name
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError, IndexError,
)  # fmt: skip  # all of them seen from `zipfile` on damaged bytes
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

_WHOLE = tell("The file is damaged or cut short.")
_AGAIN = tell("Open it where it was made, save it anew and hand that in.")
_BOMB = tell("It grows to more than {most} MB when it is unpacked.", most=INFLATED // 2**20)
_SWELLS = tell("It grows more than {most} times when it is unpacked.", most=RATIO)
_SPLIT = tell("Hand it in as several smaller files.")
_LOCKED = tell("It is locked with a password.")
_UNLOCK = tell("Take the password away and hand it in again.")
_PACKED = tell("It is packed in a way that is not read here.")
_PLAINLY = tell("Pack it as a plain ZIP.")
_NAMED = tell("The path leads out of the ZIP, or holds characters that no file name has.")
_RENAME = tell("Pack the file again under a plain name.")


@dataclass
class Container:
    """Members of a ZIP, read one at a time, never written to a disk.

    Attributes
    ----------
    names : mapping of str to ZipInfo
        Members by path, folders left out.
    problems : list of Problem
        Members that are not read, `file` being their path, and names that had to be guessed.
    """

    archive: zipfile.ZipFile
    names: Mapping[str, zipfile.ZipInfo]
    problems: Sequence[Problem]
    inflated: int = field(default=0)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a member of this name."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """Inflate a member; what counts is the size it turns out to have.

        Raises
        ------
        UnreadableError
            There is no such member, or it is damaged, locked or far too large.
        """
        if name not in self.names:
            raise UnreadableError(name, tell("The file lacks a part it must have."), _AGAIN)
        info = self.names[name]
        _check_member(name, info)
        try:
            with self.archive.open(info) as stream:
                return self._inflate(stream, name, info.compress_size)
        except _BROKEN as error:
            raise UnreadableError(name, _WHOLE, _AGAIN) from error

    def _inflate(self, stream: IO[bytes], name: str, packed: int) -> bytes:
        """Read in steps, so that a bomb is left long before it has gone off."""
        steps, size = [], 0
        while step := stream.read(_STEP):
            steps.append(step)
            size, self.inflated = size + len(step), self.inflated + len(step)
            if self.inflated > INFLATED:
                raise UnreadableError(name, _BOMB, _SPLIT)
            if size > max(SMALL, RATIO * packed):
                raise UnreadableError(name, _SWELLS, _SPLIT)
        return b"".join(steps)

    def tree(self, name: str) -> ET.Element:
        """Read a member that is XML."""
        return parse_xml(self.read(name), name)


def open_container(data: bytes, *, twice: bool = False) -> Container:
    """Open a ZIP and look at its directory; nothing is inflated yet.

    Parameters
    ----------
    data : bytes
        The file.
    twice : bool
        Let two members have one name, neither being read; otherwise such a file is refused.

    Raises
    ------
    UnreadableError
        It is no ZIP, is damaged, or has too many members, or members that lie over each other or have one name.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except _BROKEN as error:
        raise _no_zip(data) from error
    if len(infos) > MEMBERS:
        raise UnreadableError(str(len(infos)), tell("It holds more than {most} files.", most=MEMBERS), _SPLIT)
    _check_overlap(infos)
    return _sorted(archive, infos, twice=twice)


def parse_xml(data: bytes, name: str = "") -> ET.Element:
    """Parse XML that declares nothing of its own.

    Raises
    ------
    UnreadableError
        It is not well formed, too large, or has a document type: that is how a small file asks for all memory there is.
    """
    check_xml(data, name)
    if len(data) > XML:
        raise UnreadableError(name, tell("Its text is larger than {most} MB.", most=XML // 2**20), _SPLIT)
    try:
        return ET.fromstring(data)  # noqa: S314 - what makes it unsafe was refused just now
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableError(name, _WHOLE, _AGAIN) from error


def check_xml(data: bytes, name: str = "") -> None:
    """Refuse XML with a document type or entities; NULs go first, which is UTF-16 read as ASCII."""
    if _DECLARED.search(data) or (b"\0" in data and _DECLARED.search(data.replace(b"\0", b""))):
        raise UnreadableError(name, tell("It declares entities of its own, as no office program does."), _AGAIN)


def _no_zip(data: bytes) -> UnreadableError:
    """Say what stands where a ZIP should."""
    if not data:
        return UnreadableError("", tell("The file is empty."), tell("Hand in the file that has the words."))
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableError("", _LOCKED, _UNLOCK)
    if data.startswith(_OLE):
        old = tell("It is in the format that office programs had before 2007.")
        return UnreadableError("", old, tell("Open it and save it as .docx or .xlsx."))
    if data.startswith(b"PK"):
        return UnreadableError("", _WHOLE, _AGAIN)
    return UnreadableError(repr(data[:8])[2:-1], tell("It is not the kind of file its name says."), _AGAIN)


def _check_overlap(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that lie over each other: the same few bytes would inflate many times."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for info, after in pairwise(ordered):
        if info.header_offset + _HEAD + info.compress_size > after.header_offset:
            raise UnreadableError(info.filename, _WHOLE, _AGAIN)


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    """Refuse what is locked, or packed in a way that is not read here."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError(name, _LOCKED, _UNLOCK)
    if info.compress_type not in _METHODS:
        raise UnreadableError(name, _PACKED, _PLAINLY)


def _sorted(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo], *, twice: bool) -> Container:
    """Keep members with one plain path each, and tell of the others."""
    every = ((member_path(info), info) for info in infos)
    paths = [((path, guessed), info) for (path, guessed), info in every if not path.endswith("/")]
    often = Counter(path for (path, _), _ in paths)
    same = sorted(path for path, count in often.items() if count > 1)
    if same and not twice:
        raise UnreadableError(same[0], tell("Two parts of the file have one name."), _AGAIN)
    problems = [Problem(path, "", 0, "", "", tell("Several files have this path."), _RENAME) for path in same]
    names = {}
    for (path, guessed), info in paths:
        if rule := _refused(path, info):
            problems.append(Problem(path, "", 0, "", "", rule, _RENAME))
        elif often[path] == 1:
            names[path] = info
            if guessed:
                problems.append(Problem(path, "", 0, "", "", _guess(guessed), NOTHING, "changed"))
    return Container(archive, names, problems)


def _guess(encoding: str) -> Told:
    return tell("The ZIP does not say how its names are written; this one was read as {encoding}.", encoding=encoding)


def _refused(path: str, info: zipfile.ZipInfo) -> Told | None:
    """Why a member is not read, if it is not."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return tell("It is a link to a file, not a file.")
    parts = path.split("/")
    odd = any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in path)
    return _NAMED if odd or not parts[0] or ".." in parts or ":" in parts[0] else None
