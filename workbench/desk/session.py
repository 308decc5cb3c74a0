"""One coder at the desk: each thing asked for is answered in plain values, and every change is an act of the study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbench.acts.bulk import bulk
from workbench.acts.codes import add_code
from workbench.acts.codings import code_span, move_coding, recode, remove_coding
from workbench.acts.memos import write_memo
from workbench.desk.codebook_work import CodebookWork
from workbench.desk.shown import (
    Plain,
    choices,
    context_of,
    listed_codes,
    listed_entries,
    recent_codes,
    shown_coding,
)
from workbench.errors import WorkbenchError
from workbench.eventlog import row_record, unpack
from workbench.records import Record
from workbench.search.finding import Search
from workbench.store.draft import Act, new_codes
from workbench.store.live import Done, LiveStudy
from workbench.store.undo import last_done
from workbench.tables import TABLES

OF_THE_DESK = {"codings", "codes", "lineage", "memos"}  # tables that its acts change
LONGEST_NAME = 60  # characters of an in-vivo code's name
Asked = Mapping[str, Any]


class DeskSession:
    """What a coder does at the desk.

    Parameters
    ----------
    place : str or Path
        Folder of a live study, or its URL.
    coder : str
        The coder's code: every change is this coder's act.

    Raises
    ------
    StoreError
        There is no live study there.
    """

    def __init__(self, place: str | Path, *, coder: str) -> None:
        self.coder = coder
        self.live = LiveStudy(place, actor=coder)
        self.study = self.live.read()
        self._search: Search | None = None
        self._answers: dict[str, Callable[[Asked], Plain]] = {
            "begin": self._begin,
            "open": lambda asked: self._open(str(asked["entry"])),
            "find": lambda asked: self._find(str(asked["words"])),
            "texts": lambda asked: self._texts([str(entry) for entry in asked["entries"]]),
            "code": lambda asked: self.done(code_span(*_span(asked), str(asked["code"]))),
            "code rows": lambda asked: self.done(self._whole(asked["entries"], str(asked["code"]))),
            "move": lambda asked: self.done(move_coding(str(asked["coding"]), int(asked["start"]), int(asked["end"]))),
            "recode": lambda asked: self.done(recode(str(asked["coding"]), str(asked["code"]))),
            "remove": lambda asked: self.done(remove_coding(str(asked["coding"]))),
            "new code": lambda asked: self.done(_new_code(asked)),
            "memo": lambda asked: self.done(_memo(asked)),
            "undo": lambda _: self._undone(),
            "redo": lambda _: self._changes(self.live.redo()),
        }
        self._answers |= CodebookWork(self.live, self.done, self.seen).answers

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
            return _told(str(error))
        except (KeyError, TypeError, ValueError) as error:
            return _told(f"The desk did not understand what was asked ({error}). Load the page anew.")

    def seen(self, codings: list[Record]) -> list[Record]:
        """Leave out what this coder may not see of some codings: everything of them that is shown goes through here."""
        return codings

    def close(self) -> None:
        """Let go of the study; nothing is pending, ever."""
        self.live.close()

    def _begin(self, _asked: Asked) -> Plain:
        self.study = self.live.read()
        self._search = self._search and self._search.updated(self.study, progress=False)
        return {
            "coder": self.coder,
            "entries": listed_entries(self.study),
            "codes": listed_codes(self.study),
            "choices": choices(self.study),
            "recent": recent_codes(self.study, self.coder),
        }

    def _open(self, entry: str) -> Plain:
        found = self.live.find("entries", entry=entry)
        if not found:
            return _told(f"The study has no entry {entry}.")
        memos = self.live.find("memos", entry=entry)
        codings = [shown_coding(row) for row in self.seen(self.live.find("codings", entry=entry))]
        return {"entry": found[0], "codings": codings, "memos": memos, **context_of(self.study, found[0])}

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
        told: Plain = {"act": event["act"], "sequence": done.sequence}
        told["gone"] = [shown_coding(row) for row in _records("codings", before)]
        told["come"] = [shown_coding(row) for row in _records("codings", after)]
        told["memos"] = {"gone": [row["memo"] for row in _records("memos", before)], "come": _records("memos", after)}
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

    def _whole(self, entries: list[str], code: str) -> Act:
        """Code whole texts."""
        rows = self.live.find("entries", entry=[str(entry) for entry in entries])
        acts = [code_span(str(row["entry"]), 0, len(str(row["text"])), code) for row in rows]
        return acts[0] if len(acts) == 1 else bulk("code rows", acts)


def _span(asked: Asked) -> tuple[str, int, int]:
    return str(asked["entry"]), int(asked["start"]), int(asked["end"])


def _new_code(asked: Asked) -> Act:
    """Add a code, and code a span with it when there is one: both are undone as one."""
    name = " ".join(str(asked["name"]).split())[:LONGEST_NAME]
    code, reason = new_codes("codes", 1)[0], str(asked.get("reason") or "seen while coding")
    made = add_code(name, reason=reason, code=code, parent=asked.get("parent") or None)
    if asked.get("entry") is None:
        return made
    return bulk("new code in place", [made, code_span(*_span(asked), code)], reason=reason)


def _memo(asked: Asked) -> Act:
    about = {name: str(asked[name]) for name in ("entry", "code") if asked.get(name)}
    return write_memo(str(asked.get("kind") or "method"), str(asked["text"]), **about)


def _records(table: str, rows: Mapping[str, Any]) -> list[Record]:
    return [row_record(TABLES[table], row) for row in rows.get(table, [])]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _told(words: str) -> Plain:
    return {"ok": False, "told": words}
