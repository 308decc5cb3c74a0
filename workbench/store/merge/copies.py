"""Two copies of a study side by side: their logs read, and each row as either has it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import sqlalchemy as sa

from workbench.eventlog import MERGE, START, Row, event_hash, row_record
from workbench.records import Record
from workbench.store.errors import StoreError
from workbench.store.log import EVENTS_TABLE, read_events, read_head
from workbench.store.merge.log import Graph, Node, State, Where, is_whole, net_changes
from workbench.store.merge.rows import common_row
from workbench.tables import TABLES

_E = EVENTS_TABLE.c


class Copies:
    """What two copies of one study did since the last event that both logs begin with.

    Attributes
    ----------
    ours_head, theirs_head : str
        Hash of each log's last event.
    ours, theirs : dict
        Rows that either copy's events touched, as they are now.
    new : list of Node
        Events our log does not hold.
    """

    def __init__(self, graph: Graph, ours_head: str, theirs_head: str) -> None:
        self.graph, self.ours_head, self.theirs_head = graph, ours_head, theirs_head
        self._start: State = {}
        self._common = _Common(graph, graph.last_common(ours_head, theirs_head), self._start)
        self._ours, self._theirs = self._changes(ours_head), self._changes(theirs_head)
        self.new = graph.new(ours_head, theirs_head)

    @cached_property
    def touched(self) -> list[Where]:
        """Every row that either copy's events touched, by table; theirs in their own order."""
        order = list(TABLES)
        wheres = {**self._theirs, **self._ours}
        return sorted(wheres, key=lambda where: (order.index(where[0]), self._place(where)))

    def row(self, where: Where) -> Row | None:
        """Give a row as our copy has it, place and all."""
        return self._ours.get(where, self._start.get(where))

    def ours(self, where: Where) -> Record | None:
        """Give a row as our copy has it, place and all."""
        return _record(where, self.row(where))

    def theirs(self, where: Where) -> Record | None:
        """Give a row as their copy has it."""
        return _record(where, self._theirs.get(where, self._start.get(where)))

    def common(self, where: Where) -> Record | None:
        """Give the version of a row that both copies began from."""
        return self._common.version(where)

    def learn(self, where: Where, row: Row) -> None:
        """Take in a row that neither copy touched."""
        self._start.setdefault(where, row)

    def who(self, where: Where, *, ours: bool) -> str:
        """Who touched a row last in one copy and not in the other, when, and by which act."""
        node = self._last[ours].get(where)
        if node is None:
            return ""
        return f"{node.event['actor']}, {node.event['at']}, {node.event['act']}"

    @cached_property
    def _last(self) -> dict[bool, dict[Where, Node]]:
        return {
            True: _touching(self.graph.new(self.theirs_head, self.ours_head)),
            False: _touching(self.new),
        }

    def _changes(self, head: str) -> State:
        return net_changes(self.graph.thread(head), self._start)

    def _place(self, where: Where) -> int:
        row = self._theirs.get(where) or self._start.get(where) or self._ours.get(where)
        return int(str(row[0])) if row else 0


class _Common:
    """The rows at the last events that both copies know."""

    def __init__(self, graph: Graph, heads: list[str], start: State) -> None:
        self._start = start
        self._rows = [net_changes(graph.thread(head), start) for head in heads]
        self._earlier = _Common(graph, graph.last_common(*heads), start) if len(heads) > 1 else None

    def version(self, where: Where) -> Record | None:
        """Give a row; where these events have it differently, what they themselves began from decides."""
        found = [_record(where, rows.get(where, self._start.get(where))) for rows in self._rows]
        return common_row(self._earlier.version(where), found) if self._earlier else found[0]


def _touching(nodes: list[Node]) -> dict[Where, Node]:
    """Find the last event behind each row, a merge only where no event it brought is."""
    merges_first = sorted(nodes, key=lambda node: node.event["act"] != MERGE)
    return {where: node for node in merges_first for where, _, _ in node.rows}


def _record(where: Where, row: Row | None) -> Record | None:
    return None if row is None else row_record(TABLES[where[0]], row)


def read_copies(ours: sa.Connection, theirs: sa.Connection, name: str) -> Copies:
    """Read what two copies did apart.

    Raises
    ------
    StoreError
        They are not copies of one study, or their log is broken.
    """
    number = _last_shared(ours, theirs)
    if not number:
        raise StoreError(f"{name} is another study: its log begins with another event. Cure: name a copy of this one.")
    heads = read_head(ours).hash, read_head(theirs).hash
    graph = _read_graph(ours, theirs, number, name)
    if not _reaches_root(graph, graph.last_common(*heads)):
        graph = _read_graph(ours, theirs, 0, name)  # a third copy left before the two did
    return Copies(graph, *heads)


def _reaches_root(graph: Graph, heads: list[str]) -> bool:
    here = all(graph.reaches_root(head) for head in heads)
    return here and (len(heads) == 1 or _reaches_root(graph, graph.last_common(*heads)))


def _read_graph(ours: sa.Connection, theirs: sa.Connection, number: int, name: str) -> Graph:
    root = _hash(ours, number) if number else START
    graph = Graph(str(root), [read_events(one, _E.sequence > number) for one in (ours, theirs)])
    kept = {here: node.kept for here, node in graph.items()}
    for node in graph.new(read_head(ours).hash, read_head(theirs).hash):
        if not _is_whole(node, kept):
            cure = f"run: workbench verify {name}"
            raise StoreError(f"{name}: event {node.event['hash']} is not as it was written. Cure: {cure}")
    return graph


def _is_whole(node: Node, kept: dict[str, dict[str, Any]]) -> bool:
    if "objects" in node.event:
        return event_hash(node.event, node.previous) == node.event["hash"]
    return is_whole(node.kept, kept)


def _last_shared(ours: sa.Connection, theirs: sa.Connection) -> int:
    """Find the last event both logs have at the same number; a hash vouches for all before it."""
    low, high = 0, min(read_head(ours).sequence, read_head(theirs).sequence)
    while low < high:
        middle = (low + high + 1) // 2
        same = _hash(ours, middle) == _hash(theirs, middle)
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _hash(connection: sa.Connection, number: int) -> object:
    return connection.execute(sa.select(_E.hash).where(_E.sequence == number)).scalar()
