"""What can go wrong, said so that the reader can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class WorkbenchError(Exception):
    """The root of every error the workbench raises on purpose."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a study, and its cure.

    Attributes
    ----------
    file : str
        File in the study's folder, such as ``ratings.csv``.
    row : int
        Row as a spreadsheet numbers it, the header being row 1; 0 when the fault is the file's.
    column : str
        Column name, or "" when the fault is the row's or the file's.
    found : str
        The value as it was read.
    rule : str
        What is allowed.
    cure : str
        How to mend it.
    """

    file: str
    row: int
    column: str
    found: str
    rule: str
    cure: str

    def __str__(self) -> str:
        """One line: where, what was found, what is allowed, how to mend it."""
        place = f"{self.file}" + (f", row {self.row}" if self.row else "")
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found!r}; {self.rule}. Cure: {self.cure}"


class StudyError(WorkbenchError):
    """A study that cannot be opened, with every fault found in it.

    Attributes
    ----------
    faults : tuple of Fault
        All faults: first those of whole files, then by file, row and column.
    """

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: (bool(fault.row or fault.column), fault)))
        noun = "fault" if len(self.faults) == 1 else "faults"
        lines = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(f"{name} cannot be opened: {len(self.faults)} {noun}.\n{lines}")
