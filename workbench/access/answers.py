"""Findings given back, and what was answered: one person's own, and all of them for the researchers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.acts.findings import note_outcome, respond
from workbench.errors import WorkbenchError
from workbench.language import Language
from workbench.records import storable
from workbench.store.draft import Act
from workbench.study import Study
from workbench.tables import RESPONSES

STANCES: Final = RESPONSES["stance"].allowed
AGREES: Final = "agrees"
MOST_OUTCOME: Final = 4_000
COLUMNS: Final = (
    "response", "finding", "title", "organisation", "person", "stance", "text", "responded", "outcome"
)  # fmt: skip


class AnswerError(WorkbenchError):
    """An answer that cannot be given.

    Attributes
    ----------
    what : {"feedback", "stance", "text", "response", "outcome"}
        Which part of it.
    """

    def __init__(self, what: str, reason: str) -> None:
        self.what = what
        super().__init__(reason)


@dataclass(frozen=True)
class Given:
    """A finding as it was given back to somebody's organisation.

    Attributes
    ----------
    feedback, finding : str
        Its codes; where it was given back several times, of the last.
    title, text : str
        In the reader's language.
    day : str
        When, ISO 8601.
    own, joint : int
        How many texts that it rests on are the reader's own, and written together.
    answers : tuple
        The reader's own: stance, text, day and outcome ("" until there is one), the oldest first.
    """

    feedback: str
    finding: str
    title: str
    text: str
    day: str
    own: int
    joint: int
    answers: tuple[dict[str, str], ...]


def given_to(mine: Study, person: str, language: Language) -> list[Given]:
    """List the findings given back to a person's organisation, the latest first, with what they answered.

    Parameters
    ----------
    mine : Study
        The person's slice.
    person : str
    language : {"sv", "en"}
    """
    latest = mine.feedback.sort_values("given", ascending=False, kind="stable").drop_duplicates("finding")
    rows: Any = latest.merge(mine.findings, on="finding").itertuples()
    return [_given(mine, person, language, row) for row in rows]


def _given(mine: Study, person: str, language: Language, row: Any) -> Given:
    rests = mine.evidence.loc[mine.evidence["finding"] == row.finding, "entry"]
    writers = mine.entries.loc[mine.entries["entry"].isin(rests), "person"]
    ways = mine.feedback.loc[mine.feedback["finding"] == row.finding, "feedback"]
    answered = mine.responses[mine.responses["feedback"].isin(ways) & (mine.responses["person"] == person)]
    return Given(
        feedback=row.feedback,
        finding=row.finding,
        title=getattr(row, f"title_{language}"),
        text=getattr(row, f"text_{language}"),
        day=f"{row.given:%Y-%m-%d}",
        own=int((writers == person).sum()),
        joint=int(writers.isna().sum()),
        answers=tuple(_answers(answered.sort_values("responded", kind="stable"))),
    )


def _answers(rows: pd.DataFrame) -> Iterator[dict[str, str]]:
    for row in rows.itertuples():
        told: Any = row
        words, outcome = ("" if pd.isna(value) else str(value) for value in (told.text, told.outcome))
        yield {"stance": told.stance, "text": words, "day": f"{told.responded:%Y-%m-%d}", "outcome": outcome}


def answer(mine: Study, person: str, feedback: str, stance: str, text: str) -> Act:
    """Answer a finding that was given back to one's own organisation.

    Parameters
    ----------
    mine : Study
        The person's slice.
    person, feedback, stance : str
        Who answers, what, and one of `STANCES`.
    text : str
        In words; only who agrees may leave them out.

    Raises
    ------
    AnswerError
        It was not given back there, there is no such stance, or words are lacking.
    """
    if feedback not in set(mine.feedback["feedback"]):
        raise AnswerError("feedback", f"{feedback!r} was not given back to this person's organisation.")
    if stance not in STANCES:
        raise AnswerError("stance", f"There is no stance {stance!r}. Cure: one of {', '.join(STANCES)}.")
    words = text.replace("\r\n", "\n").strip()
    if not words and stance != AGREES:
        raise AnswerError("text", f"Who {stance} says how. Cure: give some words.")
    return respond(feedback, person, stance=stance, text=words or None)


def answers_table(study: Study, language: Language = "sv") -> pd.DataFrame:
    """List all answers to findings, those that wait for an outcome first, then the latest first.

    Parameters
    ----------
    study : Study
        The whole of it: for researchers.
    language : {"sv", "en"}

    Returns
    -------
    DataFrame
        response, finding, title, organisation, person, stance, text, responded, outcome (missing: it waits).
    """
    titles = study.findings[["finding", f"title_{language}"]].rename(columns={f"title_{language}": "title"})
    given = study.feedback[["feedback", "finding", "organisation"]].merge(titles, on="finding")
    told = study.responses.merge(given, on="feedback")
    waits = told.assign(waits=told["outcome"].isna())
    ordered = waits.sort_values(["waits", "responded", "response"], ascending=[False, False, True])
    return ordered[list(COLUMNS)].reset_index(drop=True)


def say_outcome(study: Study, response: str, outcome: str) -> Act:
    """Say what became of an answer, for whoever gave it to read beside it.

    Parameters
    ----------
    study : Study
        The whole of it.
    response : str
    outcome : str
        In words; they take the place of those before, which the log keeps.

    Raises
    ------
    AnswerError
        There is no such answer ("response"), or words are lacking or too many ("outcome").
    """
    if response not in set(study.responses["response"]):
        raise AnswerError("response", f"There is no answer {response!r}. Cure: see the table of answers.")
    words = outcome.replace("\r\n", "\n").strip()
    if not words or len(words) > MOST_OUTCOME or not storable(words):
        raise AnswerError("outcome", f"1 to {MOST_OUTCOME} characters are needed; there are {len(words)}.")
    return note_outcome(response, words)


def stances_table(study: Study, language: Language = "sv") -> pd.DataFrame:
    """Count the answers to each finding given back.

    Returns
    -------
    DataFrame
        finding, title, agrees, differs, adds, disputes, waiting: answers by stance, and those without an outcome.
        They are what some chose to say, not a vote: who did not answer is not in them.
    """
    told = answers_table(study, language)
    titles = study.findings.set_index("finding")[f"title_{language}"]
    given = [finding for finding in titles.index if finding in set(study.feedback["finding"])]
    counts = pd.crosstab(told["finding"], told["stance"]).reindex(index=given, columns=list(STANCES), fill_value=0)
    waiting = told[told["outcome"].isna()].groupby("finding").size().reindex(given, fill_value=0)
    counted = counts.rename_axis(columns=None).assign(waiting=waiting)
    counted.insert(0, "title", titles[given])
    return counted.rename_axis("finding").reset_index()
