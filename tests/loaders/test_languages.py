from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import DEMO
from workbench.loaders.texts.languages import language_of, mixed
from workbench.loaders.texts.listed import listed
from workbench.opening import open_study

LONG_SV = (
    "Vi har inte talat om vad förändringar runt oss betyder för vårt uppdrag, och det märks när vi ska välja. " * 3
)
LONG_EN = "We have not discussed what change around us means for our mandate, and it shows when we have to choose. " * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi provade, men det gick inte.", "sv"),
        ("We tried, but it did not work.", "en"),
        ("Vi höll en workshop om Design Thinking och service design.", "sv"),
        ("We asked the Tillståndsverket for a förstudie, but there was none.", "en"),
        ("Wir haben es versucht, aber es ging nicht gut.", ""),
        ("OK!", ""),
        ("", ""),
        ("Chefen sa nej. We have been here before, but the plan is not ours. Det är som det är, och vi vet inte.", ""),
    ],
)
def test_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_every_entry_of_the_demo_is_in_the_language_it_says() -> None:
    entries = open_study(DEMO).entries

    told = entries["text"].map(language_of)

    assert (told == entries["language"]).all()
    assert not entries["text"].map(mixed).any()


def test_long_passages_of_both_make_a_text_mixed() -> None:
    assert mixed(f"{LONG_SV}\n\n{LONG_EN}")
    assert mixed(LONG_SV + LONG_EN)
    assert mixed("\n".join([LONG_SV] * 30 + [LONG_EN]))


def test_a_quoted_sentence_does_not() -> None:
    assert not mixed(f"{LONG_SV}\n\n”We have not been here before,” sa hon.\n\n{LONG_SV}")
    assert not mixed("Kort. Short and to the point it was.")


def test_no_word_counts_for_both() -> None:
    assert not listed("small_words_sv.txt") & listed("small_words_en.txt")


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    assert language_of(text) in {"sv", "en", ""}
    assert mixed(text) in {True, False}
