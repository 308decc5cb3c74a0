"""Plain corrections by researchers: a row of people, organisations, occasions, … added, changed, taken away.

The rules that hold between rows hold here too. Codes have acts of their own (`workbench.acts.codes`), which
keep their lineage; so have rounds (`workbench.acts.rounds`): a row changed here could close one that is unfinished.
"""

from __future__ import annotations

from workbench.errors import Fault
from workbench.eventlog import KEPT
from workbench.records import Value
from workbench.store.draft import Act, Draft

_OWN = {"codes": "codes, which keep the lineage", "lineage": "codes, which keep the lineage"}
_OWN |= dict.fromkeys(("rounds", "assignments", "decisions"), "rounds, which keep them blind while they are open")
PLAIN = tuple(name for name in KEPT if name not in _OWN)


def add_row(table: str, /, **values: object) -> Act:
    """Add a row; a key of one column is made when it is not given."""

    def plan(draft: Draft) -> None:
        _require_plain(draft, table)
        draft.add(table, **values)

    return Act("add row", plan)


def change_row(table: str, key: Value | tuple[Value, ...], /, **values: object) -> Act:
    """Change columns of the row with a key, never the key; a key of several columns is a tuple."""

    def plan(draft: Draft) -> None:
        _require_plain(draft, table)
        draft.change(table, _key(key), **values)

    return Act("change row", plan)


def remove_row(table: str, key: Value | tuple[Value, ...], /) -> Act:
    """Take away the row with a key; refused while other rows refer to it."""

    def plan(draft: Draft) -> None:
        _require_plain(draft, table)
        draft.remove(table, _key(key))

    return Act("remove row", plan)


def _key(key: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return key if isinstance(key, tuple) else (key,)


def _require_plain(draft: Draft, table: str) -> None:
    if table in PLAIN:
        return
    cure = f"use the acts on {_OWN[table]}" if table in _OWN else "choose one of them"
    raise draft.refused(Fault(table, 0, "", table, f"tables corrected row by row are {', '.join(PLAIN)}", cure))
