"""Merge two copies of a study that were worked on apart: by the union of their events, planned first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from workbench.errors import Fault
from workbench.eventlog import MERGE
from workbench.rules import Rule
from workbench.store.database import Database
from workbench.store.draft import Act, Draft
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy, make_draft, study_rules
from workbench.store.log import read_head
from workbench.store.merge.copies import Copies, read_copies
from workbench.store.merge.plan import Conflict, Outcome
from workbench.store.merge.rules import work_out
from workbench.store.revision import require_current
from workbench.tables import TABLES

Place = Database | str | Path


@dataclass(frozen=True)
class MergePlan:
    """What merging another copy into ours would do, under the decisions taken so far.

    Attributes
    ----------
    ours, theirs : str
        The two copies.
    events : int
        Events of theirs that our log does not hold.
    incoming : dict
        By table: how many rows are added, changed and removed in ours.
    conflicts : tuple of Conflict
        What must be decided; those without a decision are counted as "ours".
    notes : tuple of str
        What is mended without asking.
    done : int or None
        The merge's event, once it is done.
    """

    ours: str
    theirs: str
    events: int
    incoming: dict[str, tuple[int, int, int]]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...] = field(repr=False)
    copies: Copies = field(repr=False, compare=False)
    rules: Sequence[Rule] = field(repr=False, compare=False)
    done: int | None = None

    @property
    def nothing_new(self) -> bool:
        """Tell whether theirs has nothing that ours has not: it did no act of its own, and its merges agree."""
        own = any(node.event["act"] != MERGE for node in self.copies.new)
        return not (own or self.incoming or self.conflicts)

    @property
    def table(self) -> pd.DataFrame:
        """The conflicts, one a row, with both sides: only what differs, as text."""
        names = ["id", "table", "key", "columns", "why", "base", "ours", "theirs", "ours_by", "theirs_by", "decision"]
        rows = [{**asdict(one), "columns": ", ".join(one.columns), **one.sides} for one in self.conflicts]
        return pd.DataFrame(rows, columns=names).astype("str")

    def __str__(self) -> str:
        """Give the plan for the terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.nothing_new:
            yield f"{self.theirs} has nothing that {self.ours} has not."
            return
        new = "event that is" if self.events == 1 else "events that are"
        yield f"{self.theirs} into {self.ours}: {self.events} {new} new here."
        for name, (added, changed, removed) in self.incoming.items():
            yield f"  {name}: {added} added, {changed} changed, {removed} removed"
        yield from (f"  {note}" for note in self.notes)
        noun = "conflict" if len(self.conflicts) == 1 else "conflicts"
        yield f"{len(self.conflicts)} {noun}" + (":" if self.conflicts else ".")
        yield from (str(conflict) for conflict in self.conflicts)
        if self.done:
            yield f"Merged as event {self.done}."


def plan_merge(ours: Place, theirs: Place, *, decisions: Mapping[str, str] | None = None) -> MergePlan:
    """Plan to merge another copy of a study into ours. Nothing is written, in either.

    Parameters
    ----------
    ours, theirs : Database, str or Path
        A study's folder, its database file, such as a backup, or its URL.
    decisions : mapping, optional
        "ours" or "theirs" by a conflict's id. A decision can settle other conflicts or bring new ones, which
        the plan then shows.

    Raises
    ------
    StoreError
        They are not copies of one study, their log is broken, or one cannot be read.
    """
    with _opened(ours) as here, _opened(theirs) as there, here.reading() as connection, there.reading() as other:
        require_current(connection, here.name)
        require_current(other, there.name)
        copies = read_copies(connection, other, there.name)
        rules = study_rules(connection)
        return _plan(here.name, there.name, work_out(copies, decisions or {}, _draft(connection), rules), rules)


@contextmanager
def _opened(place: Place) -> Iterator[Database]:
    if isinstance(place, Database):
        yield place
        return
    with closing(Database(place, writes=False)) as database:
        yield database


def _draft(connection: sa.Connection) -> Draft:
    return make_draft(connection, read_head(connection), MERGE, "")


def _plan(ours: str, theirs: str, outcome: Outcome, rules: Sequence[Rule]) -> MergePlan:
    conflicts = tuple(sorted(outcome.conflicts.values(), key=lambda one: (list(TABLES).index(one.table), one.key)))
    faults = tuple(outcome.faults())
    new, notes = len(outcome.copies.new), tuple(outcome.notes)
    return MergePlan(ours, theirs, new, _counted(outcome), conflicts, notes, faults, outcome.copies, rules)


def _counted(outcome: Outcome) -> dict[str, tuple[int, int, int]]:
    kinds = Counter(
        (where[0], "removed" if record is None else "changed" if outcome.copies.row(where) else "added")
        for where, record in outcome.rows.items()
    )
    names = [name for name in TABLES if any(table == name for table, _ in kinds)]
    return {name: (kinds[name, "added"], kinds[name, "changed"], kinds[name, "removed"]) for name in names}


def merge_act(plan: MergePlan, decisions: Mapping[str, str] | None = None) -> Act:
    """Merge as planned: one act, with every event of theirs that our log does not hold inside its own event.

    Parameters
    ----------
    plan : MergePlan
        Of this study.
    decisions : mapping, optional
        "ours" or "theirs" by a conflict's id.

    Returns
    -------
    Act
        Refused when a conflict has no decision, when our copy has moved on since the plan, and when there is
        nothing new.
    """

    def carry_out(draft: Draft) -> None:
        copies, decided = plan.copies, dict(decisions or {})
        if read_head(draft.connection).hash != copies.ours_head:
            rule, cure = "the plan is of the study as it is now", "plan the merge anew"
            raise draft.refused(Fault("study", 0, "", "acts since the plan was made", rule, cure))
        if plan.nothing_new:
            rule, cure = f"{plan.theirs} has nothing that is new here", "nothing needs doing"
            raise draft.refused(Fault("study", 0, "", "nothing to merge", rule, cure))
        outcome = work_out(copies, decided, draft, plan.rules)
        if faults := tuple(outcome.faults()):
            raise RefusedError(draft.act, faults)
        events = [node.kept for node in copies.new]
        draft.about = {"merged": {"head": copies.theirs_head, "decisions": decided, "events": events}}

    return Act(MERGE, carry_out, backup=True)


def merge_from(
    study: str | Path,
    other: str | Path,
    *,
    actor: str,
    decisions: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> MergePlan:
    """Merge another copy into a study, after a backup; or, in a dry run, only say what that would do.

    Returns
    -------
    MergePlan
        With `done` when it was carried out; a plan with nothing new is not.

    Raises
    ------
    RefusedError
        A conflict has no decision; nothing was changed.
    StoreError
        As of `plan_merge`.
    """
    with LiveStudy(study, actor=actor) as live:
        plan = plan_merge(live.database, other, decisions=decisions)
        if dry_run or plan.nothing_new:
            return plan
        if plan.faults:
            raise RefusedError(MERGE, plan.faults)
        done = live.do(merge_act(plan, decisions))
        return replace(plan, done=done.sequence)
