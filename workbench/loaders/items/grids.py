"""The rows of a table as items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from workbench.loaders.items.columns import Columns, names_apart
from workbench.loaders.items.gaps import fill_occasion, unsaid_whose
from workbench.loaders.items.headings import QUESTION, Sheet
from workbench.loaders.items.item import Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping
from workbench.loaders.items.tables import NOTHING_TO_DO, PRIVATE
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal

EXPERIMENT = {
    "title", "experiment kind", "assumption", "test", "sign", "status", "not_done_reason", "started", "ended",
    "happened", "learning_innovation", "learning_leading", "result", "decision", "decided", "follows",
}  # fmt: skip
NOT_KNOWN = tell("The study has no column for it. It is kept with each text of its row, under its heading.")
NAME_IT = tell("Name what it is in a mapping, if it is something the study knows.")
NOT_KEPT = tell("The study has no column for it, and there is no text to keep it with: it stays in the file alone.")
_OF_TEXTS = {"recorder", "setting", "experiment", "visibility", "phase"}  # said of a text, and of nothing else


def items_of(  # noqa: PLR0913  a table, where it lay, and what it is held against
    file: str, sheet: Sheet, name: str, inferred: Mapping[str, str], *, mapping: ImportMapping, known: Known
) -> tuple[list[Item], list[Problem]]:
    """Make an item of every row below the headings; a row with nothing in it but what a template prints is none.

    Parameters
    ----------
    file, name : str
        Path of the file and name of its sheet.
    sheet : Sheet
    inferred : mapping of str to str
        What the path tells, and what stands above the table.
    mapping : ImportMapping
    known : Known

    Returns
    -------
    items : list of Item
    problems : list of Problem
        Rows longer than the headings, or with words where a template prints its own; which columns are kept as
        attributes or left out; what is said in some rows only.
    """
    items: list[Item] = []
    problems: list[Problem] = []
    read = Columns(sheet)
    for number, cells in sheet.rows:
        if list(cells[: len(sheet.names)]) == list(sheet.names):
            continue  # a heading repeated, as where several exports were put into one file
        if extra := [cell for cell in cells[len(sheet.names) :] if cell.strip()]:
            problems.append(_too_long(number, extra[0], len(sheet.names)))
        item = read.item(file, name, number, cells, inferred)
        if item is not None:
            items.append(item)
        else:
            problems += _unprinted(number, cells, read.preprinted, known)
    items, filled = fill_occasion(items, sheet, inferred, mapping)
    whose = unsaid_whose(file, items, inferred, mapping, known)
    return items, [*problems, *_told_columns(sheet, items), *filled, *whose]


def _unprinted(number: int, cells: Sequence[str], places: Collection[int], known: Known) -> Iterator[Problem]:
    """Tell of words that stand alone in the column of components, and are none: a remark below the table."""
    for place in places:
        if place < len(cells) and cells[place].strip() and normal(cells[place]) not in known.components:
            rule = tell("It stands alone in the column of components, is none of them, and is not read.")
            cure = tell("If it matters, write it in a column of texts.")
            yield Problem("", "", number, "", cells[place].strip()[:60], rule, cure, "flag")


def _too_long(row: int, found: str, width: int) -> Problem:
    rule = tell("The row has more cells than the {width} headings.", width=width)
    cure = tell("Give every column a heading; in a CSV file, put a text with a comma or a semicolon in double quotes.")
    return Problem("", "", row, "", found[:40], rule, cure)


def _told_columns(sheet: Sheet, items: Sequence[Item]) -> Iterator[Problem]:
    """Say which columns are kept as they are, and which are not kept."""
    for place, (name, meaning) in enumerate(zip(names_apart(sheet.names), sheet.meanings, strict=True)):
        if not sheet.names[place].strip() and not any(
            place < len(cells) and cells[place].strip() for _, cells in sheet.rows
        ):
            continue
        if meaning.field == ATTRIBUTE:
            yield from told_of_attribute(name, sheet.heading_row, items)
        elif meaning.field == QUESTION:
            rule = tell("It was taken for an open question: each answer is a text of its own.")
            cure = tell("Say in a mapping that it is an attribute, if it is none.")
            yield Problem("", "", sheet.heading_row, name[:80], "", rule, cure, "flag")
        elif meaning.field == "private":
            yield Problem("", "", sheet.heading_row, name[:80], "", PRIVATE, NOTHING_TO_DO, "changed")
        elif meaning.field in _OF_TEXTS:
            yield from _told_of_few(name, sheet.heading_row, meaning.field, items)


def told_of_attribute(name: str, row: int, items: Iterable[Item]) -> Iterator[Problem]:
    """Say what becomes of a column, or a label, that nobody knows: it is kept where there is a text to keep it with."""
    having = [item for item in items if name in item.attributes]
    without = _textless(having)
    some = tell(
        "The study has no column for it. It is kept with each text of its row; rows without: {count}.", count=without
    )
    rule = NOT_KNOWN if not without else NOT_KEPT if without == len(having) else some
    yield Problem("", "", row, name[:80], "", rule, NAME_IT, "flag")


def _textless(items: Iterable[Item]) -> int:
    return sum(not any(said.cell.words.strip() for said in item.said) for item in items)


def _told_of_few(name: str, row: int, field: str, items: Iterable[Item]) -> Iterator[Problem]:
    if count := _textless(item for item in items if field in item.fields):
        rule = tell(
            "It is said of texts only, and stays in the file alone where there is none: {count} rows.", count=count
        )
        yield Problem("", "", row, name[:80], "", rule, NOTHING_TO_DO, "flag")
