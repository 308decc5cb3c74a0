"""Transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.transcript import read_srt, read_vtt
from workbench.loaders.reading import Document

SPOKEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="<>&{}:-"),
    min_size=1,
    max_size=20,
).filter(str.strip)


def only(text: str) -> tuple[Document, list[tuple[int, str, str]]]:
    reading = (read_vtt if text.lstrip("\ufeff").startswith("WEBVTT") else read_srt)(text.encode())
    [document] = reading.documents
    return document, [(one.row, one.weight, one.found) for one in reading.problems]


def test_teams_gives_turns_with_their_time_and_speakers() -> None:
    document, problems = only(
        "\ufeffWEBVTT\r\n\r\n"
        "5b0c/11-0\r\n00:00:03.280 --> 00:00:07.717\r\n<v Åsa Berg>Då är vi</v>\r\n\r\n"
        "5b0c/11-1\r\n00:00:07.800 --> 00:00:09.000\r\n<v Åsa Berg>igång &amp; redo.</v>\r\n\r\n"
        "5b0c/12-0\r\n01:02:03.000 --> 01:02:04.000\r\n<v Bo>Ja.\r\nVisst.</v>\r\n"
    )

    assert document.text == "[00:00:03] Åsa Berg: Då är vi igång & redo.\n\n[01:02:03] Bo: Ja. Visst."
    assert document.speakers == ["Åsa Berg", "Bo"]
    assert problems == []


def test_zoom_writes_the_speaker_before_the_words() -> None:
    document, _ = only(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAnna Ek: Hej\n\n2\n00:00:03.000 --> 00:00:04.000\nBo: Hej: hej\n"
    )

    assert document == Document("[00:00:01] Anna Ek: Hej\n\n[00:00:03] Bo: Hej: hej", speakers=["Anna Ek", "Bo"])


def test_a_colon_in_a_sentence_makes_nobody_a_speaker() -> None:
    document, _ = only(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nProblemet: tiden\n\n00:03.000 --> 00:04.000\nDet var så\n\n"
        "00:05.000 --> 00:06.000\noch jag sade: nej\n"
    )

    assert document == Document("[00:00:01] Problemet: tiden Det var så och jag sade: nej", speakers=[])


def test_srt_is_read_with_its_bad_habits() -> None:
    """No hours, a dot for a comma, no empty line between two cues, an empty line within one, tags."""
    document, problems = only(
        "1\n00:05,000 --> 00:07,000\n<i>Ett</i> <skratt>\n2\n"
        "01:00:08.5 --> 01:00:09.5\n{\\an8}Två\n\noch mer &amp; så\n"
    )

    assert document.text == "[00:00:05] Ett <skratt> Två och mer &amp; så"
    assert problems == [(8, "flag", "och mer &amp; så")]


def test_empty_lines_between_all_lines_part_nothing() -> None:
    document, problems = only(
        "1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nEtt\r\r\n\r\r\n2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nTvå"
    )

    assert document.text == "[00:00:01] Ett Två"
    assert all(weight == "flag" for _, weight, _ in problems)


def test_words_whose_time_is_broken_are_kept_without_it_and_flagged() -> None:
    document, problems = only(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Ett\n\n00:99.000 --> 00:03.000\n<v B>Två\n\n"
        "00:04.000 --> 00:05.000\n<v A>Tre\n"
    )

    assert document.text == "[00:00:01] A: Ett\n\nB: Två\n\n[00:00:04] A: Tre"
    assert problems == [(6, "flag", "00:99.000 --> 00:03.000 <v B>Två")]


def test_remarks_are_told_and_styles_are_not_words() -> None:
    document, problems = only(
        "WEBVTT - Möte\nKind: captions\n\nSTYLE\n::cue {}\n\nNOTE duration:\n1\n\n"
        "00:01.000 --> 00:02.000\nNOTE är ett ord\n\n"
        "NOTE Confidence: 0.9\n"
    )

    assert document.text == "[00:00:01] NOTE är ett ord"
    assert problems == [(7, "changed", "NOTE duration: 1")]


def test_two_voices_in_one_cue_are_two_turns() -> None:
    document, _ = only("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Ja</v> <v.loud B>Nej</v>\n")

    assert document == Document("[00:00:01] A: Ja\n\n[00:00:01] B: Nej", speakers=["A", "B"])


@given(st.lists(st.tuples(st.integers(0, 359_999), SPOKEN), min_size=1, max_size=5))
def test_every_word_comes_back_in_order(cues: list[tuple[int, str]]) -> None:
    def time(seconds: int) -> str:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"

    vtt = "WEBVTT\n\n" + "\n\n".join(f"{time(at)} --> {time(at + 1)}\n<v A>{words}" for at, words in cues)
    document, _ = only(vtt)

    assert document.text == f"[{time(cues[0][0])[:8]}] A: " + " ".join(words for _, words in cues)


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\nHej", "Hej", "1\n00:00:01,000 --> 00:00:02,000\n\n", "1\nx --> y\nHej"]
)
def test_what_holds_no_words_with_a_time_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="No words with a time"):
        only(text)
