"""What a coder may see of another's reading, case by case."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import tiny_study
from workbench.access.blind import Blind, blind_entries
from workbench.records import Record

CLOSED = "2025-04-02T09:00:00Z"


def round_row(code: str, closed: str | None) -> Record:
    return {"round": code, "title": code, "question": None, "opened": CLOSED, "closed": closed}


def assigned(code: str, entry: str, coder: str, finished: str | None = None) -> Record:
    return {"round": code, "entry": entry, "coder": coder, "finished": finished}


# who looks, the rounds' ends, who is assigned what; whether K1's reading of N1 is seen
CASES: dict[str, tuple[str, dict[str, str | None], list[tuple[str, str, str]], bool]] = {
    "no round": ("K2", {}, [], True),
    "a round of other entries": ("K2", {"Q1": None}, [("Q1", "N2", "K1"), ("Q1", "N2", "K2")], True),
    "an open round, a coder of it": ("K2", {"Q1": None}, [("Q1", "N1", "K1"), ("Q1", "N1", "K2")], False),
    "an open round, one not in it": ("K9", {"Q1": None}, [("Q1", "N1", "K1"), ("Q1", "N1", "K2")], False),
    "an open round, the reader's own": ("K1", {"Q1": None}, [("Q1", "N1", "K1"), ("Q1", "N1", "K2")], True),
    "an open round, read by one not in it": ("K2", {"Q1": None}, [("Q1", "N1", "K2"), ("Q1", "N1", "K3")], False),
    "a closed round": ("K2", {"Q1": CLOSED}, [("Q1", "N1", "K1"), ("Q1", "N1", "K2")], True),
    "one closed, one open": (
        "K2", {"Q1": CLOSED, "Q2": None}, [("Q1", "N1", "K1"), ("Q1", "N1", "K2"), ("Q2", "N1", "K3")], False,
    ),
    "a round that nobody knows": ("K2", {}, [("Q7", "N1", "K1")], False),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_reading_is_seen_only_when_nothing_forbids_it(name: str) -> None:
    coder, ends, told, seen = CASES[name]
    rounds = [round_row(code, closed) for code, closed in ends.items()]
    blind = Blind(coder, blind_entries(rounds, [assigned(*one) for one in told]))
    coding: Record = {"coding": "C1", "entry": "N1", "coder": "K1"}
    memo: Record = {"memo": "M1", "entry": "N1", "author": "K1"}

    assert blind.sees("N1", "K1") is seen
    assert bool(blind.seen([coding])) is seen
    assert bool(blind.seen([memo])) is seen


ROUNDS = st.dictionaries(st.sampled_from(["Q1", "Q2", "Q3"]), st.sampled_from([None, CLOSED]))
PEOPLE, ENTRIES = st.sampled_from(["K1", "K2", "K9", "rule: tid", "agreed"]), st.sampled_from(["N1", "N2", "N3"])
ASSIGNED = st.lists(st.tuples(st.sampled_from(["Q1", "Q2", "Q3", "Q4"]), ENTRIES, PEOPLE), max_size=8)


@given(ends=ROUNDS, told=ASSIGNED, codings=st.lists(st.tuples(ENTRIES, PEOPLE), max_size=12), coder=PEOPLE)
def test_of_any_codings_in_any_rounds_only_own_ones_and_those_of_closed_entries_are_seen(
    ends: dict[str, str | None], told: list[tuple[str, str, str]], codings: list[tuple[str, str]], coder: str
) -> None:
    blind = Blind(coder, blind_entries([round_row(*one) for one in ends.items()], [assigned(*one) for one in told]))
    rows: list[Record] = [{"coding": str(at), "entry": entry, "coder": who} for at, (entry, who) in enumerate(codings)]
    seen = blind.seen(rows)
    frame = blind.frame("codings", pd.DataFrame(rows, columns=["coding", "entry", "coder"]))

    still = {entry for code, entry, _ in told if not ends.get(code)}
    assert all(row["coder"] == coder or row["entry"] not in still for row in seen)
    assert all(row in seen for row in rows if row["coder"] == coder or row["entry"] not in still)
    assert frame["coding"].to_list() == [row["coding"] for row in seen]


def test_who_is_done_still_sees_nobody_else_s_reading() -> None:
    rows = [assigned("Q1", "N1", "K1", CLOSED), assigned("Q1", "N1", "K2", CLOSED)]

    assert not Blind("K2", blind_entries([round_row("Q1", None)], rows)).sees("N1", "K1")


def test_a_memo_about_no_entry_is_everybody_s() -> None:
    assert Blind("K2", frozenset({"N1"})).seen([{"memo": "M1", "entry": None, "author": "K1"}])


def test_of_a_study_only_the_readings_of_blind_entries_go_and_the_log_with_them() -> None:
    study = tiny_study()
    seen = Blind("K2", frozenset({"N1"})).study(study)

    assert seen.codings["coding"].to_list() == ["C2"]
    assert seen.entries.equals(study.entries)
    assert seen.events.empty
    assert Blind("K1", frozenset({"N1"})).study(study).codings.equals(study.codings)
    assert Blind("K2").study(study) is study
