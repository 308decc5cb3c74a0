"""What is a word, and which ways of writing one are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.search.base import base_form
from workbench.search.words import fold, words_of

TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vi vågade, 3 gånger!", ["Vi", "vågade", "3", "gånger"]),
        ("e-post och IT-avdelningen", ["e", "post", "och", "IT", "avdelningen"]),
        ("_viktigt_ snake_case", ["viktigt", "snake", "case"]),
        ("bra🙂🙂 👩\u200d💻👍🏽", ["bra", "🙂", "🙂", "👩\u200d💻", "👍🏽"]),
        ("fo\u0308rma\u030aga", ["fo\u0308rma\u030aga"]),
        ("inno\u00advation", ["inno\u00advation"]),
        ("\u0301 \u200d", []),
        ("", []),
    ],
)
def test_a_word_is_letters_and_digits_in_a_row_and_an_emoji_one_by_itself(text: str, words: list[str]) -> None:
    assert words_of([text]).written == words


@given(TEXTS)
def test_every_word_stands_where_it_is_said_to(texts: list[str]) -> None:
    found = words_of(texts)
    numbers = [place for place, count in enumerate(found.counts) for _ in range(count)]
    spans = zip(numbers, found.starts, found.ends, strict=True)

    assert [texts[number][start:end] for number, start, end in spans] == found.written


@given(TEXTS)
def test_texts_read_together_have_the_words_they_have_by_themselves(texts: list[str]) -> None:
    assert words_of(texts).written == [word for text in texts for word in words_of([text]).written]


@given(st.text(max_size=30))
def test_composed_and_decomposed_letters_are_the_same_words(text: str) -> None:
    ways = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    composed, decomposed = (list(map(fold, words_of([way]).written)) for way in ways)

    assert composed == decomposed


@given(st.text(min_size=1, max_size=10))
def test_what_is_folded_stays_as_it_is(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_a_ring_and_two_dots_make_another_letter() -> None:
    assert len({fold(word) for word in ("får", "far", "FÅR", "fär", "Fa\u030ar")}) == 3


@pytest.mark.parametrize(
    ("forms", "base"),
    [
        ("förmåga förmågan förmågor förmågornas", "förmåga"),
        ("våga vågar vågade vågat", "våga"),
        ("lära lärande lärandet", "lära"),
        ("innovationsförmåga innovationsförmågan innovationsförmågorna", "innovationsförmåga"),
        ("beslutsväg beslutsvägen", "beslutsväg"),
        ("portföljövning portföljövningen", "portföljövning"),
        ("xqzt", "xqzt"),
        ("🙂", "🙂"),
    ],
)
def test_forms_of_one_word_have_one_base_form(forms: str, base: str) -> None:
    assert {base_form(form, "sv") for form in forms.split()} == {base}


def test_a_language_has_its_own_base_forms() -> None:
    assert base_form("learned", "en") == base_form("learns", "en") == "learn"
    assert base_form("learned", "sv") == "learned"
