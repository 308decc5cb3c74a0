"""Documents: reports, transcripts, e-mails and notes."""

from __future__ import annotations

import io
import unicodedata
from email.message import EmailMessage

import docx
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.loaders.awkward.case import awkward
from tests.loaders.test_container import packed
from tests.loaders.test_pdf import pdf
from tests.loaders.test_word import LISTS, item, p, table, word

NOON = "Nothing tells when it was written"


@awkward(
    "P-1 2025-03-28.docx",
    "DOCX, tracked changes, footnotes, lists, comments, content controls, tables",
    texts="Vi vågar.[1]\n1. ett\n2. två\nNu\tSen\nA\tB\n3. Etablerat\n\n[1] Enligt chefen.",
    told=(
        "Tracked insertions, kept",
        "Tracked deletions, left out",
        "Footnotes and endnotes, put",
        "A comment in the margin",
        "Fields that were not filled in",
    ),
)
def a_report_with_everything_in_it() -> bytes:
    changed = (
        "<w:p><w:r><w:t xml:space='preserve'>Vi </w:t></w:r><w:del><w:r><w:delText>kan</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>vågar.</w:t></w:r></w:ins><w:r><w:footnoteReference w:id='1'/></w:r>"
        "<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    )
    chosen = "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + p("3. Etablerat") + "</w:sdtContent></w:sdt>"
    asked = chosen.replace("<w:dropDownList/>", "<w:showingPlcHdr/>").replace("3. Etablerat", "Välj ett objekt.")
    body = changed + item("ett", 1) + item("två", 1) + table([p("Nu"), p("Sen")], [p("A"), p("B")]) + chosen + asked
    notes = {"footnotes": "<w:footnote w:id='1'>" + p("Enligt chefen.") + "</w:footnote>", "numbering": LISTS}
    return word(body, comments="<w:comment w:id='0'>" + p("Vem sa det?") + "</w:comment>", **notes)


@awkward("rapport.docx", "DOCX with a head of labels", texts="Vi började om.\n\n\tIndraget å.")
def a_form_with_labels_in_a_table() -> bytes:
    made = docx.Document()
    head = made.add_table(rows=3, cols=2)
    labels = {"Deltagarkod": "P-2", "Tillfälle": "Slut", "Datum": "28 mars 2025"}
    for cells, (label, value) in zip(head.rows, labels.items(), strict=True):
        cells.cells[0].text, cells.cells[1].text = label, value
    for words in ("Vi började om.", "", "\tIndraget å."):
        made.add_paragraph(words)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


ODF = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))


@awkward("P-3 2025-03-28.odt", "ODT", texts="Rubrik\nVi gick  hem\toch\nvilade.")
def a_text_from_libreoffice() -> bytes:
    body = (
        "<text:h text:outline-level='1'>Rubrik</text:h><text:p>Vi gick<text:s text:c='2'/>hem<text:tab/>och"
        "<text:line-break/>vilade.</text:p>"
    )
    whole = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {ODF}>{whole}</office:document-content>"
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def _page(number: int) -> list[str]:
    day = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return [
        f"{word} {day} på rad {line} i vår verk\u00adsamhet"
        for line, word in enumerate(["Först", *["sedan"] * 18, "sist"])
    ]


@awkward(
    "P-2 2025-03-28 slutrapport.pdf",
    "200-page PDF, page heads, soft hyphens",
    texts="\n\n".join("\n".join(_page(number)).replace("\u00ad", "") for number in range(200)),
    told=("Lines at the top or bottom of most pages were left out", "Words parted at the end of a line"),
)
def two_hundred_pages() -> bytes:
    return pdf(*(["Ena verket, slutrapport", *_page(number), f"{number + 1} (200)"] for number in range(200)))


@awkward(
    "P-1 2025-03-28.pdf",
    "soft hyphens",
    texts="Vi såg vår verksamhet växa.",
    told="Words parted at the end of a line were put together",
)
def words_parted_at_line_ends() -> bytes:
    return pdf(["Vi såg vår verk\u00adsam\u00ad", "het växa."])


@awkward("skannad P-1.pdf", "PDF of pictures", (0, 0, 1), refused="It holds no text: its pages are pictures")
def a_scanned_report() -> bytes:
    return pdf([], [], picture=True)


@awkward("låst P-1.pdf", "password PDF", (0, 0, 1), refused="It is locked with a password")
def a_pdf_with_a_password() -> bytes:
    return pdf(["Hemligt."], encrypt=StandardEncryption("hemligt"))


