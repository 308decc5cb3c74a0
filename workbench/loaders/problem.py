"""What an import has to say of a file, a row or a cell, and the error of a file that cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench.errors import WorkbenchError
from workbench.language import Language
from workbench.loaders.told import Told

if TYPE_CHECKING:
    import pandas as pd

Weight = Literal["refused", "changed", "flag"]
NOTHING = Told("")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to know about what was handed in.

    Attributes
    ----------
    file : str
        Path as handed in, folders and members of a ZIP with ``/`` between.
    sheet : str
        Sheet of a workbook; "" elsewhere.
    row : int
        Row as a spreadsheet numbers it, line of a JSON Lines file, page of a PDF; 0: the whole file or sheet.
    column : str
        Heading as it stands in the file; "" when it is the row's.
    found : str
        What was found, as short as it can be; personal numbers and the like are masked.
    rule, cure : Told
        What is allowed, and how to mend it.
    weight : {"refused", "changed", "flag"}
        The row (or file) is not taken; it is taken otherwise than it stood there; a human should look.
    """

    file: str
    sheet: str
    row: int
    column: str
    found: str
    rule: Told
    cure: Told
    weight: Weight = "refused"

    def told(self, language: Language) -> str:
        """Say it in one line."""
        place = ", ".join(part for part in (self.file, self.sheet, f"{self.row}" * bool(self.row), self.column) if part)
        found = f"{self.found!r}: " if self.found else ""
        return f"{place}: {found}{self.rule.told(language)} {self.cure.told(language)}".strip()


class UnreadableError(WorkbenchError):
    """A file that cannot be read, or that must not be.

    Attributes
    ----------
    problem : Problem
        Why, with ``file`` empty: a reader knows bytes, not names.
    """

    def __init__(self, found: str, rule: Told, cure: Told) -> None:
        self.problem = Problem("", "", 0, "", found, rule, cure)
        super().__init__(found, rule, cure)  # all three, so that it can be sent between processes

    def __str__(self) -> str:
        """Say it in one line, in English."""
        return self.problem.told("en")


def problems_frame(problems: Iterable[Problem], language: Language = "en") -> pd.DataFrame:
    """Make a table of problems, by file, sheet and row.

    Returns
    -------
    DataFrame
        weight, file, sheet, row (Int64; NA: the whole file or sheet), column, found, rule, cure.
    """
    import pandas as pd  # noqa: PLC0415  the process that reads apart starts without it

    rows = [
        (one.weight, one.file, one.sheet, one.row or None, one.column, one.found,
         one.rule.told(language), one.cure.told(language))
        for one in sorted(set(problems), key=_place)
    ]  # fmt: skip
    names = ["weight", "file", "sheet", "row", "column", "found", "rule", "cure"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names, "str") | {"row": "Int64"})


def _place(problem: Problem) -> tuple[str, str, int, str, str, str]:
    return problem.file, problem.sheet, problem.row, problem.column, problem.weight, str(problem.rule)
