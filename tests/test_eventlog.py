"""The log of a live study, told without any database: what the chain sees, what the fold gives."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import tiny_study
from workbench.errors import WorkbenchError
from workbench.eventlog import START, event_hash, fold, history_of, pack, row_names, unpack
from workbench.records import Record, records_frame
from workbench.tables import EVENTS, TABLES

FOCUS = TABLES["focus"]
EVENT: Record = {
    "sequence": 1,
    "at": "2025-02-05T10:00:00Z",
    "actor": "K1",
    "act": "code span",
    "concerns": None,
    "objects": "{}",
    "before": None,
    "after": '{"focus":{"columns":["_place"],"rows":[[1]]}}',
    "reason": None,
    "hash": "",
}
ROWS = st.lists(st.tuples(st.integers(0, 9), st.text(max_size=3), st.text(max_size=3)), max_size=4)


def told(sequence: int, before: list[Any], after: list[Any], act: str = "change") -> Record:
    at = f"2025-02-05T10:00:0{sequence}Z"
    sides = {"before": pack({"focus": before}), "after": pack({"focus": after})}
    return {**EVENT, **sides, "sequence": sequence, "act": act, "at": at}


def log(*events: Record) -> pd.DataFrame:
    return records_frame(EVENTS, events)


@pytest.mark.parametrize("name", [name for name in EVENT if name != "hash"])
def test_the_hash_sees_every_part_of_an_event(name: str) -> None:
    changed = {**EVENT, name: 2 if name in {"sequence", "concerns"} else f"{EVENT[name]} "}

    assert event_hash(changed, START) != event_hash(EVENT, START)


def test_the_hash_sees_the_hash_before() -> None:
    assert event_hash(EVENT, "1" * 64) != event_hash(EVENT, START)


def test_words_that_wander_between_parts_change_the_hash() -> None:
    assert event_hash({**EVENT, "actor": "K", "act": "1code span"}, START) != event_hash(EVENT, START)


def test_nothing_and_the_sign_for_nothing_do_not_hash_alike() -> None:
    assert event_hash({**EVENT, "before": "-"}, START) != event_hash({**EVENT, "before": None}, START)


@given(ROWS)
def test_rows_come_back_from_the_log_as_they_went_in(rows: list[Any]) -> None:
    assert unpack(pack({"focus": rows})) == ({"focus": rows} if rows else {})


def test_an_older_event_lacks_what_came_later_and_keeps_what_is_still_there() -> None:
    older = '{"focus":{"columns":["_place","colour","component","occasion"],"rows":[[7,"red","I3","T1"]]},"gone":{}}'

    assert unpack(older) == {"focus": [(7, "T1", "I3")]}
    assert unpack('{"focus":{"columns":["_place","occasion"],"rows":[[7,"T1"]]}}') == {"focus": [(7, "T1", None)]}


def test_the_fold_adds_changes_and_removes() -> None:
    events = [
        told(1, [], [(1, "T1", "I3"), (2, "T2", "I3")]),
        told(2, [(1, "T1", "I3")], []),
        told(3, [(2, "T2", "I3")], [(2, "T2", "I4")]),
    ]

    assert fold(events)["focus"] == {("T2", "I4"): (2, "T2", "I4")}
    assert fold(events[:1])["focus"] == {("T1", "I3"): (1, "T1", "I3"), ("T2", "I3"): (2, "T2", "I3")}


def test_a_study_is_shown_as_it_was_at_a_moment_and_after_an_event() -> None:
    events = log(told(1, [], [(2, "T2", "I3"), (1, "T1", "I3")]), told(2, [(1, "T1", "I3")], []))
    study = tiny_study().with_frames({**tiny_study().frames, "events": events})

    moment = dt.datetime(2025, 2, 5, 10, 0, 1, tzinfo=dt.UTC)
    for when in (1, moment, moment + dt.timedelta(microseconds=999_999)):
        was = study.as_of(when)
        assert was.focus["occasion"].to_list() == ["T1", "T2"]  # in the order of their places
        assert was.events["sequence"].to_list() == [1]
        assert was.people.empty
    assert study.as_of(2).focus["occasion"].to_list() == ["T2"]


@pytest.mark.parametrize("when", [0, 2, dt.datetime(2025, 2, 5, 10, tzinfo=dt.UTC), dt.datetime(2025, 2, 6)])  # noqa: DTZ001
def test_a_moment_that_cannot_be_shown_is_told_why(when: dt.datetime | int) -> None:
    study = tiny_study().with_frames({**tiny_study().frames, "events": log(told(1, [], [(1, "T1", "I3")]))})

    with pytest.raises(WorkbenchError, match="Cure"):
        study.as_of(when)


def test_a_study_without_a_log_says_so() -> None:
    with pytest.raises(WorkbenchError, match="no log"):
        tiny_study().as_of(1)


def test_the_history_of_a_row_tells_each_column_before_and_after() -> None:
    names = row_names(TABLES["focus"])
    events = log(
        told(1, [], [(1, "T1", "I3")], "add"), told(2, [(1, "T1", "I3")], [], "remove"), told(3, [], [(9, "T2", "I3")])
    )

    history = history_of(events, "focus", "T1", "I3")

    assert names == ("_place", "occasion", "component")
    assert history[["sequence", "act", "column"]].to_numpy().tolist() == [
        [1, "add", "occasion"], [1, "add", "component"], [2, "remove", "occasion"], [2, "remove", "component"],
    ]  # fmt: skip
    assert history["after"].fillna("(none)").to_list() == ["T1", "I3", "(none)", "(none)"]
    assert history["before"].isna().to_list() == [True, True, False, False]
    assert str(history["at"].dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize("when", [dt.date(2025, 2, 5), "yesterday", True, None])
def test_what_is_neither_a_moment_nor_a_number_is_refused(when: Any) -> None:
    with pytest.raises(WorkbenchError, match="Cure: give a datetime"):
        tiny_study().as_of(when)


def test_history_says_which_tables_and_keys_there_are() -> None:
    with pytest.raises(WorkbenchError, match="Cure: name one of organisations"):
        tiny_study().history("mandates", "M1")
    with pytest.raises(WorkbenchError, match="A key of focus is occasion, component; 1 given"):
        tiny_study().history("focus", "T1")
