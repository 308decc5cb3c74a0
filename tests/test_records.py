"""Rows as records: what is kept as it is, and what is refused with its cure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import tiny_study
from workbench.columns import Column
from workbench.records import GREATEST, frame_records, make_record, records_frame, storable
from workbench.tables import CODINGS, CONSENTS, ENTRIES, TABLES

FIRST, LAST = dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1)  # noqa: DTZ001  hypothesis adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC))
KEPT_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": KEPT_TEXT,
    "text": KEPT_TEXT,
    "choice": KEPT_TEXT,
    "whole": st.integers(-GREATEST, GREATEST),
    "date": st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
    "time": MOMENTS,
    "truth": st.booleans(),
}


def values_of(column: Column) -> st.SearchStrategy[Any]:
    return VALUES[column.kind] | st.none()


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_what_a_record_holds_comes_back_from_a_frame_unchanged(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    given_values = {column.name: data.draw(values_of(column)) for column in table.columns}
    record, faults = make_record(table, given_values)

    again, more = frame_records(table, records_frame(table, [record]))

    assert (faults, more, again) == ([], [], [record])


def test_a_frame_of_a_study_becomes_the_same_frame_again() -> None:
    study = tiny_study()
    for name, table in TABLES.items():
        frame = getattr(study, name)
        records, faults = frame_records(table, frame)
        assert faults == []
        pd.testing.assert_frame_equal(records_frame(table, records), frame)


def test_plain_pandas_values_are_taken_as_what_they_are() -> None:
    plain = pd.DataFrame(
        {
            "person": ["P-1", "P-2"],
            "purpose": ["take_part", "take_part"],
            "given": [True, False],
            "decided": pd.to_datetime(["2025-02-05", "2025-02-06"]),
            "information": ["1", "1"],
        }
    )

    records, faults = frame_records(CONSENTS, plain)

    assert faults == []
    assert [(record["given"], record["decided"]) for record in records] == [(True, "2025-02-05"), (False, "2025-02-06")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("start", "3"),
        ("start", 2.5),
        ("start", True),
        ("coded", "2025-02-05"),
        ("coded", dt.datetime(2025, 2, 5, 10, 0)),  # noqa: DTZ001  without its time zone, which is the point
        ("coded", "soon"),
        ("quote", "half a pair \ud83d"),
        ("quote", "nul \x00"),
        ("quote", 3),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_is_wanted(column: str, value: object) -> None:
    record, faults = make_record(CODINGS, {column: value})

    assert record[column] is None
    assert [(fault.column, "must be" in fault.rule) for fault in faults] == [(column, True)]


def test_a_moment_is_kept_in_utc_whatever_zone_it_came_in() -> None:
    stockholm = dt.timezone(dt.timedelta(hours=2))

    record, _ = make_record(CODINGS, {"coded": dt.datetime(2025, 6, 1, 12, 0, tzinfo=stockholm)})

    assert record["coded"] == "2025-06-01T10:00:00Z"


def test_an_unknown_column_is_named_with_those_there_are() -> None:
    _, faults = make_record(ENTRIES, {"txet": "ord"})

    assert [(fault.column, "text" in fault.rule) for fault in faults] == [("txet", True)]


def test_all_faults_of_a_frame_are_told_with_their_rows() -> None:
    frame = pd.DataFrame({"entry": ["N1", "N2"], "start": ["0", "noll"], "end": ["3", "4"], "quote": ["a\x00", "b"]})

    _, faults = frame_records(CODINGS, frame)

    assert {(fault.row, fault.column) for fault in faults} == {(3, "start"), (2, "quote")}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_without_nul_or_half_a_pair_can_be_stored(text: str) -> None:
    assert storable(text)
    assert not storable(text + "\x00")
    assert not storable("\udc00" + text)
