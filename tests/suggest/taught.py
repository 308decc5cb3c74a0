"""A study in which a coder codes what is said of time and of courage, in words that differ from person to person."""

from __future__ import annotations

import random

import pandas as pd

from tests.tiny import tiny_study
from workbench.study import Study
from workbench.tables import TABLES

SAID = {
    "COND_TIME": (
        "Tiden {} räcker inte till {}.", "Vi hade för lite tid för {} och {}.", "Tidsbristen i {} stoppar {}.",
    ),
    "COND_CULTURE": (
        "Kulturen i {} gör att ingen vågar {}.", "Vår kultur tål inte {} eller {}.", "Kulturen kring {} är tyst om {}.",
    ),
    "": ("Vi talade om {} och {}.", "Sedan gick {} hem med {}.", "Mötet om {} följdes av {}.", "Jag läste {} om {}."),
}  # fmt: skip
THINGS = [
    "arkivet", "remissen", "växeln", "lokalerna", "rapporten", "köket", "avtalet", "registret", "kartan", "budgeten",
]  # fmt: skip


def taught_study(people: int = 12, *, each: int = 3, joint: bool = False) -> Study:
    """Make a study of people of two organisations; K1 has coded all but each person's last entry, K2 one sentence."""
    draw = random.Random(3)  # noqa: S311  no secret
    entries, codings = [], []
    for number in range(people):
        for place in range(each):
            entry = f"N{number:02d}-{place}"
            text, spans = _text(draw)
            who = None if joint and number >= people - 2 else f"P-{number % people:02d}"
            entries.append({"entry": entry, "person": who, "organisation": f"A{number % 2 + 1}", "text": text})
            for start, end, code in spans if place < each - 1 or each == 1 else []:
                row = {"coding": f"C{len(codings):04d}", "entry": entry, "start": start, "end": end, "code": code}
                codings.append(row | {"quote": text[start:end], "coder": "K1"})
    codings.append({**codings[0], "coding": "C9999", "code": "COND_MANDATE", "coder": "K2"})
    return _study(people, pd.DataFrame(entries), pd.DataFrame(codings))


def _text(draw: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    kinds = ["COND_TIME", "COND_CULTURE", "", "", ""]
    draw.shuffle(kinds)
    text, spans = "", []
    for kind in kinds:
        begun = len(text)
        text += draw.choice(SAID[kind]).format(*draw.sample(THINGS, 2)) + " "
        if kind:
            spans.append((begun, len(text) - 1, kind))
    return text.strip(), spans


def _study(people: int, entries: pd.DataFrame, codings: pd.DataFrame) -> Study:
    study = tiny_study()
    row = study.people.head(1)
    codes = [f"P-{number:02d}" for number in range(people)]
    organisations = [f"A{number % 2 + 1}" for number in range(people)]
    frames = {name: getattr(study, name) for name in TABLES} | {
        "people": _like(row, people).assign(person=_text_of(codes), organisation=_text_of(organisations)),
        "entries": _filled(study.entries, entries),
        "codings": _filled(study.codings, codings),
        "ratings": study.ratings.head(0),
    }
    return study.with_frames(frames)


def _filled(frame: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    made = _like(frame.head(1), len(given))
    return made.assign(**{name: given[name].astype(frame[name].dtype) for name in given})


def _like(row: pd.DataFrame, count: int) -> pd.DataFrame:
    return pd.concat([row] * count, ignore_index=True)


def _text_of(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")
