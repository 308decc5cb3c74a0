"""Office files with everything in them that a loader has to know: the more there is, the more can be damaged."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from openpyxl.comments import Comment
from reportlab.pdfgen.canvas import Canvas

from tests.loaders import test_opendocument as odf
from tests.loaders import test_word as word
from tests.loaders.awkward import awkward_study
from tests.loaders.awkward.workbooks import book
from tests.loaders.test_workbook import cell, ods, row, written
from workbench.loaders.templates.form import write_form
from workbench.loaders.templates.sheet import write_template


def richer() -> Iterator[tuple[str, bytes]]:
    """Give files by path."""
    yield "P-1 2025-03-28.docx", _report()
    yield (
        "P-2 T1 lista.docx",
        word.word("".join(word.item(f"Punkt {at}", at % 4, at % 3) for at in range(12)), numbering=word.LISTS),
    )
    yield "mall P-1 T2.docx", write_form(awkward_study(), kind="reflection", language="sv", person="P-1", occasion="T2")
    yield "P-1 2025-03-28.odt", _text()
    yield "P-2 T1.odt", odf.odt(odf.items(odf.p("a"), odf.p("b") + odf.items(odf.p("c"))) * 3, odf.LISTS)
    yield "skattning P-1 T2.ods", _sheet()
    yield "mall P-3.xlsx", write_template(awkward_study(), kind="ratings", language="en", person="P-3", occasion="T2")
    yield (
        "försök.xlsx",
        write_template(awkward_study(), kind="experiment", language="sv", organisation="A1", occasion="T1"),
    )
    yield "allt P-1 2025-03-28.xlsx", book(_book)
    yield "formler P-1.xlsx", written(_formulas)
    yield "blankett P-1 2025-03-28.pdf", _form()


def _report() -> bytes:
    changed = (
        "<w:p><w:r><w:t>Vi </w:t></w:r><w:del><w:r><w:delText>kan</w:delText></w:r></w:del><w:ins><w:r><w:t>vågar."
        "</w:t></w:r></w:ins><w:r><w:footnoteReference w:id='1'/><w:endnoteReference w:id='2'/></w:r>"
        "<w:r><w:commentReference w:id='0'/></w:r><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>"
    )
    box = "<w:txbxContent>" + word.p("I rutan.") + "</w:txbxContent>"
    ways = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    forms = (
        "<w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar>"
        "<w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='Nej'/><w:listEntry w:val='Ja'/>"
        "</w:ddList></w:ffData></w:fldChar><w:sym w:font='Wingdings' w:char='F04A'/><w:softHyphen/>"
        "<w:noBreakHyphen/><w:br/><w:tab/>"
    )
    asked = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + word.p("Välj.") + "</w:sdtContent></w:sdt>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Syns inte.</w:t></w:r><m:oMath><m:r><m:t>a+b</m:t></m:r>"
    hidden += "</m:oMath></w:p>"
    head = word.table([word.p("Deltagarkod"), word.p("P-1")], [word.p("Tillfälle"), word.p("Slut")])
    heading = word.p("Rubrik", "<w:pStyle w:val='Egen'/>")
    body = (
        head + heading + changed + word.item("ett", 1) + word.item("två", 1, 1) + f"<w:p><w:r>{ways}{forms}</w:r></w:p>"
    )
    body += asked + hidden + word.table([word.p("Nu"), word.p("Sen")], [word.table([word.p("i")]), word.p("B")])
    return word.word(
        body + word.p("Vi gick", "<w:rPr><w:del/></w:rPr>") + word.p(" hem."),
        footnotes="<w:footnote w:id='1'>" + word.p("Enligt chefen.") + "</w:footnote>",
        endnotes="<w:endnote w:id='2'>" + word.p("Sist.") + "</w:endnote>",
        comments="<w:comment w:id='0'>" + word.p("Vem sa det?") + "</w:comment>",
        numbering=word.LISTS, styles=word.STYLES, header1=word.p("Myndigheten X"), footer1=word.p("Sida 3"),
    )  # fmt: skip


def _text() -> bytes:
    words = "<text:note-citation>1</text:note-citation><text:note-body><text:p>not</text:p></text:note-body>"
    note = f"<text:note>{words}</text:note>"
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>bort</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    box = (
        "<draw:frame><draw:text-box><text:p>I rutan.</text:p></draw:text-box><svg:title>titel</svg:title></draw:frame>"
    )
    styles = odf.LISTS + (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
    )
    body = changes + odf.table(["Deltagarkod", "P-1"], ["Tillfälle", "T1"]) + odf.p("Titel", "P1")
    body += odf.p(f"Vi <text:change-start/>gick<text:change-end/><text:s text:c='2'/>hem<text:tab/>å{note}{box}")
    body += "<text:h text:outline-level='1'>Rubrik</text:h>" + odf.items(
        odf.p("a"), odf.p("b") + odf.items(odf.p("c"), look="")
    )
    body += odf.p("Syns<text:span text:style-name='H'>inte</text:span><text:placeholder>Skriv</text:placeholder>")
    body += odf.p("x<office:annotation><text:p>Vem?</text:p></office:annotation>") + odf.table(
        ["a", "b", "c"], ["d", "e", "f"]
    )
    head = "<style:master-page><style:header><text:p>Myndigheten X</text:p></style:header></style:master-page>"
    return odf.odt(body + f"<text:section>{odf.p('sist')}</text:section>", styles, head)


def _sheet() -> bytes:
    heads = row(*map(cell, ("Person", "Tillfälle", "Komponent", "Nuläge", "Text", "Datum")))
    note = cell("3").replace("<text:p>", "<office:annotation><text:p>Osäker</text:p></office:annotation><text:p>")
    level = cell("3,0", 'office:value-type="float" office:value="3"')
    day = cell("28 mars", 'office:value-type="date" office:date-value="2025-03-28T14:10:00.000"')
    merged = cell("m", "table:number-columns-spanned='2'") + "<table:covered-table-cell/>"
    error = cell("#REF!", "table:formula='of:=A9' office:value-type='string' calcext:value-type='error'")
    time = cell("", 'office:value-type="time" office:time-value="PT9H30M00S"')
    lines = [
        heads,
        row(cell("P-1"), cell("T2"), cell("Ledarskap"), level, cell("a<text:tab/>b<text:s text:c='3'/>"), day),
        row(cell("P-2"), cell("T2"), cell("I3"), note, error, time),
        row(merged, look='table:visibility="collapse"'),
        row(cell("P-3", 'table:number-columns-repeated="2"'), look='table:number-rows-repeated="2"'),
        row(cell(), look='table:number-rows-repeated="1048000"'),
    ]
    style = '<style:style style:name="b"><style:table-properties table:display="false"/></style:style>'
    more = f'<table:table table:name="B" table:style-name="b">{row(cell("x"))}</table:table>'
    return ods("<table:table-column table:number-columns-repeated='9'/>" + "".join(lines), style, more)


def _book(made: Any) -> None:
    sheet = made["Sheet"]
    for line in (
        ["Person", "Datum", "Text", "Nuläge"],
        ["P-1", dt.datetime(2025, 3, 28, 14, 10), "Vi gick\nhem å.", 3],  # noqa: DTZ001 - Excel has no zones
        ["P-2", 45744.5, "=A1&B2", -1],
        ["P-3", dt.time(9, 30), True, "#REF!"],
        ["P-1", None, "Sammanslagen", 1.5],
    ):
        sheet.append(line)
    sheet.merge_cells("A5:B6")
    sheet["C2"].comment = Comment("Vem?", "Chef")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    for name, state in (("Dold", "hidden"), ("Hjälp", "visible"), ("Två", "visible")):
        other = made.create_sheet(name)
        other.append(["Person", "Text"])
        other.append(["P-2", name])
        other.sheet_state = state


def _formulas(sheet: Any) -> None:
    for column, heading in enumerate(("Person", "Datum", "Text")):
        sheet.write_string(0, column, heading)
    sheet.write_string("A2", "P-1")
    sheet.write_datetime("B2", dt.datetime(2025, 3, 28))  # noqa: DTZ001
    sheet.write_formula("C2", '="a"&"b"', None, "ab")
    sheet.insert_textbox("E2", "I rutan")
    sheet.write_comment("A2", "Vem?")
    sheet.data_validation("C3", {"validate": "list", "source": ["a", "b"]})


def _form() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    canvas.drawString(50, 700, "Mall")
    canvas.acroForm.textfield(name="Namn", value="Anna Å", x=50, y=600, width=200, height=20)
    canvas.acroForm.checkbox(name="Klar", checked=True, x=50, y=500)
    canvas.textAnnotation("Stämmer det?", Rect=(50, 50, 100, 100))
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry("Ett", "a", 0)
    canvas.showPage()
    canvas.drawString(50, 700, "Sida två å")
    canvas.save()
    return stream.getvalue()
