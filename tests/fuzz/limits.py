"""How long a file may take, and how much memory."""

from __future__ import annotations

import resource
import signal
from types import FrameType

SECONDS = 20  # of work, not of waiting for others on the machine
MEMORY = 3 * 2**30


class TooLongError(Exception):
    """A file took more than it may."""


def limit_memory() -> None:
    """Let this process, but not those it starts with limits of their own, have no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start_clock() -> None:
    """Raise where the work is after so many seconds of it."""
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def stop_clock() -> None:
    """Raise no more."""
    signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(_: int, __: FrameType | None) -> None:
    raise TooLongError(f"it took more than {SECONDS} seconds")
