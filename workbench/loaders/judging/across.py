"""What is to be looked at in texts: one text of two people, two files for one thing, what may be personal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.loaders.items.item import Cell, Item
from workbench.loaders.judging.incoming import Incoming
from workbench.loaders.judging.sorting import Sorted
from workbench.loaders.problem import Problem
from workbench.loaders.texts.personal import PersonalKind
from workbench.loaders.texts.seen import Looked
from workbench.loaders.told import Told, tell
from workbench.records import frame_records
from workbench.study import Study
from workbench.tables import ENTRIES, EXPERIMENTS

_FEWEST = 5  # words of a text that two people would hardly write alike by chance
_SHOWN = 60
_BEGINNING = 80  # characters
_ABOUT = ("organisation", "person", "occasion", "kind", "frame", "component", "experiment")
_PERSONAL: dict[PersonalKind, Told] = {
    "personal number": tell("The text holds what looks like a personal identity number."),
    "e-mail": tell("The text holds an e-mail address."),
    "phone": tell("The text holds what looks like a phone number."),
    "name": tell("The text names somebody."),
}
_WORDED = frozenset(column.name for column in EXPERIMENTS.columns if column.kind == "text") | {"setting"}
Text = tuple[Item, dict[str, str | None]]


def entries_of(taken: Iterable[Sorted]) -> list[Text]:
    """List the entries that are taken, each with its item."""
    return [(one.item, row.record) for one in taken for row in one.rows if row.table == "entries"]  # type: ignore[misc]


def beside_texts(item: Item) -> Iterator[str]:
    """Give the words of an item that may come into the study and are no text of an entry: see `personal`."""
    yield from item.attributes.values()
    yield from (cell.words.strip() for name, cell in item.fields.items() if name in _WORDED)
    yield from (one.cell.heading for one in item.said if one.apart)


def flag(item: Item, found: str, rule: Told, cure: Told, column: str = "") -> Problem:
    """Make something to look at of an item."""
    return Problem(item.file, item.sheet, item.row, column, found, rule, cure, "flag")


def same_text(texts: Sequence[Text], study: Study) -> Iterator[Problem]:
    """Find a text that two people, or a person and a group, handed in."""
    there, _ = frame_records(ENTRIES, study.entries)
    begun: dict[str, list[tuple[str, str]]] = {}  # whole texts are compared only where they begin alike
    for row in there:
        begun.setdefault(_alike(str(row["text"])[:_BEGINNING]), []).append((str(row["text"]), str(row["person"] or "")))
    for item, record in texts:
        text, person = str(record["text"]), record["person"] or ""
        others = begun.setdefault(_alike(text[:_BEGINNING]), [])
        first = next((who for words, who in others if who != person and _alike(words) == _alike(text)), None)
        others.append((text, person))
        if first is not None and len(text.split()) >= _FEWEST:
            rule = tell("The same text is there from {other}.", other=first or tell("the group"))
            yield flag(item, text[:_SHOWN], rule, tell("Ask whose it is, or whether it is joint."))


def _alike(text: str) -> str:
    return "".join(text.split()).casefold()


def two_files(texts: Sequence[Text]) -> Iterator[Problem]:
    """Find two files that one person, or organisation, handed in for the same occasion and of the same kind."""
    first: dict[tuple[str | None, ...], str] = {}
    told = set()
    for item, record in texts:
        about = tuple(record[name] for name in _ABOUT)
        other = first.setdefault(about, item.file)
        if other != item.file and (item.file, other) not in told:
            told.add((item.file, other))
            rule = tell("Another file has a text of the same kind from the same sender for this occasion.")
            yield flag(item, other, rule, tell("Look whether one replaces the other; both were taken."))


def personal(taken: Iterable[Sorted], looked: Looked) -> Iterator[Problem]:
    """Find what may tell who somebody is, in texts and in all else that is written in words."""
    in_text = tell("Decide whether it may stand there; a correction takes it out and keeps the codings.")
    beside = tell(
        "Decide whether it may stand there; if not, take it out of the file, undo the import and import it anew."
    )
    for one in taken:
        for text in [str(row.record["text"]) for row in one.rows if row.table == "entries"]:
            yield from _personal(one.item, Cell(text, ""), looked, in_text)
        for cell in dict.fromkeys(cell for row in one.rows for cell in _worded(one.item, row)):
            yield from _personal(one.item, cell, looked, beside)


def _worded(item: Item, row: Incoming) -> Iterator[Cell]:
    """Give what a row says in words, but for an entry's text, with the headings it stood under."""
    for name, words in row.record.items():
        if words and name in _WORDED:
            yield Cell(str(words), item.heading(name))
    for heading, words in row.attributes.items():
        yield Cell(words, heading if heading in item.attributes else "")


def _personal(item: Item, cell: Cell, looked: Looked, cure: Told) -> Iterator[Problem]:
    found = looked.personal(cell.words)
    for kind, rule in _PERSONAL.items() if found else ():
        if shown := list(dict.fromkeys(one.masked for one in found if one.kind == kind)):
            yield flag(item, ", ".join(shown[:5]), rule, cure, cell.heading)


def languages(texts: Sequence[Text], looked: Looked) -> Iterator[Problem]:
    """Find texts that are partly Swedish and partly English."""
    for item, record in texts:
        if looked.is_mixed(str(record["text"])):
            rule = tell("The text is partly Swedish and partly English.")
            yield flag(
                item, str(record["text"])[:_SHOWN], rule, tell("It was taken whole; look whether it is two texts.")
            )
