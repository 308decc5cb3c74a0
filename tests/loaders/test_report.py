from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from workbench.loaders.problem import Problem
from workbench.loaders.report import write_report
from workbench.loaders.told import tell

RULE, CURE = tell("A level is 0 to 5."), tell("Choose one.")
ACCOUNT = pd.DataFrame(
    [("a.xlsx", "Blad1", "xlsx", 4, 2, 1, 1), ("-b.csv", "", "csv", 0, 0, 0, 0)],
    columns=["file", "sheet", "kind", "rows", "taken", "there", "refused"],
)


def report(*problems: Problem) -> Any:
    return openpyxl.load_workbook(BytesIO(write_report(problems, ACCOUNT, language="en")))


def test_each_matter_has_a_sheet_and_the_account_comes_last() -> None:
    book = report(
        Problem("a.xlsx", "Blad1", 3, "Nivå", "7", RULE, CURE),
        Problem("a.xlsx", "", 0, "", "", RULE, CURE, "flag"),
    )

    assert book.sheetnames == ["To mend", "To look at", "Account"]
    assert [[cell.value for cell in row] for row in book["To mend"]] == [
        ["File", "Sheet", "Row", "Column", "Found", "What holds", "What to do"],
        ["a.xlsx", "Blad1", 3, "Nivå", "7", "A level is 0 to 5.", "Choose one."],
    ]
    assert [cell.value for cell in book["To look at"][2]] == ["a.xlsx", None, None, None, None, str(RULE), str(CURE)]
    assert [cell.value for cell in book["Account"][2]] == ["a.xlsx", "Blad1", "xlsx", 4, 2, 1, 1]


def test_a_clean_import_has_only_its_account() -> None:
    assert report().sheetnames == ["Account"]


def test_the_heading_stays_and_rows_can_be_chosen() -> None:
    sheet = report(Problem("a.xlsx", "Blad1", 3, "Nivå", "7", RULE, CURE))["To mend"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G2"
    assert sheet["F2"].alignment.wrap_text
    assert sheet.column_dimensions["F"].width > 40


@pytest.mark.parametrize("found", ["=1+1", "+46", "-1", "@SUM(A1)", "{=A1}", "http://example.se", "007", "a\nb\x01"])
def test_whatever_was_found_is_text(found: str) -> None:
    sheet = report(Problem("a.xlsx", "", 3, "", found, RULE, CURE))["To mend"]

    assert sheet["E2"].data_type == "s"
    assert openpyxl.utils.escape.unescape(sheet["E2"].value) == found


def test_what_is_longer_than_a_cell_is_cut_to_it() -> None:
    sheet = report(Problem("a.xlsx", "", 3, "", "å" * 40_000, RULE, CURE))["To mend"]

    assert sheet["E2"].value == "å" * 32_767
