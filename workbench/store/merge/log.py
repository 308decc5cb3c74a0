"""The logs of two copies of a study as one graph: what both know, and events of the other kept whole. Pure.

An event is known by its hash. The event of a merge carries every event of the other copy that its own log did
not hold, so that a log still tells of everything that led to its rows, and two copies can be merged again and
again, in any order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.eventlog import MERGE, Row, event_hash, row_key, unpack
from workbench.records import Key, Record, Value
from workbench.store.undo import UNDO
from workbench.tables import TABLES

Where = tuple[str, Key]  # a row, by its table and key
State = dict[Where, Row | None]


@dataclass(frozen=True)
class Node:
    """An event, the hash of the one before it, and the head of the log it merged."""

    event: Record
    previous: str
    merged: str | None
    kept: dict[str, Any]  # as a merge carries it

    @property
    def rows(self) -> Iterator[tuple[Where, Row | None, Row | None]]:
        """Every row it changed: before and after."""
        sides = [
            {(name, row_key(TABLES[name], row)): row for name, rows in unpack(_text(text)).items() for row in rows}
            for text in (self.event["before"], self.event["after"])
        ]
        for where in {**sides[0], **sides[1]}:
            yield where, sides[0].get(where), sides[1].get(where)


class Graph(dict[str, Node]):
    """Events by hash, of both logs and of all that these merged, after the event `root`."""

    def __init__(self, root: str, logs: Iterable[Iterable[Record]]) -> None:
        super().__init__()
        self.root = root
        for events in logs:
            for previous, event in linked(root, events):
                self[str(event["hash"])] = _node(keep(event, previous), event)
                for kept in carried(event):
                    self.setdefault(kept["hash"], _node(kept, _event(kept)))

    def thread(self, head: str) -> list[Node]:
        """One log's own events up to a head, from the first on."""
        found = []
        while head in self:
            found.append(self[head])
            head = self[head].previous
        return found[::-1]

    def reaches_root(self, head: str) -> bool:
        """Tell whether a log's own events begin at the root."""
        thread = self.thread(head)
        return (thread[0].previous if thread else head) == self.root

    def known(self, head: str, *, undone: bool = False) -> dict[str, set[str]]:
        """Every event that led to a head, with those it came after; a merge that stands undone brought nothing."""
        found: dict[str, set[str]] = {self.root: set()}
        heads = [head]
        while heads:
            here, stands = heads.pop(), dict[Value, bool]()
            while here in self and here not in found:
                node = self[here]
                found[here] = {node.previous}
                if node.event["concerns"] is not None:
                    stands.setdefault(node.event["concerns"], node.event["act"] != UNDO)
                if node.merged and (undone or stands.get(node.event["sequence"], True)):
                    found[here].add(node.merged)
                    heads.append(node.merged)
                here = node.previous
        return found

    def last_common(self, *heads: str) -> list[str]:
        """Find the latest events that all heads know; more than one where each has merged the other."""
        known = [self.known(head) for head in heads]
        both = set.intersection(*(set(one) for one in known))
        earlier = set().union(*(set.intersection(*(one[here] for one in known)) for here in both))
        return sorted(both - earlier)

    def new(self, ours: str, theirs: str) -> list[Node]:
        """Find the events of theirs that our log does not hold, each after what it came after."""
        held = self.known(ours, undone=True).keys()
        found = [self[here] for here in self.known(theirs, undone=True) if here not in held]
        return sorted(found, key=lambda node: (str(node.event["at"]), int(str(node.event["sequence"]))))


def net_changes(thread: Sequence[Node], start: State) -> State:
    """Rows as a log's events leave them, those they touch; `start` learns how these were before."""
    rows: State = {}
    for node in thread:
        for where, before, after in node.rows:
            if where not in rows:
                start.setdefault(where, before)
            rows[where] = after
    return rows


def linked(previous: str, events: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Go through a log with the hash before each event."""
    for event in events:
        yield previous, event
        previous = str(event["hash"])


def keep(event: Record, previous: str) -> dict[str, Any]:
    """Give an event the form in which a merge carries it: what it carried itself stands beside it, by hash."""
    objects = json.loads(str(event["objects"]))
    if event["act"] == MERGE:
        hashes = [kept["hash"] for kept in objects["merged"]["events"]]
        objects = {**objects, "merged": {**objects["merged"], "events": hashes}}
    return {**event, "objects": objects, "previous": previous}


def carried(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the other copy's events that an event of the log carries, as `keep` made them."""
    if event["act"] != MERGE:
        return []
    found: list[dict[str, Any]] = json.loads(event["objects"])["merged"]["events"]
    return found


def is_whole(kept: Mapping[str, Any], pool: Mapping[str, dict[str, Any]]) -> bool:
    """Tell whether an event that a merge carries still has its hash, as far as the pool lets it be told.

    Parameters
    ----------
    kept : mapping
        The event, as `keep` made it.
    pool : mapping
        By hash, in the form of `keep`: the events that this one carried itself.
    """
    objects = kept["objects"]
    if kept["act"] == MERGE:
        hashes = objects["merged"]["events"]
        if any(one not in pool for one in hashes):
            return True
        objects = {**objects, "merged": {**objects["merged"], "events": [pool[one] for one in hashes]}}
    told = {**kept, "objects": json.dumps(objects, ensure_ascii=False, separators=(",", ":"))}
    return bool(event_hash(told, kept["previous"]) == kept["hash"])


def _node(kept: dict[str, Any], event: Record) -> Node:
    merged = kept["objects"]["merged"]["head"] if kept["act"] == MERGE else None
    return Node(event, kept["previous"], merged, kept)


def _event(kept: Mapping[str, Any]) -> Record:
    return {name: value for name, value in kept.items() if name not in {"objects", "previous"}}


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
