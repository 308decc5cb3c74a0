"""Codings over time, on texts short enough to read."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.frames import KINDS, rows, table
from workbench import coding
from workbench.tables import CODES, CODINGS, ENTRIES, OCCASIONS

TEXTS = {
    "N1": ("P1", "T1", "We lack time for this work at home."),
    "N2": ("P1", "T2", "We lack time for this work at home. The manager asked twice."),
    "N3": ("P2", "T2", "We lack time for this work at home."),
}
ENTRY_ROWS = table(
    ENTRIES,
    [
        {
            "entry": entry,
            "organisation": "A",
            "person": person,
            "occasion": occasion,
            "kind": "reflection",
            "component": "I3",
            "text": text,
            "written": pd.Timestamp(f"2025-0{occasion[1]}-01", tz="UTC"),
        }
        for entry, (person, occasion, text) in TEXTS.items()
    ],
)
OCCASION_ROWS = table(OCCASIONS, [{"occasion": f"T{k}", "number": k} for k in (1, 2, 3)])


def coded(*marks: tuple[str, str, str]) -> pd.DataFrame:
    """Codings by K1 of quotes in `TEXTS`: entry, code, quote."""
    spans = [(entry, code, quote, TEXTS[entry][2].index(quote)) for entry, code, quote in marks]
    return table(
        CODINGS,
        [
            {
                "coding": f"C{k}",
                "entry": entry,
                "code": code,
                "quote": quote,
                "start": start,
                "end": start + len(quote),
                "coder": "K1",
            }
            for k, (entry, code, quote, start) in enumerate(spans)
        ],
    )


CODING_ROWS = coded(
    ("N1", "TIME", "lack time"), ("N2", "TIME", "lack time"), ("N2", "LEAD", "The manager asked twice."),
    ("N2", "ASK", "asked twice"), ("N3", "TIME", "lack time"), ("N3", "TIME", "this work"),
)  # fmt: skip


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Any:
    """Turn a pandas frame into the kind of frame under test."""
    return KINDS[request.param]


def test_the_previous_entry_is_the_same_authors(kind: Any) -> None:
    """N3 says the same as N1, but another person wrote it."""
    assert rows(coding.previous_entries(kind(ENTRY_ROWS))) == [("N1", None), ("N2", "N1"), ("N3", None)]


def test_a_quote_that_stood_there_before_is_repeated(kind: Any) -> None:
    """Only the first quote of N2 stood in N1."""
    found = rows(coding.repeated_codings(kind(ENTRY_ROWS), kind(CODING_ROWS)), "coding", "repeated")

    assert [name for name, repeated in found if repeated] == ["C1"]


def test_copied_words_are_counted_in_runs(kind: Any) -> None:
    """Eight of N2's twelve words are N1's, in one run."""
    found = rows(coding.copied_share(kind(ENTRY_ROWS)))

    assert found[1] == ("N2", "N1", 12, 8, pytest.approx(2 / 3))
    assert found[2] == ("N3", None, 8, 0, 0.0)


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=4, max_size=30))
def test_a_text_handed_in_twice_is_wholly_copied(words: list[str]) -> None:
    """Whatever the words."""
    twice = pd.concat([ENTRY_ROWS.iloc[:1], ENTRY_ROWS.iloc[1:2]]).assign(text=" ".join(words))

    assert rows(coding.copied_share(twice), "share") == [(0.0,), (1.0,)]


def test_a_code_counts_once_in_an_entry_and_on_new_text_only(kind: Any) -> None:
    """At T2 TIME is new only in N3, where it stands twice: one of two entries."""
    found = rows(coding.code_shares(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS)))

    assert [row for row in found if row[1] == "TIME"] == [
        ("T1", "TIME", 1, 1, 1.0),
        ("T2", "TIME", 1, 2, 0.5),
        ("T3", "TIME", 0, 0, None),
    ]


def test_all_text_can_be_asked_for(kind: Any) -> None:
    """With the repeated text, TIME is in both entries of T2."""
    found = rows(coding.code_shares(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS), new_text_only=False))

    assert ("T2", "TIME", 2, 2, 1.0) in found


def test_families_are_counted_as_one(kind: Any) -> None:
    """LEAD and ASK belong to COND: one entry, not two."""
    codes = table(CODES, [{"code": "COND"}, {"code": "LEAD", "parent": "COND"}, {"code": "ASK", "parent": "LEAD"}])
    top = coding.families(kind(codes))

    found = rows(coding.code_shares(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS), families=top))

    assert top == {"COND": "COND", "LEAD": "COND", "ASK": "COND"}
    assert ("T2", "COND", 1, 2, 0.5) in found


def test_another_coders_codes_can_be_left_out(kind: Any) -> None:
    """K2 has coded nothing."""
    assert rows(coding.code_shares(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(OCCASION_ROWS), coder="K2")) == []


def test_codes_in_the_same_entry_come_together(kind: Any) -> None:
    """All three codes are in N2, out of three entries: LEAD and ASK only there, so their lift is 3."""
    found = rows(coding.co_occurrence(kind(CODING_ROWS), minimum=1))

    assert found == [
        ("ASK", "LEAD", "entry", 1, 1, 1, 1, 3, 3.0),
        ("ASK", "TIME", "entry", 1, 1, 1, 3, 3, 1.0),
        ("LEAD", "TIME", "entry", 1, 1, 1, 3, 3, 1.0),
    ]


def test_overlap_is_measured_on_the_text(kind: Any) -> None:
    """Only ASK (11 code points) lies in LEAD (24); 60 code points are coded in all."""
    (row,) = rows(coding.co_occurrence(kind(CODING_ROWS), unit="overlap", minimum=1))

    assert row == ("ASK", "LEAD", "overlap", 1, 11, 11, 24, 60, pytest.approx(11 * 60 / (11 * 24)))


def test_an_entry_that_two_have_coded_counts_once(kind: Any) -> None:
    """K2 reads N2 too, and sees TIME where K1 saw LEAD: one entry with both, three coded in all."""
    second = coded(("N2", "TIME", "home")).assign(coder="K2", coding="C9")

    found = rows(coding.co_occurrence(kind(pd.concat([CODING_ROWS, second])), minimum=1))

    assert ("LEAD", "TIME", "entry", 1, 1, 1, 3, 3, 1.0) in found


def test_two_coders_readings_of_an_entry_are_joined() -> None:
    """K1 saw LEAD in N2 and K2 saw TIME: they come together in the entry."""
    two = CODING_ROWS.assign(coder=["K1", "K2", "K1", "K1", "K1", "K1"])

    found = rows(coding.co_occurrence(two, minimum=1), "code_a", "code_b", "count", "total")

    assert ("LEAD", "TIME", 1, 3) in found


def test_rare_pairs_are_left_out(kind: Any) -> None:
    """Nothing comes together twice here."""
    assert rows(coding.co_occurrence(kind(CODING_ROWS))) == []


def test_two_coders_codes_never_overlap_each_other() -> None:
    """Agreement is another question than co-occurrence."""
    two = CODING_ROWS.assign(coder=["K1", "K1", "K1", "K2", "K1", "K1"])

    assert rows(coding.co_occurrence(two, unit="overlap", minimum=1)) == []