@awkward(
    "Intervju P-1 2025-03-28.vtt",
    "VTT, speakers and times",
    texts="[00:00:01] Frågan: Hur gick det & varför?\n\n[00:01:05] Svaret: Bra, <tror> jag.",
    told="1 remarks (NOTE)",
)
def a_transcript_from_a_meeting() -> bytes:
    cues = (
        "WEBVTT - möte\n\nNOTE automatiskt\n\n1\n00:01.000 --> 00:03.500 align:start\n"
        "<v Frågan>Hur gick det &amp;</v>\n\n"
        "00:00:03.500 --> 00:00:04.000\n<v Frågan>varför?</v>\n\n00:01:05.000 --> 00:01:09.000\n"
        "<v Svaret>Bra, &lt;tror&gt; jag.</v>\n"
    )
    return b"\xef\xbb\xbf" + cues.encode()


@awkward(
    "P-3 röstmemo 2025-03-28.srt",
    "SRT, CRLF",
    texts="[00:00:00] Jag tror att det gick. Ja.",
)
def a_memo_with_times() -> bytes:
    cues = (
        "1",
        "00:00:00,500 --> 00:00:02,000",
        "Jag tror",
        "att det gick.",
        "",
        "",
        "2",
        "00:00:02,000 --> 00:00:03",
        "<i>Ja.</i>",
        "",
    )
    return "\r\n".join(cues).encode()


@awkward(
    "reflektion.eml",
    "e-mail with quoted mail, occasion from a date",
    texts="Hej!\n\nVi gick hem.\n\nDen 27 mars 2025 skrev Eva:\n> Hur gick det?",
    told=(
        "An older message seems to begin in line 5",
        "It may tell who somebody is",
        "The study has no column for it",
        "The text names somebody",
    ),
)
def an_answer_by_e_mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = (
        "Anna Ek <anna.ek@ena.example>",
        "forskare@lab.example",
        "Sv: Reflektion",
    )
    made["Date"], made["Message-ID"] = "Fri, 28 Mar 2025 14:10:00 +0100", "<1@ena.example>"
    made.set_content("Hej!\n\nVi gick hem.\n\nDen 27 mars 2025 skrev Eva:\n> Hur gick det?\n")
    return made.as_bytes()


@awkward(
    "mejl.txt",
    "e-mail pasted in a text file",
    texts="Vi stannade kvar.\n\n-----Ursprungligt meddelande-----\nFrån: Eva",
    told=(
        "An older message seems to begin",
        "It may tell who somebody is",
        "The study has no column for it",
        "The text names somebody",
    ),
)
def an_e_mail_pasted_in_a_file() -> bytes:
    head = "Från: Bo Alm <bo.alm@ena.example>\nSkickat: den 28 mars 2025 14:10\nTill: Nätverket\nÄmne: Reflektion\n\n"
    return f"{head}Vi stannade kvar.\n\n-----Ursprungligt meddelande-----\nFrån: Eva\n".encode()


@awkward(
    "anteckning.md",
    "front matter",
    texts="# Efteråt\n\nVi gick *hem*.",
    told="The study has no column for it",
)
def a_note_with_front_matter() -> bytes:
    return (
        b"---\nperson: P-2\ndate: 2025-03-28\nkind: samtal\nrum: 7b\n---\n\n" + "# Efteråt\n\nVi gick *hem*.\n".encode()
    )


@awkward(
    "loggbok P-2.txt",
    "occasion from a heading",
    (2, 0, 0),
    texts=("Tillfälle 1\n\nVi började.", "Tillfälle 2\n\nVi slutade."),
    told=NOON,
)
def a_diary_with_occasions_as_headings() -> bytes:
    return "Tillfälle 1\n\nVi började.\n\nTillfälle 2\n\nVi slutade.\n".encode()


@awkward(
    unicodedata.normalize("NFD", "Träff 2 P-1 Återblick å.txt"),
    "NFD, file name pattern",
    texts=unicodedata.normalize("NFD", "Över ån efter vatten."),
    told=NOON,
)
def a_name_from_a_macintosh() -> bytes:
    return unicodedata.normalize("NFD", "Över ån efter vatten.").encode()


@awkward("trasig P-1 T2.docx", "damaged DOCX", (0, 0, 1), refused="The file is damaged or cut short")
def a_report_cut_short() -> bytes:
    return word(p("Vi gick hem. " * 50))[:-40]
