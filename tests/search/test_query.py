"""What people write to look for something, and what they are told when it cannot be understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.search.parsing import parse_query
from workbench.search.query import QueryError, words_sought

SIGNS = st.text(st.sampled_from('abå "”«*-|(),5\n🙂^:+{}near('), max_size=25)


def said(query: str) -> list[tuple[str, str]]:
    return [(word.form, word.how) for word in words_sought(parse_query(query))]


def test_words_phrases_and_parts_of_words_are_told_apart() -> None:
    assert said('Lärande "säga nej" innov* *ledning* inn*tion') == [
        ("lärande", "any form"),
        ("säga", "exact"),
        ("nej", "exact"),
        ("innov*", "pattern"),
        ("*ledning*", "pattern"),
        ("inn*tion", "pattern"),
    ]


def test_a_minus_says_what_to_be_without_and_a_hyphen_is_part_of_a_word() -> None:
    items = parse_query('e-post -chef -"säga nej" - x')

    assert [(item.said, item.without) for item in items] == [
        ("e-post", False), ("chef", True), ('"säga nej"', True), ("x", False),
    ]  # fmt: skip


def test_either_of_several_ways_is_one_item() -> None:
    (item,) = parse_query('chef | ledare | "den som styr"')

    assert len(item.ways) == 3


@pytest.mark.parametrize("query", ["near(tid möte, 5)", "NEAR(tid, möte, 5)", "nära(tid möte,5 )"])
def test_near_has_words_and_a_distance(query: str) -> None:
    (item,) = parse_query(query)

    assert [way.distance for way in item.ways if hasattr(way, "distance")] == [5]
    assert said(query) == [("tid", "any form"), ("möte", "any form")]


@pytest.mark.parametrize("query", ["it's a:b ^c {x} + AND (NOT) *", "100 % (ca)", "c++ & co; \\ ' --", "text:chef"])
def test_signs_of_ordinary_text_stand_for_nothing(query: str) -> None:
    assert {how for _, how in said(query)} == {"any form"}


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("", (0, 0), "no word to look for"),
        ("?! ", (0, 3), "no word to look for"),
        ("-chef", (0, 5), "only says what to be without"),
        ('vi "säga nej', (3, 4), "phrase that begins here does not end"),
        ("vi near(tid möte", (3, 8), "begins here does not end"),
        ("near(tid, 5)", (0, 5), "Two words lack"),
        ("near(tid -möte)", (9, 10), "- has no place inside near( )"),
        ("near(tid near(a b))", (9, 14), "near( has no place"),
        ("near(tid | möte)", (9, 10), "| has no place"),
        ("near(tid möte, 123456)", (15, 21), "too far"),
        ("chef |", (5, 6), "A word lacks beside |"),
        ("chef | -x", (7, 8), "A - stands after |"),
    ],
)
def test_a_fault_is_told_in_plain_words_with_its_place_and_cure(query: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(QueryError) as told:
        parse_query(query)

    assert (told.value.start, told.value.end) == place
    assert words in str(told.value)
    assert "Cure: write" in str(told.value)


def test_the_place_is_shown_under_the_query() -> None:
    with pytest.raises(QueryError) as told:
        parse_query('vi\n"nej')

    assert str(told.value).splitlines()[1:3] == ['  vi "nej', "     ^"]


@given(SIGNS)
def test_whatever_is_written_is_understood_or_refused_with_a_place_in_it(query: str) -> None:
    words, place = outcome(query)

    assert words or (place and 0 <= place[0] <= place[1] <= len(query))


def outcome(query: str) -> tuple[list[tuple[str, str]], tuple[int, int] | None]:
    try:
        return said(query), None
    except QueryError as told:
        return [], (told.start, told.end)
