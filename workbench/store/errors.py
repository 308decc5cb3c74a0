"""What can go wrong with a live study, said so that the reader can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import Fault, WorkbenchError


class StoreError(WorkbenchError):
    """A live study that cannot be reached, read or written."""


class RefusedError(WorkbenchError):
    """An act that breaks a rule. Nothing was changed.

    Attributes
    ----------
    faults : tuple of Fault
        Each broken rule: on what (`file` names table and key), what was found, what is allowed, the cure.
    first : tuple of int
        Events that would have to be undone first, the latest first; empty when undoing is not the cure.
    """

    def __init__(self, act: str, faults: Sequence[Fault], first: Sequence[int] = ()) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        self.first = tuple(sorted(set(first), reverse=True))
        noun = "rule is" if len(self.faults) == 1 else "rules are"
        lines = "\n".join(f"- {fault}" for fault in self.faults)
        order = f"\nTo undo first, in this order: {', '.join(map(str, self.first))}." if self.first else ""
        super().__init__(f"Nothing was changed: {len(self.faults)} {noun} broken by {act!r}.\n{lines}{order}")
