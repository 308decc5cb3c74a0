from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.test_container import packed
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.opendocument import read_odt

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                       ("draw", "drawing"), ("svg", "svg-compatible")]
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=60)


def odt(body: str, styles: str = "", masters: str = "", **members: bytes) -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    mastered = f"<office:master-styles>{masters}</office:master-styles>"
    looks = f"<office:document-styles {SPACES}>{mastered}</office:document-styles>"
    return packed({"content.xml": content.encode(), "styles.xml": looks.encode(), **members})


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def table(*rows: list[str]) -> str:
    lines = ("".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines) + "</table:table>"


def text(body: str, styles: str = "", masters: str = "") -> str:
    return read_odt(odt(body, styles, masters)).documents[0].text


def told(body: str, styles: str = "", masters: str = "") -> dict[str, str]:
    return {str(one.rule): one.found for one in read_odt(odt(body, styles, masters)).problems}


def spaced(words: str) -> str:
    """Write spaces as an office program does: the first as it is, the others as an element."""
    return escape(words).replace(" ", "<text:s/>")


@given(st.lists(WORDS, max_size=5))
def test_words_come_out_character_for_character(texts: list[str]) -> None:
    assert text("".join(p(spaced(words)) for words in texts)) == "\n".join(texts).strip()


def test_tabs_line_breaks_and_spaces_are_kept_and_the_files_own_count_once() -> None:
    body = p("\n  a <text:span>\n b</text:span><text:tab/>c<text:line-break/>d<text:s text:c='3'/>e ")

    assert text(body) == "a b\tc\nd   e"
    assert told(body) == {}


def test_more_spaces_than_anybody_types_are_refused() -> None:
    with pytest.raises(UnreadableError, match="spaces"):
        read_odt(odt(p("a<text:s text:c='999999999999'/>b")))


def test_tables_are_rows_and_the_first_is_the_head() -> None:
    body = table(["Namn", "Anna"], ["Ort", "Umeå"]) + p("Text.") + table(["a", "b"], ["c", ""])
    document = read_odt(odt(body)).documents[0]

    assert document.fields == {"Namn": "Anna", "Ort": "Umeå"}
    assert document.text == "Text.\na\tb\nc"


def test_deletions_are_left_out_and_insertions_kept_and_both_told() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>bort</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body = changes + p("Vi <text:change/><text:change-start/>vågar<text:change-end/>")

    assert text(body) == "Vi vågar"
    assert told(body) == {"Tracked insertions, kept: 1.": "", "Tracked deletions, left out: 1.": ""}


def test_notes_stand_at_the_end() -> None:
    words = "<text:note-citation>1</text:note-citation><text:note-body><text:p>not</text:p></text:note-body>"
    note = f"<text:note>{words}</text:note>"

    assert text(p(f"Ett{note} två{note}")) == "Ett[1] två[2]\n\n[1] not\n[2] not"


def test_a_comment_is_left_out_and_told_in_full() -> None:
    body = p(
        "Text<office:annotation><dc:creator xmlns:dc='d'>Chef</dc:creator><text:p>Vem?</text:p></office:annotation>"
    )

    assert text(body) == "Text"
    assert told(body) == {"A comment in the margin is left out.": "Vem?"}


LISTS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
)


def items(*words: str, look: str = 'text:style-name="L"') -> str:
    return (
        f"<text:list {look}>" + "".join(f"<text:list-item>{word}</text:list-item>" for word in words) + "</text:list>"
    )


def test_lists_are_numbered_as_on_the_page() -> None:
    body = items(p("a"), p("b") + items(p("c"), p("d"), look="")) + items(p("e")) + p("mellan")
    body += items(p("f"), look='text:style-name="L" text:continue-numbering="true"') + items(p("g"), look="")

    assert text(body, LISTS) == "1. a\n2. b\n  a) c\n  b) d\n1. e\nmellan\n2. f\n- g"


def test_headings_are_found() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    document = read_odt(
        odt(p("Titel", "P1") + p("a") + "<text:h>Å <text:span>b</text:span></text:h>", styles)
    ).documents[0]

    assert document.text == "Titel\na\nÅ b"
    assert document.headings == [(0, "Titel"), (8, "Å b")]


def test_boxes_are_read_and_pictures_told() -> None:
    box = (
        "<draw:frame><draw:text-box><text:p>I rutan.</text:p></draw:text-box><svg:title>titel</svg:title></draw:frame>"
    )
    picture = "<draw:frame><draw:image/></draw:frame>"

    assert text(p(f"Före{box}{picture}") + p("Efter")) == "Före\nI rutan.\nEfter"
    assert told(p(f"Före{box}{picture}")) == {"Pictures and drawings, not read: 1.": ""}


def test_hidden_and_unfilled_words_are_left_out_and_told() -> None:
    styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = p("Syns<text:span text:style-name='H'>inte</text:span><text:placeholder>Skriv här</text:placeholder>")

    assert text(body, styles) == "Syns"
    assert told(body, styles) == {
        "Fields that were not filled in, left out: 1.": "Skriv här",
        "Hidden passages, left out: 1.": "inte",
    }


def test_sections_and_fields_are_read_through() -> None:
    assert text(f"<text:section>{p('<text:title>Titeln</text:title>')}</text:section>") == "Titeln"


def test_page_headers_are_left_out_and_told() -> None:
    header = "<style:master-page><style:header><text:p>Myndigheten X</text:p></style:header></style:master-page>"

    assert told(p("a"), "", header) == {"Page headers and footers, left out: 1.": "Myndigheten X"}


def test_a_locked_text_asks_for_the_password_to_be_taken_away() -> None:
    with pytest.raises(UnreadableError, match="password"):
        read_odt(odt("", "", "", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}))


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not an OpenDocument text"):
        read_odt(packed({"a.txt": b"words"}))
    with pytest.raises(UnreadableError, match="too deep"):
        read_odt(odt("<text:p>" + "<text:span>" * 5000 + "</text:span>" * 5000 + "</text:p>"))
