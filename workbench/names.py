"""Who is who: people's names and e-mail addresses, in the file of the accounts, apart from the study."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from workbench.errors import Fault, WorkbenchError

PATIENCE_SECONDS = 10  # how long it waits for a server that has the file
COLUMNS = ("person", "name", "email")
_TABLE = (
    "create table if not exists name"
    "(person text not null, name text not null, email text not null, primary key (person, name, email))"
)
_CURE = "write person, name, email in the first row; a column may be empty"


class NamesError(WorkbenchError):
    """Names that cannot be kept. Nothing was changed, and no name is told.

    Attributes
    ----------
    faults : tuple of Fault
        All of them, by row; empty when it is the file of the accounts that fails.
    """

    def __init__(self, words: str, faults: Sequence[Fault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([words, *(f"- {fault}" for fault in faults)]))


class Entry(NamedTuple):
    """One way a person is known: a pseudonym, and the name or the address or both that stand for it."""

    person: str
    name: str
    email: str


class Names:
    """The names of the people in a study, for whoever keeps the key.

    Parameters
    ----------
    path : Path
        SQLite file of the accounts; made when lacking, readable by its owner alone.

    Raises
    ------
    NamesError
        The file is another program's, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.exists():
            path.touch(mode=0o600)
        with self._open() as db:
            if db.execute("pragma application_id").fetchone()[0]:
                raise NamesError(f"{path} holds something else than accounts. Cure: name the file of the accounts.")
            db.execute(_TABLE)
        path.chmod(0o600)  # now that it is known to be ours

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; what is removed in it is written over."""
        try:
            with closing(sqlite3.connect(self._path, timeout=PATIENCE_SECONDS)) as db, db:
                db.execute("pragma secure_delete = on")
                yield db
        except sqlite3.Error as error:
            cure = "try again if it is locked; else mend the path or the leave to write there, or bring a backup back"
            raise NamesError(f"{self._path}: {error}. Cure: {cure}.") from error

    def add(self, person: str, name: str, email: str) -> None:
        """Add a way a person is known, beside those that are there; NamesError tells what is wrong with it."""
        self.take(pd.DataFrame([(person, name, email)], columns=list(COLUMNS)))

    def take(self, frame: pd.DataFrame, *, rows: Sequence[int] | None = None) -> None:
        """Add every row of a table, or none.

        Parameters
        ----------
        frame : DataFrame
            person, name, email; of the last two one may be empty. A person may have several rows.
        rows : sequence of int, optional
            Each row's number in the file that it was read from; without it, the second is the first under a header.

        Raises
        ------
        NamesError
            Columns or rows are wrong; all faults at once.
        """
        if faults := list(_column_faults(frame)):
            raise NamesError("No name was taken in.", faults)
        cells = frame[list(COLUMNS)].astype("object").where(frame.notna(), "")
        entries = [_entry(row) for row in cells.itertuples(index=False, name=None)]
        numbers = rows or range(2, len(entries) + 2)
        faults = [fault for row, entry in zip(numbers, entries, strict=True) for fault in _row_faults(row, entry)]
        if faults:
            raise NamesError("No name was taken in.", faults)
        with self._open() as db:
            db.executemany("insert or ignore into name values (?, ?, ?)", entries)

    def entries(self) -> list[Entry]:
        """Return every row as it was taken in, by person: the key to the pseudonyms."""
        with self._open() as db:
            rows = db.execute("select person, name, email from name order by person, name, email").fetchall()
        return [Entry(*row) for row in rows]

    def remove(self, person: str) -> None:
        """Forget every name and address of a person."""
        with self._open() as db:
            db.execute("delete from name where person = ?", (person,))

    def people(self) -> dict[str, str]:
        """Return whom each way of writing a person means.

        Returns
        -------
        dict
            Pseudonym by name, name turned about (Surname, Given) and address, each as `as_written` gives it. What
            could mean two people is left out: see `shared`.
        """
        return _of_one(self._meant())

    def shared(self) -> dict[str, list[str]]:
        """Return the ways of writing a person that could mean several people, and whom."""
        return {words: people for words, people in self._meant().items() if len(people) > 1}

    def _meant(self) -> dict[str, list[str]]:
        with self._open() as db:
            return _meant_by(Entry(*row) for row in db.execute("select person, name, email from name order by person"))


def people_in(path: Path) -> dict[str, str]:
    """Return whom each way of writing a person means, as `Names.people`, of a CSV file: person, name, email."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    if faults := list(_column_faults(frame)):
        raise NamesError(f"{path.name} cannot be used.", faults)
    return _of_one(_meant_by(_entry(row) for row in frame[list(COLUMNS)].itertuples(index=False)))


def _meant_by(entries: Iterable[Entry]) -> dict[str, list[str]]:
    meant: dict[str, list[str]] = {}
    for words, person in sorted({(words, entry.person) for entry in entries for words in ways(entry)}):
        meant.setdefault(words, []).append(person)
    return meant


def _of_one(meant: dict[str, list[str]]) -> dict[str, str]:
    return {words: people[0] for words, people in meant.items() if len(people) == 1}


def as_written(words: str) -> str:
    """Make ways of writing a name alike that differ in capitals, spaces or how letters like å are composed."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFD", words).casefold()).split())


def ways(entry: Entry) -> set[str]:
    """Give every way in which a person may be written: "Anna von Essen" is also "von Essen, Anna"."""
    surname, comma, given = entry.name.partition(",")
    name = f"{given} {surname}" if comma else entry.name
    words = name.split()
    turned = [f"{' '.join(words[place:])}, {' '.join(words[:place])}" for place in range(1, len(words))]
    return {as_written(way) for way in (entry.name, name, entry.email, *turned)} - {""}


def _entry(row: Iterable[object]) -> Entry:
    return Entry(*(unicodedata.normalize("NFC", " ".join(str(cell).split())) for cell in row))


def _column_faults(frame: pd.DataFrame) -> Iterator[Fault]:
    names = [str(name) for name in frame.columns]
    for name in COLUMNS:
        if names.count(name) != 1:
            yield Fault("names", 0, name, f"{names.count(name)} times", "each column occurs once", _CURE)
    if more := len(set(names) - set(COLUMNS)):
        yield Fault("names", 0, "", f"{more} other columns", "nothing else is kept of a person here", "remove them")


def _row_faults(row: int, entry: Entry) -> Iterator[Fault]:
    """Tell what is wrong with a row, without the words of it: they may be a name."""
    if not entry.person:
        yield Fault("names", row, "person", "nothing", "a name stands for a person's code", "write the code")
    elif as_written(entry.person) in ways(entry):
        rule, cure = "a code is not the name or the address", "write the code that the study has"
        yield Fault("names", row, "person", "the same as beside it", rule, cure)
    if not entry.name and not entry.email:
        yield Fault("names", row, "name", "nothing", "a name or an address is needed", "write one, or remove the row")
    if entry.email and not _is_address(entry.email):
        yield Fault("names", row, "email", "no address", "an address has one @ and no space", "write it whole")


def _is_address(words: str) -> bool:
    before, mark, after = words.partition("@")
    return bool(before and mark and after) and "@" not in after and " " not in words
