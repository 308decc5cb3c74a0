"""Which encoding a file is in."""
# ruff: noqa: RUF001  signs that look alike are what is told apart

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.decoding import decode

WORDS = "Vi började på måndagen; sedan kom Östersund och tyckte att det var för dyrt."
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).filter(
    lambda text: text.strip() and text[0] != "\ufeff"
)


def lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(ANY_TEXT)
def test_any_text_in_utf_8_comes_back_character_for_character(text: str) -> None:
    assert decode(text.encode())[0] == lf(text)


@given(ANY_TEXT, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_with_a_byte_order_mark_comes_back_character_for_character(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == lf(text)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_what_says_its_encoding_needs_no_word(mark: bytes, encoding: str) -> None:
    assert decode(mark + WORDS.encode(encoding)) == (WORDS, [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "utf-16-le", "utf-16-be"])
def test_swedish_in_another_encoding_is_read_and_the_guess_is_told_with_words_to_look_at(encoding: str) -> None:
    text, [problem] = decode(WORDS.encode(encoding))

    assert text == WORDS
    assert (problem.weight, problem.found) == ("changed", "började, på, måndagen")
    assert encoding in problem.rule.told("en")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_one_word_with_a_swedish_letter_inside_is_enough(encoding: str) -> None:
    assert decode("många".encode(encoding))[0] == "många"


def test_a_quotation_that_may_as_well_be_a_swedish_letter_is_not_guessed() -> None:
    """In cp1252 it is ”hej”, in cp850 öhejö."""
    with pytest.raises(UnreadableError, match="as likely"):
        decode("”hej”".encode("cp1252"))


def test_an_encoding_somebody_names_is_used_without_a_word() -> None:
    assert decode("”hej”".encode("cp1252"), encoding="cp1252") == ("”hej”", [])


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "klingon", "hex", "a\x00b", "undefined", "idna"])
def test_a_named_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableError):
        decode("Hej\nåäö".encode("cp1252") + b"." * 70, encoding=encoding)


def test_half_a_character_is_refused_however_it_came_in() -> None:
    with pytest.raises(UnreadableError, match="Half"):
        decode(b"+2AA-", encoding="utf-7")


def test_utf_8_cut_within_a_character_is_refused_with_its_line() -> None:
    """A file that was still being copied is no cp1252."""
    with pytest.raises(UnreadableError, match="1 places, the first in line 2"):
        decode("Det är\nså".encode()[:-1])


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_a_file_with_nothing_in_it_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="nothing in the file"):
        decode(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"a\x00b", "a\x00b".encode("utf-16"), bytes(range(128, 256))])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data)


@pytest.mark.parametrize("wrong", ["cp1252", "mac_roman", "cp850", "latin-1"])
def test_letters_spoilt_before_are_flagged_and_left_as_they_are(wrong: str) -> None:
    spoilt = "Det är så".encode().decode(wrong)

    text, [problem] = decode(spoilt.encode())

    assert text == spoilt
    assert problem.weight == "flag" and problem.found in spoilt.split()
    assert "2 places" in problem.rule.told("en")


def test_a_sign_for_a_lost_letter_is_flagged() -> None:
    assert [one.found for one in decode("Vi b\ufffdrjade".encode())[1]] == ["b\ufffdrjade"]


def test_real_words_in_other_languages_are_not_flagged() -> None:
    assert decode("São Paulo, naïve, Âme, 5 × 3 = 15 √2, ‚citat‘ och emoji 🙂".encode())[1] == []


def test_line_ends_become_lf_and_other_control_characters_stay() -> None:
    assert decode(b"a\r\nb\rc\x0bd\x1fe")[0] == "a\nb\nc\x0bd\x1fe"


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableError:
        return
    assert text.strip() and "\r" not in text and "\x00" not in text
