"""What a person has to know of a sheet beside its values, told the same for Excel and OpenDocument."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from workbench.loaders.problem import NOTHING, Problem, UnreadableError, Weight
from workbench.loaders.readers.cellplace import column_letters
from workbench.loaders.told import Told, tell

CELLS = 5_000_000
COLUMNS = 16_384  # of Excel and of LibreOffice
_MOST = 50  # of one kind in one sheet; after that they are counted
_SHORT = 60
_LAST = 0x7FFF_FFFF

Area = tuple[int, int, int, int]  # first row and column, last row and column, from 1

KINDS: Mapping[str, tuple[Weight, Told, Told]] = {
    "error": (
        "changed",
        tell("The formula ends in an error; the cell was read as empty."),
        tell("Mend the formula, or write the value."),
    ),
    "uncalculated": (
        "changed",
        tell("The formula was never calculated; the cell was read as empty."),
        tell("Open the file in Excel, save it and hand that in."),
    ),
    "merged": ("changed", tell("Merged cells; each of them got the value."), NOTHING),
    "comment": (
        "flag",
        tell("A comment on a cell is left out."),
        tell("Look whether it belongs to the text."),
    ),
    "before": (
        "flag",
        tell("A number below zero is shown as a date; the number was read."),
        tell("Look at the cell's format."),
    ),
}
_HIDDEN_ROWS = tell("Rows that are hidden or filtered away were read as well.")
_HIDDEN_COLUMNS = tell("Columns that are hidden were read as well.")
_HIDDEN_CURE = tell("Look whether they should be.")
_TRIM = tell("Delete the rows and columns outside the table, save the file and hand that in.")


@dataclass
class SheetMarks:
    """Marks of one sheet; rows and columns count from 1."""

    sheet: str
    first: tuple[int, int] = (_LAST, _LAST)
    last: tuple[int, int] = (0, 0)
    places: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def fill(self, row: int, column: int) -> None:
        """Note that a cell has something in it.

        Raises
        ------
        UnreadableError
            So far out that the sheet would take all memory there is, empty as it is between.
        """
        self.first = (min(self.first[0], row), min(self.first[1], column))
        self.last = (max(self.last[0], row), max(self.last[1], column))
        height, width = (end - start + 1 for start, end in zip(self.first, self.last, strict=True))
        if height * width > CELLS or self.last[1] > COLUMNS:
            raise self.reaching()

    def reaching(self) -> UnreadableError:
        """Make the refusal of a sheet with a cell that is too far out, by that cell."""
        place = f"{column_letters(self.last[1])}{self.last[0]}"
        rule = tell("The sheet {sheet} reaches to cell {place}.", sheet=self.sheet, place=place)
        return UnreadableError(place, rule, _TRIM)

    def mark(self, kind: str, row: int, column: int, found: str) -> None:
        """Note something about a cell."""
        self.places.setdefault(kind, []).append((row, column, found))

    def problems(self) -> list[Problem]:
        """Tell of everything."""
        told = [problem for kind in KINDS for problem in self._of_kind(kind)]
        rows = _ranges(self._within(self.hidden_rows, 0), str)
        columns = _ranges(self._within(self.hidden_columns, 1), column_letters)
        for found, rule in ((rows, _HIDDEN_ROWS), (columns, _HIDDEN_COLUMNS)):
            if found:
                told.append(Problem("", self.sheet, 0, "", found, rule, _HIDDEN_CURE, "flag"))
        return told

    def _of_kind(self, kind: str) -> list[Problem]:
        weight, rule, cure = KINDS[kind]
        places = self.places.get(kind, [])
        told = [
            Problem("", self.sheet, row, column_letters(column), found, rule, cure, weight)
            for row, column, found in places[:_MOST]
        ]
        if more := len(places) - _MOST:
            whole = tell("{rule} So it is in {count} more cells.", rule=rule, count=more)
            told += [Problem("", self.sheet, 0, "", "", whole, cure, weight)] if more > 0 else []
        return told

    def _within(self, spans: Iterable[tuple[int, int]], axis: int) -> list[tuple[int, int]]:
        """Leave out what lies beside the table, where there is nothing to hide."""
        cut = ((max(start, self.first[axis]), min(end, self.last[axis])) for start, end in spans)
        return [(start, end) for start, end in cut if start <= end]


def fill_merged(rows: list[list[str]], marks: SheetMarks, at: tuple[int, int] = (1, 1)) -> None:
    """Give every cell of a merged area the value of its first one; `at` is the place of ``rows[0][0]``.

    Raises
    ------
    UnreadableError
        The areas are many times larger than any sheet, which takes time without end.
    """
    room = CELLS
    for top, left, bottom, right in marks.merged:
        inner = rows[top - at[0]] if 0 <= top - at[0] < len(rows) else []
        value = inner[left - at[1]] if 0 <= left - at[1] < len(inner) else ""
        if not value:
            continue
        shown = value if len(value) <= _SHORT else f"{value[:_SHORT]}…"
        marks.mark("merged", top, left, f"{column_letters(left)}{top}:{column_letters(right)}{bottom} {shown}")
        for row in rows[top - at[0] : bottom - at[0] + 1]:
            columns = range(left - at[1], min(right - at[1] + 1, len(row)))
            room -= len(columns)
            for column in columns:
                row[column] = row[column] or value
        if room < 0:  # areas of an honest sheet do not lie over each other
            rule = tell("The sheet {sheet} has merged cells that lie over each other.", sheet=marks.sheet)
            raise UnreadableError("", rule, tell("Divide them, save the file and hand that in."))


def _ranges(spans: Iterable[tuple[int, int]], name: Callable[[int], str]) -> str:
    """Write 3, 5-9 or C, E-G, joined where they touch."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return ", ".join(name(start) if start == end else f"{name(start)}-{name(end)}" for start, end in joined)
