"""What the desk shows of the codebook: a code's page, quotes to choose from, what a merge or a split would touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pandas as pd
import sqlalchemy as sa

from workbench.bookversions import book_versions, codebook_in
from workbench.codebook import Codebook
from workbench.coding import example_candidates, merge_preview, split_preview
from workbench.coding.descent import CodebookError
from workbench.desk.blindfold import Blindfold
from workbench.desk.shown import Plain
from workbench.records import Record, records_frame
from workbench.store.live import LiveStudy
from workbench.store.log import EVENTS_TABLE, read_events
from workbench.store.parts import read_parts
from workbench.tables import EVENTS, TABLES

Seen = Callable[[list[Record]], list[Record]]
_OFFERED = 30  # quotes that an example is chosen from, at most


class CodebookShown:
    """A study's codebook as one coder sees it.

    Parameters
    ----------
    live : LiveStudy
        The study.
    seen : callable
        Leaves out of some codings what this coder may not see.
    """

    def __init__(self, live: LiveStudy, seen: Seen) -> None:
        self._live, self._seen = live, seen

    def page(self, code: str) -> Plain:
        """Tell all there is of a code: itself, how it came to be, how it is used and by whom, memos about it."""
        [row] = self._rows(code)
        codings = self._codings(code)
        return {
            "code": row,
            "children": [child["code"] for child in self._live.find("codes", parent=code)],
            "steps": [_told(step) for step in self._live.find("lineage") if code in _touched(step)],
            "memos": [_plain(memo) for memo in self._seen(self._live.find("memos", code=code))],
            "blind": self.blind(),
            "used": len(codings),
            "coders": _counted(coding["coder"] for coding in codings),
            **self._spread(codings),
        }

    def examples(self, code: str, *, fewest_writers: int) -> Plain:
        """List quotes to choose an example from, each with whose it is and who may read it."""
        self._rows(code)
        apart = Blindfold(self._live, self._live.actor).now().entries  # an example is read by all
        codings = [row for row in self._codings(code) if row["entry"] not in apart]
        found = example_candidates(
            _frame("codings", codings), self._entries(codings), code, count=_OFFERED, fewest_writers=fewest_writers
        )
        return {"quotes": _plain_rows(found)}

    def merge(self, sources: Collection[str], into: str) -> Plain:
        """Show every coding that a merge would touch, and what else comes along."""
        codings = self._codings([*sources, into])
        found = merge_preview(_frame("codings", codings), self._entries(codings), self._codes(), sources, into)
        children = [row["code"] for row in self._live.find("codes", parent=list(sources)) if row["code"] != into]
        moved = {"children": [code for code in children if code not in sources]}
        memos = self._seen(self._live.find("memos", code=list(sources)))
        return {"rows": _plain_rows(found), **moved, "memos": len(memos)}

    def split(self, code: str) -> Plain:
        """List the codings of a code, to be sorted."""
        codings = self._codings(code)
        return {
            "rows": _plain_rows(split_preview(_frame("codings", codings), self._entries(codings), self._codes(), code))
        }

    def version(self) -> str:
        """Return the codebook's version, as of now."""
        return self.book().version

    def book(self) -> Codebook:
        """Return the codebook as it is now."""
        with self._live.database.reading() as connection:
            _, _, heading = read_parts(connection).read()
        codes, steps = self._live.find("codes"), self._live.find("lineage")
        version = str(steps[-1]["version"]) if steps else heading.version
        return replace(heading, version=version, codes=_frame("codes", codes), lineage=_frame("lineage", steps))

    def book_in(self, version: str) -> Codebook:
        """Return the codebook as it stood in a version."""
        now = self.book()
        return now if version == now.version else codebook_in(now, self._log(), version)

    def versions(self) -> list[str]:
        """List the versions that the codebook has been in, as the log has them."""
        return list(book_versions(self._log()))

    def _log(self) -> pd.DataFrame:
        """Read the events that touched the codebook."""
        told = [EVENTS_TABLE.c[side].contains('"lineage"') for side in ("before", "after")]
        with self._live.database.reading() as connection:
            return records_frame(EVENTS, read_events(connection, sa.or_(*told)))

    def blind(self) -> bool:
        """Tell whether a round is open, so that codings may be there that this coder does not see."""
        return bool(self._live.find("rounds", closed=None))

    def _rows(self, code: str) -> list[Record]:
        if found := self._live.find("codes", code=code):
            return found
        raise CodebookError(f"The codebook has no code {code}. Cure: choose one of those in the tree.")

    def _codings(self, code: str | list[str]) -> list[Record]:
        return self._seen(self._live.find("codings", code=code))

    def _codes(self) -> pd.DataFrame:
        return _frame("codes", self._live.find("codes"))

    def _entries(self, codings: list[Record]) -> pd.DataFrame:
        return _frame("entries", self._live.find("entries", entry=_entries_of(codings)))

    def _spread(self, codings: list[Record]) -> Plain:
        """Count a code's codings by occasion, those without any of them too, and how many people's words they are."""
        about = {row["entry"]: row for row in self._live.find("entries", entry=_entries_of(codings))}
        counts = Counter(about[coding["entry"]]["occasion"] for coding in codings)
        writers = {(row["organisation"], row["person"]) for row in about.values()}
        occasions = [(row["occasion"], counts[row["occasion"]]) for row in self._live.find("occasions")]
        return {"occasions": occasions, "writers": len(writers)}


def _entries_of(codings: list[Record]) -> list[Any]:
    return list(dict.fromkeys(coding["entry"] for coding in codings))


def _counted(values: Any) -> list[tuple[str, int]]:
    return Counter(values).most_common()


def _touched(step: Record) -> list[str]:
    return f"{step['sources'] or ''} {step['targets'] or ''}".split()


def _told(step: Record) -> Plain:
    lists = {"before": str(step["sources"] or "").split(), "after": str(step["targets"] or "").split()}
    return {"version": step["version"], "day": str(step["changed"])[:10], **lists} | {
        name: step[name] for name in ("act", "reason")
    }


def _plain(row: Record) -> Plain:
    return {name: value if isinstance(value, (str, int, type(None))) else str(value) for name, value in row.items()}


def _frame(table: str, rows: list[Record]) -> pd.DataFrame:
    return records_frame(TABLES[table], rows)


def _plain_rows(frame: pd.DataFrame) -> list[Plain]:
    rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]
