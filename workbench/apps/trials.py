"""What we tried at home, and what comes next."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from workbench.apps.journey import EVERYTHING, Page
from workbench.apps.markup import facts, folded, items, section
from workbench.capability import gap
from workbench.figures.experiments import status_name
from workbench.language import Translate

OPEN = ("idea", "planned", "running")
MOST_NAMED = 3  # more than that at once tells nobody where to begin


def chosen_experiments(journey: Page, component: str = EVERYTHING, occasion: str = EVERYTHING) -> pd.DataFrame:
    """Keep the organisation's experiments that test the component and were designed at the occasion."""
    experiments, tested = journey.study.experiments, journey.study.experiment_components
    if component != EVERYTHING:
        testing = tested.loc[tested["component"] == component, "experiment"]
        experiments = experiments[experiments["experiment"].isin(testing)]
    return experiments if occasion == EVERYTHING else experiments[experiments["occasion"] == occasion]


def trials(journey: Page, experiments: pd.DataFrame) -> str:
    """Write experiments, in order, as HTML."""
    rows: Any = experiments.itertuples()
    return "".join(f'<article class="wb-entry">{_experiment(journey, row)}</article>' for row in rows)


def _experiment(journey: Page, row: Any) -> str:
    _ = journey.translate
    head = f"<b>{escape(row.title)}</b> <span>{escape(_status(journey, row.status))}</span>"
    told = {
        _("We believe"): row.assumption,
        _("Smallest test"): row.test,
        _("Sign, stated before"): _or_none(row.sign) or _("No sign was stated before the start."),
        _("Time"): _span(journey, row),
        _("Why not"): _or_none(row.not_done_reason),
        _("What happened"): _or_none(row.happened),
        _("Against the sign"): _results(journey).get(row.result),
        _("Learnt about innovation"): _or_none(row.learning_innovation),
        _("Learnt about leading it"): _or_none(row.learning_leading),
        _("Decision"): decision_name(row.decision, _),
    }
    return folded(head, facts(told))


def _or_none(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _span(journey: Page, row: Any) -> str | None:
    if pd.isna(row.started):
        return None
    return f"{journey.day(row.started)} \N{EN DASH} {journey.day(row.ended)}".rstrip()


def _status(journey: Page, status: str) -> str:
    return status_name(status, journey.translate).capitalize()


def _results(journey: Page) -> dict[str, str]:
    _ = journey.translate
    return {
        "supported": _("The sign was seen"),
        "partly": _("The sign was partly seen"),
        "not_supported": _("The sign was not seen"),
        "inconclusive": _("It cannot be told"),
    }


def decision_name(decision: str, _: Translate) -> str:
    """Say what was decided of an experiment."""
    return {
        "adopt": _("Adopt"),
        "adapt": _("Adapt and try again"),
        "extend": _("Go on longer or wider"),
        "pause": _("Pause"),
        "abandon": _("Abandon"),
        "none": _("Not decided yet"),
    }[decision]


def ahead(journey: Page) -> str:
    """Write what comes next: experiments that wait for something, and the wish that lies furthest off."""
    _ = journey.translate
    lines = ahead_lines(journey)
    if not lines:
        lines = [escape(_("Nothing is waiting. Next time you describe where you stand and design a new experiment."))]
    return section(_("What comes next"), items(lines), name="next")


def ahead_lines(journey: Page) -> list[str]:
    """Write what waits, and the wish that lies furthest off, as lines of HTML."""
    return [*_waiting(journey), *_furthest(journey)]


def _waiting(journey: Page) -> list[str]:
    _ = journey.translate
    experiments = journey.study.experiments
    undecided = experiments["status"].isin(["done", "partly", "not_done"]) & (experiments["decision"] == "none")
    rows: Any = experiments[experiments["status"].isin(OPEN) | undecided].itertuples()
    undecided_words = _("to be decided on")
    return [
        f"<b>{escape(row.title)}</b>: {escape(status_name(row.status, _) if row.status in OPEN else undecided_words)}"
        for row in rows
    ]


def _furthest(journey: Page) -> list[str]:
    """Name what lies furthest from its wish, at the latest occasion where both were agreed; several if they tie."""
    _, study = journey.translate, journey.study
    gaps = gap(study.ratings, components=study.components).merge(study.occasions[["occasion", "number"]], on="occasion")
    latest = gaps.sort_values("number").drop_duplicates("component", keep="last")
    widest = latest[(latest["gap"] == latest["gap"].max()) & (latest["gap"] > 0)]
    if widest.empty or len(widest) > MOST_NAMED:
        return []
    names = journey.components()
    named = ", ".join(names[component] for component in names if component in set(widest["component"]))
    words = _("By your own wish you have furthest to go in: {components}.")
    return [escape(words.format(components=named))]
