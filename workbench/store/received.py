"""What was handed in, kept as it came: every file beside the study, in a folder named by its SHA-256."""

from __future__ import annotations

import re
import shutil
import time
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path

from workbench.errors import Fault
from workbench.store.beside import folder_beside, sync, told
from workbench.store.database import Database
from workbench.store.errors import StoreError
from workbench.store.filename import free_name

LEFT_SECONDS = 24 * 60 * 60  # after which what a killed program left half written is removed
_SHA = re.compile("[0-9a-f]{64}")
_DRAFTS = "." + "[0-9a-f]" * 32
_RESEND = "take the file from a backup of the folder, or have it sent once more and import it"


def received_folder(database: Database) -> Path:
    """Return where the files handed in to a study are kept.

    Beside a study's file; of one in PostgreSQL, in a folder of its own under the environment variable
    ``WORKBENCH_RECEIVED`` or else the user's data folder.
    """
    return folder_beside(database, "received")


class Received:
    """The files handed in to one study.

    Parameters
    ----------
    folder : Path
        See `received_folder`; made when the first file is kept, for its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: bytes) -> str:
        """Keep a file; when this returns, it survives a power cut. What is kept already stays as it is.

        Parameters
        ----------
        name : str
            As handed in; a character that no file name may have becomes _, of a long name the end is kept. A file
            that comes once more under another name has both.
        data : bytes

        Returns
        -------
        str
            Its SHA-256, by which `read` and `names` find it.

        Raises
        ------
        StoreError
            It cannot be written.
        """
        sha = sha256(data).hexdigest()
        home = self._folder / sha
        with told(f"{name!r} was not kept", home, "make room, or mend the path or the leave to write there"):
            file = home / free_name(name, self.names(sha))
            if not _holds(file, sha):
                self._write(file, data)
        return sha

    def _write(self, file: Path, data: bytes) -> None:
        """Write a file, and its folder where that is new, in one step that a power cut leaves done or undone."""
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync(self._folder.parent)
        with self._drafted() as draft:
            written = draft / file.name
            written.touch(mode=0o600)
            written.write_bytes(data)
            sync(written)
            sync(draft)
            if not _renamed(draft, file.parent):
                written.replace(file)
                sync(file.parent)
            sync(self._folder)

    @contextmanager
    def _drafted(self) -> Iterator[Path]:
        """Give a folder to write in, which is gone afterwards unless it got a name; so do those left long ago."""
        for left in self._folder.glob(_DRAFTS):
            with suppress(FileNotFoundError):  # another program removed it, or gave it its name
                if left.stat().st_mtime < time.time() - LEFT_SECONDS:
                    shutil.rmtree(left)
        draft = self._folder / f".{uuid.uuid4().hex}"
        draft.mkdir(mode=0o700)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def read(self, sha: str) -> bytes:
        """Return a file's bytes, as they came.

        Raises
        ------
        StoreError
            It is not kept, it was changed since, or it cannot be read.
        """
        files = self._files(sha)
        with told(f"{sha} was not read", self._folder / sha, "mend the leave to read it"):
            for file in files:
                data = file.read_bytes()
                if sha256(data).hexdigest() == sha:
                    return data
        if not files:
            raise StoreError(f"{self._folder / sha}: no such file was kept. Cure: {_RESEND}.")
        raise StoreError(f"{files[0]} was changed since it was handed in. Cure: {_RESEND}.")

    def names(self, sha: str) -> list[str]:
        """Return the names under which a file is kept; none when it is not."""
        return sorted(unicodedata.normalize("NFC", file.name) for file in self._files(sha))

    def _files(self, sha: str) -> list[Path]:
        home = self._folder / sha
        with told(f"{sha} was not looked for", home, "mend the leave to read it"):
            return _shown(home) if _SHA.fullmatch(sha) and home.is_dir() else []

    def verify(self) -> list[Fault]:
        """Read every file, and tell what is no longer what was handed in.

        A file that is gone together with its folder is not missed here: who knows which were kept asks `names`.
        """
        with told("Not all files were read", self._folder, "mend the leave to read them"):
            homes = _shown(self._folder) if self._folder.is_dir() else []
            return [fault for home in homes for fault in _faults(home)]


def _shown(folder: Path) -> list[Path]:
    """List what lies in a folder, without drafts and what a desktop hides there."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _renamed(draft: Path, home: Path) -> bool:
    """Make a draft the folder of a file, unless there is one."""
    if home.is_dir() and any(home.iterdir()):
        return False
    try:
        draft.rename(home)
    except OSError:
        if not home.is_dir():
            raise
        return False  # another program was quicker, or the system renames no folder onto an empty one
    return True


def _holds(file: Path, sha: str) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as held:
        return file_digest(held, "sha256").hexdigest() == sha


def _faults(home: Path) -> Iterator[Fault]:
    place = f"received/{home.name}"
    if not _SHA.fullmatch(home.name) or not home.is_dir():
        yield Fault(place, 0, "", "something else", "here lie folders named by a SHA-256", "move it elsewhere")
        return
    files = _shown(home)
    if not files:
        yield Fault(place, 0, "", "no file", "a file that was handed in is kept", _RESEND)
    for file in files:
        if not _holds(file, home.name):
            rule = "its bytes are those that were handed in"
            yield Fault(f"{place}/{file.name}", 0, "", "other bytes", rule, _RESEND)
