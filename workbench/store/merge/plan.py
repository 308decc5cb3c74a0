"""What a merge makes of our copy's rows while it is worked out, and the conflicts that are met on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.errors import Fault
from workbench.records import Record, shown_key
from workbench.store.draft import placed
from workbench.store.merge.copies import Copies
from workbench.store.merge.log import Where
from workbench.store.merge.rows import combine, shown
from workbench.tables import TABLES

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True)
class Conflict:
    """One row of which the two copies make something that cannot both be.

    Attributes
    ----------
    id : str
        The same in every plan of the merge; a decision names it.
    table, key : str
        Which row.
    columns : tuple of str
        What clashes; empty when it is not this row's own columns.
    why : str
        In a sentence.
    base, ours, theirs : Record or None
        The row when the copies parted, and now in each; None where it is not there.
    ours_by, theirs_by : str
        Who touched it last in each copy, when, by which act; "" for nobody.
    choices : tuple of str
        What can be decided: "ours" (our copy stays as it is, theirs is left out), "theirs".
    decision : str
        What was decided; "" for nothing yet.
    """

    id: str
    table: str
    key: str
    columns: tuple[str, ...]
    why: str
    base: Record | None
    ours: Record | None
    theirs: Record | None
    ours_by: str
    theirs_by: str
    choices: tuple[str, ...] = (OURS, THEIRS)
    decision: str = ""

    def __str__(self) -> str:
        """Four lines for the terminal."""
        by = {"base": "", OURS: self.ours_by, THEIRS: self.theirs_by}
        lines = [f"  {name:7}{side}" + (f"  ({by[name]})" if by[name] else "") for name, side in self.sides.items()]
        decided = self.decision or f"decide {' or '.join(self.choices)}"
        return "\n".join([f"{self.id}  {self.table} {self.key}: {self.why}. [{decided}]", *lines])

    @property
    def sides(self) -> dict[str, str]:
        """What clashes, before and in each copy, as text."""
        columns = self.columns if self.ours and self.theirs else ()
        return {name: _told(getattr(self, name), columns) for name in ("base", OURS, THEIRS)}


def _told(side: Record | None, columns: Sequence[str]) -> str:
    if side is None:
        return "(not there)"
    values = {name: side[name] for name in columns or side if columns or side[name] is not None}
    return ", ".join(f"{name}={str(value)[:60]!r}" for name, value in values.items())


@dataclass
class Outcome:
    """The rows of our copy that a merge changes, while it is being worked out.

    Attributes
    ----------
    copies : Copies
        What both did.
    decisions : mapping
        "ours" or "theirs" by a conflict's id. What is not decided is worked out as if it were "ours".
    rows : dict
        What rows become; None: taken away.
    conflicts : dict
        By row.
    left : set
        Rows of theirs that a conflict keeps out: they do not come back while the rest is worked out.
    notes : list of str
        What was mended without asking.
    """

    copies: Copies
    decisions: Mapping[str, str]
    rows: dict[Where, Record | None] = field(default_factory=dict)
    conflicts: dict[Where, Conflict] = field(default_factory=dict)
    left: set[Where] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def now(self, where: Where) -> Record | None:
        """Return a touched row as the merge leaves it."""
        return self.rows[where] if where in self.rows else self.copies.ours(where)

    def become(self, where: Where, record: Record | None) -> None:
        """Let a row become what is given, unless it is that already or is kept out."""
        self.rows.pop(where, None)
        if where not in self.left and record != self.copies.ours(where):
            self.rows[where] = record

    def leave(self, where: Where) -> None:
        """Keep what theirs makes of a row out."""
        self.rows.pop(where, None)
        self.left.add(where)

    def decide(
        self, where: Where, why: str, columns: Sequence[str] = (), choices: tuple[str, ...] = (OURS, THEIRS)
    ) -> str:
        """Ask what is decided about a row; a row has one conflict, whatever the reasons."""
        where = self._question(where, columns)
        held = self.conflicts.get(where) or self._conflict(where, why, tuple(columns), choices)
        if why not in held.why:
            held = replace(held, why=f"{held.why}; {why}")
        self.conflicts[where] = held = replace(held, choices=tuple(one for one in held.choices if one in choices))
        return held.decision if held.decision in held.choices else OURS

    def _question(self, where: Where, columns: Sequence[str]) -> Where:
        """Ask about a code, and not about each coding, where each copy merged it into another code."""
        base, ours, theirs = self.copies.common(where), self.copies.ours(where), self.copies.theirs(where)
        if tuple(columns) != ("code",) or base is None or ours is None or theirs is None:
            return where
        code = ("codes", (base["code"],))
        asked = self.conflicts.get(code)
        sides = [(asked.ours, ours), (asked.theirs, theirs)] if asked else []
        follow = [side is not None and side["replaced_by"] == row["code"] for side, row in sides]
        return code if follow and all(follow) else where

    def _conflict(self, where: Where, why: str, columns: tuple[str, ...], choices: tuple[str, ...]) -> Conflict:
        table, key = where[0], shown_key(where[1])
        identity = hashlib.sha256(repr(where).encode()).hexdigest()[:8]
        return Conflict(
            identity, table, key, columns, why,
            shown(self.copies.common(where)),
            self.copies.ours(where),
            self.copies.theirs(where),
            self.copies.who(where, ours=True),
            self.copies.who(where, ours=False),
            choices,
            self.decisions.get(identity, ""),
        )  # fmt: skip

    def faults(self) -> Iterator[Fault]:
        """Tell of conflicts without a decision, and of decisions there are no conflicts for."""
        ids = {conflict.id: conflict for conflict in self.conflicts.values()}
        for conflict in ids.values():
            allowed = " or ".join(conflict.choices)
            rule = f"a conflict is decided: {allowed}"
            if conflict.decision not in conflict.choices:
                place = placed(conflict.table, conflict.key)
                found = conflict.decision or "no decision"
                cure = f"choose, such as --decide {conflict.id}={conflict.choices[0]}"
                yield Fault(place, 0, "", found, f"{rule} ({conflict.why})", cure)
        for unknown in sorted(self.decisions.keys() - ids.keys()):
            cure = "leave it out, or plan the merge anew to see its conflicts"
            yield Fault("decisions", 0, "", unknown, f"conflicts are {', '.join(ids) or 'none'}", cure)


def combine_row(outcome: Outcome, where: Where) -> None:
    """Combine one row of both copies, by decision where they clash."""
    copies = outcome.copies
    base = copies.common(where)
    combined = combine(TABLES[where[0]], base, copies.ours(where), copies.theirs(where))
    taken = combined.if_ours
    if combined.clashes and outcome.decide(where, reason_of(copies, where), combined.clashing) == THEIRS:
        taken = combined.if_theirs
    outcome.become(where, taken)


def reason_of(copies: Copies, where: Where) -> str:
    """Say in what way a row clashes."""
    if copies.ours(where) is None:
        return "removed here, changed there"
    if copies.theirs(where) is None:
        return "changed here, removed there"
    return "made differently in both" if copies.common(where) is None else "changed differently in both"
