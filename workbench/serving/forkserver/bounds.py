"""What one kernel may take of the machine, so that one that goes wrong harms its own page alone."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import Final

GIB: Final = 1 << 30
THREADS: Final = 2 * GIB  # addresses that a kernel's own threads reserve, and hardly use
LEAST_ROOM: Final = GIB
SHARE: Final = 8  # of the machine's memory, one part in so many is a kernel's room
FILE_BYTES: Final = GIB // 4
FILES: Final = 1024
CPU_SECONDS: Final = 15 * 60  # a page takes less than one; a loop without end stops here
MORE_PROCESSES: Final = 4096  # beyond what the user has when it is asked; not minded by the system for root

Bounds = dict[int, int]


def bounds() -> Bounds:
    """Find the bounds of kernels on this machine, by the names of `resource`."""
    room = max(LEAST_ROOM, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // SHARE)
    return {
        resource.RLIMIT_DATA: THREADS + room,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_NPROC: _threads_now() + MORE_PROCESSES,
        resource.RLIMIT_CORE: 0,
    }


def keep_within(found: Bounds) -> None:
    """Keep this process, and all that it starts, within bounds for good; those that are tighter stay."""
    for which, bound in found.items():
        _soft, hard = resource.getrlimit(which)
        tightest = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(which, (tightest, tightest))


def _threads_now() -> int:
    """Count the threads that this user has, which is what the system counts as processes."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid == os.getuid():
                count += len(os.listdir(process / "task"))  # noqa: PTH208 -- only how many
    return count
