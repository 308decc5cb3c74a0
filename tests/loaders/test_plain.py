"""Plain text and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.plain import headings_of, read_plain
from workbench.loaders.reading import Document

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00:-\ufeff")).filter(str.strip)


def only(text: str) -> tuple[Document, list[str]]:
    reading = read_plain(text.encode())
    [document] = reading.documents
    return document, [f"{one.weight}: {one.found}" for one in reading.problems]


@given(WORDS)
def test_any_text_comes_back_character_for_character(text: str) -> None:
    assert only(text)[0].text == text.replace("\r\n", "\n").replace("\r", "\n").strip()


@given(WORDS.map(str.strip).filter(lambda text: text))
def test_every_heading_begins_where_it_says(text: str) -> None:
    for start, words in headings_of(text):
        assert start == 0 or text[start - 1] == "\n"
        assert words in text[start:].partition("\n")[0]


def test_front_matter_is_read_as_it_was_written() -> None:
    """In YAML 3.10 were a number, no a truth, and a title with two colons an error."""
    document, problems = only(
        "---\nversion: 3.10\nsvar: no\ntitel: Möte: uppföljning\ndag: 2025-02-05\n---\n\nHej **du**\n"
    )

    assert document == Document(
        "Hej **du**", {"version": "3.10", "svar": "no", "titel": "Möte: uppföljning", "dag": "2025-02-05"}, []
    )
    assert problems == []


def test_front_matter_in_yaml_proper_is_read_too() -> None:
    document, problems = only('---\ntitel: "Å: ö"\nkomponenter: [A, B]\nnot: >\n  två\n  rader\n---\nHej')

    assert document.fields == {"titel": "Å: ö", "komponenter": "A, B", "not": "två rader"}
    assert problems == []


def test_a_remark_in_front_matter_is_not_lost_unsaid() -> None:
    document, problems = only("---\nämne: Träff #3\n---\nHej")

    assert document.fields == {"ämne": "Träff"}
    assert problems == ["flag: #3"]


@pytest.mark.parametrize(
    "block",
    [
        "a: 1\na: 2",
        "- a\n- b",
        "a: {b: 1}",
        "a: [",
        "x: " + "[" * 200,
        "ingen etikett alls",
        "a: !!python/name:os.x y",
        "",
    ],
)
def test_front_matter_that_is_none_stays_in_the_text(block: str) -> None:
    document, problems = only(f"---\n{block}\n---\nHej")

    assert document.fields == {}
    assert document.text == f"---\n{block}\n---\nHej"
    assert len(problems) == 1 and problems[0].startswith("flag")


def test_labels_above_an_empty_line_are_read_where_one_is_known() -> None:
    document, _ = only("Deltagare: P-K37D\nTillfälle: 3\n\nHej: du\n")

    assert document.fields == {"Deltagare": "P-K37D", "Tillfälle": "3"}
    assert document.text == "Hej: du"


@pytest.mark.parametrize(
    "text",
    [
        "Anna: Hej\nBo: Hej själv\n\nSå var det.",
        "Tillfälle: 3\n\nHej",
        "Datum: 1\nDatum: 2\n\nHej",
        "Datum: 1\nTillfälle: 3",
    ],
)
def test_a_conversation_and_a_single_label_are_words(text: str) -> None:
    assert only(text)[0] == Document(text, {}, [])


def test_a_heading_may_be_closed_and_may_have_any_length() -> None:
    text = f"# Ett ##\n## C#\n### a #b  ### \n#  ##\n# å{' ' * 200_000}ö\n"

    words = [words for _, words in headings_of(text)]
    assert [*words[:3], " ".join(words[3].split())] == ["Ett", "C#", "a #b", "å ö"]


def test_headings_are_markdowns_and_occasions_that_stand_alone() -> None:
    text = (
        "# Ett #\nord\n\nTvå\n===\n\nTillfälle 3\n\nTillfälle 3 var bra.\n\n**Träff 4: Umeå**\n\n"
        "```\n# inte\n```\n\n---\n#inte"
    )

    found = only(text)[0]

    assert found.text == text
    assert [words for _, words in found.headings] == ["Ett", "Två", "Tillfälle 3", "Träff 4: Umeå"]
    assert [text[start:].partition("\n")[0] for start, _ in found.headings] == [
        "# Ett #", "Två", "Tillfälle 3", "**Träff 4: Umeå**",
    ]  # fmt: skip


def test_an_e_mail_in_a_text_file_is_one() -> None:
    reading = read_plain("Från: Bo\nDatum: 2025-02-05\n\nHej\n> gammalt".encode())

    assert reading.kind == "mail" and reading.documents[0].fields == {"Från": "Bo", "Datum": "2025-02-05"}
    assert [one.found for one in reading.problems] == [">"]


def test_a_quotation_in_a_text_is_not_an_older_message_but_a_marked_one_is() -> None:
    assert only("Hej\n> citat")[1] == []
    assert only("Hej\n\n-----Original Message-----\nx")[1] == ["flag: -----Original Message-----"]


def test_the_encoding_told_is_used_and_an_empty_file_is_refused() -> None:
    assert read_plain("”x”".encode("cp1252"), encoding="cp1252").documents[0].text == "”x”"
    with pytest.raises(UnreadableError):
        read_plain(b"")
