"""An item that tells of an experiment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from workbench.loaders.items.grids import EXPERIMENT
from workbench.loaders.items.item import Cell, Item, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.following import DESIGNED, NO_DECISION, PLANNED, Weighed
from workbench.loaders.judging.incoming import Incoming, Scene
from workbench.loaders.told import Both, tell
from workbench.loaders.vocabulary import normal
from workbench.records import Record
from workbench.tables import EXPERIMENTS

_WORDS = ("sign", "not_done_reason", "happened", "learning_innovation", "learning_leading")
_DAYS = ("started", "ended", "decided")
_CHOICES = {"kind": "experiment kind", "status": "status", "result": "result", "decision": "decision"}
_RESTATED = tell("It was stated before the experiment began, and differs from what was stated then.")
_LEFT = tell("It was left as it was; the rest was taken.")
_SHORT = 60  # characters of what the study has that are shown


def incoming_experiment(case: Case, scene: Scene) -> Iterator[Incoming]:
    """Make a new experiment, or what is told of one that the study has: its title says which."""
    if EXPERIMENT.isdisjoint(case.item.fields):
        return
    if heading_of_text(case.item):
        _tell_heading(case)
        return
    told: Record = {name: case.item.words(name).strip() or None for name in ("title", "assumption", "test", *_WORDS)}
    told |= {name: case.day(case.item.fields.get(name)) for name in _DAYS}
    told |= {name: case.choice(field) for name, field in _CHOICES.items()}
    told["follows"] = case.experiment("follows", scene.organisation)
    if told["decision"] == NO_DECISION:
        told["decision"] = None  # nothing is told by it
    components = tuple(filter(None, (case.component(cell, scene.organisation) for cell in case.item.components)))
    standing = case.known.experiments.get((scene.organisation, normal(str(told["title"] or ""))))
    if standing is None:
        _require(case, told)
    owned: Record = {"organisation": scene.organisation, "occasion": scene.occasion, **told}
    origin = _origin(owned, components)
    if standing is None:
        owned |= {"status": owned["status"] or PLANNED, "decision": owned["decision"] or NO_DECISION}
    record: Record = {"experiment": standing or f"x{origin[:24]}", **owned}
    yield Incoming("experiments", record, origin, {}, components, follows_up=standing is not None)


def _origin(owned: Record, components: Sequence[str]) -> str:
    """Make the code of what came in; a status that is the same where nobody says it does not count."""
    told = [(name, value) for name, value in owned.items() if value and (name, value) != ("status", PLANNED)]
    return digest_of(["experiments", sorted(told), components])


def heading_of_text(item: Item) -> Mapping[str, str]:
    """Return a title that stands beside a text and nothing else of an experiment: it is the text's heading."""
    title = item.fields.get("title")
    alone = EXPERIMENT & item.fields.keys() == {"title"}
    return {title.heading: title.words} if title and alone and item.texts else {}


def _require(case: Case, told: Record) -> None:
    for name in DESIGNED:
        if not told.get(name) and not case.is_refused:
            rule = tell(
                "An experiment that is new to the study needs: {what}.",
                what=Both(EXPERIMENTS[name].sv, EXPERIMENTS[name].en),
            )
            cure = tell("Write it, or write the title as the study has it, if the experiment is in it already.")
            case.tell(Cell("", case.item.heading(_CHOICES.get(name, name)) or name), rule, cure)


def _tell_heading(case: Case) -> None:
    rule = tell("A title with a text and nothing else of an experiment was taken for the text's heading.")
    cure = tell("It is kept with the text; if it is an experiment, write also what was assumed and tried.")
    case.tell(case.cell("title"), rule, cure, "flag")


def judge_follow_up(
    case: Case, row: Incoming, weighed: Weighed, there: Record, tested: Collection[str]
) -> Incoming | None:
    """Say what is told otherwise than the study has it, and return the row with what it changes; None for nothing."""
    _tell_restated(case, weighed)
    for component in case.item.components if set(row.components) - set(tested) else ():
        case.tell(component, _RESTATED, _LEFT, "changed")
    for name in weighed.replaced:
        rule = tell("The study had something else: {found}.", found=_short(there[name]))
        cure = tell("This tells of the experiment when it had come further, and took its place.")
        case.tell(_cell(case, name), rule, cure, "changed")
    for name in weighed.left:
        rule = tell("The experiment has come further, and the study has: {found}.", found=_short(there[name]))
        case.tell(_cell(case, name), rule, _LEFT, "changed")
    _tell_refused(case, weighed, there)
    return row._replace(changes=weighed.changes) if weighed.changes else None


def _tell_restated(case: Case, weighed: Weighed) -> None:
    for name in weighed.restated:
        if weighed.is_design:
            rule = tell("Another experiment with this title is there already, and states something else.")
            cure = tell("Write what was stated then, or another title if it is another experiment.")
            case.tell(_cell(case, name), rule, cure)
        else:
            case.tell(_cell(case, name), _RESTATED, _LEFT, "changed")


def _tell_refused(case: Case, weighed: Weighed, there: Record) -> None:
    for name in weighed.contrary:
        rule = tell("The study has something else of the experiment already: {found}.", found=_short(there[name]))
        cure = tell("Write a status that shows how far it had come, or take it out of the file.")
        case.tell(_cell(case, name), rule, cure)
    for name, broken in weighed.broken:
        rule = tell("It breaks a rule of the study ({column}): {rule}.", column=name, rule=broken)
        case.tell(_cell(case, name), rule, tell("Mend it in the file."))


def _cell(case: Case, name: str) -> Cell:
    return case.cell(_CHOICES.get(name, name))


def _short(words: object) -> str:
    told = str(words)
    return told if len(told) <= _SHORT else f"{told[:_SHORT]}…"
