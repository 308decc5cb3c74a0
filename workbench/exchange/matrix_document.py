"""A matrix as a document: a table for each first column of its rows, and under it the quotes of every cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from workbench.exchange.matrix import NOTHING, Matrix

if TYPE_CHECKING:
    from docx.document import Document

MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the same matrix is the same words, whenever made; Word wants no zone
_SMALL = 8  # points; six columns have room on a page
_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 297, 210, 15  # A4, lying
_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


def write_document(matrix: Matrix) -> bytes:
    """Make the document; an empty cell has a dash."""
    import docx  # noqa: PLC0415  heavy, and only where a file is made

    document = docx.Document()
    _set_page(document, matrix)
    document.add_heading(_clean(matrix.title), 0)
    for heading, rows in matrix.parts():
        if heading:
            document.add_heading(_clean(heading), 1)
        _write_table(document, matrix, rows, shown=slice(1 if heading else 0, None))
        _write_quotes(document, matrix, rows)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Document, matrix: Matrix) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    document.styles["Normal"].font.size = Pt(_SMALL + 1)
    core = document.core_properties
    core.title, core.author, core.comments, core.created, core.modified = _clean(matrix.title), "", "", MADE, MADE


def _write_table(document: Document, matrix: Matrix, rows: list[tuple[str, ...]], *, shown: slice) -> None:
    """Write the rows of one part; `shown` tells which of a row's names stand in the table."""
    names = matrix.down[shown]
    table = document.add_table(rows=1, cols=len(names) + len(matrix.columns))
    table.style = "Table Grid"
    words = matrix.words()
    _fill(table.rows[0].cells, [*names, *matrix.columns], bold=True)
    for row in rows:
        said = ["" if (*row, name) not in words else words[(*row, name)] or NOTHING for name in matrix.columns]
        _fill(table.add_row().cells, [*row[shown], *said])


def _fill(cells: Iterable[Any], words: Iterable[str], *, bold: bool = False) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    for cell, said in zip(cells, words, strict=True):
        run = cell.paragraphs[0].add_run(_clean(said))
        run.font.size, run.bold = Pt(_SMALL), bold


def _write_quotes(document: Document, matrix: Matrix, rows: list[tuple[str, ...]]) -> None:
    """Write every quote under the table, cell by cell."""
    sources = matrix.sources()
    for cell in ((*row, name) for row in rows for name in matrix.columns):
        if cell in sources:
            document.add_heading(_clean(" \N{MIDDLE DOT} ".join(cell)), 2)
        for coding, quote, where in sources.get(cell, ()):
            place = f" ({where})" if where else ""
            document.add_paragraph(_clean(f"[{coding}] {quote}{place}"), style="List Bullet")


def _clean(words: str) -> str:
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", words)
