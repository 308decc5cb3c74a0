import io
from xml.sax.saxutils import escape

import docx
import mammoth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.test_container import packed
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.container import open_container
from workbench.loaders.readers.partlinks import related
from workbench.loaders.readers.word import read_docx

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
         "comments": "comments", "header1": "header", "footer1": "footer"}  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=60)


def word(body: str, **parts: str) -> bytes:
    """Write a document with these parts and nothing else."""
    links = "".join(f'<Relationship Id="{name}" Type="{RELATED}/{PARTS[name]}" Target="{name}.xml"/>' for name in parts)
    members = {
        "_rels/.rels": f'<a><Relationship Id="a" Type="{RELATED}/officeDocument" Target="word/document.xml"/></a>',
        "word/_rels/document.xml.rels": f"<a>{links}</a>",
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    } | {f"word/{name}.xml": f"<w:part {SPACES}>{xml}</w:part>" for name, xml in parts.items()}
    return packed({name: xml.encode() for name, xml in members.items()})


def p(words: str, look: str = "") -> str:
    return f'<w:p><w:pPr>{look}</w:pPr><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def table(*rows: list[str]) -> str:
    lines = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def text(body: str, **parts: str) -> str:
    return read_docx(word(body, **parts)).documents[0].text


def told(body: str, **parts: str) -> dict[str, str]:
    """Tell what is said of a document: sentence and what was found."""
    return {str(problem.rule): problem.found for problem in read_docx(word(body, **parts)).problems}


def test_paragraphs_tabs_and_line_breaks_are_kept() -> None:
    body = p("Hej å ä ö 🙂") + "<w:p/>" + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"

    assert text(body) == "Hej å ä ö 🙂\n\na\tb\nc"
    assert told(body) == {}


@given(st.lists(WORDS, max_size=5))
def test_words_come_out_character_for_character(texts: list[str]) -> None:
    assert text("".join(map(p, texts))) == "\n".join(texts).strip()


def test_a_table_in_the_text_is_a_row_a_line() -> None:
    body = p("Först.") + table([p("A"), p("B")], [p("C"), p("D") + p("E")])

    assert text(body) == "Först.\nA\tB\nC\tD\nE"


def test_a_table_of_labels_before_the_first_words_stands_beside_them() -> None:
    body = p("") + table([p("Namn"), p("Anna")], [p("Tillfälle"), p("3")]) + p("Vi prövade.")
    document = read_docx(word(body)).documents[0]

    assert document.fields == {"Namn": "Anna", "Tillfälle": "3"}
    assert document.text == "Vi prövade."


@pytest.mark.parametrize(
    "words", [table([p("A"), p("B"), p("C")]), table([p("A"), p("1")], [p("A"), p("2")]), table([p(""), p("B")])]
)
def test_a_table_that_has_no_labels_stays_in_the_text(words: str) -> None:
    assert not read_docx(word(words)).documents[0].fields


def test_a_table_after_the_first_words_stays_in_the_text() -> None:
    assert text(p("Först.") + table([p("Namn"), p("Anna")])) == "Först.\nNamn\tAnna"


def test_tracked_insertions_are_kept_and_deletions_left_out_and_both_told() -> None:
    body = (
        "<w:p><w:r><w:t>Vi </w:t></w:r><w:del><w:r><w:delText>kanske </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>vågar</w:t></w:r></w:ins></w:p>"
    )

    assert text(body) == "Vi vågar"
    assert told(body) == {"Tracked insertions, kept: 1.": "", "Tracked deletions, left out: 1.": ""}


def test_moved_words_stand_once_where_they_went() -> None:
    gone = "<w:p><w:moveFrom><w:r><w:t>flyttad</w:t></w:r></w:moveFrom></w:p>"
    come = "<w:p><w:moveTo><w:r><w:t>flyttad</w:t></w:r></w:moveTo></w:p>"

    assert text(p("a") + gone + p("b") + come) == "a\n\nb\nflyttad"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert text(p("Vi gick", "<w:rPr><w:del/></w:rPr>") + p(" hem.")) == "Vi gick hem."


