"""What an item becomes, once everything in it is held against the study."""

from __future__ import annotations

from workbench.loaders.case import Case
from workbench.loaders.entries import incoming_entries
from workbench.loaders.experiments import incoming_experiment
from workbench.loaders.incoming import Incoming, Scene
from workbench.loaders.item import Cell
from workbench.loaders.levels import Scale
from workbench.loaders.ratings import incoming_ratings
from workbench.loaders.told import tell


def incoming_rows(case: Case, scale: Scale) -> list[Incoming]:
    """Make an item's rows; empty when anything keeps it from being taken, which the case then tells."""
    scene = None if case.is_refused and case.item.is_bare else _scene(case)
    if scene is None:
        return []
    rows = [*incoming_ratings(case, scene, scale), *incoming_experiment(case, scene), *incoming_entries(case, scene)]
    if not rows and not case.is_refused and not any(problem.weight == "changed" for problem in case.problems):
        rule = tell("There is no text, no level and no experiment in it.")
        case.tell(Cell("", ""), rule, tell("Fill it in, or take it away."))
    return [] if case.is_refused else rows


def _scene(case: Case) -> Scene | None:
    person = case.person()
    organisation = case.organisation(person)
    moment = case.moment()
    occasion = case.occasion(moment)
    if case.is_refused or organisation is None or occasion is None:
        return None
    return Scene(person, organisation, occasion, moment)
