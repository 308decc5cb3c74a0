"""What of an import is told to whoever sent a file: nothing of others, and only what a sender can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.loaders.problem import Problem
from workbench.loaders.told import Told, tell

LOOKED_AT = tell("The researchers will look at it.")
_AS_IT_STANDS = tell("It could not be taken in as it stands.")  # the same of all: who takes part is told to nobody
_WHOSE = tell("Look whether person and organisation are written right; the researchers will look at it as well.")
_UNREADABLE = tell("The file cannot be read.")

# Rules that tell of other people, of other files, or of what a person has written before.
UNTOLD = frozenset({
    "The same text is there from {other}.",
    "Another file has a text of the same kind from the same sender for this occasion.",
    "{share} % of the words stand in the person's previous text; only the rest is new.",
    "{share} % of the words stand in the group's previous text; only the rest is new.",
    "The names of those who speak were replaced by their codes.",
    "Nobody in the study is known by that, but by what stands beside it.",
    "No names are kept with the accounts: it was not compared with the code beside it.",
})  # fmt: skip

# What is said to a sender instead of rules and cures that are the researcher's.
INSTEAD: dict[str, Told] = {
    "Nobody in the study is known by that.": _AS_IT_STANDS,
    "Add the person to the study, and the name or address to the names kept with the accounts.": _WHOSE,
    "The person has withdrawn from the study, and nothing more is taken in.": _AS_IT_STANDS,
    "Ask for a new consent first, if the person wants to take part.": _WHOSE,
    "The code and the name, or the address, are of two different people.": _AS_IT_STANDS,
    "The person belongs to {home}.": _AS_IT_STANDS,
    "Mend one of the two.": _WHOSE,
    "For this person, occasion, component and state there is another rating already: {found}.": tell(
        "There is another level for this already."
    ),
    "Take it out of the file; if it should be changed, change the rating in the study.": LOOKED_AT,
    "The experiment has come further, and the study has: {found}.": tell("We have a later account of it already."),
    "The study had something else: {found}.": tell("We had something else before."),
    "The study has something else of the experiment already: {found}.": tell("We have something else of it already."),
    "It breaks a rule of the study ({column}): {rule}.": tell("Something in the row does not fit the rest."),
    "Mend it in the file.": tell("Look through the row; the researchers will look at it as well."),
    "There is no encoding of this name.": _UNREADABLE,
    "Its text cannot be read in this encoding.": _UNREADABLE,
    "Save it as UTF-8, or name its encoding in the mapping.": tell("Save it as UTF-8."),
    "Look whether its letters are right; if not, save it as UTF-8, or name its encoding in the mapping.": LOOKED_AT,
    "Look at it; if wrong, name the delimiter in the mapping.": LOOKED_AT,
    "Look at the columns; if wrong, name it in the mapping.": LOOKED_AT,
    "Write headings as the templates have them, or name the columns in a mapping.": tell(
        "Write headings as the templates have them."
    ),
    "Name what it is in a mapping, if it is something the study knows.": LOOKED_AT,
    "Say in a mapping that it is an attribute, if it is none.": LOOKED_AT,
    "Choose one of them, or say in a mapping what it stands for.": tell("Choose one of them."),
    'If it means something else, such as "don\'t know", say so in a mapping.': tell(
        'If it means something else, such as "don\'t know", write that.'
    ),
    "Save and close it, and import it again.": tell("Save and close it, and send it again."),
    "Look at who may read it, and import it again.": tell("Send it again."),
    "Decide whether it may stand there; a correction takes it out and keeps the codings.": LOOKED_AT,
    "Decide whether it may stand there; if not, take it out of the file, undo the import and import it anew.": (
        LOOKED_AT
    ),
    "Ask whose it is, or whether it is joint.": LOOKED_AT,
    "Look whether one replaces the other; both were taken.": LOOKED_AT,
    "It was taken as {person}'s. Mend the one that is wrong.": LOOKED_AT,
    "Nothing needs to be done if the codes are right.": LOOKED_AT,
    "Nothing needs to be done: figures count what is new.": LOOKED_AT,
}


def for_senders(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give what a sender is told of what was found, in the words that are the sender's."""
    for one in problems:
        if one.rule.words not in UNTOLD:
            yield replace(one, rule=_instead(one.rule), cure=_instead(one.cure))


def _instead(told: Told) -> Told:
    """Say it for a sender, also where it stands within another sentence."""
    if told.words in INSTEAD:
        return INSTEAD[told.words]
    values = ((name, _instead(value) if isinstance(value, Told) else value) for name, value in told.values)
    return Told(told.words, tuple(values))
