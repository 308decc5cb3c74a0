"""What a process does after the fork, to become a kernel of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from workbench.serving.forkserver.bounds import Bounds, keep_within

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
FAILED = 70
STREAMS = 3
MOST_FILES = 1 << 16


def become_kernel(request: dict[str, Any], streams: list[int], bounds: Bounds) -> NoReturn:
    """Turn this forked process into a kernel, kept within bounds; never returns."""
    try:
        _detach(streams)
        keep_within(bounds)
        _take_environment(request)
        _renew_randomness()
        from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 -- imported before the fork

        IPKernelApp.launch_instance(argv=request["argv"])
        os._exit(0)
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)
    except BaseException:  # noqa: BLE001 -- a forked process must never run on in its parent's place
        import traceback  # noqa: PLC0415 -- only on the way out

        traceback.print_exc()
        os._exit(FAILED)


def _detach(streams: list[int]) -> None:
    """Take a session of its own, ended with the parent, with no new rights and only the given streams."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for place, stream in enumerate(streams[:STREAMS]):
        os.dup2(stream, place)
    os.closerange(STREAMS, min(os.sysconf("SC_OPEN_MAX"), MOST_FILES))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _take_environment(request: dict[str, Any]) -> None:
    import time  # noqa: PLC0415 -- tzset reads the new environment

    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["folder"])
    time.tzset()
    sys.argv = ["ipykernel_launcher", *request["argv"]]
    if "" not in sys.path:
        sys.path.insert(0, "")


def _renew_randomness() -> None:
    """Two forks of one process would draw the same numbers."""
    import random  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    random.seed()
    tempfile._name_sequence = None  # type: ignore[attr-defined]  # noqa: SLF001 -- names would repeat
    tempfile.tempdir = None
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
