"""Work done aside, in a second process, while this one goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Answer = TypeVar("Answer")


@contextmanager
def aside(work: Callable[[], Answer], *, worth_it: bool) -> Iterator[Callable[[], Answer]]:
    """Begin some work, and give what waits for its answer.

    A copy of this process does it, which has everything at hand that this one has. Where none can be made, or it ends
    without an answer, the work is done here when it is asked for: the answer is the same.

    Parameters
    ----------
    work : callable
        Changes nothing; its answer can be pickled.
    worth_it : bool
        Whether it takes longer than copying a process does, some hundredths of a second.
    """
    begun = _begin(work) if worth_it and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 else None
    if begun is None:
        yield work
        return
    process, pipe = begun
    try:
        yield lambda: _received(pipe, work)
    finally:
        pipe.close()
        process.kill()
        process.join()


def _begin(work: Callable[[], object]) -> tuple[BaseProcess, Connection] | None:
    """Copy this process; None when the system has no room for another, or a process's copy may have none of its own."""
    from multiprocessing import get_context  # noqa: PLC0415  not needed for what is small

    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(work, theirs), daemon=True)
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of threads, which a copy has none of; it only computes, takes no lock and ends
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    except (OSError, AssertionError):
        ours.close()
        return None
    finally:
        theirs.close()
    return process, ours


def _answer(work: Callable[[], object], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is interrupted, and ends this one
    with contextlib.suppress(Exception):  # which then does the work itself, and tells what is wrong
        pipe.send(work())


def _received(pipe: Connection, work: Callable[[], Answer]) -> Answer:
    try:
        return cast("Answer", pipe.recv())
    except (EOFError, OSError):
        return work()
