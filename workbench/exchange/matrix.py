"""A matrix of summaries as a workbook or a document: a cell's words, and under it every quote it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd

from workbench.errors import WorkbenchError

NOTHING = "\N{EN DASH}"


class MatrixError(WorkbenchError):
    """A matrix that cannot be written as asked."""


@dataclass(frozen=True)
class Matrix:
    """What is laid out: rows and columns in their order, the words of each cell, its quotes.

    Attributes
    ----------
    title : str
    down : tuple of str
        Columns of `cells` that make a row, such as organisation and component.
    across : str
        The column that makes the columns.
    cells : DataFrame
        `down`, `across`, summary (NA: nobody has written one), author; and quotes, how many, where it is counted.
    quotes : DataFrame
        `down`, `across`, coding, quote (NA: the coding is gone), code, entry; and cited, where cells have others too.
    """

    title: str
    down: tuple[str, ...]
    across: str
    cells: pd.DataFrame
    quotes: pd.DataFrame

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows, in the cells' order."""
        return list(dict.fromkeys(self.cells[list(self.down)].itertuples(index=False, name=None)))

    @property
    def columns(self) -> list[str]:
        """The columns, in the cells' order."""
        return list(dict.fromkeys(self.cells[self.across]))

    def parts(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        """Give the rows under headings, where rows share their first column; under none where they do not."""
        if len({row[0] for row in self.rows}) == len(self.rows):
            return [("", self.rows)]
        return [(heading, list(rows)) for heading, rows in groupby(self.rows, key=lambda row: row[0])]

    def words(self) -> dict[tuple[str, ...], str]:
        """Give each cell's words: its summaries, each with who wrote it; nothing where there is none."""
        told: dict[tuple[str, ...], str] = {}
        for *cell, summary, author in self._rows(self.cells, "summary", "author"):
            said = "" if pd.isna(summary) else f"{summary} ({author})"
            told[tuple(cell)] = "\n\n".join(part for part in (told.get(tuple(cell), ""), said) if part)
        return told

    def sources(self) -> dict[tuple[str, ...], list[tuple[str, str, str]]]:
        """Give each cell's quotes: coding, words, and what they stand in and are coded as."""
        found: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for *cell, coding, quote, code, entry in self._rows(self.quotes, "coding", "quote", "code", "entry"):
            gone = pd.isna(quote)
            said = ("no longer in the study", "") if gone else (quote, f"{entry}, {code}")
            found.setdefault(tuple(cell), []).append((coding, *said))
        return found

    def _rows(self, frame: pd.DataFrame, *columns: str) -> Sequence[tuple[str, ...]]:
        return list(frame[[*self.down, self.across, *columns]].itertuples(index=False, name=None))


def save_matrix(  # noqa: PLR0913  what is laid out, and how
    path: Path | str,
    cells: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    title: str,
    down: Sequence[str] = ("organisation", "component"),
    across: str = "occasion",
) -> None:
    """Write a matrix of summaries as XLSX or DOCX, whichever the path ends with.

    Parameters
    ----------
    path : Path or str
        A new file.
    cells, quotes : DataFrame
        From `workbench.coding`: `framework_matrix` and `framework_quotes`, or `longitudinal_matrix` and
        `longitudinal_quotes` (with ``down=["question", "asks"]``).
    title : str
        What it is called on its first page.
    down, across : str
        Which columns of `cells` are rows and columns.

    Raises
    ------
    MatrixError
        The file is there already, ends otherwise, or a column is lacking.
    """
    path = Path(path)
    writers = {".xlsx": _workbook, ".docx": _document}
    if path.suffix not in writers:
        raise MatrixError(f"{path.name}: a matrix is written as .xlsx or .docx. Cure: name it so.")
    if path.exists():
        raise MatrixError(f"{path.name} is there already. Cure: choose a new name, or move it away.")
    if lacking := [name for name in (*down, across, "summary", "author") if name not in cells]:
        raise MatrixError(f"cells: no column {lacking}; found {list(cells)}. Cure: give what framework_matrix gives.")
    if lacking := [name for name in (down[0], across, "coding", "quote", "code", "entry") if name not in quotes]:
        raise MatrixError(f"quotes: no column {lacking}; found {list(quotes)}. Cure: give what framework_quotes gives.")
    with_down = quotes if set(down) <= set(quotes) else quotes.merge(cells[[*down]].drop_duplicates())
    matrix = Matrix(title, tuple(down), across, cells, with_down)
    path.write_bytes(writers[path.suffix](matrix))


def _workbook(matrix: Matrix) -> bytes:
    from workbench.exchange.matrix_workbook import write_workbook  # noqa: PLC0415  only what is asked for is imported

    return write_workbook(matrix)


def _document(matrix: Matrix) -> bytes:
    from workbench.exchange.matrix_document import write_document  # noqa: PLC0415

    return write_document(matrix)
