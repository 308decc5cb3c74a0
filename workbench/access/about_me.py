"""Everything about one person: the tables they are given when they ask what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from workbench.access.slices import slice_for
from workbench.columns import Table, text, time, truth, wrote
from workbench.eventlog import row_record, unpack
from workbench.records import Record, records_frame
from workbench.study import Study
from workbench.tables import TABLES

Told = tuple[Table, pd.DataFrame]
# What researchers said and models proposed of a text, which is about whoever wrote it. Not memos: those are notes.
_OF_OWN_TEXTS: Final = ("attributes", "suggestions", "decisions")
_OWN_FIRST: Final = (
    "people", "consents", "entries", "attributes", "codings", "suggestions", "decisions", "ratings", "responses",
    "findings", "evidence", "feedback", "experiments", "experiment_components", "definitions", "practices",
    "organisations", "occasions", "components", "codes",
)  # fmt: skip

OWN_ACTS: Final = Table(
    "own_acts",
    "What you did in the study, as its log has it.",
    "Vad du gjort i studien, som dess logg har det.",
    (
        time("at", "When", "När"),
        text("act", "What", "Vad"),
        text("reason", "Why, where it was said", "Varför, där det sagts").optional,
    ),
    ("at",),
)
EARLIER: Final = Table(
    "earlier_wordings",
    "Texts of yours as they were before you changed them.",
    "Texter av dig som de var innan du ändrade dem.",
    (
        text("entry", "Entry's code", "Anteckningens kod"),
        time("replaced", "When it was changed", "När den ändrades"),
        wrote("text", "The words as they were", "Orden som de var"),
    ),
    ("entry", "replaced"),
)
DRAFTS: Final = Table(
    "drafts",
    "What you are writing and have not handed in. Nobody else can read it.",
    "Det du håller på att skriva och inte har lämnat in. Ingen annan kan läsa det.",
    (
        text("draft", "Draft's code", "Utkastets kod"),
        text("form", "Form it stands in", "Formulär det står i"),
        time("saved", "When it was last saved", "När det senast sparades"),
        wrote("words", "What stands in each field (JSON)", "Vad som står i varje fält (JSON)"),
    ),
    ("draft",),
)
ACCOUNT: Final = Table(
    "account",
    "Your way in to these pages.",
    "Din väg in till sidorna.",
    (
        text("code", "Code you log in with", "Kod du loggar in med"),
        text("role", "Role", "Roll"),
        text("person", "Your code in the study", "Din kod i studien"),
        text("language", "Language", "Språk"),
        truth("disabled", "Whether it is shut", "Om den är stängd"),
    ),
    ("code",),
)
SESSIONS: Final = Table(
    "sessions",
    "Where you are logged in now. No address and no device is kept.",
    "Var du är inloggad nu. Ingen adress och ingen enhet sparas.",
    (
        text("code", "Code", "Kod"),
        time("opened", "Logged in", "Inloggad"),
        time("seen", "Last seen", "Senast sedd"),
        time("expires", "Ends by itself", "Upphör av sig självt"),
    ),
    ("code", "opened"),
)
ACCESS: Final = Table(
    "access_log",
    "What was noted when you logged in and opened pages; kept for a year.",
    "Vad som antecknats när du loggat in och öppnat sidor; sparas ett år.",
    (
        time("at", "When", "När"),
        text("code", "Code", "Kod"),
        text("did", "What was done or asked for", "Vad som gjordes eller begärdes"),
        text("kind", "What sort of thing", "Slag av sak"),
        text("what", "Which one", "Vilken").optional,
        truth("allowed", "Whether it was answered", "Om det besvarades"),
    ),
    ("at",),
)


def about_me(study: Study, person: str, acts: Iterable[Record] = ()) -> list[Told]:
    """Gather everything about a person that the study has and that they may be given.

    It is what `slice_for` keeps, with what was proposed and decided of their own texts, and what they did.
    Left out are other people's own words and ratings, and researchers' memos, which are notes.

    Parameters
    ----------
    study : Study
        The whole of it.
    person : str
        A code of ``study.people``.
    acts : iterable of records
        The person's own events of a live study's log, in order.

    Returns
    -------
    list of (Table, DataFrame)
        The person's own first; a table may be empty.

    Raises
    ------
    WorkbenchError
        Nobody has that code.

    Source: what is to be given, Regulation (EU) 2016/679 (GDPR), articles 15 and 20.
    """
    mine = slice_for(study, person)
    own = mine.entries.loc[mine.entries["person"] == person, "entry"]
    frames = {name: getattr(mine, name) for name in _OWN_FIRST}
    for name in _OF_OWN_TEXTS:
        found = getattr(study, name)
        frames[name] = found[found["entry"].isin(own)].reset_index(drop=True)
    told = [(TABLES[name], frames[name]) for name in _OWN_FIRST]
    return told + _done(person, list(acts))


def _done(person: str, acts: list[Record]) -> list[Told]:
    done = [{name: act[name] for name in ("at", "act", "reason")} for act in acts]
    earlier = [
        {"entry": entry["entry"], "replaced": act["at"], "text": entry["text"]}
        for act in acts
        for entry in _replaced(act)
        if entry["person"] == person
    ]
    return [(OWN_ACTS, records_frame(OWN_ACTS, done)), (EARLIER, records_frame(EARLIER, earlier))]


def _replaced(act: Record) -> list[Record]:
    """Entries whose words an act changed, as they were before it."""
    before, after = ({row["entry"]: row for row in _entries(act[side])} for side in ("before", "after"))
    return [row for entry, row in before.items() if entry in after and after[entry]["text"] != row["text"]]


def _entries(rows: object) -> list[Record]:
    packed = unpack(str(rows)) if rows else {}
    return [row_record(TABLES["entries"], row) for row in packed.get("entries", [])]
