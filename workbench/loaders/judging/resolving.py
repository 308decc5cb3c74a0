"""What an item becomes, once everything in it is held against the study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.loaders.items.days import home_day
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.entries import incoming_entries
from workbench.loaders.judging.experiments import incoming_experiment
from workbench.loaders.judging.incoming import Incoming, Scene
from workbench.loaders.judging.levels import Scale
from workbench.loaders.judging.ratings import incoming_ratings
from workbench.loaders.judging.who import NAMING, whose
from workbench.loaders.told import tell

Found = TypeVar("Found")
_WHO = (*NAMING, "organisation")


class Resolver:
    """Makes rows of items; who is meant by which words, and when, is found out once.

    Parameters
    ----------
    known : Known
    mapping : ImportMapping
    """

    def __init__(self, known: Known, mapping: ImportMapping) -> None:
        self.known, self.mapping, self.scale = known, mapping, Scale(known.study.instrument)
        self._who: dict[tuple[object, ...], tuple[str | None, str | None]] = {}
        self._when: dict[tuple[object, ...], str | None] = {}
        self._moments: dict[tuple[object, ...], dt.datetime | None] = {}

    def case(self, item: Item, style: str | None) -> Case:
        """Begin to judge an item."""
        return Case(item, self.known, self.mapping, style)

    def rows(self, case: Case) -> list[Incoming]:
        """Make an item's rows; empty when anything keeps it from being taken, which the case then tells."""
        scene = None if case.is_refused else self._scene(case)
        if scene is None:
            return []
        rows = [
            *incoming_ratings(case, scene, self.scale),
            *incoming_experiment(case, scene),
            *incoming_entries(case, scene),
        ]
        if not rows and not case.is_refused and not case.is_answered:
            rule = tell("There is no text, no level and no experiment in it.")
            case.tell(Cell("", ""), rule, tell("Fill it in, or take it away."))
        return [] if case.is_refused else rows

    def _scene(self, case: Case) -> Scene | None:
        person, organisation = self._once(self._who, case, _WHO, None, lambda: whose(case))
        moment = self._once(self._moments, case, ("written",), None, case.moment)
        day = home_day(moment) if moment else None
        occasion = self._once(self._when, case, ("occasion",), day, lambda: case.occasion(moment))
        if organisation is None or occasion is None or case.is_refused:
            return None
        return Scene(person, organisation, occasion, moment)

    def _once(
        self,
        found: dict[tuple[object, ...], Found],
        case: Case,
        names: Sequence[str],
        day: object,
        find: Callable[[], Found],
    ) -> Found:
        """Find something out, or remember it where the same words stood in the same file and nothing was told."""
        item = case.item
        key = (item.file, item.sheet, day, *map(item.fields.get, names), *map(item.inferred.get, names))
        if key in found:
            return found[key]
        before = len(case.problems)
        answer = find()
        if len(case.problems) == before and not case.is_refused:
            found[key] = answer
        return answer
