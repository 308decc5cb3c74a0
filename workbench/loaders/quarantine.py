"""What was refused, to be mended: the rows as they were handed in, found again in the kept files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.language import Language
from workbench.loaders.collecting import collect
from workbench.loaders.files import HandedIn
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.taking import held_id_of
from workbench.loaders.told import Told, tell
from workbench.store.draft import Act, Draft
from workbench.store.live import LiveStudy
from workbench.store.received import Received, received_folder

_HELD, _WHY, _FILE = tell("Held back as"), tell("Why it was held back"), tell("File it came in")
_INFERRED = {
    "person": tell("Person"),
    "organisation": tell("Organisation"),
    "occasion": tell("Occasion"),
    "kind": tell("Kind"),
}


_LONGEST = 32_767  # characters a cell of a workbook holds


@dataclass(frozen=True)
class Waiting:
    """Something in the quarantine.

    Attributes
    ----------
    held, reason : str
        Its code, and why it was not taken.
    file : str
        Name of the file it came in; "" when that is not kept any more.
    item : Item or None
        The row as it was handed in; None for a whole file.
    """

    held: str
    reason: str
    file: str
    item: Item | None


def waiting(live: LiveStudy, mapping: ImportMapping | None = None) -> list[Waiting]:
    """Find what is in a study's quarantine again, by reading the kept files anew.

    Raises
    ------
    StoreError
        A kept file is damaged.
    """
    study = live.read()
    known, received = Known(study), Received(received_folder(live.database))
    items: dict[str, Item] = {}
    names: dict[str, str] = {}
    for source in dict.fromkeys(study.quarantine["source"].astype("str")):
        if found := received.names(source):
            names[source] = found[0]
            file = HandedIn(found[0], received.read(source))
            collected = collect(file, mapping or ImportMapping(), known)
            items |= {held_id_of(source, one): one for one in collected.items}
    rows = study.quarantine[["held", "source", "reason"]].astype("str").itertuples(index=False)
    return [Waiting(held, why, names.get(source, ""), items.get(held)) for held, source, why in rows]


def waiting_frame(found: Iterable[Waiting]) -> pd.DataFrame:
    """List what waits: held, file, place, reason."""
    rows = [(one.held, one.file, one.item.place if one.item else "", one.reason) for one in found]
    return pd.DataFrame(rows, columns=["held", "file", "place", "reason"]).astype("str")


def write_waiting(found: Iterable[Waiting], language: Language) -> bytes:
    """Write what waits as a workbook to mend and hand in again: a sheet for each file and sheet it came from.

    Every row says which one it is, so that it leaves the quarantine when it is taken in. A file that is refused whole
    is not in it, nor a row with more words in one place than a cell holds: those have to be sent anew.
    """
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, rows in enumerate(_by_place(found, language), start=1):
            sheet = book.add_worksheet(str(number))
            headings = list(dict.fromkeys(name for row in rows for name in row))
            sheet.set_column(0, len(headings) - 1, 30)
            sheet.freeze_panes(1, 0)
            for place, name in enumerate(headings):
                sheet.write_string(0, place, name, bold)
            for line, row in enumerate(rows, start=1):
                for place, name in enumerate(headings):
                    sheet.write_string(line, place, row.get(name, ""), wrapped)
        if not book.worksheets():
            book.add_worksheet("1")
    return out.getvalue()


def _by_place(found: Iterable[Waiting], language: Language) -> list[list[dict[str, str]]]:
    sheets: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in found:
        if one.item is not None and all(len(cell.words) <= _LONGEST for cell in _cells(one.item)):
            sheets.setdefault((one.file, one.item.sheet), []).append(_row(one, one.item, language))
    return list(sheets.values())


def _row(one: Waiting, item: Item, language: Language) -> dict[str, str]:
    told: list[tuple[Told, str]] = [(_HELD, one.held), (_WHY, one.reason), (_FILE, one.file)]
    row = {name.told(language): words for name, words in told}
    for field, heading in _INFERRED.items():
        if field not in item.fields and field in item.inferred:
            row[heading.told(language)] = item.inferred[field]
    text = tell("Text").told(language)
    for label, words in [*((cell.heading or text, cell.words) for cell in _cells(item)), *item.attributes.items()]:
        row[_free(label, row)] = words
    return row


def _free(heading: str, row: Mapping[str, str]) -> str:
    """Give a heading that stands in the row already as often a space as keeps them apart: it reads as the same."""
    while heading in row:
        heading += " "
    return heading


def _cells(item: Item) -> Iterator[Cell]:
    yield from item.fields.values()
    yield from item.components
    yield from (one.cell for one in item.said)
    for rated in item.rated:
        yield rated.cell
        yield from (cell for _, cell in rated.beside)


def drop_held(codes: Iterable[str]) -> Act:
    """Take rows out of the quarantine for good: somebody has decided that they are not to come in.

    Parameters
    ----------
    codes : iterable of str
        Which, by their code.
    """
    chosen = tuple(codes)

    def plan(draft: Draft) -> None:
        for code in chosen:
            draft.remove("quarantine", (code,))

    return Act("drop from quarantine", plan)
