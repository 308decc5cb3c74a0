"""The rows of a table as items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.loaders.items.columns import Columns, names_apart
from workbench.loaders.items.headings import QUESTION, Sheet
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.mapping import ATTRIBUTE
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import headings, normal

EXPERIMENT = {
    "title", "experiment kind", "assumption", "test", "sign", "status", "not_done_reason", "started", "ended",
    "happened", "learning_innovation", "learning_leading", "result", "decision", "decided", "follows",
}  # fmt: skip
NOT_KNOWN = tell("The study has no column for it. It is kept with each text of its row, under its heading.")
NAME_IT = tell("Name what it is in a mapping, if it is something the study knows.")
PRIVATE = tell("It may tell who somebody is, and is not taken in.")
NOTHING_TO_DO = tell("Nothing needs to be done.")


def items_of(file: str, sheet: Sheet, name: str, inferred: Mapping[str, str]) -> tuple[list[Item], list[Problem]]:
    """Make an item of every row below the headings; a row with nothing in it but what a template prints is none.

    Parameters
    ----------
    file, name : str
        Path of the file and name of its sheet.
    sheet : Sheet
    inferred : mapping of str to str
        What the path tells.

    Returns
    -------
    items : list of Item
    problems : list of Problem
        Rows longer than the headings, headings repeated among the rows; and which columns are kept as attributes
        or left out.
    """
    above, problems = _head(sheet)
    said = {**inferred, **{field: cell.words for field, cell in above.items()}}
    items: list[Item] = []
    read = Columns(sheet)
    for number, cells in sheet.rows:
        if list(cells[: len(sheet.names)]) == list(sheet.names):
            continue  # a heading repeated, as where several exports were put into one file
        if extra := [cell for cell in cells[len(sheet.names) :] if cell.strip()]:
            problems.append(_too_long(number, extra[0], len(sheet.names)))
        item = read.item(file, name, number, cells, said)
        if item is not None:
            items.append(item)
    return items, [*problems, *_told_columns(sheet)]


def _head(sheet: Sheet) -> tuple[dict[str, Cell], list[Problem]]:
    """Read what stands above the headings: known labels say what holds for every row, others are told."""
    said, problems = {}, []
    for row, label, value in sheet.head:
        field = headings().get(normal(label))
        if field is None:
            rule = tell("Above the table stands something that is not read.")
            cure = tell("If it matters, give it a column of its own.")
            problems.append(Problem("", "", row, label[:40], value[:40], rule, cure, "flag"))
        else:
            said[field] = Cell(value, label)
    return said, problems


def _too_long(row: int, found: str, width: int) -> Problem:
    rule = tell("The row has more cells than the {width} headings.", width=width)
    cure = tell("Give every column a heading; in a CSV file, put a text with a comma or a semicolon in double quotes.")
    return Problem("", "", row, "", found[:40], rule, cure)


def _told_columns(sheet: Sheet) -> Iterator[Problem]:
    """Say which columns are kept as they are, and which are not kept."""
    for place, (name, meaning) in enumerate(zip(names_apart(sheet.names), sheet.meanings, strict=True)):
        if not sheet.names[place].strip() and not any(
            place < len(cells) and cells[place].strip() for _, cells in sheet.rows
        ):
            continue
        if meaning.field == ATTRIBUTE:
            yield Problem("", "", sheet.heading_row, name[:80], "", NOT_KNOWN, NAME_IT, "flag")
        elif meaning.field == QUESTION:
            rule = tell("It was taken for an open question: each answer is a text of its own.")
            cure = tell("Say in a mapping that it is an attribute, if it is none.")
            yield Problem("", "", sheet.heading_row, name[:80], "", rule, cure, "flag")
        elif meaning.field == "private":
            yield Problem("", "", sheet.heading_row, name[:80], "", PRIVATE, NOTHING_TO_DO, "changed")
