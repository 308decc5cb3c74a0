"""Working a merge out until the study's rules hold: what breaks one is asked about, or kept out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.errors import Fault
from workbench.eventlog import row_key
from workbench.records import Record, Value, key_of, shown_key
from workbench.rules import Rule
from workbench.store.checking import check_draft
from workbench.store.draft import PER_EVENT, Draft, fetch, placed
from workbench.store.errors import RefusedError
from workbench.store.merge.copies import Copies
from workbench.store.merge.log import Where
from workbench.store.merge.mend import combine_codings, follow_heirs, keep_one, number_anew
from workbench.store.merge.plan import OURS, THEIRS, Outcome, combine_row
from workbench.tables import TABLES

References = dict[Where, list[tuple[Where, str]]]  # by the row referred to: the rows that do, and in which column


def work_out(copies: Copies, decisions: Mapping[str, str], draft: Draft, rules: Sequence[Rule]) -> Outcome:
    """Work out what a merge makes of our copy's rows.

    Parameters
    ----------
    copies : Copies
        What both did.
    decisions : mapping
        "ours" or "theirs" by a conflict's id.
    draft : Draft
        The draft of an act on our copy. It holds the merge's rows afterwards.
    rules : sequence of Rule
        The study's.
    """
    outcome = Outcome(copies, decisions)
    for where in copies.touched:
        if where[0] != "codings":
            combine_row(outcome, where)
    combine_codings(outcome)
    follow_heirs(outcome)
    keep_one(outcome)
    number_anew(outcome, draft)
    while _mend_references(outcome, draft) or _keep_out(outcome, draft, _broken(outcome, draft, rules)):
        pass  # each round keeps something out, brings something back or takes something away: it ends
    return outcome


def _broken(outcome: Outcome, draft: Draft, rules: Sequence[Rule]) -> Sequence[Fault]:
    _lay(outcome, draft)
    try:
        check_draft(draft, rules)
    except RefusedError as error:
        return error.faults
    return ()


def _lay(outcome: Outcome, draft: Draft) -> None:
    """Make the draft hold the merge's rows, what theirs added after what we have and in their order."""
    order = {where: number for number, where in enumerate(outcome.copies.touched)}
    draft.changes = {}
    for number, where in enumerate(sorted(outcome.rows, key=lambda where: order.get(where, 0))):
        before, record = outcome.copies.row(where), outcome.rows[where]
        place = before[0] if before else draft.sequence * PER_EVENT + number
        after = None if record is None else (place, *record.values())
        draft.changes.setdefault(where[0], {})[where[1]] = (before, after)


def _mend_references(outcome: Outcome, draft: Draft) -> bool:
    """Ask about rows that one copy took away and the other refers to; tell whether anything was changed."""
    found = _leading_nowhere(outcome, draft)
    for target, referring in found.items():
        if target in outcome.rows:
            _mend_taken(outcome, target, referring)
        else:
            _mend_lacking(outcome, target, referring)
    return bool(found)


def _mend_taken(outcome: Outcome, target: Where, referring: list[tuple[Where, str]]) -> None:
    """Keep a row that theirs took away, or let go of it and of what refers to it here."""
    why = f"removed there, and referred to here by {_counted(referring)}"
    kept_out = any(where in outcome.left for where, _ in referring)
    if kept_out or outcome.decide(target, why) == OURS:
        outcome.leave(target)
        return
    for where, column in referring:
        record = outcome.now(where)
        optional = record is not None and not TABLES[where[0]][column].required and column not in TABLES[where[0]].key
        outcome.become(where, {**record, column: None} if record and optional else None)


def _mend_lacking(outcome: Outcome, target: Where, referring: list[tuple[Where, str]]) -> None:
    """Bring a row back that we took away, or leave out what refers to it there."""
    why = f"removed here, and referred to there by {_counted(referring)}"
    theirs = outcome.copies.theirs(target)
    if theirs and target not in outcome.left and outcome.decide(target, why) == THEIRS:
        outcome.become(target, theirs)
        return
    for where, _ in referring:
        outcome.leave(where)


