"""Ratings with a known truth: a seeded cohort in the study's own shape, to demonstrate on and to test against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.tables import RATINGS

OVERALL = ("G1", "G2")


@dataclass(frozen=True)
class Cohort:
    """Who rates what, when: the tables people, occasions, focus, components and organisations of a study."""

    people: pd.DataFrame
    occasions: pd.DataFrame
    focus: pd.DataFrame
    components: pd.DataFrame


def simulate_ratings(truth: Mapping[str, Any], cohort: Cohort) -> pd.DataFrame:
    """Draw every rating of a cohort from a stated truth.

    The latent level of a component in an organisation is ``start + organisation + step(occasion)``, growing
    from the first occasion to the last by ``growth[organisation]`` times ``pull[component]``, plus the
    organisation's own ``turns`` (a jump at an occasion). A rater adds a leniency, a leniency for the component
    and noise (normal, SDs in ``raters``, in level units); the answer is the nearest level, 0 to 5.

    Parameters
    ----------
    truth : mapping
        The content of ``simulation.toml``.
    cohort : Cohort

    Returns
    -------
    DataFrame
        The table ``ratings``, in its own order; the same for the same truth, on any machine.

    Source: error sizes from the simulation behind the study's design (rater SD 0.7, rater by component 0.5,
    noise 0.6, in levels).
    """
    draw = np.random.default_rng(truth["seed"])
    raters = _raters(truth, cohort, draw)
    rows = [
        row
        for occasion in cohort.occasions.itertuples()
        for person in cohort.people.itertuples()
        if _active(person, occasion)
        for component in _asked(cohort, occasion.occasion, person.organisation)
        for row in _individual(truth, raters, person, occasion, component, draw)
    ]
    individual = pd.DataFrame(rows)
    consensus = _consensus(truth, cohort, individual, draw)
    names = [column.name for column in RATINGS.columns]
    both = pd.concat([individual, consensus], ignore_index=True).reindex(columns=names)
    return both.astype({column.name: column.dtype for column in RATINGS.columns})


def _active(person: Any, occasion: Any) -> bool:
    stays = pd.isna(person.left) or person.left > occasion.starts
    return bool(person.joined <= occasion.starts and stays)


def _asked(cohort: Cohort, occasion: str, organisation: str) -> list[str]:
    """Components in focus, in the fixed order, that are common or the organisation's own."""
    focus = set(cohort.focus.loc[cohort.focus["occasion"] == occasion, "component"])
    ordered = cohort.components.sort_values("position")
    mine = ordered["organisation"].isna() | (ordered["organisation"] == organisation)
    return [component for component in ordered.loc[mine, "component"] if component in focus]


def _raters(truth: Mapping[str, Any], cohort: Cohort, draw: np.random.Generator) -> dict[tuple[str, str], float]:
    """Leniency of each person for each component, in levels."""
    spread = truth["raters"]
    leniency = {}
    for person in cohort.people["person"]:
        general = draw.normal(0, spread["person_sd"])
        for component in cohort.components["component"]:
            leniency[person, component] = general + draw.normal(0, spread["person_component_sd"])
    return leniency


def true_level(truth: Mapping[str, Any], organisation: str, component: str, number: int) -> float:
    """Latent level, in level units, of a component in an organisation at the occasion with that number."""
    part = truth["components"].get(component, truth["components"]["own"])
    place = truth["organisations"][organisation]
    progress = (number - 1) / (truth["occasions"] - 1)
    turned = sum(
        turn["levels"] for turn in place["turns"] if component in turn["components"] and number >= turn["from"]
    )
    return float(part["start"] + place["level"] + place["growth"] * part["pull"] * progress + turned)


def _level(latent: float) -> int:
    return int(np.clip(np.floor(latent + 0.5), 0, 5))


def _individual(
    truth: Mapping[str, Any], raters: Mapping[tuple[str, str], float], person: Any, occasion: Any, component: str,
    draw: np.random.Generator,
) -> list[dict[str, Any]]:  # fmt: skip
    """Rate one component in every frame of the occasion; the frames share the day's mood."""
    now = true_level(truth, person.organisation, component, occasion.number)
    lean, noise = raters[person.person, component], truth["raters"]["noise_sd"]
    wish = truth["desired"]["ambition"] + truth["organisations"][person.organisation]["desired_drift"] * (
        occasion.number - 1
    )
    first = true_level(truth, person.organisation, component, 1)
    frames = {"now": now, "desired": max(now, first) + wish}
    if occasion.number == truth["occasions"] and person.joined <= truth["first_day"] and component not in OVERALL:
        frames["then"] = first - truth["then"]["recalibration"]
    missing = _missing(truth, person, occasion.occasion, component, draw)
    return [
        _row(person, occasion, component, frame, missing, latent + lean + draw.normal(0, noise), draw)
        for frame, latent in frames.items()
    ]


def _missing(
    truth: Mapping[str, Any], person: Any, occasion: str, component: str, draw: np.random.Generator
) -> str | None:
    chance = draw.random()
    if occasion in truth["absent"].get(person.person, []):
        return "ABS"
    if component in truth["organisations"][person.organisation]["not_applicable"]:
        return "NA"
    unsure = truth["components"].get(component, truth["components"]["own"])["dont_know"]
    return "DK" if chance < unsure else None


def _row(
    person: Any,
    occasion: Any,
    component: str,
    frame: str,
    missing: str | None,
    latent: float,
    draw: np.random.Generator,
) -> dict[str, Any]:
    level = None if missing else _level(latent)
    strength, sure = int(draw.integers(0, 3)), int(draw.integers(1, 4))
    support = None if missing or frame != "now" else f"B{min(5, strength + (level or 0) // 2)}"
    return {
        "organisation": person.organisation,
        "person": person.person,
        "occasion": occasion.occasion,
        "component": component,
        "frame": frame,
        "basis": "individual",
        "level": level,
        "missing": missing,
        "evidence": support,
        "confidence": None if missing else sure,
        "target": pd.Timestamp("2026-12-31") if frame == "desired" and not missing else pd.NaT,
    }


def _consensus(
    truth: Mapping[str, Any], cohort: Cohort, individual: pd.DataFrame, draw: np.random.Generator
) -> pd.DataFrame:
    """Let each organisation agree: near the median of its members, sometimes a level away, sometimes out of time."""
    answered = individual[individual["level"].notna() & (individual["frame"] != "then")]
    order = {name: number for number, name in enumerate(cohort.occasions["occasion"])}
    rows = []
    keys = ["organisation", "occasion", "component", "frame"]
    for key, levels in answered.groupby(keys, sort=True)["level"]:
        moved, late = draw.normal(0, truth["consensus"]["discussion_sd"]), draw.random()
        if late < truth["consensus"]["out_of_time"] and order[key[1]] > 0:
            continue
        level = _level(float(levels.astype(float).median()) + moved)
        support = f"B{min(5, 1 + level // 2)}" if key[3] == "now" else None
        rows.append(dict(zip(keys, key, strict=True)) | {"basis": "consensus", "level": level, "evidence": support})
    return pd.DataFrame(rows)
