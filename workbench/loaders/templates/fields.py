"""What a hand-in template asks for: every field once, for the workbook, the document and the reading back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from workbench.columns import Column
from workbench.loaders.told import Told, tell
from workbench.tables import TABLES

TemplateKind = Literal["ratings", "reflection", "experiment"]
KINDS: tuple[TemplateKind, ...] = get_args(TemplateKind)
TITLES: dict[TemplateKind, Told] = {
    "ratings": tell("Ratings"),
    "reflection": tell("Reflections"),
    "experiment": tell("Experiments"),
}
HELP = tell("Help")  # names the sheet, and heads the part of the document, that hold no answers
LISTS = "_lists"  # hidden sheet with the drop-downs' choices


@dataclass(frozen=True)
class TemplateField:
    """One thing a person fills in.

    Attributes
    ----------
    table, name : str
        Table and column of `workbench.tables` that the answer goes to.
    heading : Told
        What stands above the cells, or beside the one cell; unlike every other heading of its kind.
    cue : Told
        What to write, in one sentence.
    choices : str
        Which list the answer is chosen from: a key of `workbench.loaders.templates.choices`; "" for free words.
    frame : str
        "now", "desired" or "then" where the answer is about that state.
    prompt : bool
        Whether the heading is a question whose answer is one part of the entry's text.
    """

    table: str
    name: str
    heading: Told
    cue: Told
    choices: str = ""
    frame: str = ""
    prompt: bool = False

    @property
    def column(self) -> Column:
        """How the column is declared."""
        return TABLES[self.table][self.name]

    @property
    def is_long(self) -> bool:
        """Whether whole paragraphs are expected."""
        return self.column.privacy == "free text"


PERSON = TemplateField(
    "people",
    "person",
    tell("Your code"),
    tell("The code you log in with. Never your name."),
)
ORGANISATION = TemplateField(
    "organisations",
    "organisation",
    tell("Organisation, if you answer together"),
    tell("Choose it only if you have agreed on the answers; leave your code empty then."),
    "organisations",
)
OCCASION = TemplateField(
    "occasions",
    "occasion",
    tell("Occasion"),
    tell("The meeting you are at, or the latest one if you are at home."),
    "occasions",
)
DAY = TemplateField("entries", "written", tell("Date"), tell("The day you write this, such as 2025-02-05."))
PRESENT = TemplateField(
    "ratings",
    "present",
    tell("How many of you, if you answer together"),
    tell("How many agreed on the answers."),
)
RETURNING = TemplateField(
    "ratings",
    "returning",
    tell("Of them, there from the start"),
    tell("How many of those who agreed were there at the first occasion."),
)

HEADS: dict[TemplateKind, tuple[TemplateField, ...]] = {
    "ratings": (PERSON, ORGANISATION, OCCASION, DAY, PRESENT, RETURNING),
    "reflection": (PERSON, ORGANISATION, OCCASION, DAY),
    "experiment": (PERSON, ORGANISATION, OCCASION),
}

_RATINGS = (
    TemplateField("ratings", "component", tell("Component"), tell("Printed already; leave it as it is."), "components"),
    TemplateField(
        "entries",
        "text",
        tell("Describe how it is now"),
        tell("A few sentences on how it is in your organisation, before you choose a level."),
        frame="now",
    ),
    TemplateField(
        "ratings",
        "level",
        tell("Level now"),
        tell("The level whose sentence fits best, or why there is none."),
        "levels",
        "now",
    ),
    TemplateField("ratings", "evidence", tell("Rests on"), tell("What your description rests on."), "evidence", "now"),
    TemplateField("ratings", "confidence", tell("How sure"), tell("How sure you are of the level."), "sure", "now"),
    TemplateField(
        "entries",
        "text",
        tell("Describe how you want it to be"),
        tell("A few sentences on what you want, and why."),
        frame="desired",
    ),
    TemplateField(
        "ratings",
        "level",
        tell("Desired level"),
        tell("It may be higher, lower or the same as now."),
        "levels",
        "desired",
    ),
    TemplateField(
        "ratings", "target", tell("Wanted by"), tell("The day it should be so, such as 2026-06-30."), frame="desired"
    ),
    TemplateField(
        "ratings",
        "level",
        tell("Level at the start, as you see it today"),
        tell("Only at the last occasion: how it was when the network began, with what you know now."),
        "levels",
        "then",
    ),
)

_REFLECTION = (
    TemplateField("entries", "written", tell("Date"), tell("The day you write this, if it is not the one at the top.")),
    TemplateField("entries", "kind", tell("Kind"), tell("Empty means a reflection."), "entry kinds"),
    TemplateField("entries", "component", tell("About component"), tell("If it is about one of them."), "components"),
    TemplateField(
        "entries", "experiment", tell("About experiment"), tell("If it is about one of them."), "experiments"
    ),
    TemplateField(
        "entries",
        "visibility",
        tell("Who may read it"),
        tell("Empty means the researchers alone."),
        "visibility",
    ),
    TemplateField("entries", "text", tell("What happened?"), tell("Tell what took place."), prompt=True),
    TemplateField(
        "entries", "text", tell("What did we think and feel?"), tell("Also what was not said aloud."), prompt=True
    ),
    TemplateField("entries", "text", tell("What was good, and what was hard?"), tell("Both, if you can."), prompt=True),
    TemplateField(
        "entries",
        "text",
        tell("What does it say about what we took for granted?"),
        tell("What you believed before, and what you believe now."),
        prompt=True,
    ),
    TemplateField("entries", "text", tell("What do we do next?"), tell("The smallest next step."), prompt=True),
    TemplateField(
        "entries", "text", tell("In your own words"), tell("Instead of the questions, or what they did not ask.")
    ),
)

_EXPERIMENT = (
    TemplateField("experiments", "title", tell("Title"), tell("A few words that you will know it by.")),
    TemplateField(
        "experiments",
        "kind",
        tell("Improve or renew"),
        tell("Whether you do the same better, or something else."),
        "experiment kinds",
    ),
    TemplateField(
        "experiment_components", "component", tell("Component"), tell("The component it tests."), "components"
    ),
    TemplateField(
        "experiment_components", "component", tell("Another component"), tell("If it tests two."), "components"
    ),
    TemplateField(
        "experiments", "assumption", tell("We believe that if … then … because …"), tell("What you want to find out.")
    ),
    TemplateField(
        "experiments", "test", tell("Smallest test"), tell("What you do, who takes part, where and for how long.")
    ),
    TemplateField(
        "experiments", "sign", tell("Sign, stated before start"), tell("We see it by … Write it before you begin.")
    ),
    TemplateField("experiments", "status", tell("Status"), tell("How far it has come."), "statuses"),
    TemplateField(
        "experiments",
        "not_done_reason",
        tell("Why not, or not wholly, carried out"),
        tell("That it was not done is a result as well."),
    ),
    TemplateField("experiments", "started", tell("First day"), tell("Such as 2025-02-17.")),
    TemplateField("experiments", "ended", tell("Last day"), tell("Such as 2025-03-21.")),
    TemplateField("experiments", "happened", tell("What came of it"), tell("Also what you had not expected.")),
    TemplateField(
        "experiments", "learning_innovation", tell("Learnt about innovation"), tell("What you know now of the matter.")
    ),
    TemplateField(
        "experiments",
        "learning_leading",
        tell("Learnt about leading it"),
        tell("What you know now of how such work is led."),
    ),
    TemplateField(
        "experiments", "result", tell("Against the sign"), tell("Whether the sign was seen."), "results"
    ),
    TemplateField("experiments", "decision", tell("Decision"), tell("What becomes of it."), "decisions"),
    TemplateField("experiments", "decided", tell("Day of the decision"), tell("Such as 2025-04-03.")),
    TemplateField(
        "experiments", "follows", tell("Continues the experiment"), tell("If it goes on from an earlier one."),
        "experiments",
    ),
)  # fmt: skip

FIELDS: dict[TemplateKind, tuple[TemplateField, ...]] = {
    "ratings": _RATINGS,
    "reflection": _REFLECTION,
    "experiment": _EXPERIMENT,
}
