"""Coded words found again in a corrected text. Quotes are given by their words, so that a reader can check by eye."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.anchoring import re_anchor

# the text before and after, the coded words (the first such), what they are after; None: they cannot be told
CASES: dict[str, tuple[str, str, str, str | None]] = {
    "words before it": ("Vi vågade säga nej.", "I går: Vi vågade säga nej.", "säga nej", "säga nej"),
    "words after it": ("Vi vågade säga nej.", "Vi vågade säga nej. Sedan gick vi.", "säga nej", "säga nej"),
    "an emoji before it": ("Vi 🙂 sa nej.", "🎉🎉 Vi 🙂 sa nej.", "sa nej", "sa nej"),
    "an emoji within it": ("Vi 🙂 sa nej till allt.", "Vi 🙃 sa nej till allt.", "Vi 🙂 sa nej", "Vi 🙃 sa nej"),
    "a name taken out before it": (
        "Anna Berg frågade oss vad vi ville, och vi sa nej.",
        "P-17 frågade oss vad vi ville, och vi sa nej.",
        "vi sa nej",
        "vi sa nej",
    ),
    "a name taken out within it": (
        "Sedan hade vi möte. Då frågade Anna Berg varför vi väntar. Ingen svarade.",
        "Sedan hade vi möte. Då frågade P-17 varför vi väntar. Ingen svarade.",
        "frågade Anna Berg varför",
        "frågade P-17 varför",
    ),
    "a name taken out where it begins": (
        "Sedan hade vi möte. Anna Berg frågade varför vi väntar. Ingen svarade.",
        "Sedan hade vi möte. P-17 frågade varför vi väntar. Ingen svarade.",
        "Anna Berg frågade varför vi väntar",
        "P-17 frågade varför vi väntar",
    ),
    "a name taken out where it ends": (
        "Sedan hade vi möte. Ingen svarade när vi frågade Anna. Så blev det.",
        "Sedan hade vi möte. Ingen svarade när vi frågade P-17. Så blev det.",
        "Ingen svarade när vi frågade Anna",
        "Ingen svarade när vi frågade P-17",
    ),
    "a word mended": ("Efteråt vågde vi säga nej.", "Efteråt vågade vi säga nej.", "vågde", "vågade"),
    "words added within it": (
        "På hösten vågade vi säga nej till chefen.",
        "På hösten vågade vi för första gången säga nej till chefen.",
        "vågade vi säga nej till",
        "vågade vi för första gången säga nej till",
    ),
    "a sentence moved with it": (
        "Ingen hade tid att pröva. Chefen stöttade oss i det. Vi gick hem.",
        "Chefen stöttade oss i det. Vi gick hem. Ingen hade tid att pröva.",
        "Ingen hade tid att pröva",
        "Ingen hade tid att pröva",
    ),
    "it is deleted": ("Vi hann inte. Chefen gick.", "Chefen gick.", "Vi hann inte", None),
    "it is deleted and stands elsewhere": (
        "Tid saknas. Vi prövade ändå. Tid saknas.",
        "Vi prövade ändå. Tid saknas.",
        "Tid",
        None,
    ),
    "a long boilerplate, the first deleted": (
        "1. Vi saknar tid för utveckling hos oss på verket. 2. Vi saknar tid för utveckling hos oss på verket.",
        "2. Vi saknar tid för utveckling hos oss på verket.",
        "saknar tid",
        None,
    ),
    "it is written anew": (
        "Sedan hade vi möte. Vi hann inte. Så blev det.",
        "Sedan hade vi möte. Chefen var borta. Så blev det.",
        "Vi hann inte",
        None,
    ),
    "all is written anew": ("Vi hann inte.", "Chefen var borta hela veckan", "hann", None),
    "a word alone, all around it written anew": ("Mer tid för möten!", "Lite tid till annat.", "tid", None),
    "everything is deleted": ("Vi hann inte.", "", "hann", None),
}


def span_of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize("name", CASES)
def test_coded_words_are_where_a_reader_would_look_or_said_to_be_lost(name: str) -> None:
    old, new, words, expected = CASES[name]

    [found] = re_anchor(old, new, [span_of(old, words)])

    assert (found and new[slice(*found)]) == expected


def test_of_the_same_words_twice_each_stays_its_own() -> None:
    old = "Tid saknas på måndagar. Tid saknas på fredagar."
    new = "Hej! Tid saknas på måndagar. Verkligen! Tid saknas på fredagar."

    assert re_anchor(old, new, [(0, 3), (24, 27)]) == [(5, 8), (40, 43)]


def test_the_same_words_without_anything_to_tell_them_apart_are_not_guessed_at() -> None:
    """The sentence was moved away and came twice; none of the two is more it than the other."""
    old = "Ingen hade tid att pröva. Chefen kom först på fredagen och gick sedan igen."
    new = "Chefen kom först på fredagen och gick sedan igen. Ingen hade tid att pröva. Ingen hade tid att pröva. "

    assert re_anchor(old, new, [(0, 24)]) == [None]


def test_a_span_of_the_whole_text_follows_it() -> None:
    assert re_anchor("Vi hann inte.", "Vi hann inte alls.", [(0, 13)]) == [(0, 18)]


@st.composite
def insertions(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """Draw a text with spans, and the text with words put in outside all spans."""
    words = st.text(alphabet="ab 🙂.", max_size=30)
    old = draw(words.filter(bool))
    place = draw(st.integers(0, len(old)))
    ends = st.tuples(st.integers(0, len(old)), st.integers(0, len(old))).map(sorted)
    spans = draw(st.lists(ends.filter(lambda pair: pair[0] < pair[1] and not pair[0] < place < pair[1]), max_size=4))
    new = old[:place] + draw(words) + old[place:]
    return old, new, [(start, end) for start, end in spans]


@given(insertions())
def test_words_put_in_outside_all_spans_lose_none_and_change_no_quote(
    drawn: tuple[str, str, list[tuple[int, int]]],
) -> None:
    old, new, spans = drawn

    found = re_anchor(old, new, spans)

    assert [span and new[slice(*span)] for span in found] == [old[slice(*span)] for span in spans]


@given(st.text(min_size=1), st.text(), st.data())
def test_a_span_that_is_found_lies_in_the_new_text(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))

    [found] = re_anchor(old, new, [(start, end)])

    assert found is None or 0 <= found[0] < found[1] <= len(new)


@given(st.text(min_size=1))
def test_in_the_same_text_every_span_stays(text: str) -> None:
    assert re_anchor(text, text, [(0, len(text))]) == [(0, len(text))]
