"""What can be chosen in a hand-in template: the instrument's words and the study's, each with what it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from workbench.language import Language
from workbench.loaders.told import Told, tell
from workbench.study import Study

Pairs = Iterable[tuple[str, str]]
DASH = "\N{EN DASH}"

FIXED: dict[str, tuple[tuple[str, Told], ...]] = {
    "sure": (("1", tell("1 – Not sure")), ("2", tell("2 – Fairly sure")), ("3", tell("3 – Sure"))),  # noqa: RUF001  dashes
    "entry kinds": (
        ("reflection", tell("Reflection")),
        ("experiment_log", tell("Experiment log")),
        ("conversation", tell("Conversation")),
        ("discussion", tell("Discussion")),
        ("observation", tell("Observation")),
        ("interview", tell("Interview")),
        ("document", tell("Document")),
    ),
    "visibility": (
        ("organisation", tell("My own organisation and the researchers")),
        ("network", tell("Everyone in the network")),
        ("researchers", tell("Only the researchers")),
    ),
    "experiment kinds": (("improve", tell("Improve what we do")), ("renew", tell("Do something else"))),
    "statuses": (
        ("idea", tell("idea")),
        ("planned", tell("planned")),
        ("running", tell("running")),
        ("done", tell("carried out")),
        ("partly", tell("partly carried out")),
        ("not_done", tell("not carried out")),
    ),
    "results": (
        ("supported", tell("The sign was seen")),
        ("partly", tell("The sign was partly seen")),
        ("not_supported", tell("The sign was not seen")),
        ("inconclusive", tell("It cannot be told")),
    ),
    "decisions": (
        ("adopt", tell("Adopt")),
        ("adapt", tell("Adapt and try again")),
        ("extend", tell("Go on longer or wider")),
        ("pause", tell("Pause")),
        ("abandon", tell("Abandon")),
        ("none", tell("Not decided yet")),
    ),
}


def choices(study: Study, name: str, language: Language, *, organisation: str | None = None) -> dict[str, str]:
    """List what can be chosen.

    Parameters
    ----------
    study : Study
        Its instrument, occasions, organisations, components and experiments.
    name : str
        Which list: "levels" (with the reasons why there is none), "evidence", "occasions", "organisations",
        "components", "experiments", or a key of `FIXED`.
    language : {"sv", "en"}
        In which words.
    organisation : str, optional
        Whose own components and experiments there are; without it, no organisation's.

    Returns
    -------
    dict of str to str
        What is shown, to what it stands for in the study's tables; in order. Words that would stand for two things
        are followed by the code in brackets.
    """
    if name in FIXED:
        return {label.told(language): value for value, label in FIXED[name]}
    make = {
        "levels": lambda: _levels(study, language),
        "evidence": lambda: _numbered(study.instrument.evidence, "code", language),
        "occasions": lambda: _occasions(study, language),
        "organisations": lambda: _organisations(study, organisation),
        "components": lambda: _components(study, language, organisation),
        "experiments": lambda: _experiments(study, organisation),
    }
    return _named_apart(list(make[name]()))


def _levels(study: Study, language: Language) -> Pairs:
    """Levels with their number before them, then the reasons why there is none."""
    yield from _numbered(study.instrument.levels, "value", language)
    yield from _pairs(study.instrument.missing, "code", language)


def _occasions(study: Study, language: Language) -> Pairs:
    for row in study.occasions.sort_values("number").itertuples():
        title = getattr(row, f"title_{language}")
        yield str(row.occasion), f"{row.number} {DASH} {title} ({row.starts:%Y-%m-%d})"


def _organisations(study: Study, organisation: str | None) -> Pairs:
    """Give the one that is known, or all."""
    table = study.organisations
    return _pairs(table[table["organisation"] == (organisation or table["organisation"])], "organisation", "name")


def _components(study: Study, language: Language, organisation: str | None) -> Pairs:
    """Give the shared components and the organisation's own, in the study's order."""
    table = study.components.sort_values("position")
    mine = table["organisation"].isna() | (table["organisation"] == (organisation or ""))
    return _pairs(table[mine], "component", f"name_{language}")


def _experiments(study: Study, organisation: str | None) -> Pairs:
    table = study.experiments
    return _pairs(table[table["organisation"] == (organisation or "")], "experiment", "title")


def _pairs(table: pd.DataFrame, value: str, label: str) -> Pairs:
    return zip(table[value].astype("str"), table[label].astype("str"), strict=True)


def _numbered(table: pd.DataFrame, value: str, label: str) -> Pairs:
    return [(code, f"{code} {DASH} {words}") for code, words in _pairs(table, value, label)]


def _named_apart(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Add the code to words that stand for two things."""
    times = Counter(label for _value, label in pairs)
    return {f"{label} ({value})" if times[label] > 1 else label: value for value, label in pairs}
