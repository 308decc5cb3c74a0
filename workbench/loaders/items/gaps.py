"""Rows that leave out what others of their table say: when, which is filled in, and who, which nobody can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.loaders.items.headings import Sheet
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell

_NAMING = ("person", "email", "name")
_WHOSE = (*_NAMING, "organisation", "basis")


def fill_occasion(
    items: Sequence[Item], sheet: Sheet, inferred: Mapping[str, str], mapping: ImportMapping
) -> tuple[list[Item], list[Problem]]:
    """Let an occasion that is written once hold for the rows below, down to the next; a row's own day goes before."""
    filled: list[Item] = []
    above: Cell | None = None
    used: dict[str, int] = {}
    for item in items:
        above = item.fields.get("occasion", above)
        if (
            above is None
            or {"occasion", "written"} & item.fields.keys()
            or "occasion" in {**inferred, **mapping.defaults}
        ):
            filled.append(item)
        else:
            filled.append(item._replace(fields={**item.fields, "occasion": above}))
            used[above.words] = used.get(above.words, 0) + 1
    if above is None or not used:
        return filled, []
    rule = tell("It stands in the first of several rows only.")
    cure = tell("It was taken to hold for those below, down to the next one: {count} rows.", count=sum(used.values()))
    return filled, [Problem("", "", sheet.heading_row, above.heading, ", ".join(used)[:80], rule, cure, "changed")]


def unsaid_whose(
    file: str, items: Sequence[Item], inferred: Mapping[str, str], mapping: ImportMapping, known: Known
) -> Iterator[Problem]:
    """Refuse rows that name nobody where others do: they are neither joint nor surely the person's above.

    Where a mapping says whose such rows are, or all are from the one that the file names, nothing is refused.
    """
    named = [cell for item in items for name in _NAMING if (cell := item.fields.get(name))]
    explicit = {**mapping.defaults, **mapping.for_file(file)}
    if not named or any(name in explicit for name in _WHOSE):
        return
    senders = {known.find_person(words) for words in {cell.words for cell in named}}
    outer = next((code for name in _NAMING if (code := known.find_person(inferred.get(name, "")))), None)
    if outer is not None and senders == {outer}:
        return
    for item in items:
        if not any(name in item.fields for name in _WHOSE):
            rule = tell("Other rows of the table say whose they are, and this one does not.")
            cure = tell("Write the person's code in every row; in a joint one, the organisation.")
            yield Problem("", "", item.row, named[0].heading, "", rule, cure)
