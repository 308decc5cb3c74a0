"""Private folders in the temp directory, marked with their owner, and removed when the owner was killed.

An orderly end removes its own folders; a killed process cannot. They hold people's slices and the
hashes of passwords, so the next server to start removes them.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import tempfile
from pathlib import Path

PREFIXES = ("workbench-", "wb-", "wbf-")
MARK = ".owner.json"


def make_own_folder(prefix: str) -> Path:
    """Make a folder in the temp directory that only this user can enter, marked as this process's.

    Parameters
    ----------
    prefix : str
        One of `PREFIXES`: the temp directory is everybody's, and other names are never looked at.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    (folder / MARK).write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")
    return folder


def remove_left_folders() -> list[Path]:
    """Remove this user's marked folders whose owners are gone, and return them; in doubt a folder stays."""
    if sys.platform == "win32":
        return []  # a process cannot be asked there whether it lives without being hit
    found = [path for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith(PREFIXES)]
    left = [path for path in found if _is_private(path) and _is_ownerless(path / MARK)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def _is_private(folder: Path) -> bool:
    """Whether it is a folder, not a link to one, that is ours and that nobody else can write in."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _is_ownerless(mark: Path) -> bool:
    """Whether a mark names a process of this machine that has ended; containers may share a temp directory."""
    try:
        owner = json.loads(mark.read_text(encoding="utf-8"))
        return owner["host"] == socket.gethostname() and int(owner["pid"]) > 0 and _has_ended(int(owner["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _has_ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)  # asks, without sending anything
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
