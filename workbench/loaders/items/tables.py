"""The tables of one sheet: one below the other, each with its headings, and with what stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.loaders.items.headings import Sheet, is_heading_row, understand
from workbench.loaders.items.item import Cell
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping
from workbench.loaders.problem import Problem
from workbench.loaders.reading import Grid
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import headings, normal

PRIVATE = tell("It may tell who somebody is, and is not taken in.")
NOTHING_TO_DO = tell("Nothing needs to be done.")
_FOR_EVERY_ROW = {
    "person", "name", "email", "organisation", "occasion", "written", "kind", "phase", "frame", "component",
    "experiment", "language", "visibility", "recorder", "setting", "basis", "present", "returning",
}  # fmt: skip
_TITLED = {"person", "name", "email", "organisation", "occasion", "written", "component", ATTRIBUTE}


def tables_of(grid: Grid, mapping: ImportMapping, known: Known) -> Iterator[Sheet]:
    """Part a sheet where other headings stand below; nothing where no row looks like headings."""
    sheet = understand(grid, mapping, known)
    while sheet is not None:
        start = _next_table(sheet)
        yield replace(sheet, rows=sheet.rows[:start])
        below = Grid(sheet.rows[start:], grid.sheet)
        sheet = understand(below, mapping, known) if below.rows else None


def _next_table(sheet: Sheet) -> int:
    """Find where the next table begins, with what stands directly above its headings."""
    for place, (_, cells) in enumerate(sheet.rows):
        if is_heading_row(cells) and list(cells[: len(sheet.names)]) != list(sheet.names):
            while place and _is_above(sheet, sheet.rows[place - 1][1]):
                place -= 1  # noqa: PLW2901  back to the first line of what stands above
            return place
    return len(sheet.rows)


def _is_above(sheet: Sheet, cells: Sequence[str]) -> bool:
    """Tell whether a row is a title, or a known label with its value, rather than the last row of a table."""
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    if len(filled) == 1:
        return filled[0] >= len(sheet.meanings) or sheet.meanings[filled[0]].field in _TITLED
    return len(filled) <= len(("label", "value")) and normal(cells[filled[0]]) in headings()


def said_above(sheet: Sheet) -> tuple[dict[str, str], list[Problem]]:
    """Read what stands above the headings: known labels say what holds for every row, others are told.

    Returns
    -------
    said : dict of str to str
        By field. Of two that differ, the nearer to the table counts.
    problems : list of Problem
    """
    said: dict[str, tuple[int, Cell]] = {}
    problems = []
    for row, label, value in sheet.head:
        field = headings().get(normal(label))
        if field == "private":
            problems.append(Problem("", "", row, label[:40], "", PRIVATE, NOTHING_TO_DO, "changed"))
        elif field not in _FOR_EVERY_ROW:
            problems.append(_unread(row, Cell(value, label)))
        else:
            if field in said and said[field][1].words != value:
                problems.append(_unread(*said[field]))
            said[field] = row, Cell(value, label)
    return {field: cell.words for field, (_, cell) in said.items()}, problems


def _unread(row: int, cell: Cell) -> Problem:
    rule = tell("Above the table stands something that is not read.")
    cure = tell("If it matters, give it a column of its own.")
    return Problem("", "", row, cell.heading[:40], cell.words[:40], rule, cure, "flag")
