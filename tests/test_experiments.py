"""What was tried at home, counted."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.frames import KINDS, rows, table
from workbench import experiments
from workbench.tables import COMPONENTS, DEFINITIONS, EXPERIMENT_COMPONENTS, EXPERIMENTS, PRACTICES

LOG = table(
    EXPERIMENTS,
    [
        {"experiment": "X1", "organisation": "A", "status": "done", "decision": "adapt", "sign": "fewer calls"},
        {"experiment": "X2", "organisation": "A", "status": "not_done", "decision": "none", "follows": "X1"},
        {"experiment": "X3", "organisation": "A", "status": "done", "decision": "adopt", "follows": "X2"},
        {"experiment": "X4", "organisation": "B", "status": "running", "decision": "none", "sign": "shorter queue"},
    ],
)
LINKS = table(
    EXPERIMENT_COMPONENTS,
    [
        {"experiment": x, "component": c}
        for x, c in (("X1", "I1"), ("X1", "E1"), ("X2", "I1"), ("X3", "I1"), ("X4", "I1"))
    ],
)
ORDER = table(COMPONENTS, [{"component": "E1", "position": 2}, {"component": "I1", "position": 1}])


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Any:
    """Turn a pandas frame into the kind of frame under test."""
    return KINDS[request.param]


def test_every_status_has_a_row(kind: Any) -> None:
    """Six statuses for each of two organisations, zeros too, in the order of the work."""
    found = rows(experiments.status_counts(kind(LOG)))

    assert [row[1] for row in found[:6]] == ["idea", "planned", "running", "done", "partly", "not_done"]
    assert [row[2] for row in found[:6]] == [0, 0, 0, 2, 0, 1]
    assert len(found) == 12


def test_not_carried_out_stays_in_the_rate(kind: Any) -> None:
    """Two of three that are over were done; one that runs has no rate yet."""
    found = rows(experiments.completion(kind(LOG)))

    #                     n done partly not_done open rate with_sign
    assert found[0] == ("A", 3, 2, 0, 1, 0, pytest.approx(2 / 3), 1)
    assert found[1] == ("B", 1, 0, 0, 0, 1, None, 1)


def test_everything_can_be_one_group(kind: Any) -> None:
    """Without a column to group by, there is one row, also of nothing."""
    assert rows(experiments.completion(kind(LOG), by=())) == [(4, 2, 0, 1, 1, pytest.approx(2 / 3), 2)]
    assert rows(experiments.completion(kind(LOG.iloc[:0]), by=())) == [(0, 0, 0, 0, 0, None, 0)]


def test_decisions_are_counted_under_each_component(kind: Any) -> None:
    """X1 tests two components and counts under both; order is the instrument's."""
    found = rows(experiments.decision_counts(kind(LOG), kind(LINKS), components=kind(ORDER)))

    assert found == [
        ("I1", "running", "none", 1),
        ("I1", "done", "adopt", 1),
        ("I1", "done", "adapt", 1),
        ("I1", "not_done", "none", 1),
        ("E1", "done", "adapt", 1),
    ]


def test_coverage_says_how_far_each_part_has_come(kind: Any) -> None:
    """A has adopted I1 and tested E1; B has defined E1, and tests I1 undefined."""
    defined = table(
        DEFINITIONS, [{"organisation": o, "component": c} for o, c in (("A", "I1"), ("A", "I1"), ("B", "E1"))]
    )
    practices = table(PRACTICES, [{"organisation": "A", "component": "I1", "status": "in_use"}])

    found = rows(experiments.coverage(kind(defined), kind(LOG), kind(LINKS), kind(practices)))

    assert found == [
        ("A", "E1", 0, 1, 1, 0, "tested"),
        ("A", "I1", 2, 3, 2, 2, "adopted"),
        ("B", "E1", 1, 0, 0, 0, "defined"),
        ("B", "I1", 0, 1, 1, 0, "tested"),
    ]


def test_a_chain_is_followed_to_its_first_experiment(kind: Any) -> None:
    """X3 continues X2, which continues X1; X4 stands alone and is no chain."""
    found = rows(experiments.chains(kind(LOG)), "chain", "step", "experiment")

    assert found == [("X1", 1, "X1"), ("X1", 2, "X2"), ("X1", 3, "X3")]


def test_a_ring_is_refused() -> None:
    """Two experiments cannot each continue the other."""
    ring = table(EXPERIMENTS, [{"experiment": "X1", "follows": "X2"}, {"experiment": "X2", "follows": "X1"}])

    with pytest.raises(experiments.ChainError, match="X1 → X2 → X1"):
        experiments.chains(ring)


def test_no_experiments_give_empty_tables() -> None:
    """A study that has just begun is no fault."""
    none = table(EXPERIMENTS, [])

    assert rows(experiments.completion(none)) == []
    assert isinstance(experiments.chains(none), pd.DataFrame)
