"""The readers that run in a process apart, watched: there our own mistakes would pass for a damaged file."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.limits import SECONDS
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.pdf import read_pdf as pdf
from workbench.loaders.readers.workbook import read_workbook as workbook
from workbench.loaders.reading import Reading
from workbench.loaders.told import tell

MASKED = "MASKED "
_OURS = Path(workbook.__code__.co_filename).parent


def read_workbook(data: bytes) -> Reading:
    """Read a workbook; a mistake of ours is told as one."""
    return _watched(workbook, data)


def read_pdf(data: bytes) -> Reading:
    """Read a PDF; a mistake of ours is told as one."""
    return _watched(pdf, data)


def _watched(read: Callable[[bytes], Reading], data: bytes) -> Reading:
    began = time.process_time()
    try:
        reading = read(data)
    except UnreadableError as error:
        if error.__cause__ is not None and _is_ours(error.__cause__):
            raise _masked(error.__cause__) from error
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise _masked(error) from error
    if (took := time.process_time() - began) > SECONDS:
        raise _told(f"it took {took:.0f} seconds")
    return reading


def _is_ours(error: BaseException) -> bool:
    """Tell whether an error, foreseen as the library's, came of our own code."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    own = last is not None and Path(last.filename).parent == _OURS
    return own and isinstance(error, (IndexError, KeyError, TypeError, AttributeError, UnboundLocalError))


def _masked(error: BaseException) -> UnreadableError:
    return _told("".join(traceback.format_exception(error)))


def _told(what: str) -> UnreadableError:
    return UnreadableError(MASKED + what, tell("A mistake of the reader."), tell("Mend it."))
