"""What is to be looked at in texts: copies, one text of two people, two files for one thing, what may be personal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from workbench.coding.repetition import previous_entries
from workbench.loaders.copied import Copy, copied
from workbench.loaders.item import Item
from workbench.loaders.languages import mixed
from workbench.loaders.personal import find_in_texts
from workbench.loaders.problem import Problem
from workbench.loaders.sorting import Sorted
from workbench.loaders.told import Told, tell
from workbench.records import records_frame
from workbench.study import Study
from workbench.tables import ENTRIES

_FEWEST = 5  # words of a text that two people would hardly write alike by chance
_SHOWN = 60
_ABOUT = ("organisation", "person", "occasion", "kind", "frame", "component", "experiment")
Text = tuple[Item, dict[str, str | None]]


def entries_of(taken: Iterable[Sorted]) -> list[Text]:
    """List the entries that are taken, each with its item."""
    return [(one.item, row.record) for one in taken for row in one.rows if row.table == "entries"]  # type: ignore[misc]


def flag(item: Item, found: str, rule: Told, cure: Told) -> Problem:
    """Make something to look at of an item."""
    return Problem(item.file, item.sheet, item.row, "", found, rule, cure, "flag")


def same_text(texts: Sequence[Text], study: Study) -> Iterator[Problem]:
    """Find a text that two people, or a person and a group, handed in."""
    owner: dict[str, str] = {}
    for text, person in zip(study.entries["text"], study.entries["person"], strict=True):
        owner.setdefault(_alike(str(text)), person if isinstance(person, str) else "")
    for item, record in texts:
        words = _alike(str(record["text"]))
        first = owner.setdefault(words, record["person"] or "")
        if first != (record["person"] or "") and words.count(" ") >= _FEWEST - 1:
            rule = tell("The same text is there from {other}.", other=first or tell("the group"))
            yield flag(item, str(record["text"])[:_SHOWN], rule, tell("Ask whose it is, or whether it is joint."))


def _alike(text: str) -> str:
    return " ".join(text.split()).casefold()


def two_files(texts: Sequence[Text]) -> Iterator[Problem]:
    """Find two files that one person, or organisation, handed in for the same occasion and of the same kind."""
    first: dict[tuple[str | None, ...], str] = {}
    told = set()
    for item, record in texts:
        about = tuple(record[name] for name in _ABOUT)
        other = first.setdefault(about, item.file)
        if other != item.file and (item.file, other) not in told:
            told.add((item.file, other))
            rule = tell("Another file has a text of the same kind from the same sender for this occasion.")
            yield flag(item, other, rule, tell("Look whether one replaces the other; both were taken."))


def personal(texts: Sequence[Text], names: frozenset[str]) -> Iterator[Problem]:
    """Find what may tell who somebody is."""
    told = {
        "personal number": tell("The text holds what looks like a personal identity number."),
        "e-mail": tell("The text holds an e-mail address."),
        "phone": tell("The text holds what looks like a phone number."),
        "name": tell("The text names somebody."),
    }
    cure = tell("Decide whether it may stand there; a correction takes it out and keeps the codings.")
    for place, found in find_in_texts([str(record["text"]) for _, record in texts], names).items():
        for kind, rule in told.items():
            if shown := list(dict.fromkeys(one.masked for one in found if one.kind == kind)):
                yield flag(texts[place][0], ", ".join(shown[:5]), rule, cure)


def languages(texts: Sequence[Text]) -> Iterator[Problem]:
    """Find texts that are partly Swedish and partly English."""
    for item, record in texts:
        if mixed(str(record["text"])):
            rule = tell("The text is partly Swedish and partly English.")
            yield flag(
                item, str(record["text"])[:_SHOWN], rule, tell("It was taken whole; look whether it is two texts.")
            )


def copies(texts: Sequence[Text], study: Study, *, above: float = 0.6) -> tuple[list[Problem], pd.DataFrame]:
    """Find texts most of which stand in the same person's previous one of the same kind.

    Returns
    -------
    problems : list of Problem
    parts : DataFrame
        entry, previous, share (0 to 1, of its words), start, end, quote: one row for each part that is new.
    """
    new = {str(record["entry"]): item for item, record in texts}
    records = records_frame(
        ENTRIES, [{**dict.fromkeys(c.name for c in ENTRIES.columns), **record} for _, record in texts]
    )
    entries = pd.concat([study.entries, records], ignore_index=True)
    words = dict(zip(entries["entry"].astype("str"), entries["text"].astype("str"), strict=True))
    before = previous_entries(entries).dropna(subset=["previous"])
    pairs = [
        (str(one), str(other)) for one, other in zip(before["entry"], before["previous"], strict=True) if one in new
    ]
    found = copied([(words[other], words[one]) for one, other in pairs], above=above)
    problems = [_copy_told(new[pairs[place][0]], copy, words[pairs[place][0]]) for place, copy in found.items()]
    rows = [
        (pairs[place][0], pairs[place][1], copy.share, start, end, words[pairs[place][0]][start:end])
        for place, copy in found.items()
        for start, end in copy.new or [(0, 0)]
    ]
    return problems, pd.DataFrame(rows, columns=["entry", "previous", "share", "start", "end", "quote"])


def _copy_told(item: Item, copy: Copy, text: str) -> Problem:
    new = " … ".join(text[start:end].strip() for start, end in copy.new)
    rule = tell(
        "{share} % of the words stand in the person's previous text; only the rest is new.",
        share=round(100 * copy.share),
    )
    cure = tell("Nothing needs to be done: figures count what is new.")
    return flag(item, new[:200], rule, cure)
