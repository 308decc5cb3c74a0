"""One coder at the desk: each thing asked for is answered in plain values, and every change is an act of the study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.desk.blindfold import Blindfold
from workbench.desk.codebook_work import CodebookWork
from workbench.desk.coding_work import CodingWork
from workbench.desk.news import News
from workbench.desk.rounds import RoundsWork
from workbench.desk.shown import (
    Plain,
    choices,
    context_of,
    listed_codes,
    listed_entries,
    recent_codes,
    shown_coding,
)
from workbench.desk.suggestions import Suggestions
from workbench.errors import WorkbenchError
from workbench.eventlog import row_record, unpack
from workbench.records import Record
from workbench.search.finding import Search
from workbench.store.draft import Act
from workbench.store.live import Done, LiveStudy
from workbench.store.undo import last_done
from workbench.study import Study
from workbench.suggest.features import Features, ModelName
from workbench.tables import TABLES

# Tables that its acts change.
OF_THE_DESK = {"codings", "codes", "lineage", "memos", "suggestions", "rounds", "assignments", "decisions"}
Asked = Mapping[str, Any]


class DeskSession:
    """What a coder does at the desk.

    Parameters
    ----------
    place : str or Path
        Folder of a live study, or its URL.
    coder : str
        The coder's code: every change is this coder's act.
    model : {"chars", "e5"} or Features
        What suggestions are made from, where they are asked for: see `workbench.suggest`.

    Raises
    ------
    StoreError
        There is no live study there.
    """

    def __init__(self, place: str | Path, *, coder: str, model: Features | ModelName = "chars") -> None:
        self.coder = coder
        self.live = LiveStudy(place, actor=coder)
        self.blindfold = Blindfold(self.live, coder)
        self._read()
        self._search: Search | None = None
        self._rounds = RoundsWork(self.live, self.done, self.blindfold, lambda: self.study)
        self._answers: dict[str, Callable[[Asked], Plain]] = {
            "begin": self._begin,
            "open": lambda asked: self._open(str(asked["entry"])),
            "find": lambda asked: self._find(str(asked["words"])),
            "texts": lambda asked: self._texts([str(entry) for entry in asked["entries"]]),
            "undo": lambda _: self._undone(),
            "redo": lambda _: self._changes(self.live.redo()),
        }
        self._news = News(self.live, self.seen)
        for work in (CodingWork, CodebookWork):
            self._answers |= work(self.live, self.done, self.seen).answers
        self._answers |= self._news.answers
        self.suggestions = Suggestions(self.live, self.done, coder=coder, model=model)
        self._answers |= self.suggestions.answers | self._rounds.answers

    def answer(self, asked: Asked) -> Plain:
        """Answer one thing asked.

        Parameters
        ----------
        asked : mapping
            ``ask`` says what: begin, open, find, texts, code, code rows, move, recode, remove, new code, memo, undo,
            redo; the rest is what it needs. Positions are code points.

        Returns
        -------
        dict
            ``ok``, and what was asked for; or ``ok`` false and ``told``: what is wrong, and how to mend it. What is
            answered to a change is on the disk.
        """
        try:
            find = self._answers.get(str(asked.get("ask")))
            return {"ok": True, **find(asked)} if find else _told(f"The desk cannot {asked.get('ask')}.")
        except WorkbenchError as error:
            return _told(self.blindfold.words(error))
        except (KeyError, TypeError, ValueError) as error:
            return _told(f"The desk did not understand what was asked ({error}). Load the page anew.")

    @property
    def study(self) -> Study:
        """The study as this coder may see it: as it was when the desk began, or a round was opened or closed since."""
        if self.blindfold.now() != self._blind:
            self._read()
        return self._study

    @property
    def codings(self) -> pd.DataFrame:
        """The codings that this coder may see, at this moment."""
        codings = self.live.read().codings
        return self.blindfold.now().frame("codings", codings).reset_index(drop=True)

    def seen(self, rows: list[Record]) -> list[Record]:
        """Leave out what this coder may not see of codings or memos: everything of them that is shown goes through."""
        return self.blindfold.seen(rows)

    def close(self) -> None:
        """Let go of the study; nothing is pending, ever."""
        self.live.close()

    def _read(self) -> None:
        study = self.live.read()
        self._blind = self.blindfold.now()
        self._study = self._blind.study(study)

    def _begin(self, _asked: Asked) -> Plain:
        sequence = self._news.head()  # before the rest is read: what comes in between is told once more
        self._read()
        self._search = self._search and self._search.updated(self.study, progress=False)
        return {
            "coder": self.coder,
            "sequence": sequence,
            "entries": listed_entries(self.study),
            "codes": listed_codes(self.study),
            "choices": choices(self.study),
            "recent": recent_codes(self.study, self.coder),
            **self._rounds.mine(),
        }

    def _open(self, entry: str) -> Plain:
        found = self.live.find("entries", entry=entry)
        if not found:
            return _told(f"The study has no entry {entry}.")
        memos = self.seen(self.live.find("memos", entry=entry))
        codings = [shown_coding(row) for row in self.seen(self.live.find("codings", entry=entry))]
        apart = {"apart": entry in self.blindfold.now([entry]).entries}
        return {"entry": found[0], "codings": codings, "memos": memos, **apart, **context_of(self._study, found[0])}

    def _find(self, words: str) -> Plain:
        """Find the entries that hold some words, the best first."""
        self._search = self._search or Search(self.study, progress=False)
        found = self._search.find(words)
        return {"entries": found.hits["entry"].drop_duplicates().to_list(), "notes": list(found.notes)}

    def _texts(self, entries: list[str]) -> Plain:
        """Give whole texts, in the order asked, each with the coder's own codings."""
        found = {row["entry"]: row for row in self.live.find("entries", entry=entries)}
        own: dict[object, list[Plain]] = {}
        for row in self.live.find("codings", entry=entries, coder=self.coder):
            own.setdefault(row["entry"], []).append(shown_coding(row))
        return {"texts": [{**found[entry], "codings": own.get(entry, [])} for entry in entries if entry in found]}

    def done(self, act: Act) -> Plain:
        """Do an act, and tell what it changed: codings gone and come, memos, and the codebook as it is now."""
        return self._changes(self.live.do(act))

    def _changes(self, done: Done) -> Plain:
        """Tell what an act, or undoing one, changed: codings gone and come, memos, and the codebook as it is now."""
        event = self.live.event(done.sequence)
        before, after = unpack(_text(event["before"])), unpack(_text(event["after"]))
        gone, come = (
            {name: self.seen(_records(name, rows)) for name in ("codings", "memos")} for rows in (before, after)
        )
        told: Plain = {"act": event["act"], "sequence": done.sequence}
        told["gone"], told["come"] = ([shown_coding(row) for row in side["codings"]] for side in (gone, come))
        told["memos"] = {"gone": [row["memo"] for row in gone["memos"]], "come": come["memos"]}
        told |= self._rounds.changed(before, after)
        if "codes" in before or "codes" in after:
            told["codes"] = self.live.find("codes")
        return told

    def _undone(self) -> Plain:
        """Undo the coder's latest act, where it is one of the desk's: nobody means to undo an import from here."""
        with self.live.database.reading() as connection:
            latest = last_done(connection, self.coder)
        if latest is None:
            return _told("There is nothing of yours to undo.")
        event = self.live.event(latest)
        touched = unpack(_text(event["before"])).keys() | unpack(_text(event["after"])).keys()
        if not touched <= OF_THE_DESK:
            act = f"'{event['act']}' (event {latest})"
            return _told(f"What you did last is {act}, which is not undone from the desk. `workbench undo` can.")
        return self._changes(self.live.undo(latest))


def _records(table: str, rows: Mapping[str, Any]) -> list[Record]:
    return [row_record(TABLES[table], row) for row in rows.get(table, [])]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _told(words: str) -> Plain:
    return {"ok": False, "told": words}
