"""Acts for tests of the database under them: as plain as acts can be."""

from __future__ import annotations

import pandas as pd

from workbench.records import Value
from workbench.store.draft import Act, Draft


def add(table: str, **values: object) -> Act:
    """Add a row."""

    def plan(draft: Draft) -> None:
        draft.add(table, **values)

    return Act(f"add to {table}", plan)


def change(table: str, *key: Value, **values: object) -> Act:
    """Change a row."""

    def plan(draft: Draft) -> None:
        draft.change(table, key, **values)

    return Act(f"change {table}", plan)


def remove(table: str, *key: Value) -> Act:
    """Take a row away."""

    def plan(draft: Draft) -> None:
        draft.remove(table, key)

    return Act(f"remove from {table}", plan)


def raise_number() -> Act:
    """Give both organisations one employee more than the first has: they stay equal, and no act is lost on the way."""

    def plan(draft: Draft) -> None:
        known = draft.get("organisations", "A1")["employees"]
        number = known + 1 if isinstance(known, int) else 1
        for organisation in ("A1", "A2"):
            draft.change("organisations", (organisation,), employees=number)

    return Act("raise a number", plan)


def add_memos(count: int) -> Act:
    """Add many rows as one act."""
    memo = {"kind": "theory", "author": "K1", "written": "2025-04-01T09:00:00Z", "text": "Ett memo 🙂."}

    def plan(draft: Draft) -> None:
        draft.add_frame("memos", pd.DataFrame([memo] * count))

    return Act("add memos", plan)