def test_a_deleted_row_is_left_out() -> None:
    rows = (
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("bort")
        + "</w:tc></w:tr><w:tr><w:tc>"
        + p("kvar")
        + "</w:tc></w:tr>"
    )

    assert text(p("x") + f"<w:tbl>{rows}</w:tbl>") == "x\nkvar"


def test_notes_stand_at_the_end_in_the_order_they_are_named() -> None:
    body = (
        "<w:p><w:r><w:t>Ett</w:t><w:endnoteReference w:id='1'/></w:r>"
        "<w:r><w:t> två</w:t><w:footnoteReference w:id='7'/></w:r></w:p>"
    )
    notes = {
        "footnotes": "<w:footnote w:id='7'>" + p(" nertill") + "</w:footnote><w:footnote w:type='separator' w:id='0'/>",
        "endnotes": "<w:endnote w:id='1'>" + p("sist") + "</w:endnote>",
    }

    assert text(body, **notes) == "Ett[1] två[2]\n\n[1] sist\n[2] nertill"
    assert "Footnotes and endnotes, put at the end: 2." in told(body, **notes)


def test_a_note_the_file_lacks_is_told() -> None:
    body = "<w:p><w:r><w:t>Ett</w:t><w:footnoteReference w:id='7'/></w:r></w:p>"

    assert text(body) == "Ett"
    assert "Notes that the text names and the file lacks: 1." in told(body)


LISTS = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl>"
    "</w:abstractNum>"
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\uf0b7'/></w:lvl>"
    "</w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/>"
    "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
)


