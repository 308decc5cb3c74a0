from __future__ import annotations

import pandas as pd
import pytest

from tests.tiny import DEMO
from workbench.checks import Gaps, broken_by, check_values
from workbench.opening import open_study
from workbench.rules import RULES, Frames, Rule, rules_for
from workbench.tables import RATINGS


def _only_read(rule: Rule, frames: Frames) -> Frames:
    asked = {table.name: set(table.key) for table, _ in rule.reads}
    for table, column in rule.reads:
        asked[table.name].add(column)
    return {name: frames[name][sorted(columns)] for name, columns in asked.items()}


@pytest.fixture(scope="module")
def frames() -> Frames:
    return open_study(DEMO).frames


@pytest.mark.parametrize("number", range(len(RULES) + 1))
def test_a_rule_reads_no_more_than_it_says(number: int, frames: Frames) -> None:
    """An act is judged by frames that hold only these columns and the keys."""
    rule = rules_for([])[number]

    assert [str(fault) for fault in rule.find(_only_read(rule, frames))] == [str(fault) for fault in rule.find(frames)]


@pytest.mark.parametrize("level", [0, 5])
def test_the_ends_of_a_range_are_allowed(level: int) -> None:
    assert broken_by(RATINGS["level"], level) is None


@pytest.mark.parametrize("level", [-1, 6])
def test_beyond_a_range_the_rule_is_told(level: int) -> None:
    assert broken_by(RATINGS["level"], level) == ("allowed is 0 to 5", "mend the number")


def test_each_row_with_a_value_that_is_not_allowed_is_named(frames: Frames) -> None:
    ratings = frames["ratings"].iloc[:3].assign(frame=pd.Series(["now", "later", "later"], dtype="str"))

    found = [fault for fault in check_values(RATINGS, ratings, Gaps.of([])) if fault.column == "frame"]

    assert [(fault.row, fault.found) for fault in found] == [(3, "later"), (4, "later")]
