"""Workbooks, as agencies fill them in."""
# ruff: noqa: RUF001  dashes

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.loaders.awkward.case import awkward
from tests.loaders.awkward.study import awkward_study
from tests.loaders.test_workbook import cell, excel, ods, row, written
from workbench.loaders.templates import write_template
from workbench.loaders.templates.fields import TemplateKind

HEADINGS = ["Person", "Datum", "Text"]
DAY = dt.datetime(2025, 3, 28, 14, 10)  # noqa: DTZ001  Excel has no zones
NOON = "Nothing tells when it was written"


def book(fill: Callable[[Any], object]) -> bytes:
    """Write a workbook of several sheets."""
    made = openpyxl.Workbook()
    fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def filled(kind: TemplateKind, cells: dict[str, object], **options: Any) -> bytes:
    """Write a template and fill it in, as Excel would."""
    made = openpyxl.load_workbook(io.BytesIO(write_template(awkward_study(), kind=kind, language="sv", **options)))
    for place, value in cells.items():
        made.worksheets[0][place] = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@awkward(
    "gemensam.xlsx",
    "merged cells, headings in row 4",
    (2, 0, 0),
    texts=("Ett.", "Två 🙂."),
    told=("Merged cells", "Above the table stands something"),
)
def merged_cells_and_a_title() -> bytes:
    def fill(sheet: Worksheet) -> None:
        for line in (
            ["Våra anteckningar"],
            ["Organisation", "Ena verket"],
            [],
            HEADINGS,
            ["P-1", DAY, "Ett."],
            [None, DAY, "Två 🙂."],
        ):
            sheet.append(line)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A5:A6")

    return excel(fill)


@awkward("formler.xlsx", "formulas with cached values", texts="Ihopsatt text å.")
def formulas_with_values() -> bytes:
    def fill(sheet: Any) -> None:
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading)
        sheet.write_string("A2", "P-1")
        sheet.write_string("B2", "2025-03-28")
        sheet.write_formula("C2", '="Ihopsatt "&"text å."', None, "Ihopsatt text å.")

    return written(fill)


@awkward(
    "formler.xlsx",
    "formulas without cached values, error cells",
    (0, 0, 2),
    refused="There is no text",
    told=("The formula was never calculated", "The formula ends in an error"),
)
def formulas_without_values() -> bytes:
    def fill(sheet: Any) -> None:
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading)
        for line, value in enumerate(("", "#REF!"), start=1):
            sheet.write_string(line, 0, "P-1")
            sheet.write_string(line, 1, "2025-03-28")
            sheet.write_formula(line, 2, "=Blad2!A1", None, value)

    data = written(fill)
    return _without_values(data)


def _without_values(data: bytes) -> bytes:
    """Take away values that were never there: a program other than Excel wrote the formula."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v></v>", b""))
    return stream.getvalue()


@awkward(
    "datum.xlsx",
    "dates as numbers",
    (3, 0, 0),
    texts=("Cell med dag.", "Cell med tal.", "Text."),
    told="It is a spreadsheet's number for a day",
)
def days_as_numbers() -> bytes:
    rows = (
        HEADINGS,
        ["P-1", DAY, "Cell med dag."],
        ["P-2", 45744.5, "Cell med tal."],
        ["P-3", "28 mars 2025", "Text."],
    )
    return excel(lambda sheet: [sheet.append(line) for line in rows])


@awkward(
    "dolt.xlsx",
    "hidden sheet, hidden rows, two tables and a help sheet",
    (4, 0, 0),
    texts=("Syns.", "Filtrerad.", "Andra bladet.", "Inte mallens hjälp."),
    told=("Rows that are hidden", "The sheet is hidden"),
)
def hidden_rows_and_sheets() -> bytes:
    def fill(made: Any) -> None:
        sheet = made["Sheet"]
        for line in (HEADINGS, ["P-1", DAY, "Syns."], ["P-2", DAY, "Filtrerad."]):
            sheet.append(line)
        sheet.row_dimensions[3].hidden = True
        for name, words in (("Mars", "Andra bladet."), ("Kladd", "Syns inte."), ("Hjälp", "Inte mallens hjälp.")):
            for line in (HEADINGS, ["P-3", DAY, words]):
                made.create_sheet(name) if name not in made.sheetnames else None
                made[name].append(line)
        made["Kladd"].sheet_state = "hidden"

    return book(fill)


@awkward("långt bort.xlsx", "cell far out", (0, 0, 1), refused="The sheet Sheet reaches to cell XFD1048576")
def a_cell_far_out() -> bytes:
    def fill(sheet: Worksheet) -> None:
        sheet.append(HEADINGS)
        sheet["XFD1048576"] = "x"

    return excel(fill)


@awkward(
    "Skattning P-1 T2.xlsx",
    "template filled in, level and missing words",
    (1, 0, 0),
    texts=("Det är så här 🙂\n– på två rader.", "Vi vill hit."),
    levels=("P-1 T2 desired 4", "P-1 T2 now DK", "P-1 T2 then 1"),
)
def a_template_filled_in() -> bytes:
    cells = {
        "B4": DAY.date(),
        "B9": "Det är så här 🙂\n– på två rader.",
        "C9": "Vet ej",
        "F9": "Vi vill hit.",
        "G9": "4 – Systematiskt",
        "H9": dt.date(2026, 6, 30),
        "I9": "1 – Tillfälligt",
    }
    return filled("ratings", cells, person="P-1", occasion="T2")


@awkward("Skattning P-2 T2.xlsx", "empty template", (0, 0, 1), refused="There is nothing in it but headings")
def a_template_nobody_filled_in() -> bytes:
    return filled("ratings", {}, person="P-2", occasion="T2")


@awkward("lösenord.xlsx", "password workbook", (0, 0, 1), refused="It is locked with a password")
def a_workbook_with_a_password() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


@awkward(
    "reflektioner.ods",
    "ODS, repeated rows",
    (2, 0, 0),
    texts=("Rad ett å.\nRad två: samma ord.", "Rad ett å.\nRad två: samma ord."),
    told="The same text is there from P-1",
)
def a_table_from_libreoffice() -> bytes:
    lines = [row(*map(cell, HEADINGS))]
    for person in ("P-1", "P-2"):
        long = "<table:table-cell><text:p>Rad ett å.</text:p><text:p>Rad två: samma ord.</text:p></table:table-cell>"
        lines.append(row(cell(person), cell("2025-03-28"), long))
    empty = row(cell(), look='table:number-rows-repeated="1048000"')
    return ods("".join(lines) + empty)


@awkward(
    unicodedata.normalize("NFD", "Träff 2/Ena verket/P-1 Återblick.xlsx"),
    "occasion from a folder, NFD file name",
    texts="Utan rubriker för vem och när.",
    told=(NOON, "The study has no column for it"),
)
def who_and_when_in_folders() -> bytes:
    return excel(
        lambda sheet: [sheet.append(line) for line in (["Text", "Rum"], ["Utan rubriker för vem och när.", "7b"])]
    )
