"""Leaving a study: what exactly changes, told beforehand, and the act that does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbench.access.slices import slice_for
from workbench.acts.codes import redefine_code
from workbench.acts.consents import withdraw
from workbench.records import Record
from workbench.store.draft import Act, Draft
from workbench.study import Study

OF_ENTRIES: Final = ("codings", "suggestions", "assignments", "decisions", "memos", "attributes")
"""Tables whose rows go with an entry, as `workbench.acts.consents.withdraw` has it."""

_EXAMPLES: Final = ("example_sv", "example_en")
_WRITTEN: Final = {"findings": ("title_sv", "title_en", "text_sv", "text_en"), "memos": ("text",)}
_WORDS_OF_A_QUOTE = 4  # fewer stand in anybody's text
_LEVEL: Final = ["level", "evidence", "confidence", "target"]


@dataclass(frozen=True)
class Leaving:
    """What changes when a person leaves.

    Attributes
    ----------
    entries : DataFrame
        entry, kind, written, text, codings: each text that goes, with how many codings of it.
    gone : dict
        Table → how many of its rows go: entries, what was made of them, and answers.
    ratings : DataFrame
        component, levels: how many of the person's levels go out of the organisation's figures, by component.
    cleared : int
        Ratings that are kept without what was rated, marked as withdrawn (WD).
    findings : DataFrame
        finding, title_sv, title_en, own, others: findings the person has been told of that rest on a text of
        theirs; on how many; and whether any other text is left under it.
    untold : int
        How many other findings rest on a text of theirs.
    quoted : int
        How many of the codebook's examples hold their words; these go too.
    stays : dict
        "entries", "consensus", "experiments": how many of what was made together stay.
    """

    entries: pd.DataFrame
    gone: dict[str, int]
    ratings: pd.DataFrame
    cleared: int
    findings: pd.DataFrame
    untold: int
    quoted: int
    stays: dict[str, int]


def leaving(study: Study, person: str) -> Leaving:
    """Tell what `leave` would change, without changing it.

    Raises
    ------
    WorkbenchError
        Nobody has that code.
    """
    mine = slice_for(study, person)
    own = study.entries[study.entries["person"] == person].sort_values("written")
    ratings = study.ratings[(study.ratings["person"] == person) & (study.ratings["basis"] == "individual")]
    findings = _findings(study, set(own["entry"]))
    told = findings[findings["finding"].isin(mine.findings["finding"])]
    examples = {row["code"]: _examples_of(row, own["text"]) for row in _records(study.codes)}
    codings = study.codings[study.codings["entry"].isin(own["entry"])].groupby("entry").size()
    return Leaving(
        entries=own[["entry", "kind", "written", "text"]].assign(
            codings=own["entry"].map(codings).fillna(0).astype(int)
        ),
        gone=_gone(study, person, own["entry"]),
        ratings=ratings.dropna(subset=["level"]).groupby("component").size().rename("levels").reset_index(),
        cleared=int((ratings[_LEVEL].notna().any(axis=1) | (ratings["missing"] != "WD").fillna(value=True)).sum()),
        findings=told,
        untold=len(findings) - len(told),
        quoted=sum(map(bool, examples.values())),
        stays={
            "entries": int(mine.entries["person"].isna().sum()),
            "consensus": int((mine.ratings["basis"] == "consensus").sum()),
            "experiments": len(mine.experiments),
        },
    )


def _gone(study: Study, person: str, own: pd.Series[str]) -> dict[str, int]:
    of_entries = {name: int(getattr(study, name)["entry"].isin(own).sum()) for name in OF_ENTRIES}
    return {"entries": len(own), **of_entries, "responses": int((study.responses["person"] == person).sum())}


def _findings(study: Study, own: set[str]) -> pd.DataFrame:
    rests = study.evidence.assign(own=study.evidence["entry"].isin(own))
    counted = rests.groupby("finding")["own"].agg(own="sum", all="size").reset_index()
    counted = counted[counted["own"] > 0]
    titled = counted.merge(study.findings[["finding", "title_sv", "title_en"]], on="finding")
    return titled.assign(others=titled["all"] > titled["own"])[["finding", "title_sv", "title_en", "own", "others"]]


def leave(person: str, *, information: str | None = None) -> Act:
    """Let a person leave, as `workbench.acts.consents.withdraw`, and take their words out of the codebook's examples.

    The event names, beside tombstones and findings that rested on their texts, the findings and memos of
    researchers in which a passage of theirs stands word for word: those are others' texts, for their authors to mend.

    Parameters
    ----------
    person : str
        Who.
    information : str, optional
        Version of the information the choice rests on.

    Returns
    -------
    Act
        Refused when there is no such person.
    """

    def plan(draft: Draft) -> None:
        entries = draft.find("entries", person=person)
        quotes = {str(row["quote"]) for row in _codings(draft, entries)}
        withdraw(person, information=information).plan(draft)
        for code in draft.find("codes"):
            if words := _examples_of(code, [str(entry["text"]) for entry in entries]):
                reason = "Whoever wrote the example has left the study."
                redefine_code(str(code["code"]), reason=reason, **dict.fromkeys(words)).plan(draft)
        if found := _quoting(draft, quotes):
            draft.about["quoted in"] = found

    return Act("withdraw", plan)


def _codings(draft: Draft, entries: list[Record]) -> list[Record]:
    return draft.find("codings", entry=[entry["entry"] for entry in entries]) if entries else []


def _examples_of(code: Record, texts: Iterable[str]) -> list[str]:
    """Name the columns of a code whose example stands word for word in one of the texts."""
    given = {name: " ".join(str(code[name]).split()) for name in _EXAMPLES if isinstance(code[name], str)}
    return [name for name, words in given.items() if words and any(words in " ".join(text.split()) for text in texts)]


def _quoting(draft: Draft, quotes: Collection[str]) -> list[str]:
    """Name the researchers' texts, those still there, in which a quote stands word for word."""
    long = [quote for quote in quotes if len(quote.split()) >= _WORDS_OF_A_QUOTE]
    return [
        f"{table} {row[table.removesuffix('s')]}"
        for table, columns in _WRITTEN.items()
        for row in draft.find(table)
        if any(quote in str(row[name]) for quote in long for name in columns)
    ]


def _records(frame: pd.DataFrame) -> list[Record]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
