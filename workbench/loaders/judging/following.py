"""What is told of an experiment held against what the study has of it: which of the two goes before.

A field that nobody told yet is filled in, and words that only add are taken. Otherwise what is told further on goes
before: it replaces what is there, or is left where the study has come further. Of two that are told of the same stage
nobody can say which is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from workbench.acts.experiments import FOLLOWED
from workbench.loaders.vocabulary import normal
from workbench.records import Record, Value, make_record
from workbench.tables import EXPERIMENTS

DESIGNED = ("title", "kind", "assumption", "test")  # without which no experiment begins
STATED = ("kind", "assumption", "test", "sign")  # before the start, and not changed by what comes after
PLANNED, NO_DECISION = "planned", "none"  # where nobody says
_STAGES = {"idea": 0, PLANNED: 1, "running": 2, "done": 3, "partly": 3, "not_done": 3}
_TEXTS = ("not_done_reason", "happened", "learning_innovation", "learning_leading")
_SINCE = (*_TEXTS, "result", "decided")  # told of no experiment that is only planned
_TOLD = (*FOLLOWED, "follows")
Answer = Literal["same", "new", "replaced", "left", "contrary"]


class Weighed(NamedTuple):
    """What is told of an experiment, field by field.

    Attributes
    ----------
    changes : dict
        What becomes of the study's row.
    replaced, left, contrary : tuple of str
        Fields that differ: those it goes before in, those the study goes before in, those nobody can decide.
    restated : tuple of str
        What was stated before the start, and is stated otherwise now.
    broken : tuple of (str, str)
        Fields and the rules they would break.
    is_design : bool
        Whether it could be an experiment of its own.
    """

    changes: Record
    replaced: tuple[str, ...]
    left: tuple[str, ...]
    contrary: tuple[str, ...]
    restated: tuple[str, ...]
    broken: tuple[tuple[str, str], ...]
    is_design: bool

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be taken as telling of that experiment."""
        return bool(self.contrary or self.broken or (self.is_design and self.restated))


def is_design(told: Record) -> bool:
    """Tell whether everything is told that an experiment begins with."""
    return all(told.get(name) for name in DESIGNED)


def stage(told: Record) -> int | None:
    """Tell how far an experiment has come by what is told of it; None when that shows nothing."""
    stages = [_STAGES[str(told["status"])]] if told.get("status") else []
    if any(told.get(name) for name in _SINCE) or told.get("decision") not in {None, NO_DECISION}:
        stages.append(_STAGES["running"])
    return max(stages, default=_STAGES[PLANNED] if is_design(told) else None)


def weigh(told: Record, there: Record) -> Weighed:
    """Hold what is told of an experiment against its row."""
    now, here = stage(there) or 0, stage(told)
    ahead = 0 if here is None else here - now
    answers = {name: _answer(name, told.get(name), there.get(name), ahead) for name in _TOLD}
    if told.get("sign") and there["sign"] is None and max(now, here or 0) <= _STAGES[PLANNED]:
        answers["sign"] = "new"  # it has not begun: a sign can still be stated
    changes = {name: told[name] for name in _are(answers, "new", "replaced")}
    return Weighed(
        changes,
        tuple(_are(answers, "replaced")),
        tuple(_are(answers, "left")),
        tuple(_are(answers, "contrary")),
        tuple(name for name in STATED if name not in changes and _is_otherwise(told.get(name), there[name])),
        tuple(_broken({**there, **changes})),
        is_design(told),
    )


def _is_otherwise(told: Value, there: Value) -> bool:
    return bool(told) and normal(str(told)) != normal(str(there or ""))


def _are(answers: dict[str, Answer], *wanted: Answer) -> Iterator[str]:
    return (name for name, answer in answers.items() if answer in wanted)


def _answer(name: str, told: Value, there: Value, ahead: int) -> Answer:
    """Tell which of two goes before in a field."""
    if told is None or told == there or (name in _TEXTS and _holds(there, told)):
        return "same"
    if there is None or (name == "decision" and there == NO_DECISION) or (name in _TEXTS and _holds(told, there)):
        return "new"
    if name == "status":
        ahead = _STAGES[str(told)] - _STAGES[str(there)]
        return "new" if ahead > 0 else "left" if ahead else "contrary"
    return "replaced" if ahead > 0 else "left" if ahead else "contrary"


def _holds(words: Value, within: Value) -> bool:
    """Tell whether a text has every word of another, in one piece."""
    whole, part = (" ".join(str(one or "").split()) for one in (words, within))
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def _broken(record: Record) -> Iterator[tuple[str, str]]:
    _, faults = make_record(EXPERIMENTS, record)
    yield from ((fault.column, fault.rule) for fault in faults)
    if record["started"] and record["ended"] and str(record["ended"]) < str(record["started"]):
        yield "ended", "cannot be before started"


def first_of(titles: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Count how many experiments of an import each one continues, one after the other, from its title and theirs."""
    continued = dict(sorted(titles))
    return {title: sum(1 for _ in _line(title, continued)) for title in continued}


def _line(title: str, continued: dict[str, str]) -> Iterator[str]:
    for _ in continued:  # no longer than there are experiments: two may be said to continue each other
        title = continued.get(title, "")
        if title not in continued:
            return
        yield title
