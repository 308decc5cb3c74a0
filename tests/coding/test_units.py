"""Sentences and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.units import divided, paragraphs, sentences, widened


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vi kom. Vi såg! Vann vi? Ja …", ["Vi kom.", "Vi såg!", "Vann vi?", "Ja …"]),
        ("Mer tid, t.ex. en dag. Eller bl.a. En till.", ["Mer tid, t.ex. en dag.", "Eller bl.a. En till."]),
        ("Kl. 9.30 den 4 mars. Sen hem.", ["Kl. 9.30 den 4 mars.", "Sen hem."]),
        ("1. Verkets vision.\n2. Två mål.", ["1. Verkets vision.", "2. Två mål."]),
        ("Mötet var 2022. Sen hände inget.", ["Mötet var 2022.", "Sen hände inget."]),
        ("”Är det klart?” Nej. (Inte än.) Snart", ["”Är det klart?”", "Nej.", "(Inte än.)", "Snart"]),
        ("A. Berg sa nej. och gick.", ["A. Berg sa nej. och gick."]),
        ("rubrik utan punkt\nnästa rad", ["rubrik utan punkt", "nästa rad"]),
        ("  \n ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, parts: list[str]) -> None:
    assert said(text) == parts


def test_paragraphs_have_a_blank_line_between() -> None:
    text = "Ett.\nFortsätter.\n \nTvå.\n\n\nTre."

    assert [text[start:end] for start, end in paragraphs(text)] == ["Ett.\nFortsätter.", "Två.", "Tre."]


@given(st.text(alphabet="aB1 .!?\n”åt", max_size=60))
def test_parts_are_in_order_and_hold_every_sign_that_is_no_space(text: str) -> None:
    """Whatever the text."""
    for divide in (sentences, paragraphs):
        parts = divide(text)
        inside = {place for start, end in parts for place in range(start, end)}

        assert parts == sorted(parts)
        assert sum(end - start for start, end in parts) == len(inside)
        assert all(place in inside for place, sign in enumerate(text) if not sign.isspace())


def test_a_span_is_widened_to_all_it_touches() -> None:
    text = "Ett här. Två där.\n\nTre."

    assert widened(divided(text, "words"), 4, 11) == (4, 11)
    assert widened(divided(text, "sentence"), 4, 11) == (0, 17)
    assert widened(divided(text, "sentence"), 0, 3) == (0, 8)
    assert widened(divided(text, "sentence"), 8, 9) == (8, 9)
    assert widened(divided(text, "paragraph"), 10, 12) == (0, 17)
    assert widened(divided(text, "entry"), 0, 1) == (0, 23)