def item(words: str, number: int, level: int = 0) -> str:
    return p(words, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


def test_a_part_linked_to_ten_thousand_times_is_one_part() -> None:
    """To read it for each of them would take minutes: found by damaging files."""
    links = f'<Relationship Id="r" Type="{RELATED}/header" Target="header1.xml"/>' * 10_000
    package = open_container(packed({"word/_rels/document.xml.rels": f"<a>{links}</a>".encode()}))

    assert related(package, "word/document.xml") == {"header": ["word/header1.xml"]}


def test_lists_are_numbered_as_on_the_page() -> None:
    body = item("a", 1) + item("b", 1) + item("c", 1, 1) + item("d", 1, 1) + item("e", 1) + item("f", 3) + item("g", 2)

    assert text(body, numbering=LISTS) == "1. a\n2. b\n  2.a) c\n  2.b) d\n3. e\n1. f\n- g"


def test_a_list_whose_marks_are_not_in_the_file_gets_dashes() -> None:
    assert text(item("a", 1) + item("b", 0)) == "- a\nb"


STYLES = (
    "<w:style w:type='paragraph' w:styleId='Rubrik1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Egen'><w:name w:val='Egen'/><w:basedOn w:val='Rubrik1'/>"
    "<w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Rubrik2'><w:name w:val='Rubrik 2'/></w:style>"
)


def test_headings_are_found_by_style_and_by_level() -> None:
    looks = {"": "", "Å": "<w:pStyle w:val='Rubrik1'/>", "b": "", "C": "<w:pStyle w:val='Egen'/>",
             "D": "<w:outlineLvl w:val='0'/>", "e": "<w:outlineLvl w:val='9'/>",
             "F": "<w:pStyle w:val='Rubrik2'/>"}  # fmt: skip
    document = read_docx(word("".join(p(words, look) for words, look in looks.items()), styles=STYLES)).documents[0]

    assert document.text == "Å\nb\nC\nD\ne\nF"
    assert document.headings == [(0, "Å"), (4, "C"), (6, "D"), (10, "F")]


def test_a_comment_is_left_out_and_told_in_full() -> None:
    body = "<w:p><w:r><w:t>Text</w:t><w:commentReference w:id='0'/></w:r></w:p>"
    comments = "<w:comment w:id='0' w:author='Chef'>" + p("Vem sa det?") + "</w:comment>"

    assert text(body, comments=comments) == "Text"
    assert told(body, comments=comments) == {"A comment in the margin is left out.": "Vem sa det?"}


def test_a_text_box_said_in_two_ways_is_read_once() -> None:
    box = "<w:txbxContent>" + p("I rutan.") + "</w:txbxContent>"
    ways = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert text(f"<w:p><w:r><w:t>Före</w:t></w:r><w:r>{ways}</w:r></w:p>" + p("Efter")) == "Före\nI rutan.\nEfter"


def test_what_was_filled_in_is_kept_and_what_asks_for_it_is_not() -> None:
    filled = "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + p("3. Etablerat") + "</w:sdtContent></w:sdt>"
    empty = filled.replace("<w:dropDownList/>", "<w:showingPlcHdr/>").replace("3. Etablerat", "Välj ett objekt.")

    assert text(filled + empty) == "3. Etablerat"
    assert told(filled + empty) == {"Fields that were not filled in, left out: 1.": "Välj ett objekt."}


def test_older_forms_show_what_was_ticked_and_chosen() -> None:
    ticked = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
    box = f"<w:r><w:fldChar><w:ffData>{ticked}</w:ffData></w:fldChar></w:r>"
    choice = (
        "<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='Nej'/><w:listEntry w:val='Ja'/>"
        "</w:ddList></w:ffData></w:fldChar></w:r>"
    )

    assert text(f"<w:p>{box}<w:r><w:t> </w:t></w:r>{choice}</w:p>") == "☒ Ja"


def test_a_fields_result_is_read_and_its_instruction_is_not() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>länken</w:t></w:r></w:hyperlink>"

    assert text(f"<w:p>{field}</w:p>") == "länken"


def test_signs_that_are_no_letters_are_written_as_letters() -> None:
    signs = (
        "<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:font='Wingdings' w:char='F04A'/>"
        "<w:sym w:font='Okänd' w:char='F041'/><w:sym w:font='Arial' w:char='00E5'/>"
    )

    assert text(f"<w:p><w:r>{signs}</w:r></w:p>") == "a\u2011b\u00adc☺□å"
    assert len(told(f"<w:p><w:r>{signs}</w:r></w:p>")) == 2


def test_hidden_words_are_left_out_and_told() -> None:
    body = p("Syns.") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Syns inte.</w:t></w:r></w:p>"

    assert text(body) == "Syns."
    assert told(body) == {"Hidden passages, left out: 1.": "Syns inte."}


def test_page_headers_are_left_out_and_told_once() -> None:
    parts = {"header1": p("Myndigheten X"), "footer1": p("Sida 3")}

    assert text(p("Text"), **parts) == "Text"
    assert told(p("Text"), **parts) == {"Page headers and footers, left out: 2.": "Myndigheten X / Sida 3"}


def test_pictures_and_charts_are_told() -> None:
    body = "<w:p><w:r><w:drawing><pic:pic/></w:drawing><w:object/></w:r></w:p>" + p("Text")

    assert len(told(body)) == 2


def test_an_equation_is_read() -> None:
    assert text("<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>") == "a+b"


def test_a_strict_document_is_read_as_any_other() -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = f'<w:document xmlns:w="{space}"><w:body>{p("Strikt")}</w:body></w:document>'

    assert read_docx(packed({"word/document.xml": strict.encode()})).documents[0].text == "Strikt"


def test_a_document_nested_too_deep_is_refused() -> None:
    with pytest.raises(UnreadableError, match="too deep"):
        read_docx(word("<w:p><w:r>" + "<w:x>" * 5000 + "</w:x>" * 5000 + "</w:r></w:p>"))


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not a Word document"):
        read_docx(packed({"a.txt": b"words"}))


def test_words_are_those_that_mammoth_finds() -> None:
    document = docx.Document()
    document.add_heading("Rubrik å", 1)
    document.add_paragraph("Brödtext\tmed flik.")
    document.add_paragraph("punkt", style="List Bullet")
    document.add_paragraph("nummer", style="List Number")
    cells = document.add_table(rows=2, cols=3).rows[1].cells
    cells[0].text, cells[2].text = "cell ett", "cell tre"
    stream = io.BytesIO()
    document.save(stream)
    theirs = mammoth.extract_raw_text(stream).value
    ours = read_docx(stream.getvalue()).documents[0]

    assert ours.text.replace("- ", "").replace("1. ", "").split() == theirs.split()
    assert ours.text.startswith("Rubrik å\nBrödtext\tmed flik.\n- punkt\n1. nummer")
    assert ours.headings == [(0, "Rubrik å")]
