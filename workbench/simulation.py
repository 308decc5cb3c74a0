"""Ratings with a known truth: a seeded cohort in the study's own shape, to demonstrate on and to test against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    network = _Network(truth, cohort)
    individual = pd.DataFrame(list(network.individual()))
    consensus = pd.DataFrame(list(network.consensus(individual)))
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


def true_level(truth: Mapping[str, Any], organisation: str, component: str, number: int) -> float:
    """Latent level, in level units, of a component in an organisation at the occasion with that number."""
    part, place = _part(truth, component), truth["organisations"][organisation]
    progress = (number - 1) / (truth["occasions"] - 1)
    turned = sum(
        turn["levels"] for turn in place["turns"] if component in turn["components"] and number >= turn["from"]
    )
    return float(part["start"] + place["level"] + place["growth"] * part["pull"] * progress + turned)


def _part(truth: Mapping[str, Any], component: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = truth["components"].get(component, truth["components"]["own"])
    return found


def _level(latent: float) -> int:
    return int(np.clip(np.floor(latent + 0.5), 0, 5))


class _Network:
    """One drawing of the cohort; every draw comes from one generator, in one order."""

    def __init__(self, truth: Mapping[str, Any], cohort: Cohort) -> None:
        self.truth, self.cohort = truth, cohort
        self.random = np.random.default_rng(truth["seed"])
        self.leniency = {
            (person, component): general + self.random.normal(0, truth["raters"]["person_component_sd"])
            for person in cohort.people["person"]
            for general in [self.random.normal(0, truth["raters"]["person_sd"])]
            for component in cohort.components["component"]
        }

    def individual(self) -> Iterator[dict[str, Any]]:
        """Rate at every occasion, everyone active, every component asked about, in every frame."""
        for occasion in self.cohort.occasions.itertuples():
            for person in self.cohort.people.itertuples():
                if _active(person, occasion):
                    for component in _asked(self.cohort, str(occasion.occasion), str(person.organisation)):
                        yield from self._answers(person, occasion, component)

    def _answers(self, person: Any, occasion: Any, component: str) -> Iterator[dict[str, Any]]:
        who = {"organisation": person.organisation, "person": person.person, "occasion": occasion.occasion}
        missing = self._missing(person, occasion.occasion, component)
        for frame, latent in self._frames(person, occasion.number, component).items():
            felt = latent + self.leniency[person.person, component]
            level = _level(felt + self.random.normal(0, self.truth["raters"]["noise_sd"]))
            detail = {"missing": missing} if missing else {"level": level, **self._detail(frame, level)}
            yield {**who, "component": component, "frame": frame, "basis": "individual", **detail}

    def _frames(self, person: Any, number: int, component: str) -> dict[str, float]:
        now = true_level(self.truth, person.organisation, component, number)
        first = true_level(self.truth, person.organisation, component, 1)
        drift = self.truth["organisations"][person.organisation]["desired_drift"] * (number - 1)
        frames = {"now": now, "desired": max(now, first) + self.truth["desired"]["ambition"] + drift}
        was_there = person.joined.date() <= self.truth["first_day"]
        if number == self.truth["occasions"] and was_there and component not in OVERALL:
            frames["then"] = first - self.truth["then"]["recalibration"]
        return frames

    def _missing(self, person: Any, occasion: str, component: str) -> str | None:
        chance = self.random.random()
        if occasion in self.truth["absent"].get(person.person, []):
            return "ABS"
        if component in self.truth["organisations"][person.organisation]["not_applicable"]:
            return "NA"
        return "DK" if chance < _part(self.truth, component)["dont_know"] else None

    def _detail(self, frame: str, level: int) -> dict[str, Any]:
        strength, sure = int(self.random.integers(0, 3)), int(self.random.integers(1, 4))
        support = f"B{min(5, strength + level // 2)}" if frame == "now" else None
        target = pd.Timestamp(self.truth["desired"]["target"]) if frame == "desired" else pd.NaT
        return {"evidence": support, "confidence": sure, "target": target}

    def consensus(self, individual: pd.DataFrame) -> Iterator[dict[str, Any]]:
        """Agree near the median of the members, sometimes a level away, sometimes out of time."""
        answered = individual[individual["level"].notna() & (individual["frame"] != "then")]
        keys = ["organisation", "occasion", "component", "frame"]
        first = self.cohort.occasions["occasion"].iloc[0]
        for key, levels in answered.groupby(keys, sort=True)["level"]:
            named = dict(zip(keys, key, strict=True))
            moved = self.random.normal(0, self.truth["consensus"]["discussion_sd"])
            late = self.random.random() < self.truth["consensus"]["out_of_time"]
            if not late or named["occasion"] == first:
                level = _level(float(levels.astype(float).median()) + moved)
                support = f"B{min(5, 1 + level // 2)}" if named["frame"] == "now" else None
                who = self._who_agreed(str(named["organisation"]), str(named["occasion"]))
                yield {**named, "basis": "consensus", "level": level, "evidence": support, **who}

    def _who_agreed(self, organisation: str, occasion: str) -> dict[str, int]:
        everyone: Iterable[Any] = self.cohort.people.itertuples()
        meeting = next(row for row in self.cohort.occasions.itertuples() if row.occasion == occasion)
        absent = [person for person, missed in self.truth["absent"].items() if occasion in missed]
        there = [
            person
            for person in everyone
            if person.organisation == organisation and _active(person, meeting) and person.person not in absent
        ]
        first = [person for person in there if person.joined.date() <= self.truth["first_day"]]
        return {"present": len(there), "returning": len(first)}
