"""How to fill in a hand-in template, in a few plain sentences."""

from __future__ import annotations

from workbench.loaders.templates.fields import TemplateKind
from workbench.loaders.told import Told, tell

_ALL = (
    tell("Write your code at the top, never your name."),
    tell("Do not write about others by name, number or address: say their role."),
    tell("Leave the headings as they are; what you leave empty is taken as not answered."),
    tell("Save the file and send it back. You will be told what was taken in."),
)
_KINDS: dict[TemplateKind, tuple[Told, ...]] = {
    "ratings": (
        tell("Describe first, then choose the level whose sentence fits best."),
        tell("If there is no level to choose, choose the reason instead."),
        tell("Desired level: write also by when, and why in your description."),
        tell("Each person answers alone. When you have agreed, fill in one more for the organisation."),
    ),
    "reflection": (
        tell("One row is one reflection. Answer the questions that help you, and leave the rest."),
        tell("Write as you talk. It need not be finished."),
    ),
    "experiment": (
        tell("One row is one experiment. Come back to the same row when it has gone on."),
        tell("Write the sign before you begin; it cannot be chosen afterwards."),
        tell("That an experiment was not carried out is a result: write why."),
    ),
}


def guide(kind: TemplateKind) -> tuple[Told, ...]:
    """Give the sentences, in order."""
    return _KINDS[kind] + _ALL
