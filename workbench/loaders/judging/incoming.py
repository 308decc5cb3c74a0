"""The study's rows that an item becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from workbench.loaders.judging.case import Case
from workbench.records import Record, Value

_NONE: Mapping[str, Value] = MappingProxyType({})


class Incoming(NamedTuple):
    """One row to be.

    Attributes
    ----------
    table : str
        entries, ratings or experiments.
    record : Record
        Every column that is known.
    origin : str
        Made of what came in: what has the same is the same.
    attributes : mapping of str to str
        Of an entry.
    components : tuple of str
        Of an experiment.
    follows_up : bool
        Whether it tells how an experiment goes that the study, or the same import, has already.
    changes : mapping
        What becomes of that experiment's row, once it is judged.
    turn : int
        Its place among what is told of experiments: a later one may replace what an earlier one told.
    """

    table: str
    record: Record
    origin: str
    attributes: Mapping[str, str]
    components: tuple[str, ...] = ()
    follows_up: bool = False
    changes: Mapping[str, Value] = _NONE
    turn: int = 0


class Scene(NamedTuple):
    """Who, where and when, as far as a case tells."""

    person: str | None
    organisation: str
    occasion: str
    moment: dt.datetime | None


def named_component(case: Case, scene: Scene) -> str | None:
    """Return the component that the item names."""
    cells = case.item.components
    cell = cells[0] if cells else case.cell("component")
    return case.component(cell, scene.organisation) if cell.words else None
