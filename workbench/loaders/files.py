"""The files of a hand-in: found in folders and ZIPs, each read once."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.loaders.kinds import LARGEST, ZIPPED, kind_of
from workbench.loaders.problem import NOTHING, Problem, UnreadableError
from workbench.loaders.readers.memberpath import decoded
from workbench.loaders.readers.zipped import open_zip
from workbench.loaders.told import tell

_NO_MEMBERS = b"PK\x05\x06"  # how a ZIP with nothing in it begins
_NOT_HANDED_IN = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class HandedIn:
    """One file, as it was when it was read.

    Attributes
    ----------
    path : str
        As handed in, from the folder or file that was named on; a ZIP's members have the ZIP's path before theirs.
    data : bytes
        Its bytes; empty where it could not be read, which `problems` then tell.
    problems : tuple of Problem
        What is wrong with the file itself.
    within : str
        SHA-256 of the ZIP that has the bytes, where they could not be had out of it.
    """

    path: str
    data: bytes
    problems: tuple[Problem, ...] = ()
    within: str = ""

    @cached_property
    def source(self) -> str:
        """SHA-256 of its bytes, or of what has them."""
        return self.within or hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path.rpartition("/")[2]


def find_files(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """List the files below some paths, in order of their names, each with the path it is told of by: no two alike.

    What a system or an office program leaves in folders (``.DS_Store``, ``~$…``) is left out; links are not followed.

    Raises
    ------
    WorkbenchError
        A path is not there, or a folder cannot be looked into.
    """
    found: dict[str, Path] = {}
    for path in dict.fromkeys(paths):
        if not path.exists():
            raise WorkbenchError(f"{path}: there is no such file or folder. Cure: mend the path.")
        for file in [path] if path.is_file() else _below(path):
            name = next(name for name in _names(file, path) if found.get(name, file) == file)
            found.setdefault(name, file)
    return list(found.items())


def _names(file: Path, below: Path) -> Iterator[str]:
    """Give ways to tell of a file: from where it was looked for, from its folder, its whole path."""
    base = below.parent if file == below else below
    name = file.relative_to(base).as_posix()
    for way in (name, f"{base.name}/{name}", file.as_posix()):
        written, _ = decoded(os.fsencode(way))
        yield unicodedata.normalize("NFC", written)
        yield written


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if not _is_left_out(name) and path.is_file() and not path.is_symlink():
                yield path


def _refuse(error: OSError) -> None:
    raise WorkbenchError(f"{error.filename}: {error.strerror}. Cure: mend the leave to read it.") from error


def _is_left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _NOT_HANDED_IN


def read_handed_in(told: str, path: Path) -> Iterator[HandedIn]:
    """Read a file once; a ZIP gives itself and its members."""
    try:
        file = HandedIn(told, _read_still(path))
    except UnreadableError as error:
        yield HandedIn(told, b"", (error.problem,))
        return
    yield file
    if encoding := decoded(os.fsencode(path))[1].removeprefix("utf-8"):
        rule = tell("Its name is not in UTF-8; it was read as {encoding}.", encoding=encoding)
        yield HandedIn(told, b"", (Problem("", "", 0, "", "", rule, NOTHING, "changed"),))
    if kind_of(told) == "zip" and file.data.startswith((ZIPPED, _NO_MEMBERS)):
        yield from _members(file)


def _members(file: HandedIn) -> Iterator[HandedIn]:
    members: list[tuple[str, bytes]] = []
    try:
        members, problems = open_zip(file.data)
        empty = Problem("", "", 0, "", "", tell("There is nothing in the ZIP."), tell("Pack it with the files in it."))
        whole = [] if members or problems else [empty]
    except UnreadableError as error:
        problems, whole = [], [error.problem]
    for problem in whole:
        yield HandedIn(file.path, b"", (problem,), within=file.source)
    for problem in problems:
        yield HandedIn(f"{file.path}/{problem.file}", b"", (problem,), within=file.source)
    for name, content in members:
        yield HandedIn(f"{file.path}/{unicodedata.normalize('NFC', name)}", content)


def _read_still(path: Path) -> bytes:
    """Read a file that nobody writes to meanwhile."""
    try:
        before = path.stat()
        if before.st_size > LARGEST:
            rule = tell("The file is larger than {megabytes} MB.", megabytes=LARGEST // 2**20)
            raise UnreadableError(f"{before.st_size // 2**20} MB", rule, tell("Part it, and hand in the parts."))
        data = path.read_bytes()
        after = path.stat()
    except OSError as error:
        rule, cure = tell("The file cannot be read."), tell("Look at who may read it, and import it again.")
        raise UnreadableError(error.strerror or type(error).__name__, rule, cure) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        rule = tell("The file was changed while it was read.")
        raise UnreadableError("", rule, tell("Save and close it, and import it again."))
    return data
