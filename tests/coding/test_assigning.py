"""Entries shared out among coders."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.assigning import RosterError, assign_evenly


@given(
    entries=st.lists(st.text("abcd", min_size=1, max_size=3), max_size=40),
    count=st.integers(1, 6),
    data=st.data(),
    seed=st.integers(),
)
def test_every_entry_has_as_many_coders_as_it_is_to_have_and_shares_differ_by_one_at_most(
    entries: list[str], count: int, data: st.DataObject, seed: int
) -> None:
    coders = [f"K{number}" for number in range(count)]
    each = data.draw(st.integers(1, count))
    given_ = assign_evenly(entries, coders, each=each, seed=seed)
    shares = Counter(dict.fromkeys(coders, 0))
    shares.update(coder for some in given_.values() for coder in some)

    assert list(given_) == list(dict.fromkeys(entries))
    assert all(len(set(some)) == len(some) == each for some in given_.values())
    assert max(shares.values()) - min(shares.values()) <= 1
    assert assign_evenly(entries, coders[::-1], each=each, seed=seed) == given_


def test_two_of_three_coders_read_together_about_equally_often() -> None:
    given_ = assign_evenly([f"N{number}" for number in range(60)], ["K1", "K2", "K3"], seed=7)
    pairs = Counter(tuple(some) for some in given_.values())

    assert {pairs[pair] for pair in combinations(["K1", "K2", "K3"], 2)} == {20}


def test_another_seed_shares_out_otherwise() -> None:
    entries = [f"N{number}" for number in range(20)]
    assert assign_evenly(entries, ["K1", "K2", "K3"], seed=1) != assign_evenly(entries, ["K1", "K2", "K3"], seed=2)


@pytest.mark.parametrize("each", [0, 3])
def test_nobody_can_be_found_where_there_are_too_few(each: int) -> None:
    with pytest.raises(RosterError, match="name more coders"):
        assign_evenly(["N1"], ["K1", "K2"], each=each, seed=1)
