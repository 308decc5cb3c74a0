"""The file of the drafts: SQLite, readable by its owner alone; each person reaches their own and no other."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from workbench.drafts.draft import Draft, DraftError, Words, is_id, next_version
from workbench.privatefile import PrivateFile, tables_of, version_of

FILE = "drafts.sqlite"
VERSION: Final = 1
MOST: Final = 200  # of one person: far more than anybody has open
MOST_BYTES: Final = 256 * 1024
_SCHEMA = """create table if not exists draft(
    person text not null, id text not null, kind text not null, words text not null,
    version integer not null, saved_at real not null, primary key(person, id))"""
_COLUMNS = "id, kind, words, version, saved_at"


class Drafts(PrivateFile):
    """The drafts of everybody, each asked for with whose it is.

    Parameters
    ----------
    path : Path
        Made when lacking.

    Raises
    ------
    DraftError
        It holds something else, is of a newer version, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, self._bring_up_to_date, DraftError)

    def save(self, person: str, draft: str, kind: str, words: Words, *, seen: int | None) -> Draft:
        """Keep what somebody has typed so far.

        Parameters
        ----------
        person : str
            Whose it is, as the server's session says.
        draft, kind : str
            Its id, and the form it stands in.
        words : dict
            Field → values.
        seen : int or None
            See `workbench.drafts.draft.next_version`.

        Raises
        ------
        ElsewhereError
            Another window has come in between; nothing was changed.
        DraftError
            It is too long, there are too many, or the file cannot be written.
        """
        text = json.dumps({name: list(values) for name, values in words.items()}, ensure_ascii=False)
        if not (person and is_id(draft)) or len(text.encode()) > MOST_BYTES:
            raise DraftError(
                f"A draft has an owner, an id of 16 digits and at most {MOST_BYTES} bytes. Cure: shorten it."
            )
        with self.writing() as db:
            now = _find(db, person, draft)
            kept = Draft(draft, kind, json.loads(text), next_version(seen, now), time.time())
            if now is None and _count(db, person) >= MOST:
                raise DraftError(f"{MOST} drafts are kept, and no more. Cure: put some away.")
            row = (person, draft, kind, text, kept.version, kept.saved_at)
            db.execute(f"insert or replace into draft(person, {_COLUMNS}) values (?, ?, ?, ?, ?, ?)", row)  # noqa: S608 -- our own names
        return kept

    def find(self, person: str, draft: str) -> Draft | None:
        """Return a draft of somebody's; None when they have none such, whoever else may."""
        with self.reading() as db:
            return _find(db, person, draft)

    def of(self, person: str) -> list[Draft]:
        """Return somebody's drafts, the latest first."""
        with self.reading() as db:
            query = f"select {_COLUMNS} from draft where person = ? order by saved_at desc, id"  # noqa: S608
            return [_draft(row) for row in db.execute(query, (person,))]

    def remove(self, person: str, draft: str) -> bool:
        """Put a draft away for good, as when it has been handed in; False when there was none."""
        with self.writing() as db:
            return db.execute("delete from draft where person = ? and id = ?", (person, draft)).rowcount > 0

    def forget(self, person: str) -> int:
        """Put all drafts of somebody away for good, as when they leave; returns how many there were."""
        with self.writing() as db:
            return db.execute("delete from draft where person = ?", (person,)).rowcount

    def _bring_up_to_date(self, db: sqlite3.Connection) -> None:
        version, tables = version_of(db, self.path, VERSION, DraftError), tables_of(db)
        if not tables <= {"draft"} or (tables and not version):
            raise DraftError(f"{self.path} holds something else than drafts. Cure: name the file of the drafts.")
        db.execute(_SCHEMA)
        db.execute(f"pragma user_version = {VERSION}")


def _find(db: sqlite3.Connection, person: str, draft: str) -> Draft | None:
    row = db.execute(f"select {_COLUMNS} from draft where person = ? and id = ?", (person, draft)).fetchone()  # noqa: S608
    return _draft(row) if row else None


def _count(db: sqlite3.Connection, person: str) -> int:
    return int(db.execute("select count(*) from draft where person = ?", (person,)).fetchone()[0])


def _draft(row: tuple[Any, ...]) -> Draft:
    name, kind, words, version, saved_at = row
    return Draft(name, kind, json.loads(words), version, saved_at)
