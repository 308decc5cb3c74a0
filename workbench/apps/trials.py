"""What we tried at home, and what comes next."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from workbench.apps.journey import EVERYTHING, Journey
from workbench.apps.markup import element, facts, folded, items, section
from workbench.capability import consensus_change

OPEN = ("idea", "planned", "running")


def trials(journey: Journey, component: str = EVERYTHING, occasion: str = EVERYTHING) -> str:
    """Write the organisation's experiments that fit the choice, in order, as HTML."""
    _ = journey.translate
    chosen = _chosen(journey, component, occasion)
    if chosen.empty:
        return element("p", _("No experiment fits the choice."))
    rows: Any = chosen.itertuples()
    return "".join(f'<article class="wb-entry">{_experiment(journey, row)}</article>' for row in rows)


def _chosen(journey: Journey, component: str, occasion: str) -> pd.DataFrame:
    experiments, tested = journey.study.experiments, journey.study.experiment_components
    if component != EVERYTHING:
        experiments = experiments[
            experiments["experiment"].isin(tested.loc[tested["component"] == component, "experiment"])
        ]
    return experiments if occasion == EVERYTHING else experiments[experiments["occasion"] == occasion]


def _experiment(journey: Journey, row: Any) -> str:
    _ = journey.translate
    head = f"<b>{escape(row.title)}</b> <span>{escape(_status(journey)[row.status])}</span>"
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
        _("Decision"): _decisions(journey)[row.decision],
    }
    return folded(head, facts(told))


def _or_none(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _span(journey: Journey, row: Any) -> str | None:
    if pd.isna(row.started):
        return None
    return f"{journey.day(row.started)} \N{EN DASH} {journey.day(row.ended)}".rstrip()


def _status(journey: Journey) -> dict[str, str]:
    _ = journey.translate
    return {
        "idea": _("Idea"),
        "planned": _("Planned"),
        "running": _("Running"),
        "done": _("Carried out"),
        "partly": _("Partly carried out"),
        "not_done": _("Not carried out"),
    }


def _results(journey: Journey) -> dict[str, str]:
    _ = journey.translate
    return {
        "supported": _("The sign was seen"),
        "partly": _("The sign was partly seen"),
        "not_supported": _("The sign was not seen"),
        "inconclusive": _("It cannot be told"),
    }


def _decisions(journey: Journey) -> dict[str, str]:
    _ = journey.translate
    return {
        "adopt": _("Adopt"),
        "adapt": _("Adapt and try again"),
        "extend": _("Go on longer or wider"),
        "pause": _("Pause"),
        "abandon": _("Abandon"),
        "none": _("Not decided yet"),
    }


def ahead(journey: Journey) -> str:
    """Write what comes next: experiments that wait for something, and the wish that lies furthest off."""
    _ = journey.translate
    lines = [*_waiting(journey), *_furthest(journey)]
    if not lines:
        lines = [escape(_("Nothing is waiting. Next time you describe where you stand and design a new experiment."))]
    return section(_("What comes next"), items(lines), name="next")


def _waiting(journey: Journey) -> list[str]:
    _ = journey.translate
    experiments = journey.study.experiments
    undecided = experiments["status"].isin(["done", "partly", "not_done"]) & (experiments["decision"] == "none")
    rows: Any = experiments[experiments["status"].isin(OPEN) | undecided].itertuples()
    status, undecided_words = _status(journey), _("to be decided on")
    return [
        f"<b>{escape(row.title)}</b>: {escape(status[row.status].lower() if row.status in OPEN else undecided_words)}"
        for row in rows
    ]


def _furthest(journey: Journey) -> list[str]:
    _ = journey.translate
    agreed = consensus_change(journey.study.ratings, journey.study.occasions, journey.study.components)
    now, desired = (
        agreed[agreed["frame"] == frame].set_index("component")["last_level"] for frame in ("now", "desired")
    )
    gap = (desired - now).reindex(list(journey.components())).dropna()
    if gap.empty or gap.max() <= 0:
        return []
    name = str(gap.idxmax())
    words = _("You have furthest to go, by your own wish, in {component}: from {now} to {desired}.")
    levels = {"now": journey.levels[int(now[name])], "desired": journey.levels[int(desired[name])]}
    return [escape(words.format(component=journey.components()[name], **levels))]
