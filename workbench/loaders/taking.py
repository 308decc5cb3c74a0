"""Taking an import into a live study: the files are kept, and one act adds the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from workbench.language import Language
from workbench.loaders.files import HandedIn
from workbench.loaders.imported import Import
from workbench.loaders.items.item import Item, digest_of
from workbench.loaders.judging.rules import new_records
from workbench.loaders.vocabulary import headings, normal
from workbench.records import Record, key_of, shown_key
from workbench.store.draft import Act, Draft
from workbench.store.live import Done, LiveStudy
from workbench.store.received import Received, received_folder
from workbench.tables import TABLES

IMPORT = "import"
_LANGUAGE: Language = "en"  # of the reasons kept with what was refused


@dataclass(frozen=True)
class Held:
    """What is refused: a row of the quarantine to be."""

    held: str
    source: str
    place: str
    reason: str


def take_in_import(live: LiveStudy, found: Import) -> Done | None:
    """Keep the files beside the study, and take everything that can be taken in, as one act.

    Parameters
    ----------
    live : LiveStudy
    found : Import
        Read against the study as it is.

    Returns
    -------
    Done or None
        None when there is nothing new in it: then nothing was changed.

    Raises
    ------
    RefusedError
        The study was changed meanwhile so that a row no longer fits: read the files again.
    StoreError
        A file cannot be kept, or the database cannot be written to. Nothing was changed in the study then; a file
        kept already stays.
    """
    act = import_act(found, live)
    if act is None:
        return None
    received = Received(received_folder(live.database))
    for one in found.collected:
        if one.file.data:
            received.keep(one.file.name, one.file.data)
    return live.do(act)


def import_act(found: Import, live: LiveStudy) -> Act | None:
    """Make the act that an import becomes; None when it would change nothing.

    What was refused leaves the quarantine when its file is read again and it is not refused any more, or when another
    row that mends it is taken or there already.
    """
    study = live.read()
    sources = {str(code) for code in study.sources["source"]}
    waiting, mended = study.quarantine["held"].astype("str"), _mended(found)
    refused = {one.held: one for one in held_rows(found) if one.held not in mended}
    held = [one for code, one in refused.items() if code not in set(waiting)]
    again = study.quarantine["source"].isin({one.file.source for one in found.collected if one.file.data})
    released = waiting[waiting.isin(mended) | (again & ~waiting.isin(refused))].to_list()
    new = [one for one in _sources(found) if one["source"] not in sources]
    if not found.taken and not held and not released:
        return None

    def plan(draft: Draft) -> None:
        for source in new:
            draft.add("sources", **source)
        _add_rows(draft, found)
        _follow_up(draft, found)  # also what the same import begins
        for one in held:
            draft.add("quarantine", held=one.held, source=one.source, place=one.place or None, reason=one.reason)
        for code in released:
            draft.remove("quarantine", (code,))
        draft.about |= {"files": len(found.collected), **found.totals}

    return Act(IMPORT, plan, backup=True)


def _sources(found: Import) -> list[Record]:
    files: dict[str, tuple[HandedIn, str]] = {
        one.file.source: (one.file, one.kind) for one in found.collected if one.file.data
    }
    return [
        {"source": code, "kind": kind or "unknown", "bytes": len(file.data)} for code, (file, kind) in files.items()
    ]


def _place(item: Item) -> tuple[str, str, int]:
    return item.file, item.sheet, item.row


def places_of(found: Import) -> dict[tuple[str, str, int], str | None]:
    """Name each item's place by numbers: a sheet's name, or a heading, may be a person's."""
    sheets: dict[str, dict[str, None]] = {}
    for one in found.sorted:
        sheets.setdefault(one.item.file, {})[one.item.sheet] = None
    places: dict[tuple[str, str, int], str | None] = {}
    for one in found.sorted:
        item = one.item
        part = f"part {list(sheets[item.file]).index(item.sheet) + 1}" if item.sheet else ""
        row = f"row {item.row}" if item.row else ""
        places[_place(item)] = ", ".join(filter(None, (part, row))) or None
    return places


def _add_rows(draft: Draft, found: Import) -> None:
    places = places_of(found)
    for one in found.taken:
        for row in one.rows:
            for table, record in new_records(row):
                draft.add(table, **record)
            for name, value in row.attributes.items():
                draft.add("attributes", entry=row.record["entry"], name=name, value=value)
            key = shown_key(key_of(TABLES[row.table], row.record))
            place = places[_place(one.item)]
            draft.add("origins", origin=row.origin, source=one.source, place=place, table=row.table, row=key)


def _follow_up(draft: Draft, found: Import) -> None:
    rows = [row for one in found.taken for row in one.rows if row.follows_up]
    for row in sorted(rows, key=attrgetter("turn")):
        draft.change("experiments", (row.record["experiment"],), **row.changes)


def held_id_of(source: str, item: Item) -> str:
    """Make the code of a refused row: of its file, its place and everything said there."""
    return digest_of([source, item.sheet, item.row, item._replace(inferred={}).digest])


def _mended(found: Import) -> set[str]:
    """Give what is said to be mended by rows that are taken, or that the study turns out to have."""
    return {one.item.words("held").strip() for one in found.sorted if one.outcome != "refused"} - {""}


def held_rows(found: Import) -> list[Held]:
    """List what an import refuses, rows and whole files, once each."""
    places = places_of(found)
    rows = [
        Held(held_id_of(one.source, one.item), one.source, places[_place(one.item)] or "", _reason(one.problems))
        for one in found.sorted
        if one.outcome == "refused"
    ]
    rows += [
        Held(_whole_file(one.file), one.file.source, "", _reason(one.problems))
        for one in found.collected
        if one.is_refused and (one.file.data or one.file.within)
    ]
    return list({one.held: one for one in rows}.values())


def _whole_file(file: HandedIn) -> str:
    """Make the code of a file that is refused whole; of what a ZIP has, by its path too."""
    _, _, path = file.path.casefold().partition(".zip/")
    return digest_of([file.source, path] if file.within and path else [file.source])


def _known(heading: str) -> str:
    """Give a heading that stands for a field; any other may be somebody's name."""
    return f"{heading}: " if normal(heading) in headings() else ""


def _reason(problems: Iterable[Any]) -> str:
    """Say why, without what was found: that may be a name, and the study keeps none."""
    refused = [one for one in problems if one.weight == "refused"]
    told = [f"{_known(one.column)}{one.rule.told(_LANGUAGE)}" for one in refused]
    return "\n".join(dict.fromkeys(told)) or "refused"
