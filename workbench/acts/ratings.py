"""Ratings."""

from __future__ import annotations

from workbench.acts.require import owner
from workbench.records import Value
from workbench.store.draft import Act, Draft
from workbench.tables import RATINGS


def rate(occasion: str, component: str, frame: str, *, person: str | None = None, **fields: object) -> Act:
    """Rate a component; a rating of the same component, occasion, frame and person is replaced, whole.

    Parameters
    ----------
    occasion, component, frame : str
        When, what, and now, desired or then.
    person : str, optional
        Whose own rating it is; without, it is the consensus of the `organisation` given.
    **fields
        `level` or `missing`, one of the two, and other columns of ``ratings``.

    Returns
    -------
    Act
        Refused when the person has withdrawn.
    """

    def plan(draft: Draft) -> None:
        row = {"basis": "individual" if person else "consensus", **owner(draft, person), **fields}
        row |= {"occasion": occasion, "component": component, "frame": frame, "person": person}
        key = tuple(_value(row.get(name)) for name in RATINGS.key)
        if draft.has("ratings", *key):
            cleared = {column.name: None for column in RATINGS.columns}
            draft.change("ratings", key, **(cleared | row))
        else:
            draft.add("ratings", **row)

    return Act("rate", plan)


def _value(given: object) -> Value:
    return given if isinstance(given, str) else None
