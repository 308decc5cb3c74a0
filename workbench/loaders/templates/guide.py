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
    "reflection": (tell("Write as you talk. It need not be finished."),),
    "experiment": (
        tell("Write the sign before you begin; it cannot be chosen afterwards."),
        tell("That an experiment was not carried out is a result: write why."),
    ),
}


# What one answer is: a row of a workbook, or a whole document.
_ROWS: dict[TemplateKind, tuple[Told, ...]] = {
    "reflection": (tell("One row is one reflection. Answer the questions that help you, and leave the rest."),),
    "experiment": (tell("One row is one experiment. Come back to the same row when it has gone on."),),
}
_DOCUMENTS: dict[TemplateKind, tuple[Told, ...]] = {
    "reflection": (tell("One document is one reflection. Answer the questions that help you, and leave the rest."),),
    "experiment": (tell("One document is one experiment. Come back to the same document when it has gone on."),),
}
GUIDES = (
    tuple(sentence for part in (_KINDS, _ROWS, _DOCUMENTS) for sentences in part.values() for sentence in sentences)
    + _ALL
)  # every sentence there is


def guide(kind: TemplateKind, *, rows: bool) -> tuple[Told, ...]:
    """Give the sentences, in order: for a workbook with rows to fill in, or for a document."""
    return (_ROWS if rows else _DOCUMENTS).get(kind, ()) + _KINDS[kind] + _ALL
