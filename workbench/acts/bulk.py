"""Several acts as one."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.store.draft import Act, Draft


def bulk(name: str, acts: Iterable[Act], *, reason: str | None = None) -> Act:
    """Carry out acts in order as one: all of them or none, one event, undone as one.

    Parameters
    ----------
    name : str
        What the whole is called in the log, a short phrase.
    acts : iterable of Act
        Each sees what those before it did.
    reason : str, optional
        Why; the reasons of its parts unless given.
    """
    parts = tuple(acts)
    reasons = dict.fromkeys(act.reason for act in parts if act.reason)

    def plan(draft: Draft) -> None:
        for act in parts:
            act.plan(draft)

    return Act(name, plan, reason or " · ".join(reasons) or None, backup=any(act.backup for act in parts))
