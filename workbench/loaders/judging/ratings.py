"""The levels of an item as ratings."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.loaders.items.item import Cell, Rated, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.chosen import read_confidence, read_count, read_evidence
from workbench.loaders.judging.incoming import Incoming, Scene, named_component
from workbench.loaders.judging.levels import Level, Scale, read_level
from workbench.loaders.told import tell
from workbench.records import Record


def incoming_ratings(case: Case, scene: Scene, scale: Scale) -> Iterator[Incoming]:
    """Make a rating of each level; where nothing was answered there is none."""
    component = (
        named_component(case, scene) if case.item.rated and not all(one.component for one in case.item.rated) else None
    )
    for one in case.item.rated:
        if one.cell.words or any(name == "missing" for name, _ in one.beside):
            yield from _rating(case, scene, one, component, scale)
        else:
            _leave_beside(case, one)


def _rating(case: Case, scene: Scene, rated: Rated, component: str | None, scale: Scale) -> Iterator[Incoming]:
    heading = rated.cell.heading
    own = case.component(Cell(rated.component, heading), scene.organisation) if rated.component else component
    if own is None and not rated.component and not case.item.components:
        rule = tell("Nothing tells which component the level is for.")
        case.tell(rated.cell, rule, tell("Name the component in a column, or in the heading above the level."))
    level = _level_of(case, scale, rated)
    if level is None and not case.is_refused:
        _leave_beside(case, rated)
    if level is None or own is None:
        return
    beside = {name: cell for name, cell in rated.beside if name != "missing"}
    person = _rater(case, scene)
    record: Record = {
        "organisation": scene.organisation, "person": person, "occasion": scene.occasion, "component": own,
        "frame": rated.frame or _state(case, rated.cell), "basis": "individual" if person else "consensus",
        "level": level[0], "missing": level[1], "evidence": read_evidence(case, beside.get("evidence")),
        "confidence": read_confidence(case, beside.get("confidence")), "target": case.day(beside.get("target")),
        "present": None if person else read_count(case, "present"),
        "returning": None if person else read_count(case, "returning"),
    }  # fmt: skip
    yield Incoming("ratings", record, digest_of(["ratings", *record.values()]), {})


def _leave_beside(case: Case, rated: Rated) -> None:
    """Tell what stands beside a level that is none."""
    for name, cell in rated.beside:
        if name != "missing":
            rule = tell("It stands beside a level that is empty.")
            case.leave(cell, cell.words, rule, tell("Write the level, or why there is none."))


def _rater(case: Case, scene: Scene) -> str | None:
    """Return who rated; None for a consensus, whoever wrote it down."""
    basis = case.choice("basis")
    if basis == "individual" and scene.person is None:
        rule = tell("It is called individual, and nothing tells whose it is.")
        case.tell(case.cell("basis"), rule, tell("Write the person's code."))
    return None if basis == "consensus" else scene.person


def _level_of(case: Case, scale: Scale, rated: Rated) -> Level | None:
    missing = next((cell for name, cell in rated.beside if name == "missing"), None)
    if missing is None:
        return read_level(case, scale, rated.cell)
    if rated.cell.words:
        rule = tell("There is both a level and a reason why there is none.")
        case.tell(missing, rule, tell("Take one of the two away."))
        return None
    return read_level(case, scale, missing)


def _state(case: Case, cell: Cell) -> str:
    if frame := case.choice("frame"):
        return frame
    if not case.is_refused:
        rule = tell("Nothing tells whether it is the state now or the desired one.")
        case.tell(cell, rule, tell("It was taken as the state now."), "changed")
    return "now"
