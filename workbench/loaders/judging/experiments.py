"""An item that tells of an experiment."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.loaders.items.grids import EXPERIMENT
from workbench.loaders.items.item import Cell, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.incoming import Incoming, Scene
from workbench.loaders.told import Both, tell
from workbench.loaders.vocabulary import normal
from workbench.records import Record, Value
from workbench.tables import EXPERIMENTS

_WORDS = ("sign", "not_done_reason", "happened", "learning_innovation", "learning_leading")
_DAYS = ("started", "ended", "decided")
_CHOICES = {"kind": "experiment kind", "status": "status", "result": "result", "decision": "decision"}


def incoming_experiment(case: Case, scene: Scene) -> Iterator[Incoming]:
    """Make a new experiment, or what is told of one that the study has: its title says which."""
    if EXPERIMENT.isdisjoint(case.item.fields):
        return
    told: Record = {name: case.item.words(name).strip() or None for name in ("title", "assumption", "test", *_WORDS)}
    told |= {name: case.day(case.item.fields.get(name)) for name in _DAYS}
    told |= {name: case.choice(field) for name, field in _CHOICES.items()}
    told["follows"] = case.experiment("follows", scene.organisation)
    components = tuple(filter(None, (case.component(cell, scene.organisation) for cell in case.item.components)))
    standing = case.known.experiments.get((scene.organisation, normal(str(told["title"] or ""))))
    if standing is None:
        _require(case, told)
        told = {"status": "planned", "decision": "none", **{name: value for name, value in told.items() if value}}
    owned: Record = {"organisation": scene.organisation, "occasion": scene.occasion, **told}
    origin = digest_of(["experiments", sorted((name, value) for name, value in owned.items() if value), components])
    code: Value = standing or f"x{origin[:24]}"
    yield Incoming(
        "experiments", {"experiment": code, **owned}, origin, {}, components, follows_up=standing is not None
    )


def _require(case: Case, told: Record) -> None:
    for name in ("title", "kind", "assumption", "test"):
        if not told.get(name) and not case.is_refused:
            rule = tell(
                "An experiment that is new to the study needs: {what}.",
                what=Both(EXPERIMENTS[name].sv, EXPERIMENTS[name].en),
            )
            cure = tell("Write it, or write the title as the study has it, if the experiment is in it already.")
            case.tell(Cell("", case.item.heading(_CHOICES.get(name, name)) or name), rule, cure)
