import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import reportlab
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.pages import clean_pages
from workbench.loaders.readers.pdf import read_pdf

pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
WORDS = st.from_regex(r"[a-zåäö]{2,9}( [a-zåäö]{2,9}){0,4}", fullmatch=True)


def pdf(*pages: Sequence[str], picture: bool = False, **more: object) -> bytes:
    """Print lines on pages; an empty page has a line drawn on it if it is a picture."""
    stream = io.BytesIO()
    canvas = Canvas(stream, **more)
    for lines in pages:
        canvas.setFont("Vera", 11)
        for at, line in enumerate(lines):
            canvas.drawString(50, 800 - 15 * at, line)
        if picture and not lines:
            canvas.rect(50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def text(data: bytes) -> str:
    return read_pdf(data).documents[0].text


def told(data: bytes) -> list[tuple[str, str, str]]:
    return [(str(one.rule), one.found, one.weight) for one in read_pdf(data).problems]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_words_come_out_as_they_were_printed(texts: list[str]) -> None:
    assert text(pdf(texts)) == "\n".join(texts)


def test_pages_are_parted_by_a_blank_line() -> None:
    assert text(pdf(["Första sidan", "å ä ö é"], ["Andra sidan"])) == "Första sidan\nå ä ö é\n\nAndra sidan"


def test_words_parted_at_a_lines_end_are_put_together_and_told() -> None:
    data = pdf(["Vi prövade ett nytt ar-", "betssätt i vår verk\u00adsamhet."])

    assert text(data) == "Vi prövade ett nytt arbetssätt i vår verksamhet."
    assert told(data) == [
        ("Words parted at the end of a line were put together: 2.", "arbetssätt / verksamhet", "changed"),
    ]


@pytest.mark.parametrize(
    ("parted", "whole"),
    [("IT\x02stöd", "IT-stöd"), ("e\x02post", "e-post"), ("2024\x022025", "2024-2025"), ("Anna\x02Karin", "Anna-Karin"),
     ("in\x02och utflöde", "in- och utflöde"), ("ÅRS\x02BOK", "ÅRSBOK"), ("ar\ufffe\nbete", "arbete")],
)  # fmt: skip
def test_a_hyphen_of_the_words_own_stays(parted: str, whole: str) -> None:
    assert clean_pages([f"vi {parted} nu"]).pages == [f"vi {whole} nu"]


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    data = pdf(*(["Myndigheten X", f"Text {word}", f"Sida {page} (3)"] for page, word in enumerate("abc", start=1)))

    assert text(data) == "Text a\n\nText b\n\nText c"
    assert told(data) == [("Lines at the top or bottom of most pages were left out.", "Myndigheten X / #", "changed")]


def test_numbers_that_do_not_count_pages_stay() -> None:
    pages = [["Tillfälle 1", "a", "7"], ["Tillfälle 2", "b", "3"], ["Tillfälle 3", "c", "5"]]

    assert text(pdf(*pages)) == "\n\n".join("\n".join(page) for page in pages)


def test_two_pages_that_begin_alike_stay_as_they_are() -> None:
    assert text(pdf(["Anna:", "a"], ["Anna:", "b"])) == "Anna:\na\n\nAnna:\nb"


def test_a_pdf_of_pictures_asks_for_text_recognition() -> None:
    with pytest.raises(UnreadableError, match="OCR"):
        read_pdf(pdf([], [], picture=True))


def test_pages_without_text_are_told_if_there_is_anything_on_them() -> None:
    assert told(pdf(["a"], [], ["b"], [], picture=True)) == [("Pages without text: they are pictures.", "2, 4", "flag")]
    assert told(pdf(["a"], [], ["b"])) == []


def test_a_locked_pdf_asks_for_the_password_to_be_taken_away() -> None:
    with pytest.raises(UnreadableError, match="password"):
        read_pdf(pdf(["a"], encrypt=StandardEncryption("secret")))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"words", pdf(["a"])[:300]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_pdf(data)


def test_two_hundred_pages_are_read() -> None:
    lines = [[f"Rubrik {page}", *(f"rad {page}:{line} med några ord" for line in range(40))] for page in range(200)]

    assert text(pdf(*lines)) == "\n\n".join("\n".join(page) for page in lines)


def test_what_was_filled_in_is_read() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(50, 700, "Mall")
    canvas.acroForm.textfield(name="Namn", value="Anna Å", x=50, y=600, width=200, height=20)
    canvas.acroForm.textfield(name="Ort", value="", x=50, y=550, width=200, height=20)
    canvas.acroForm.checkbox(name="Klar", checked=True, x=50, y=500)
    canvas.acroForm.checkbox(name="Ej klar", checked=False, x=50, y=450)
    canvas.save()

    assert read_pdf(stream.getvalue()).documents[0].fields == {"Namn": "Anna Å", "Klar": "Yes"}


def test_a_note_on_the_page_is_told() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(50, 700, "Text")
    canvas.textAnnotation("Stämmer det?", Rect=(50, 50, 100, 100))
    canvas.save()

    assert told(stream.getvalue()) == [("A note or a box laid over the page was not read.", "Stämmer det?", "flag")]


@pytest.mark.parametrize("odd", ["a", "a\u00ad", "\u00ad", "-", ".", "1", "1/", "sida ", "(", " ", "\n", "\n\u00ad"])
def test_a_page_without_words_takes_no_time(odd: str) -> None:
    long = odd * 200_000

    assert clean_pages([long, f"{long}a"]).unreadable == 0


def test_letters_without_a_name_are_marked_and_counted() -> None:
    clean = clean_pages(["a\x01b\ue000c"])

    assert clean.pages == ["a\ufffdb\ufffdc"]
    assert clean.unreadable == 2


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Co", "Cn", "Cs", "Cf"])), max_size=6))
def test_what_is_taken_from_pages_is_told(texts: list[str]) -> None:
    clean = clean_pages(texts)
    left = "".join("".join(page.split()) for page in clean.pages)
    given = "".join("".join(page.split()) for page in texts)

    assert len(clean.pages) == len(texts)
    assert left == given or clean.margins
