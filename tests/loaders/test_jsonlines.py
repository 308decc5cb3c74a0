"""Rows as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.jsonlines import read_jsonlines

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def rows(text: str) -> list[tuple[int, list[str]]]:
    [grid] = read_jsonlines(text.encode()).grids
    return [(number, list(cells)) for number, cells in grid.rows]


@given(st.dictionaries(TEXT, TEXT, min_size=1), st.sampled_from(["escaped", ""]))
def test_every_value_comes_back_character_for_character(values: dict[str, str], escaped: str) -> None:
    found = rows(json.dumps(values, ensure_ascii=bool(escaped)))
    cells = [value.replace("\r\n", "\n").replace("\r", "\n") for value in values.values()]

    assert found == [(0, list(values)), *([(1, cells)] if any(cells) else [])]


def test_an_object_with_nothing_in_it_is_no_row() -> None:
    assert rows('{}\n{"a": ""}\n{"a": null}\n{"a": "1"}\n') == [(0, ["a"]), (4, ["1"])]


def test_the_heading_is_every_key_in_order_of_appearance() -> None:
    assert rows('{"a": "1"}\n\n{"b": "2", "a": null}\n') == [(0, ["a", "b"]), (1, ["1", ""]), (3, ["", "2"])]


def test_a_list_of_objects_is_read_too() -> None:
    reading = read_jsonlines(b'[{"a": "x"},\n {"a": "y"}, "z"]')

    assert reading.kind == "json"
    assert list(reading.grids[0].rows) == [(0, ["a"]), (1, ["x"]), (2, ["y"])]
    assert [(one.row, one.found) for one in reading.problems] == [(3, "z")]


def test_numbers_stand_as_they_stood_and_what_is_nested_is_json() -> None:
    text = '{"a": 1e400, "b": 0.10, "c": 12345678901234567890, "d": {"å": [1.50, "é", null, true]}, "e": true}'

    assert rows(text)[1][1] == ["1e400", "0.10", "12345678901234567890", '{"å":[1.50,"é",null,true]}', "true"]


@pytest.mark.parametrize(
    "line",
    [
        "[1]", '"x"', '{"a": 1', '{"a": 1, "a": 2}', '{"b": {"a": 1, "a": 2}}', '{"a": NaN}', '{"a": "\\ud800"}',
        '{"\\u0000": 1}', '{"a": ' * 5_000, '{"a": ' + "[" * 900 + "]" * 900 + "}",
    ],
)  # fmt: skip
def test_a_line_that_is_no_object_is_refused_and_the_others_stay(line: str) -> None:
    reading = read_jsonlines(f'{{"a": "first"}}\n{line}\n{{"a": "last"}}\n'.encode())

    assert [cells for _, cells in reading.grids[0].rows] == [["a"], ["first"], ["last"]]
    assert [(one.row, one.weight) for one in reading.problems] == [(2, "refused")]
    assert all(len(one.found) <= 60 for one in reading.problems)


@pytest.mark.parametrize("text", ["Hej!", "[1, 2", "[]", "{}", "[{}, {}]", '["x"]', "{}}", "[" * 100_000])
def test_what_holds_no_object_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_jsonlines(text.encode())


def test_objects_with_nothing_in_common_are_no_table() -> None:
    """A small file must not become a table of a hundred million empty cells."""
    with pytest.raises(UnreadableError, match="10000 objects have 10000 names"):
        read_jsonlines("\n".join(f'{{"{number}": 1}}' for number in range(10_000)).encode())
