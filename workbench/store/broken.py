"""What `verify` finds broken, and what it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["database", "revision", "texts", "chain", "log", "rows", "rules", "files"]

# What reading words gives that are not what a log holds.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)
_SHOWN = 120  # characters of a value


@dataclass(frozen=True)
class Broken:
    """One thing in a live study that is not as it was written.

    Attributes
    ----------
    part : Part
        database (the file or the server), revision, texts (the study's own), chain (the log's hashes and
        numbers), log (what its events tell), rows (against the log), rules, files (handed in, kept beside the study).
    where : str
        Names it: "event 3", "codings C1, column quote".
    found : str
        What is there.
    rule : str
        What should be.
    """

    part: Part
    where: str
    found: str
    rule: str

    def __str__(self) -> str:
        """One line: where, what was found, what should be."""
        return f"{self.where}: found {shown(self.found)}; {self.rule}"


def shown(value: object) -> str:
    """Write a value for a reader, a long one shortened."""
    told = repr(value)
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"


@dataclass(frozen=True)
class Report:
    """What was checked, counted, and what of it is broken.

    Attributes
    ----------
    name : str
        The place, as it may be shown.
    broken : tuple of Broken
        Empty when the study is whole.
    events, rows, quotes : int
        How many were checked.
    head : str
        Hash of the last event. Noted down elsewhere, it tells later whether the log's end was cut off.
    """

    name: str
    broken: tuple[Broken, ...]
    events: int = 0
    rows: int = 0
    quotes: int = 0
    head: str = ""

    def __str__(self) -> str:
        """Say what is broken, or what is whole."""
        if not self.broken:
            return (
                f"{self.name} is whole: {self.events} events in one chain, {self.rows} rows as the log tells them, "
                f"{self.quotes} quotes in their texts, every rule kept.\nThe last event's hash is {self.head}."
            )
        lines = "\n".join(f"- {one}" for one in self.broken)
        if self.broken[0].part == "revision":
            return self.broken[0].rule
        cure = "keep it as it is, and bring the latest whole backup back: workbench restore BACKUP STUDY"
        if all(one.part == "files" for one in self.broken):
            cure = "have the files sent once more and import them, or take them from a backup of the folder"
        noun = "place" if len(self.broken) == 1 else "places"
        return f"{self.name} is broken in {len(self.broken)} {noun}.\n{lines}\nCure: {cure}."
