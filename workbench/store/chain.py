"""Follow the log's chain, event by event, and name its first broken link. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workbench.eventlog import START, event_hash
from workbench.records import Record
from workbench.store.broken import UNREADABLE, Broken
from workbench.store.merge.log import carried, is_whole
from workbench.store.undo import BEGIN, LASTING, REDO, UNDO

_KEPT = 8  # loose events kept to tell whether they have changed places


class Chain:
    """The numbers and hashes of the log, which are taken in one event at a time.

    Attributes
    ----------
    sequence : int
        Number of the last event taken.
    hash : str
        Its hash, as it is stored.
    """

    def __init__(self, sequence: int = 0, start: str = START) -> None:
        self.sequence, self.hash = sequence, start
        self._gaps: list[tuple[int, int]] = []
        self._loose: list[tuple[Record, str]] = []
        self._links = 0

    def take(self, event: Record) -> None:
        """Take the next event, in the order of the log."""
        number = _number(event["sequence"])
        if number != self.sequence + 1:
            self._links += 1
            self._gaps.append((self.sequence + 1, number))
        elif not _holds(event, self.hash):
            self._links += 1
            if len(self._loose) < _KEPT:
                self._loose.append((event, self.hash))
        self.sequence, self.hash = number, str(event["hash"])

    def broken(self) -> Iterator[Broken]:
        """Name the first broken link, and count those after it; nothing when every link holds."""
        if not self._links:
            return
        first = min([(low, "gap") for low, _ in self._gaps] + [(_number(at["sequence"]), "") for at, _ in self._loose])
        found, rule = self._gap(first[0]) if first[1] else self._changed(first[0])
        more = f"; {self._links - 1} links after it are broken too" if self._links > 1 else ""
        yield Broken("chain", f"event {first[0]}, the first broken link", found, f"{rule}{more}")

    def _gap(self, low: int) -> tuple[str, str]:
        high = next(number for first, number in self._gaps if first == low)
        if high < low:
            return f"an event {high}", f"after event {low - 1} comes event {low}"
        gone = f"event {low} is gone" if high == low + 1 else f"events {low} to {high - 1} are gone"
        return gone, f"the log goes from {low - 1} to {high}, and no event is ever taken out"

    def _changed(self, number: int) -> tuple[str, str]:
        event = next(event for event, _ in self._loose if event["sequence"] == number)
        other = self._true_number(event)
        if other is not None:
            return f"what event {other} told", "events stay in the order in which they happened"
        return (
            f"{event['act']} by {event['actor']}, changed since",
            "an event's words give its hash, with the one before",
        )

    def _true_number(self, event: Record) -> int | None:
        """Find the number that an event had when it was hashed, if it changed places with another loose one."""
        hashes = {link for at, previous in self._loose for link in (previous, str(at["hash"]))}
        numbers = [at["sequence"] for at, _ in self._loose if at is not event]
        found = (n for n in numbers for previous in hashes if _holds({**event, "sequence": n}, previous))
        return next((_number(number) for number in found), None)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _holds(event: Record, previous: str) -> bool:
    return event_hash(event, previous) == event["hash"]


class Turns:
    """Which events undo or redo which, taken in one event at a time."""

    def __init__(self) -> None:
        self._undone: set[int] = set()
        self._fixed: set[int] = set()

    def take(self, event: Record) -> Iterator[Broken]:
        """Take the next event; tell what is wrong with the event it concerns."""
        number, act, target = _number(event["sequence"]), event["act"], event["concerns"]
        if act in LASTING:
            self._fixed.add(number)
        wrong = self._wrong(number, act, target)
        if wrong:
            yield Broken("log", f"event {number} ({act}), column concerns", str(target), wrong)
        elif act in {UNDO, REDO}:
            (self._undone.add if act == UNDO else self._undone.discard)(_number(target))

    def _wrong(self, number: int, act: object, target: object) -> str:
        if act not in {UNDO, REDO}:
            return "" if target is None else "only undo and redo concern another event"
        if not isinstance(target, int) or not 0 < target < number:
            return "undo and redo concern an event before them"
        if target in self._fixed:
            return "only an act itself is undone or done again"
        if (target in self._undone) != (act == REDO):
            return "what stands can be undone, what was undone can be done again"
        return ""


def begin_faults(event: Record, study: str, texts: dict[str, str]) -> Iterator[Broken]:
    """Compare the first event with the study's number and texts as they are stored."""
    told = objects_of(event)
    if event["act"] != BEGIN or told is None:
        yield Broken("log", "event 1", str(event["act"]), f"a log begins with {BEGIN!r}")
        return
    if told.get("study") != study:
        yield Broken("texts", "the study's number", study, f"event 1 says {told.get('study')!r}")
    hashes = told.get("texts")
    for name, found in texts.items():
        expected = hashes.get(name) if isinstance(hashes, dict) else None
        if found != expected:
            yield Broken("texts", name, f"SHA-256 {found}", f"event 1 says {expected}")


def objects_of(event: Record) -> dict[str, Any] | None:
    """Read what an event says it is about; None when that is no JSON object."""
    try:
        told = json.loads(str(event["objects"]))
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def merge_faults(event: Record) -> Iterator[Broken]:
    """Check the other copy's events that a merge carries: each gives its hash with the one before it there."""
    where = f"event {event['sequence']} ({event['act']})"
    try:
        kept = carried(event)
        pool = {one["hash"]: one for one in kept}
        loose = [one for one in kept if not is_whole(one, pool)]
        named = [(one["sequence"], one["act"], one["actor"]) for one in loose]
    except UNREADABLE as error:
        yield Broken("log", where, f"{type(error).__name__}: {error}", "a merge carries the other copy's events")
        return
    for number, act, actor in named:
        rule = "an event's words give its hash, with the one before"
        yield Broken("chain", f"{where}, the other copy's event {number}", f"{act} by {actor}, changed since", rule)
