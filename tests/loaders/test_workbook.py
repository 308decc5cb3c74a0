import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.loaders.oldbook import old_book
from tests.loaders.test_container import packed
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers import sheetmarks
from workbench.loaders.readers.cellplace import cell_place, column_letters
from workbench.loaders.readers.workbook import read_workbook
from workbench.loaders.reading import Grid

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=30)
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def excel(fill: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book["Sheet"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def written(fill: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    """Write a workbook with formulas that have values."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    fill(book.add_worksheet("Sheet"))
    book.close()
    return stream.getvalue()


def ods(rows: str, styles: str = "", more: str = "", **members: bytes) -> bytes:
    table = f'<table:table table:name="A" table:style-name="a">{rows}</table:table>{more}'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    styled = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content = f"<office:document-content {ODF} xmlns:calcext='x'>{styled}{body}</office:document-content>"
    return packed({"content.xml": content.encode(), **members})


def row(*cells: str, look: str = "") -> str:
    return f"<table:table-row {look}>{''.join(cells)}</table:table-row>"


def cell(words: str = "", look: str = "") -> str:
    return f"<table:table-cell {look}><text:p>{words}</text:p></table:table-cell>"


def rows(data: bytes) -> list[list[str]]:
    return [list(cells) for _, cells in read_workbook(data).grids[0].rows]


def told(data: bytes) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.found, one.weight) for one in read_workbook(data).problems]


def test_every_kind_of_value_is_written_as_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["å", 3, 2.5, 0.1 + 0.2, True, -1])
        sheet.append([date(2025, 2, 5), datetime(2025, 2, 5, 14, 10), time(9, 30), timedelta(hours=30)])  # noqa: DTZ001

    assert rows(excel(fill)) == [
        ["å", "3", "2.5", "0.3", "true", "-1"],
        ["2025-02-05", "2025-02-05T14:10:00", "09:30:00", "30:00:00", "", ""],
    ]
    assert told(excel(fill)) == []


@given(st.lists(CELLS.filter(bool), min_size=1, max_size=6))
def test_cells_of_excel_come_out_character_for_character(texts: list[str]) -> None:
    assert rows(written(lambda sheet: [sheet.write_string(0, at, text) for at, text in enumerate(texts)])) == [texts]


@given(st.lists(CELLS.filter(bool), min_size=1, max_size=6))
def test_cells_that_another_program_wrote_come_out_the_same(texts: list[str]) -> None:
    data = excel(lambda sheet: [_set(sheet, at, text) for at, text in enumerate(texts, start=1)])

    assert rows(data) == [texts]


def _set(sheet: Worksheet, at: int, text: str) -> None:
    sheet.cell(1, at).value = text
    sheet.cell(1, at).data_type = "s"  # a text that begins with = is a text here


def test_line_ends_in_a_cell_are_made_one() -> None:
    assert rows(written(lambda sheet: sheet.write_string("A1", "a\r\nb\rc_x000D_"))) == [["a\nb\nc_x000D_"]]


def test_rows_keep_their_numbers_and_columns_their_places() -> None:
    read = read_workbook(excel(lambda sheet: [sheet.__setitem__("C5", "x"), sheet.__setitem__("D7", "y")]))

    assert read.grids[0].rows == [(5, ["", "", "x", ""]), (7, ["", "", "", "y"])]
    assert read.grids[0].sheet == "Sheet"


def test_merged_cells_all_have_the_value() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["C3"] = "Kommun", "Umeå", "x"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    assert rows(excel(fill)) == [["Kommun"] * 3, ["Umeå", "", ""], ["Umeå", "", "x"]]
    assert told(excel(fill)) == [(1, "A", "A1:C1 Kommun", "changed"), (2, "A", "A2:A3 Umeå", "changed")]


def test_merged_cells_that_lie_over_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetmarks, "CELLS", 30)
    over = cell("m", "table:number-columns-spanned='5' table:number-rows-spanned='5'")

    with pytest.raises(UnreadableError, match="over each other"):
        read_workbook(ods(row(*[over] * 5) * 5))


def test_a_formula_gives_its_value_or_is_told() -> None:
    def fill(sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C1", '="a"', None, "a")

    assert rows(written(fill)) == [["2", "", "a"]]
    assert told(written(fill)) == [(1, "B", "#DIV/0!", "changed")]


def test_a_formula_that_was_never_calculated_is_told() -> None:
    data = excel(lambda sheet: sheet.append(["x", "=1+1"]))

    assert rows(data) == [["x"]]
    assert told(data) == [(1, "B", "=1+1", "changed")]


def test_many_errors_are_counted_after_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetmarks, "_MOST", 2)
    problems = read_workbook(excel(lambda sheet: [sheet.append(["=1"]) for _ in range(5)])).problems

    assert len(problems) == 3
    assert "3 more cells" in str(problems[-1].rule)


def test_a_number_below_zero_that_is_shown_as_a_date_stays_a_number() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = -1
        sheet["A1"].number_format = "yyyy-mm-dd"

    assert rows(excel(fill)) == [["-1"]]
    assert told(excel(fill)) == [(1, "A", "-1", "flag")]


def test_a_hidden_sheet_is_told_and_not_read() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "syns"
        hidden = sheet.parent.create_sheet("Listor")
        hidden["A1"], hidden.sheet_state = "syns inte", "hidden"

    read = read_workbook(excel(fill))
    assert [grid.sheet for grid in read.grids] == ["Sheet"]
    assert [(one.sheet, one.weight) for one in read.problems] == [("Listor", "flag")]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for number in range(5):
            sheet.append([number, "x", "y"])
        for number in (2, 3, 5, 9):
            sheet.row_dimensions[number].hidden = True
        sheet.column_dimensions["B"].hidden = True

    assert len(rows(excel(fill))) == 5
    assert told(excel(fill)) == [(0, "", "2-3, 5", "flag"), (0, "", "B", "flag")]


def test_a_comment_on_a_cell_is_told() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = 3
        sheet["B2"].comment = Comment("Osäker", "Anna")

    assert told(excel(fill)) == [(2, "B", "Osäker", "flag")]


@pytest.mark.parametrize("place", ["XFD1048576", "CV200000"])
def test_a_sheet_that_reaches_too_far_is_refused(place: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet[place] = "a", "z"

    with pytest.raises(UnreadableError, match=f"reaches to cell {place}"):
        read_workbook(excel(fill))


def test_a_cell_far_out_that_is_only_coloured_does_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "a"
        sheet["XFD1048576"].number_format = "0.00"

    assert rows(excel(fill)) == [["a"]]


def test_a_workbook_from_before_2007_is_read_and_what_is_not_told_of_it_is_said() -> None:
    read = read_workbook(old_book(("Blad å", False), ("Dold", True)))

    assert (read.kind, read.grids) == ("xls", [Grid([(1, ["Hej å", ""]), (2, ["", "3"])], "Blad å")])
    assert [(one.sheet, one.weight) for one in read.problems] == [("Dold", "flag"), ("", "flag")]


def test_a_part_that_claims_more_than_it_can_hold_is_refused() -> None:
    data = written(lambda sheet: sheet.write_string("A1", 'a text with count="999999999999" is none'))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b'uniqueCount="1"', b'uniqueCount="999999999"'
    )

    assert rows(data) == [['a text with count="999999999999" is none']]
    with pytest.raises(UnreadableError, match="damaged"):
        read_workbook(packed(parts))


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not a workbook"):
        read_workbook(packed({"a.txt": b""}))
    with pytest.raises(UnreadableError, match="damaged"):
        read_workbook(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


def test_a_locked_workbook_asks_for_the_password_to_be_taken_away() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(UnreadableError, match="password"):
        read_workbook(data)


def with_sheet(data: bytes, sheet: bytes) -> bytes:
    """Put another sheet in a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return packed({name: sheet if "sheet1" in name else old.read(name) for name in old.namelist()})


def test_a_damaged_part_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read_workbook(with_sheet(excel(lambda sheet: sheet.append(["a"])), b"<worksheet><sheetData><row>"))


CELL = b"<c%b><v>%d</v></c>"


def test_rows_and_cells_without_a_place_are_the_next() -> None:
    cells = CELL % (b"", 1) + CELL % (b"", 2)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<worksheet xmlns="' + space + b'"><sheetData><row>%b</row><row>%b</row>'
    data = with_sheet(excel(lambda one: one.append(["a"])), sheet % (cells, cells) + b"</sheetData></worksheet>")

    assert read_workbook(data).grids[0].rows == [(1, ["1", "2"]), (2, ["1", "2"])]


def test_a_cell_far_out_is_refused_in_whatever_row_it_lies() -> None:
    cells = CELL % (b' r="A1"', 1) + CELL % (b' r="XFD99999"', 2)
    sheet = b"<worksheet><sheetData><row>%b</row></sheetData></worksheet>" % cells
    data = with_sheet(excel(lambda one: one.append(["a"])), sheet)

    with pytest.raises(UnreadableError, match="XFD99999"):
        read_workbook(data)


def test_an_empty_workbook_has_an_empty_sheet() -> None:
    assert rows(excel(lambda _: None)) == []
    assert rows(ods("")) == []


@given(st.integers(1, 16384), st.integers(1, 1_048_576))
def test_a_place_is_what_its_letters_say(column: int, line: int) -> None:
    assert cell_place(f"{column_letters(column)}{line}") == (line, column)


def test_every_kind_of_value_of_an_open_document_is_written_as_text() -> None:
    kinds = [
        ('office:value-type="float" office:value="3"', "3,0", "3"),
        ('office:value-type="percentage" office:value="0.5"', "50 %", "0.5"),
        ('office:value-type="date" office:date-value="2025-02-05"', "5 feb", "2025-02-05"),
        ('office:value-type="date" office:date-value="2025-02-05T14:10:00.000"', "", "2025-02-05T14:10:00"),
        ('office:value-type="time" office:time-value="PT9H30M00S"', "", "09:30:00"),
        ('office:value-type="boolean" office:boolean-value="true"', "SANT", "true"),
        ('office:value-type="float" office:value="1e999"', "", "1e999"),
        ('office:value-type="float" office:value="NaN"', "okänt", "okänt"),
        ('office:value-type="date" office:date-value="5&#13;feb"', "", "5\nfeb"),
        ("office:value-type='string'", "a<text:tab/>b<text:line-break/>c<text:s text:c='2'/> \n d", "a\tb\nc   d"),
    ]

    assert rows(ods(row(*(cell(words, look) for look, words, _ in kinds)))) == [[text for _, _, text in kinds]]


@given(
    st.lists(CELLS.filter(lambda text: text.strip(" ") == text and "  " not in text and text), min_size=1, max_size=5)
)
def test_cells_of_an_open_document_come_out_character_for_character(texts: list[str]) -> None:
    assert rows(ods(row(*(cell(escape(text)) for text in texts)))) == [texts]


def test_repeated_cells_and_rows_are_read_as_often() -> None:
    data = ods(
        row(cell("a", 'table:number-columns-repeated="2"'), look='table:number-rows-repeated="2"')
        + row("<table:table-cell table:number-columns-repeated='16384'/>", look='table:number-rows-repeated="99"')
        + row("<table:table-cell table:number-columns-repeated='2'/>", cell("b"))
        + row("<table:table-cell table:number-columns-repeated='16384'/>", look='table:number-rows-repeated="1048400"')
    )

    assert read_workbook(data).grids[0].rows == [(1, ["a", "a", ""]), (2, ["a", "a", ""]), (102, ["", "", "b"])]


@pytest.mark.parametrize(
    "far",
    [
        row(cell("a", 'table:number-columns-repeated="999999999"')),
        row(cell("a"), look='table:number-rows-repeated="999999999"'),
        row(cell("a"), look='table:number-rows-repeated="1048576"'),
        row(cell("a", 'table:number-columns-repeated="16385"')),
        row(cell("a"))
        + row(look='table:number-rows-repeated="1000000"')
        + row("<table:table-cell table:number-columns-repeated='99'/>", cell("b")),
    ],
)
def test_an_open_document_that_reaches_too_far_is_refused(far: str) -> None:
    with pytest.raises(UnreadableError, match="reaches to"):
        read_workbook(ods(far))


@pytest.mark.parametrize("name", ["text:span", "table:table-rows"])
def test_parts_of_an_open_document_that_lie_too_deep_are_told(name: str) -> None:
    with pytest.raises(UnreadableError, match="too deep"):
        read_workbook(
            ods(row(cell(f"<{name}>" * 5_000 + f"</{name}>" * 5_000)) + f"<{name}>" * 5_000 + f"</{name}>" * 5_000)
        )


def test_marks_of_an_open_document_are_told() -> None:
    note = cell("3").replace("<text:p>", "<office:annotation><text:p>Osäker</text:p></office:annotation><text:p>")
    error = cell("#REF!", "table:formula='of:=A9' office:value-type='string' calcext:value-type='error'")
    merged = cell("m", "table:number-columns-spanned='2'") + "<table:covered-table-cell/>"
    hidden = row(cell("h"), look='table:visibility="collapse"')
    never = "<table:table-cell table:formula='of:=1'/>"
    data = ods(row(note, error) + row(merged) + hidden + row(never, cell("x")))

    assert rows(data) == [["3", ""], ["m", "m"], ["h", ""], ["", "x"]]
    assert told(data) == [
        (1, "B", "#REF!", "changed"), (4, "A", "of:=1", "changed"), (2, "A", "A2:B2 m", "changed"),
        (1, "A", "Osäker", "flag"), (0, "", "3", "flag"),
    ]  # fmt: skip


def test_a_hidden_sheet_of_an_open_document_is_told_and_not_read() -> None:
    style = '<style:style style:name="a"><style:table-properties table:display="false"/></style:style>'
    read = read_workbook(ods(row(cell("x")), style, '<table:table table:name="B"/>'))

    assert [grid.sheet for grid in read.grids] == ["B"]
    assert [one.sheet for one in read.problems] == ["A"]


def test_a_locked_open_document_is_refused() -> None:
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}

    with pytest.raises(UnreadableError, match="password"):
        read_workbook(ods("", "", "", **manifest))