def _counted(referring: list[tuple[Where, str]]) -> str:
    tables = [where[0] for where, _ in referring]
    return ", ".join(f"{tables.count(name)} {name}" for name in dict.fromkeys(tables))


def _leading_nowhere(outcome: Outcome, draft: Draft) -> References:
    lacking: References = {}
    for target, referring in _references(outcome).items():
        lacking.setdefault(target, []).extend(referring)
    for name in {target[0] for target in lacking}:
        asked = {key for table, key in lacking if table == name and (table, key) not in outcome.rows}
        for key in draft.stored(name, asked):
            lacking.pop((name, key))
    lacking = {target: some for target, some in lacking.items() if outcome.rows.get(target) is None}
    for where, column, target in _standing(outcome, draft):
        lacking.setdefault(target, []).append((where, column))
    return lacking


def _references(outcome: Outcome) -> References:
    """Find what the merge's own rows refer to."""
    found: References = {}
    for where, record in outcome.rows.items():
        for column in TABLES[where[0]].columns if record else ():
            if record and column.refers and record[column.name] is not None:
                target = (column.refers.split(".")[0], (record[column.name],))
                found.setdefault(target, []).append((where, column.name))
    return found


def _standing(outcome: Outcome, draft: Draft) -> Iterator[tuple[Where, str, Where]]:
    """Rows of ours, not touched by the merge, that refer to one it takes away."""
    gone: dict[str, set[Value]] = {}
    for (name, key), record in outcome.rows.items():
        if record is None and len(key) == 1:
            gone.setdefault(name, set()).add(key[0])
    for table in TABLES.values():
        for column in table.columns:
            name = column.refers.split(".")[0]
            place = [one.name for one in table.columns].index(column.name) + 1
            for row in list(fetch(draft.connection, table.name, {column.name: gone[name]})) if name in gone else ():
                where = (table.name, row_key(table, row))
                if where not in outcome.rows:
                    outcome.copies.learn(where, row)
                    yield where, column.name, (name, (row[place],))


def _keep_out(outcome: Outcome, draft: Draft, faults: Sequence[Fault]) -> bool:
    """Keep out of theirs what breaks a rule; tell whether there was anything."""
    for where, fault in _at_fault(outcome, draft, faults).items():
        outcome.decide(where, f"with it a rule would be broken: {fault.rule}", (fault.column,), (OURS,))
        outcome.leave(where)
    return bool(faults)


def _at_fault(outcome: Outcome, draft: Draft, faults: Sequence[Fault]) -> dict[Where, Fault]:
    """Find the merge's rows behind faults: those at fault, or those that a row of ours is at fault for."""
    by_place = {placed(table, *key): (table, key) for table, key in outcome.rows}
    found = {by_place[fault.file]: fault for fault in faults if fault.file in by_place}
    for fault in () if found else faults:
        name, _, key = fault.file.partition(" ")
        same = [where for where in outcome.rows if where[0] == name]
        alike = [where for where in same if _has(name, outcome.rows[where], fault)]
        ours = [row for row in draft.find(name) if shown_key(key_of(TABLES[name], row)) == key]
        above = [where for row in ours for where in _above(draft, name, row) if where in outcome.rows]
        found |= dict.fromkeys(alike or above or same or outcome.rows, fault)
    return found


def _has(name: str, record: Record | None, fault: Fault) -> bool:
    """Tell whether a row has the values that must be unique and are not."""
    uniques = [unique for unique in TABLES[name].unique if unique[0] == fault.column]
    return any(record and shown_key(tuple(record[one] for one in unique)) == fault.found for unique in uniques)


def _above(draft: Draft, name: str, record: Record, steps: int = 3) -> Iterator[Where]:
    """Every row that a row refers to, and those that these refer to."""
    for column in TABLES[name].columns if steps else ():
        if column.refers and record[column.name] is not None:
            other, key = column.refers.split(".")
            yield other, (record[column.name],)
            for row in draft.find(other, **{key: record[column.name]}):
                yield from _above(draft, other, row, steps - 1)
