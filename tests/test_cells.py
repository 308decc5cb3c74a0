"""Small cells: from all that is shown, nobody can work out what is not."""

from __future__ import annotations

import datetime as dt
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.about import About, make_about
from workbench.access.cells import CELL, Least, agreed_spread, network_spread, own_spread
from workbench.reading import read_mapping

from .tiny import DEMO

AFTER = dt.date(2025, 3, 1)
OCCASIONS = pd.DataFrame({"occasion": ["T1"], "number": [1], "ends": pd.to_datetime(["2025-02-06"])})
LEAST = Least(people=4)


def rate(people: dict[str, list[int]], *, basis: str = "individual", component: str = "I3") -> pd.DataFrame:
    """Make ratings of one component: the levels of each organisation's people."""
    rows = [
        {
            "organisation": name,
            "person": f"{name}-{number}" if basis == "individual" else None,
            "level": level,
            "missing": None,
        }
        for name, levels in people.items()
        for number, level in enumerate(levels)
    ]
    table = pd.DataFrame(rows, columns=["organisation", "person", "level", "missing"])
    table = table.assign(occasion="T1", component=component, frame="now", basis=basis)
    return table.astype({"level": "Int64", "person": "str", "organisation": "str"})


def why(table: pd.DataFrame) -> list[str]:
    return list(table["why"])


def test_an_organisation_s_spread_is_shown_to_it_from_the_fewest_people_up() -> None:
    shown = own_spread(rate({"A1": [1, 1, 2, 5]}), OCCASIONS, "A1", LEAST, day=AFTER)
    held = own_spread(rate({"A1": [1, 1, 2]}), OCCASIONS, "A1", LEAST, day=AFTER)

    assert list(shown.shown["count"]) == [0, 2, 1, 0, 0, 1]
    assert shown.withheld.empty
    assert held.shown.empty
    assert why(held.withheld) == ["few people"]


def test_what_is_withheld_does_not_say_how_many_there_are() -> None:
    held = own_spread(rate({"A1": [1, 1, 2]}), OCCASIONS, "A1", LEAST, day=AFTER)

    assert list(held.withheld) == [*CELL, "why"]


def test_the_network_is_shown_from_three_organisations_up() -> None:
    three = network_spread(rate({"A1": [1, 1], "A2": [2], "A3": [3]}), OCCASIONS, LEAST, day=AFTER)
    two = network_spread(rate({"A1": [1, 1, 1, 1], "A2": [2, 2, 2, 2]}), OCCASIONS, LEAST, day=AFTER)

    assert list(three.shown["count"]) == [0, 2, 1, 1, 0, 0]
    assert why(two.withheld) == ["few organisations"]


def test_the_network_is_withheld_when_taking_away_what_is_shown_would_leave_a_few() -> None:
    people = {"A1": [1, 1, 1, 1], "A2": [2, 2, 2, 2], "A3": [5, 5, 5]}

    assert why(network_spread(rate(people), OCCASIONS, LEAST, day=AFTER).withheld) == ["isolates"]


def test_agreed_levels_are_shown_together_from_three_organisations_up() -> None:
    three = rate({"A1": [1], "A2": [2], "A3": [2]}, basis="consensus")

    assert list(agreed_spread(three, OCCASIONS, LEAST, day=AFTER).shown["count"]) == [0, 1, 2, 0, 0, 0]
    two = agreed_spread(three[three["organisation"] != "A3"], OCCASIONS, LEAST, day=AFTER)
    assert why(two.withheld) == ["few organisations"]


def test_nothing_is_counted_while_answers_still_come_in() -> None:
    ratings = rate({name: [1, 2, 3, 4] for name in ("A1", "A2", "A3")})
    meeting = dt.date(2025, 2, 6)

    assert why(own_spread(ratings, OCCASIONS, "A1", LEAST, day=meeting).withheld) == ["open"]
    assert why(network_spread(ratings, OCCASIONS, LEAST, day=meeting).withheld) == ["open"]
    agreed = rate({name: [1] for name in ("A1", "A2", "A3")}, basis="consensus")
    assert why(agreed_spread(agreed, OCCASIONS, LEAST, day=meeting).withheld) == ["open"]


network = st.dictionaries(
    st.sampled_from(["A1", "A2", "A3", "A4", "A5"]), st.lists(st.integers(0, 5), max_size=7), max_size=5
)
networks = st.lists(network, min_size=1, max_size=12)
few_but_large = settings(max_examples=15)  # each example is a dozen networks, one a component
Shown = tuple[dict[str, list[int]], list[str], bool]


def released(cases: list[dict[str, list[int]]], least: Least) -> list[Shown]:
    """Tell for each network who answered, whose own spread is shown, and whether the network's is."""
    ratings = pd.concat([rate(people, component=f"C{number}") for number, people in enumerate(cases)])
    names = sorted({name for people in cases for name in people})
    own = {name: components(own_spread(ratings, OCCASIONS, name, least, day=AFTER).shown) for name in names}
    together = components(network_spread(ratings, OCCASIONS, least, day=AFTER).shown)
    return [
        (people, [name for name in people if f"C{number}" in own[name]], f"C{number}" in together)
        for number, people in enumerate(cases)
    ]


def components(shown: pd.DataFrame) -> set[str]:
    return set(shown["component"])


@few_but_large
@given(cases=networks, fewest=st.integers(3, 6))
def test_subtracting_what_is_shown_never_isolates_a_few(cases: list[dict[str, list[int]]], fewest: int) -> None:
    for people, own, together in released(cases, Least(fewest)):
        total = sum(map(len, people.values()))
        taken = chain.from_iterable(combinations(own, size) for size in range(len(own) + 1)) if together else []
        left = {total - sum(len(people[name]) for name in some) for some in taken}

        assert all(len(people[name]) >= fewest for name in own)
        assert all(number == 0 or number >= fewest for number in left)


@few_but_large
@given(cases=networks, fewest=st.integers(3, 6))
def test_no_sum_of_what_is_shown_gives_an_organisation_that_is_not(
    cases: list[dict[str, list[int]]], fewest: int
) -> None:
    """An organisation's counts can be worked out only if its row lies in the span of the rows that are shown."""
    for people, own, together in released(cases, Least(fewest)):
        names = [name for name, levels in people.items() if levels]
        rows = [[float(name == other) for other in names] for name in own] + ([[1.0] * len(names)] if together else [])

        for hidden in set(names) - set(own):
            target = [float(name == hidden) for name in names]
            assert rank([*rows, target]) == rank(rows) + 1


def rank(rows: list[list[float]]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows))) if rows else 0


@few_but_large
@given(people=network)
def test_what_is_shown_is_what_was_answered(people: dict[str, list[int]]) -> None:
    shown = network_spread(rate(people), OCCASIONS, LEAST, day=AFTER).shown
    levels = [level for levels in people.values() for level in levels]

    assert shown.empty or list(shown["count"]) == [levels.count(level) for level in range(6)]


def about(**more: object) -> tuple[About | None, list[str]]:
    made, faults = make_about(read_mapping(DEMO / "study.toml")[0] | more)
    return made, [fault.column for fault in faults]


def test_a_study_says_itself_how_many_people_are_enough() -> None:
    made, _ = about()
    own, _ = about(smallest_group=7)

    assert made and Least.of(made) == Least(5, 3)
    assert own and Least.of(own) == Least(7, 3)


@pytest.mark.parametrize("people", [2, 0, -1, "5", True])
def test_fewer_than_three_are_never_enough(people: object) -> None:
    assert about(smallest_group=people) == (None, ["smallest_group"])
