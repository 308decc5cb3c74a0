"""A server's private folder: secrets readable by their owner alone."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

# A Unix socket's whole path must stay under about 100 bytes; Jupyter adds up to 50 to the folder's.
LONGEST_SOCKET_FOLDER = 52


def kernel_transport(folder: Path) -> str:
    """Choose sockets in a private folder where they can be: over TCP, other users read a kernel's outputs."""
    fits = len(str(folder)) <= LONGEST_SOCKET_FOLDER
    return "ipc" if fits and sys.platform != "win32" else "tcp"


def make_private(folder: Path) -> Path:
    """Make a folder that only its owner can enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def read_secret(path: Path) -> bytes:
    """Read the secret kept in a file; made on first use, so that sessions outlive a restart."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


_STUDY = "study_served"


def note_study(state: Path, place: str) -> None:
    """Write down which study is served, by its path; an address, which may hold a password, is not kept."""
    kept = state / _STUDY
    if "://" in place:
        kept.unlink(missing_ok=True)
    else:
        kept.write_text(str(Path(place).resolve()), encoding="utf-8")
        kept.chmod(0o600)


def served_study(state: Path) -> str:
    """Return the path of the study that was served last; "" where none is written down."""
    kept = state / _STUDY
    return kept.read_text(encoding="utf-8") if kept.is_file() else ""
