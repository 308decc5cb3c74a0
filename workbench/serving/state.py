"""A server's private folder: secrets readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


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
