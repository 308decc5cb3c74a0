"""Let the log happen again, and compare what it gives with the rows that are there.

Of each row only its key, its last event and a digest are held (about 300 bytes), and one event at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.eventlog import KEPT, Row, row_key, row_names, unpack
from workbench.records import Key, Record, Value, shown_key
from workbench.store.broken import UNREADABLE, Broken, shown
from workbench.store.schema import EVENT
from workbench.tables import TABLES

_NAMED = 20  # differing rows of a table that are named; the rest are counted


@dataclass(frozen=True)
class Mark:
    """What is held of a row: the event that wrote it last, and a digest of its values."""

    event: int
    digest: bytes


@dataclass(frozen=True)
class Stored:
    """A row as the database has it, with the event it says wrote it."""

    row: Row
    event: Value


@dataclass(frozen=True)
class Difference:
    """A row that is not as the log tells: it is gone (`stored` None), unknown (`mark` None), or other."""

    key: Key
    stored: Stored | None
    mark: Mark | None


class Replay:
    """The rows as the log gives them, each as its mark."""

    def __init__(self) -> None:
        self.marks: dict[str, dict[Key, Mark]] = {name: {} for name in KEPT}

    def take(self, event: Record) -> Iterator[Broken]:
        """Let the next event happen; tell where it does not fit what had happened before."""
        number = event["sequence"]
        try:
            before, after = (unpack(_text(event[side])) for side in ("before", "after"))
            for name, rows in before.items():
                yield from self._gone(number, name, rows)
            for name, rows in after.items():
                yield from self._made(int(str(number)), name, rows)
        except UNREADABLE as error:
            rule = "before and after are rows as JSON has them"
            yield Broken("log", f"event {number}", f"{type(error).__name__}: {error}", rule)

    def _gone(self, number: Value, name: str, rows: Iterable[Row]) -> Iterator[Broken]:
        for row in rows:
            key = row_key(TABLES[name], row)
            mark = self.marks[name].pop(key, None)
            if mark is None or mark.digest != digest_of(row):
                found = "no such row" if mark is None else f"other values, of event {mark.event}"
                yield Broken(
                    "log", f"event {number}, {_named(name, key)}", found, "what it changed was there before it"
                )

    def _made(self, number: int, name: str, rows: Iterable[Row]) -> Iterator[Broken]:
        for row in rows:
            key = row_key(TABLES[name], row)
            if key in self.marks[name]:
                found = f"a row, of event {self.marks[name][key].event}"
                yield Broken("log", f"event {number}, {_named(name, key)}", found, "what it added was not there before")
            self.marks[name][key] = Mark(number, digest_of(row))

    def differences(self, name: str, stored: Iterable[Stored]) -> Iterator[Difference]:
        """Compare a table's rows with what the log gives, which is used up by it."""
        marks = self.marks[name]
        for one in stored:
            key = row_key(TABLES[name], one.row)
            mark = marks.pop(key, None)
            if mark is None or mark.digest != digest_of(one.row) or mark.event != one.event:
                yield Difference(key, one, mark)
        for key, mark in marks.items():
            yield Difference(key, None, mark)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def digest_of(row: Row) -> bytes:
    """Digest a row's values and their types."""
    return hashlib.blake2b(repr(row).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _named(name: str, key: Key) -> str:
    return f"{name} {shown_key(key)}"


def last_rows(events: Iterable[Record], wanted: dict[str, set[Key]]) -> dict[str, dict[Key, Row]]:
    """Read from the log what it last said of some rows."""
    found: dict[str, dict[Key, Row]] = {name: {} for name in wanted}
    for event in events:
        try:
            after = unpack(_text(event["after"]))
            for name in wanted.keys() & after.keys():
                keyed = {row_key(TABLES[name], row): row for row in after[name]}
                found[name] |= {key: row for key, row in keyed.items() if key in wanted[name]}
        except UNREADABLE:
            continue  # told of already, where the log was replayed
    return found


def name_differences(name: str, differences: list[Difference], told: dict[Key, Row]) -> Iterator[Broken]:
    """Say of each row that differs what the log says and what is there, column by column."""
    for one in differences[:_NAMED]:
        yield from _name(name, one, told.get(one.key))
    if len(differences) > _NAMED:
        yield Broken("rows", name, f"{len(differences) - _NAMED} more rows that differ", "rows are as the log tells")


def _name(name: str, one: Difference, told: Row | None) -> Iterator[Broken]:
    where = _named(name, one.key)
    if one.mark is None:
        found = f"a row that says event {one.stored.event if one.stored else None} wrote it"
        yield Broken("rows", where, found, "no event of the log tells of it")
    elif one.stored is None:
        yield Broken("rows", where, "no row", f"event {one.mark.event} wrote it, and none took it away")
    elif told is None:
        yield Broken("rows", where, "other values", f"it is as event {one.mark.event} made it")
    else:
        columns = zip((*row_names(TABLES[name]), EVENT), (*one.stored.row, one.stored.event), strict=True)
        for (column, value), said in zip(columns, (*told, one.mark.event), strict=True):
            if repr(value) != repr(said):
                rule = f"the log says {shown(said)}, in event {one.mark.event}"
                yield Broken("rows", f"{where}, column {column}", str(value), rule)


def named_keys(differences: list[Difference]) -> set[Key]:
    """Keys of the differing rows that will be named."""
    return {one.key for one in differences[:_NAMED]}
