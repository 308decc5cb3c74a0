"""Awkward files, made by code: each with what must come of it declared beside it."""

from __future__ import annotations

from pathlib import Path

from tests.loaders.awkward import documents, oddfiles, rows, surveys, texttables, workbooks
from tests.loaders.awkward.case import NAMES, REGISTER, Awkward
from tests.loaders.awkward.study import awkward_study

AWKWARD: tuple[Awkward, ...] = tuple(REGISTER)
MODULES = (documents, oddfiles, rows, surveys, texttables, workbooks)


def make(folder: Path) -> Path:
    """Make every awkward file below a folder, each case in a folder of its own."""
    for case in AWKWARD:
        case.write(folder)
    return folder


__all__ = ["AWKWARD", "MODULES", "NAMES", "Awkward", "awkward_study", "make"]
