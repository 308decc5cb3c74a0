"""A file's content as items: its tables by their headings, its documents by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.loaders.files import HandedIn
from workbench.loaders.items.documents import document_problems, items_of_document
from workbench.loaders.items.grids import items_of
from workbench.loaders.items.item import Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.items.paths import told_by_path, told_by_sheet
from workbench.loaders.items.tables import NOTHING_TO_DO, said_above, tables_of
from workbench.loaders.kinds import kind_of, read_file
from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.reading import Grid, Reading
from workbench.loaders.templates.fields import LISTS
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import is_called_help, is_help


@dataclass(frozen=True)
class Collected:
    """What one file holds.

    Attributes
    ----------
    file : HandedIn
    kind : str
        What it turned out to be.
    items : tuple of Item
        In their order; none when the file as a whole is refused.
    problems : tuple of Problem
        Of the file, its sheets and columns.
    """

    file: HandedIn
    kind: str
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        """Whether the whole file is refused."""
        return not self.items and any(problem.weight == "refused" for problem in self.problems)


def collect(file: HandedIn, mapping: ImportMapping, known: Known) -> Collected:
    """Read a file and make items of it; what keeps it from being read is a problem of the file."""
    kind = kind_of(file.name)
    if file.problems:
        return Collected(file, kind, (), tuple(_of(file, problem) for problem in file.problems))
    if kind == "zip" and file.data.startswith(b"PK"):
        return Collected(file, kind)  # its members come as files of their own
    try:
        reading = read_file(file.path, file.data, mapping)
    except UnreadableError as error:
        return Collected(file, kind, (), (_of(file, error.problem),))
    items, problems = _items(file, reading, mapping, known)
    told = [_of(file, problem) for problem in (*reading.problems, *problems) if problem.sheet != LISTS]
    return Collected(file, reading.kind, tuple(items), tuple(told))


def _of(file: HandedIn, problem: Problem) -> Problem:
    return replace(problem, file=file.path)


def _items(file: HandedIn, reading: Reading, mapping: ImportMapping, known: Known) -> tuple[list[Item], list[Problem]]:
    path = told_by_path(file.path, known)
    items: list[Item] = []
    problems: list[Problem] = []
    for grid in reading.grids:
        inferred = _inferred(file.path, {**path, **told_by_sheet(grid.sheet, known)}, mapping)
        found, told = _items_of_grid(file.path, grid, mapping, known, inferred)
        items += found
        problems += told
    for document in reading.documents:
        read = items_of_document(file.path, document, mapping, known, _inferred(file.path, path, mapping))
        items += read
        problems += document_problems(document, read, known)
    items += _unread(file.path, (*reading.problems, *problems), {(item.sheet, item.row) for item in items})
    if not items and not any(problem.weight == "refused" for problem in (*reading.problems, *problems)):
        problems.append(_empty())
    return items, problems


def _unread(file: str, problems: Iterable[Problem], places: set[tuple[str, int]]) -> list[Item]:
    """Make an item, with nothing in it, of each row or sheet that could not be read: so that it is accounted for."""
    refused = {(one.sheet, one.row) for one in problems if one.weight == "refused" and (one.sheet or one.row)}
    return [Item(file, sheet, row) for sheet, row in sorted(refused - places)]


def _items_of_grid(
    file: str, grid: Grid, mapping: ImportMapping, known: Known, inferred: dict[str, str]
) -> tuple[list[Item], list[Problem]]:
    if not grid.rows or is_help(grid.sheet, (cell for _, cells in grid.rows for cell in cells[:1])):
        return [], []
    items: list[Item] = []
    problems: list[Problem] = []
    tables = list(tables_of(grid, mapping, known))
    for sheet in tables:
        above, told = said_above(sheet)
        inferred = {**inferred, **above}  # for the tables below as well
        found, more = items_of(file, sheet, grid.sheet, inferred, mapping=mapping, known=known)
        items += found
        problems += [*told, *more]
    if not tables:
        return [], [_help_left_out(grid) if is_called_help(grid.sheet) else _no_headings(grid)]
    return items, [replace(problem, sheet=grid.sheet) for problem in problems]


def _inferred(file: str, told: Mapping[str, str], mapping: ImportMapping) -> dict[str, str]:
    """Let what the mapping says of a file go before what names tell; whom it names, before any name in them."""
    said = mapping.for_file(file)
    names = {"name"} if "person" in said else set()
    return {**{field: words for field, words in told.items() if field not in names}, **said}


def _help_left_out(grid: Grid) -> Problem:
    """Tell of a sheet of somebody's own help: nothing in it answers anything."""
    rule = tell("The sheet is called help, and holds no table that was recognised: it was left out.")
    return Problem("", grid.sheet, grid.rows[0][0], "", _first(grid), rule, NOTHING_TO_DO, "changed")


def _first(grid: Grid) -> str:
    return " | ".join(cell for cell in grid.rows[0][1] if cell.strip())[:80]


def _no_headings(grid: Grid) -> Problem:
    rule = tell("No row of headings was recognised.")
    cure = tell("Write headings as the templates have them, or name the columns in a mapping.")
    return Problem("", grid.sheet, grid.rows[0][0], "", _first(grid), rule, cure)


def _empty() -> Problem:
    rule = tell("There is nothing in it but headings: nobody has filled it in.")
    return Problem("", "", 0, "", "", rule, tell("Fill it in and send it again, if something should be there."))
