"""Processes that end when the one that started them ends, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 8


def end_with_parent(parent: int) -> None:
    """Ask for SIGTERM when the parent dies; said by the child, early in its life.

    Parameters
    ----------
    parent : int
        The parent's pid as the parent knows it, for the case that it is already gone. Elsewhere than
        on Linux nothing is asked, and only an orderly end of the parent ends the child.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if parent and os.getppid() != parent:
            raise SystemExit(0)


def free_port() -> int:
    """Find a port on 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Child:
    """A Python module run as a process of its own, in its own group, its output in a file.

    Parameters
    ----------
    module : str
        Run as ``python -m module``.
    arguments : sequence of str
        Its command line; secrets belong in `env`, which other users cannot read.
    env : mapping of str to str
        Its whole environment.
    log : Path
        File for what it prints.
    """

    def __init__(self, module: str, arguments: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-m", module, *arguments],
                env=dict(env) | {"WORKBENCH_PARENT": str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def last_words(self, lines: int = 15) -> str:
        """Read the end of what it printed."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """Ask it to end, and after a while end its whole group."""
        if self.is_running:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=GRACE_SECONDS)
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
