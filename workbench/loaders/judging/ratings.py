"""The levels of an item as ratings."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.loaders.items.item import Cell, Rated, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.incoming import Incoming, Scene, named_component
from workbench.loaders.judging.levels import Level, Scale, read_level
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal
from workbench.records import Record
from workbench.tables import RATINGS


def incoming_ratings(case: Case, scene: Scene, scale: Scale) -> Iterator[Incoming]:
    """Make a rating of each level; where nothing was answered there is none."""
    component = (
        named_component(case, scene) if case.item.rated and not all(one.component for one in case.item.rated) else None
    )
    for one in case.item.rated:
        yield from _rating(case, scene, one, component, scale)


def _rating(case: Case, scene: Scene, rated: Rated, component: str | None, scale: Scale) -> Iterator[Incoming]:
    heading = rated.cell.heading
    own = case.component(Cell(rated.component, heading), scene.organisation) if rated.component else component
    if own is None and not rated.component and not case.item.components:
        rule = tell("Nothing tells which component the level is for.")
        case.tell(rated.cell, rule, tell("Name the component in a column, or in the heading above the level."))
    level = _level_of(case, scale, rated)
    if level is None or own is None:
        return
    beside = {name: cell for name, cell in rated.beside if name != "missing"}
    person = _rater(case, scene)
    record: Record = {
        "organisation": scene.organisation, "person": person, "occasion": scene.occasion, "component": own,
        "frame": rated.frame or _state(case, rated.cell), "basis": "individual" if person else "consensus",
        "level": level[0], "missing": level[1], "evidence": _evidence(case, beside.get("evidence")),
        "confidence": _number(case, beside.get("confidence"), "confidence"), "target": case.day(beside.get("target")),
        "present": None if person else _number(case, case.item.fields.get("present"), "present"),
        "returning": None if person else _number(case, case.item.fields.get("returning"), "returning"),
    }  # fmt: skip
    yield Incoming("ratings", record, digest_of(["ratings", *record.values()]), {})


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


def _evidence(case: Case, cell: Cell | None) -> str | None:
    if cell is None:
        return None
    told = case.known.study.instrument.evidence
    names = {
        normal(word): code for name in ("code", "sv", "en") for word, code in zip(told[name], told["code"], strict=True)
    }
    code = names.get(normal(cell.words)) or names.get(normal(cell.words)[:2])
    if code is None:
        rule = tell("It must be one of: {allowed}.", allowed=", ".join(told["code"]))
        case.tell(cell, rule, tell("Choose one of them, or say in a mapping what it stands for."))
    return code


def _number(case: Case, cell: Cell | None, name: str) -> int | None:
    column = RATINGS[name]
    if cell is None:
        return None
    digits = normal(cell.words).split(" ")[0].removesuffix(".0").rstrip(".:)")
    if (
        digits.isdecimal()
        and len(digits) < len("10000")
        and (column.lowest or 0) <= int(digits) <= (column.highest or 9999)
    ):
        return int(digits)
    highest = "…" if column.highest is None else str(column.highest)
    rule = tell("It must be a whole number from {lowest} to {highest}.", lowest=column.lowest, highest=highest)
    case.tell(cell, rule, tell("Mend the number."))
    return None
