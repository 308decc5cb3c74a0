"""Coding apart: what a coder may see of entries that a round which is still open lets several code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.records import Record
from workbench.study import Study

# Tables that tell how an entry was read, each with the column that says by whom.
READINGS = {"codings": "coder", "suggestions": "coder", "decisions": "author", "memos": "author"}


@dataclass(frozen=True)
class Blind:
    """What one coder may see while rounds are open.

    Of an entry in an open round a coder sees their own reading only: nobody else's codings, memos, decisions or
    answered suggestions, made in the round or before it, by people, rules or models. Who is not in the round sees none
    of it either, since what they say or write could reach those who are.

    Attributes
    ----------
    coder : str
        Who looks.
    entries : frozenset of str
        The entries that are in an open round.
    """

    coder: str
    entries: frozenset[str] = frozenset()

    def sees(self, entry: object, owner: object) -> bool:
        """Tell whether what somebody made of an entry may be seen."""
        return entry not in self.entries or owner == self.coder

    def seen(self, rows: Iterable[Record]) -> list[Record]:
        """Leave out of rows of `READINGS` those that may not be seen."""
        return [row for row in rows if self.sees(row["entry"], row["coder"] if "coder" in row else row["author"])]

    def frame(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Leave out of a frame of `READINGS` the rows that may not be seen."""
        return frame[~frame["entry"].isin(self.entries) | (frame[READINGS[table]] == self.coder)]

    def study(self, study: Study) -> Study:
        """Give the study without what may not be seen; while a round is open its log is left out, which tells all."""
        if not self.entries:
            return study
        frames = {name: frame for name, frame in study.frames.items() if name != "events"}
        kept = {name: self.frame(name, frames[name]).reset_index(drop=True) for name in READINGS}
        return study.with_frames({**frames, **kept, "events": study.events.head(0)})


def blind_entries(rounds: Iterable[Record], assignments: Iterable[Record]) -> frozenset[str]:
    """Find the entries of open rounds.

    Parameters
    ----------
    rounds, assignments : iterable of records
        Rows of the tables; an assignment whose round is not among those known to be closed counts as open.

    Returns
    -------
    frozenset of str
        Codes of entries.
    """
    closed = {row["round"] for row in rounds if row["closed"] is not None}
    return frozenset(str(row["entry"]) for row in assignments if row["round"] not in closed)
