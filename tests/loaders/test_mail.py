"""E-mails, pasted and as they were sent."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.htmltext import text_of_html
from workbench.loaders.readers.mail import looks_like_mail, read_mail
from workbench.loaders.reading import Document

OUTLOOK = """Från: Åsa Berg <asa.berg@verket.example>
Skickat: den 5 februari 2025 14:10
Till: Nätverket
Kopia:
Ämne: Reflektion T1

Hej,
vi började.
"""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip).filter(lambda text: text)


def only(data: bytes | str) -> tuple[Document, list[str]]:
    reading = read_mail(data.encode() if isinstance(data, str) else data)
    [document] = reading.documents
    assert reading.kind == "mail"
    return document, [f"{one.weight}: {one.found}: {one.rule.told('en')}" for one in reading.problems]


def message(text: str = "Hej på dig", **parts: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Åsa Berg <asa@verket.example>", "n@verket.example", "Träff ä"
    made["Date"], made["Message-ID"] = "Wed, 05 Feb 2025 14:10:00 +0100", "<1@verket.example>"
    made.set_content(text, **parts)
    return made


def test_a_pasted_e_mail_is_parted_into_head_and_words() -> None:
    document, problems = only(OUTLOOK)

    assert document.text == "Hej,\nvi började."
    assert document.fields == {
        "Från": "Åsa Berg <asa.berg@verket.example>",
        "Skickat": "den 5 februari 2025 14:10",
        "Till": "Nätverket",
        "Kopia": "",
        "Ämne": "Reflektion T1",
    }
    assert problems == []


def test_a_head_in_bold_or_over_two_lines_is_read() -> None:
    document, _ = only("**From:** Bo\n**Sent:** 5 Feb 2025\n*To:* Åsa;\n  Eva\n**Subject:** x\n\nHej")

    assert document.fields == {"From": "Bo", "Sent": "5 Feb 2025", "To": "Åsa; Eva", "Subject": "x"}
    assert document.text == "Hej"


@pytest.mark.parametrize(
    "line",
    [
        "-----Ursprungligt meddelande-----",
        "---------- Forwarded message ---------",
        "Den ons 5 feb. 2025 kl 14:10 skrev Bo Ek <bo@verket.example>:",
        "5 feb. 2025 kl. 14:10 skrev Bo Ek <bo@verket.example>:",
        "On Wed, 5 Feb 2025 at 14:10, Bo Ek <bo@verket.example>\nwrote:",
        "Från: Bo Ek\nSkickat: den 4 februari 2025",
        "> vad tycker du?",
    ],
)
def test_what_is_quoted_below_stays_and_is_flagged_with_its_line(line: str) -> None:
    document, [problem] = only(f"{OUTLOOK}\n{line}\nGammalt")

    assert document.text == f"Hej,\nvi började.\n\n{line}\nGammalt"
    assert problem.startswith("flag: ") and "begin in line 10" in problem


@pytest.mark.parametrize(
    "text", ["Den som skrev detta 2025 var trött.", "From: here on", "Från: Bo\n\nHej", "Ämne: x\n\nHej"]
)
def test_words_that_look_a_little_like_an_e_mail_are_none(text: str) -> None:
    assert not looks_like_mail(text)
    assert only(text)[1] == []


def test_a_message_file_gives_head_words_and_a_moment() -> None:
    document, problems = only(message().as_bytes())

    assert document.text == "Hej på dig"
    assert document.fields == {
        "From": "Åsa Berg <asa@verket.example>",
        "To": "n@verket.example",
        "Subject": "Träff ä",
        "Date": "2025-02-05T14:10:00+01:00",
    }
    assert problems == []


@given(WORDS, st.sampled_from(["quoted-printable", "base64", "8bit"]))
def test_a_message_comes_back_character_for_character(text: str, cte: str) -> None:
    assert only(message(text, cte=cte).as_bytes())[0].text == text.replace("\r\n", "\n").replace("\r", "\n")


def test_plain_words_are_taken_before_a_page_and_attachments_are_told() -> None:
    made = message("Hej")
    made.add_alternative("<p>Hej i HTML</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Bilaga ä.pdf")

    document, problems = only(made.as_bytes())

    assert document.text == "Hej"
    assert problems == ["flag: Bilaga ä.pdf: 1 attachments were not read."]


def test_a_message_that_is_only_a_page_gives_its_words() -> None:
    page = "<html><head><title>x</title><style>p {}</style></head><body><p>Hej &amp; hå</p><div>Två<br>Tre</div></body>"
    document, problems = only(message(page, subtype="html").as_bytes())

    assert document.text == "Hej & hå\n\nTvå\nTre"
    assert [problem[:13] for problem in problems] == ["changed: HTML"]


def test_a_message_that_lies_about_its_encoding_is_read_and_told() -> None:
    data = (
        message("x").as_bytes().replace(b'charset="utf-8"', b'charset="us-ascii"').replace(b"\n\nx", "\n\nsmå".encode())
    )

    assert only(data)[0].text == "små"
    assert only(data)[1] == ["changed: us-ascii: It is not in the encoding it declares."]


def test_a_damaged_message_is_flagged() -> None:
    data = message("å" * 50, cte="base64").as_bytes().rstrip()[:-3]

    assert any("damaged" in problem for problem in only(data)[1])


@pytest.mark.parametrize("data", [b"MIME-Version: 1.0\nFrom: x\n\n", b"From: a\nContent-Type: image/png\n\nxyz"])
def test_a_message_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="no words"):
        read_mail(data)


def test_a_pages_cells_stand_with_a_tab_between_and_scripts_are_not_seen() -> None:
    page = "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table><script>x<1</script>slut"

    assert text_of_html(page) == "A\tB\n1\t2\n\nslut"


@pytest.mark.parametrize("sign", ["<a href='", "<!--", "<b", "<script>", "&#" + "9" * 5_000, "<![CD"])
def test_a_page_of_broken_marks_is_read_at_once(sign: str) -> None:
    """The standard parser takes the square of the length, or fails."""
    assert text_of_html("<p>Hej</p>" + sign * 20_000 + "<i>slut</i>").startswith("Hej")


def test_signs_written_as_numbers_are_read() -> None:
    assert text_of_html("&aring;&#228;&#xF6; &amp;lt; AT&T &#13;x &#9999999;") == "åäö &lt; AT&T\nx \ufffd"
