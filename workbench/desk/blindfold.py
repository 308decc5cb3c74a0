"""What one coder at the desk may see, asked of the study each time: another may open or close a round meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workbench.access.blind import READINGS, Blind, blind_entries
from workbench.errors import Fault, WorkbenchError
from workbench.records import Record
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.tables import TABLES

_WITHHELD = (
    "Nothing was changed: what somebody made of a text that is being coded apart stands in the way, and is not shown"
    " while the round is open. Cure: try again when it is closed."
)


class Blindfold:
    """Leaves out what a coder may not see while rounds are open: see `workbench.access.blind`.

    Parameters
    ----------
    live : LiveStudy
        The study.
    coder : str
        Who looks.
    """

    def __init__(self, live: LiveStudy, coder: str) -> None:
        self._live, self._coder = live, coder

    def now(self, entries: Collection[str] | None = None) -> Blind:
        """Tell what may be seen at this moment; of some entries alone it is quicker told."""
        opened = self._live.find("rounds", closed=None)
        where: dict[str, Collection[str]] = {"round": [str(row["round"]) for row in opened]}
        if entries is not None:
            where["entry"] = entries
        return Blind(self._coder, blind_entries(opened, self._live.find("assignments", **where) if opened else []))

    def seen(self, rows: Iterable[Record]) -> list[Record]:
        """Leave out of codings, memos, decisions or answered suggestions, read before, those that may not be seen."""
        read = list(rows)
        entries = {str(row["entry"]) for row in read}
        return self.now(entries).seen(read) if read else []

    def words(self, error: WorkbenchError) -> str:
        """Say what went wrong, unless that would tell of what may not be seen."""
        blind = self.now()
        if blind.entries and isinstance(error, RefusedError) and any(self._tells(blind, one) for one in error.faults):
            return _WITHHELD
        return str(error)

    def _tells(self, blind: Blind, fault: Fault) -> bool:
        """Tell whether a fault names a row that is hidden, or counts rows among which there may be some."""
        table, _, key = fault.file.partition(" ")
        if table not in READINGS:
            return False
        rows = self._live.find(table, **{TABLES[table].key[0]: key})
        gone = not rows and not fault.column  # undoing finds it changed since: nobody knows any more whose it was
        return gone or "still have it" in fault.rule or rows != blind.seen(rows)
