from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import ENTRY_ROWS, LOG, coded
from tests.frames import rows, table
from workbench.coding.comparing import CodersError, compare
from workbench.tables import CODINGS, ENTRIES

BOTH = ("K1", "K2")
SHORT = "ab cd ef gh ij"
ONE = table(ENTRIES, [{"entry": "N1", "text": SHORT}])


def spans(*found: tuple[str, str, int, int]) -> Any:
    """Codings C1, C2 … in N1: coder, code, start, end."""
    named = [
        {"coding": f"C{n}", "entry": "N1", "coder": coder, "code": code, "start": start, "end": end}
        for n, (coder, code, start, end) in enumerate(found, 1)
    ]
    return table(CODINGS, named)


def told(*found: tuple[str, str, int, int]) -> list[tuple[Any, ...]]:
    return rows(compare(spans(*found), ONE, BOTH), "start", "end", "left", "right", "how")


def test_codings_with_the_same_ends_and_code_are_the_same() -> None:
    assert told(("K1", "TIME", 0, 5), ("K2", "TIME", 0, 5)) == [(0, 5, "C1", "C2", "same")]


def test_codings_that_share_characters_stand_beside_each_other_with_other_ends() -> None:
    assert told(("K1", "TIME", 0, 5), ("K2", "TIME", 3, 8)) == [(0, 8, "C1", "C2", "other ends")]


def test_codings_that_only_touch_are_apart() -> None:
    assert told(("K1", "TIME", 0, 2), ("K2", "TIME", 2, 5)) == [
        (0, 2, "C1", None, "left only"),
        (2, 5, None, "C2", "right only"),
    ]


def test_another_code_on_the_same_words_is_no_agreement() -> None:
    assert [row[-1] for row in told(("K1", "TIME", 0, 5), ("K2", "LEAD", 0, 5))] == ["right only", "left only"]


def test_one_long_coding_stands_beside_each_of_the_others_in_it() -> None:
    assert told(("K1", "TIME", 0, 14), ("K2", "TIME", 0, 5), ("K2", "TIME", 6, 8)) == [
        (0, 14, "C1", "C2", "other ends"),
        (0, 14, "C1", "C3", "other ends"),
    ]


def test_two_codings_that_each_have_their_like_are_not_laid_across() -> None:
    found = told(("K1", "TIME", 0, 8), ("K1", "TIME", 3, 5), ("K2", "TIME", 0, 8), ("K2", "TIME", 3, 5))

    assert [row[2:] for row in found] == [("C1", "C3", "same"), ("C2", "C4", "same")]


def test_others_codings_and_other_entries_are_left_out(kind: Any) -> None:
    codings = coded(("N1", "TIME", "ont om tid"), ("N4", "TIME", "Ont om tid"))
    codings.loc[1, "coder"] = "K3"

    found = compare(kind(codings), kind(ENTRY_ROWS), BOTH)

    assert rows(found) == [("N1", 7, 17, "TIME", "C1", None, "left only")]
    assert type(found) is type(kind(codings))


def test_places_come_in_the_order_of_the_entries_and_of_the_text() -> None:
    codings = coded(("N1", "DARE", "säga nej"), ("N1", "TIME", "ont om tid"), ("N4", "TIME", "Ont om tid"))

    assert rows(compare(codings, ENTRY_ROWS[::-1], BOTH), "entry", "start") == [
        ("N4", 0), ("N1", 7), ("N1", LOG["N1"][-1].index("säga nej")),
    ]  # fmt: skip


def test_nobody_is_compared_with_themselves() -> None:
    with pytest.raises(CodersError, match="two coders are compared"):
        compare(spans(), ONE, ("K1", "K1"))


@st.composite
def readings(draw: st.DrawFn) -> list[tuple[str, str, int, int]]:
    start = st.integers(0, len(SHORT) - 1)
    one = st.tuples(st.sampled_from(BOTH), st.sampled_from(["TIME", "LEAD"]), start, st.integers(1, 6))
    return [(who, code, at, min(at + size, len(SHORT))) for who, code, at, size in draw(st.lists(one, max_size=8))]


@given(readings())
def test_every_coding_is_laid_out_and_alone_only_where_the_other_has_none_that_meets_it(
    found: list[tuple[str, str, int, int]],
) -> None:
    own = {f"C{n}": mark for n, mark in enumerate(found, 1)}

    places = rows(compare(spans(*found), ONE, BOTH), "code", "left", "right", "how")

    assert {name for row in places for name in row[1:3] if name} == set(own)
    for code, left, right, how in places:
        who, _code, start, end = own[left or right]
        met = [m for m in own.values() if m[0] != who and m[1] == code and m[2] < end and start < m[3]]
        assert (how in {"left only", "right only"}) == (not met)
        assert (how == "same") == bool(left and right and own[left][1:] == own[right][1:])
