"""Ratings with a known truth."""

from __future__ import annotations

import tomllib
from typing import Any

import pandas as pd
import pytest

from tests.tiny import DEMO
from workbench.simulation import Cohort, simulate_ratings, true_level
from workbench.study import Study


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return tomllib.loads((DEMO / "simulation.toml").read_text(encoding="utf-8"))


def cohort_of(study: Study) -> Cohort:
    return Cohort(study.people, study.occasions, study.focus, study.components)


def test_the_demo_s_ratings_are_drawn_from_its_stated_truth(demo: Study, truth: dict[str, Any]) -> None:
    pd.testing.assert_frame_equal(simulate_ratings(truth, cohort_of(demo)), demo.ratings)


def test_growth_reaches_a_component_by_its_pull(truth: dict[str, Any]) -> None:
    assert true_level(truth, "A4", "I8", 6) - true_level(truth, "A4", "I8", 1) == pytest.approx(1.1 * 1.6)
    assert true_level(truth, "A3", "I5", 4) < true_level(truth, "A3", "I5", 3)


def test_without_noise_every_answer_is_the_truth(demo: Study, truth: dict[str, Any]) -> None:
    quiet = truth | {"raters": {"person_sd": 0.0, "person_component_sd": 0.0, "noise_sd": 0.0}}
    ratings = (
        simulate_ratings(quiet, cohort_of(demo))
        .query("basis == 'individual' and frame == 'now'")
        .dropna(subset=["level"])
    )
    number = demo.occasions.set_index("occasion")["number"]

    wrong = [
        row
        for row in ratings.itertuples()
        if abs(row.level - min(5, max(0, true_level(truth, row.organisation, row.component, number[row.occasion]))))
        > 0.5
    ]

    assert len(ratings) > 1000
    assert wrong == []


def test_only_those_there_at_the_start_look_back_at_it(demo: Study) -> None:
    looked_back = set(demo.ratings.query("frame == 'then'")["person"])
    first = demo.people[demo.people["joined"] == demo.occasions["starts"].min()]["person"]

    assert looked_back
    assert looked_back <= set(first)


def test_the_absent_answer_nothing_and_planned_gaps_have_no_rows(demo: Study) -> None:
    absent = demo.ratings.query("person == 'P-5UTA'").query("occasion == 'T3'")
    asked = demo.focus.query("occasion == 'T2'")["component"]

    assert set(absent["missing"]) == {"ABS"}
    assert set(demo.ratings.query("occasion == 'T2'")["component"]) == set(asked)
