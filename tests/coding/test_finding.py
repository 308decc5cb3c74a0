"""Words found in the entries and shown in their context."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import CODING_ROWS, ENTRY_ROWS
from tests.frames import rows, table
from workbench.coding import find, kwic
from workbench.coding.patterns import PatternError
from workbench.tables import ENTRIES


def log(*texts: str) -> pd.DataFrame:
    return table(ENTRIES, [{"entry": f"N{k}", "text": text} for k, text in enumerate(texts)])


def quotes(*texts: str, pattern: Any, **how: Any) -> list[str]:
    return [row[0] for row in rows(find(log(*texts), pattern, **how), "quote")]


def test_every_hit_is_a_row_with_its_place_and_words(kind: Any) -> None:
    found = rows(find(kind(ENTRY_ROWS), "ont om"))

    assert found == [("N1", 7, 13, "ont om"), ("N4", 0, 6, "Ont om"), ("N4", 17, 23, "ont om")]


def test_places_are_code_points_after_an_emoji_too(kind: Any) -> None:
    """The emoji is one code point, two UTF-16 units and four bytes."""
    assert rows(find(kind(ENTRY_ROWS), "stöd")) == [("N4", 24, 28, "stöd")]


def test_words_are_whole_unless_a_star_says_otherwise() -> None:
    assert quotes("tid tiden samtid", pattern="tid") == ["tid"]
    assert quotes("tid tiden samtid", pattern="tid*") == ["tid", "tiden"]
    assert quotes("ledningsgruppen", pattern="*grupp*") == ["ledningsgruppen"]


def test_any_space_may_stand_between_words() -> None:
    assert quotes("ont\n  om tid", pattern="ont om") == ["ont\n  om"]


def test_of_several_words_any_counts() -> None:
    assert quotes("Chefen har tid.", pattern=["tid", "chef*"]) == ["Chefen", "tid"]


def test_signs_of_regular_expressions_are_only_signs_among_words() -> None:
    assert quotes("Varför? (nja) a+b", pattern=["för?", "(nja)", "a+b"]) == ["(nja)", "a+b"]


def test_a_letter_is_found_however_it_was_stored_and_is_not_another_letter() -> None:
    apart = normalize("NFD", "får")

    assert quotes(f"får {apart} far", pattern="får") == ["får", apart]
    assert quotes(f"får {apart} far", pattern=apart) == ["får", apart]
    assert quotes(f"far {apart}", pattern="far") == ["far"]


def test_capitals_count_only_where_asked() -> None:
    assert quotes("Tid tid", pattern="tid") == ["Tid", "tid"]
    assert quotes("Tid tid", pattern="tid", case=True) == ["tid"]


def test_a_regular_expression_can_be_asked_for() -> None:
    assert quotes("12 min, 7 min", pattern=r"\d+ min", regex=True) == ["12 min", "7 min"]


def test_what_matches_nothing_at_all_is_no_hit() -> None:
    assert quotes("abc", pattern="x*", regex=True) == []


@pytest.mark.parametrize("pattern", ["", " ", [], ["tid", ""]])
def test_nothing_to_search_for_is_refused(pattern: Any) -> None:
    with pytest.raises(PatternError, match="nothing to search for"):
        find(ENTRY_ROWS, pattern)


@pytest.mark.parametrize("pattern", ["(", "*", "[a", "(" * 3000 + ")" * 3000])
def test_a_faulty_expression_is_refused_with_its_fault(pattern: str) -> None:
    with pytest.raises(PatternError, match="is no regular expression"):
        find(ENTRY_ROWS, pattern, regex=True)


@pytest.mark.parametrize("pattern", ["((a{1000}){1000}){1000}", "(?:" * 25 + "a" + "){9}" * 25])
def test_an_expression_that_would_fill_the_memory_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="is too large"):
        find(ENTRY_ROWS, pattern, regex=True)


def test_an_expression_that_would_never_end_is_stopped_and_named() -> None:
    endless = r"(?:(?:a{1,1000}){1,1000}){1,1000}b"

    with pytest.raises(PatternError, match=r"took more than 1 s, at entry N1"):
        find(log("kort", "a" * 5000), endless, regex=True, seconds=1)


@given(st.text(alphabet="tid åÅ\u030aé🙂\u200d.\n", max_size=40), st.sampled_from(["tid", "å", "🙂", "t*", "i d"]))
def test_a_hit_is_the_words_at_its_place(text: str, pattern: str) -> None:
    """Whatever the text."""
    for _, start, end, quote in rows(find(log(text), pattern)):
        assert text[start:end] == quote != ""


@given(st.lists(st.sampled_from(["tid", "tiden", "å", "och", "Tid", "🙂"]), max_size=12))
def test_a_word_is_found_wherever_it_stands_whole(words: list[str]) -> None:
    """As often as splitting at spaces finds it."""
    assert len(quotes(" ".join(words), pattern="tid")) == sum(word.lower() == "tid" for word in words)


def test_a_hit_is_shown_with_who_wrote_what_around_it(kind: Any) -> None:
    """The line's end is one space, and what reads on reads on."""
    hits = find(kind(ENTRY_ROWS), "frågar inte")

    assert rows(kwic(kind(ENTRY_ROWS), hits, words=2)) == [
        ("tid. Chefen ", "frågar inte", ". Jag vågade", "N1", "A1", "P1", "T1", 26, 37)
    ]


def test_a_part_of_a_word_is_shown_in_its_word() -> None:
    (row,) = rows(kwic(ENTRY_ROWS, find(ENTRY_ROWS, "grupp", regex=True), words=1), "left", "keyword", "right")

    assert row == ("med lednings", "grupp", "en.")


def test_joint_words_have_no_person(kind: Any) -> None:
    assert rows(kwic(kind(ENTRY_ROWS), find(kind(ENTRY_ROWS), "mer tid")), "person") == [(None,)]


def test_codings_are_shown_in_context_as_hits_are(kind: Any) -> None:
    shown = rows(kwic(kind(ENTRY_ROWS), kind(CODING_ROWS)), "keyword")

    assert [re.sub(r"\s+", " ", row[0]) for row in shown] == list(CODING_ROWS["quote"])


def test_spans_of_entries_that_are_not_given_are_left_out() -> None:
    assert len(kwic(ENTRY_ROWS.iloc[:1], CODING_ROWS)) == 4
