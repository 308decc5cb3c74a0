"""Summaries by hand in a matrix: kept as memos, laid out with their quotes, written as workbook and document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import CODING_ROWS, COMPONENT_ROWS, ENTRY_ROWS, NO_MEMOS, OCCASION_ROWS
from tests.frames import rows, table
from workbench.coding import (
    cited_codings,
    framework_matrix,
    framework_quotes,
    longitudinal_matrix,
    longitudinal_quotes,
    summaries,
    summary_text,
)
from workbench.coding.longitudinal import QUESTIONS
from workbench.coding.summaries import SummaryError
from workbench.exchange.matrix import NOTHING, MatrixError, save_matrix
from workbench.tables import MEMOS


def memos(*texts: str) -> pd.DataFrame:
    at = pd.Timestamp("2026-01-01", tz="UTC")
    made = [{"memo": f"M{k}", "kind": "theory", "author": "R1", "written": at, "text": text}
            for k, text in enumerate(texts, 1)]  # fmt: skip
    return table(MEMOS, made)


TOLD = memos(
    summary_text("A1", "I3", "T1", "Chefen frågar inte [C2, C3], men någon vågar [C4]. Jfr [sic]."),
    "Ett vanligt memo [C1].",
    summary_text("A1", "S6", "T2", "Frågorna kommer [C6]; förr fanns [C99]."),
    summary_text("*", "S16", "*", "Från tid till mod."),
    summary_text("A2", "I4", "T2", "=SUM(A1)"),
)


def test_a_summary_is_a_memo_that_says_which_cell_it_is_about(kind: Any) -> None:
    found = rows(summaries(kind(TOLD)), "organisation", "about", "occasion", "text", "memo")

    assert found[0] == ("A1", "I3", "T1", "Chefen frågar inte [C2, C3], men någon vågar [C4]. Jfr [sic].", "M1")
    assert [row[-1] for row in found] == ["M1", "M3", "M4", "M5"]


CODES = st.text(alphabet="AI1-_*å ", min_size=1, max_size=5)


@given(CODES, CODES, CODES, st.text(alphabet="ord [C1]\n·,å🙂", min_size=1, max_size=30))
def test_what_is_written_about_a_cell_is_read_back_as_it_was(one: str, two: str, three: str, text: str) -> None:
    """Whatever the cell and the words, once they are taken."""
    if not text.strip():
        return
    found = rows(summaries(memos(summary_text(one, two, three, text))), "organisation", "about", "occasion", "text")

    assert found == [(one, two, three, text)]


@pytest.mark.parametrize("cell", [("", "I3", "T1"), ("A1", "I]3", "T1"), ("A1", "I3 · T1", "T1"), ("A1", "I3", "T\n1")])
def test_a_cell_that_could_not_be_read_back_is_refused(cell: tuple[str, str, str]) -> None:
    with pytest.raises(SummaryError, match="a cell is three codes"):
        summary_text(*cell, "Ord.")


def test_a_summary_without_words_is_refused() -> None:
    with pytest.raises(SummaryError, match="some words"):
        summary_text("A1", "I3", "T1", " ")


def test_a_summary_cites_codings_and_other_brackets_are_words(kind: Any) -> None:
    """C99 looks like a coding and is none any more: told of, not dropped."""
    found = rows(cited_codings(summaries(kind(TOLD)), kind(CODING_ROWS)), "memo", "coding", "quote")

    assert found == [
        ("M1", "C2", "Chefen frågar inte."),
        ("M1", "C3", "frågar"),
        ("M1", "C4", "Jag vågade säga nej."),
        ("M3", "C6", "frågade två gånger"),
        ("M3", "C99", None),
    ]


def test_the_matrix_has_every_cell_in_order_and_an_empty_one_is_empty(kind: Any) -> None:
    """Components by position, own ones last and their owner's only; A1 wrote of I3 at T2 and nobody summed it up."""
    tables = map(kind, (ENTRY_ROWS, CODING_ROWS, TOLD, COMPONENT_ROWS, OCCASION_ROWS))

    found = rows(framework_matrix(*tables), "organisation", "component", "occasion", "entries", "quotes", "memo")

    assert [row[1] for row in found if row[0] == "A1"] == ["I4"] * 3 + ["I3"] * 3 + ["O1"] * 3
    assert [row[1] for row in found if row[0] == "A2"] == ["I4"] * 3 + ["I3"] * 3
    assert ("A1", "I3", "T1", 1, 4, "M1") in found
    assert ("A1", "I3", "T2", 1, 2, None) in found
    assert ("A1", "O1", "T3", 0, 0, None) in found


def test_two_summaries_of_a_cell_stand_side_by_side_and_one_of_no_cell_is_not_lost(kind: Any) -> None:
    more = memos(
        *TOLD["text"], summary_text("A1", "I3", "T1", "Annan läsning."), summary_text("A1", "I33", "T1", "Fel.")
    )
    tables = map(kind, (ENTRY_ROWS, CODING_ROWS, more, COMPONENT_ROWS, OCCASION_ROWS))

    found = rows(framework_matrix(*tables), "organisation", "component", "occasion", "memo")

    assert [row[3] for row in found if row[:3] == ("A1", "I3", "T1")] == ["M1", "M6"]
    assert [row for row in found if row[0] == "A1"][-1] == ("A1", "I33", "T1", "M7")


def test_a_cells_quotes_are_there_the_cited_ones_first(kind: Any) -> None:
    found = rows(
        framework_quotes(kind(ENTRY_ROWS), kind(CODING_ROWS), kind(TOLD)), "component", "occasion", "coding", "cited"
    )

    assert [row for row in found if row[:2] == ("I3", "T1")] == [
        ("I3", "T1", "C2", True), ("I3", "T1", "C3", True), ("I3", "T1", "C4", True), ("I3", "T1", "C1", False),
    ]  # fmt: skip


def test_quotes_can_be_indexed_by_what_their_code_is_about(kind: Any) -> None:
    """N3 is about no component, and is in the matrix by its code all the same."""
    tables = map(kind, (ENTRY_ROWS, CODING_ROWS, NO_MEMOS))

    found = rows(framework_quotes(*tables, indexed={"TIME": "I4"}), "organisation", "component", "occasion", "coding")

    assert found == [
        ("A1", "I4", "T1", "C1"), ("A1", "I4", "T2", "C5"), ("A1", "I4", "T2", "C7"),
        ("A2", "I4", "T1", "C8"), ("A2", "I4", "T2", "C10"),
    ]  # fmt: skip


def test_saldanas_questions_are_sixteen_each_at_every_occasion_and_over_all(kind: Any) -> None:
    """Five framing, seven descriptive, four interpretive (Saldaña 2003)."""
    found = rows(longitudinal_matrix(kind(TOLD), kind(OCCASION_ROWS), organisation="A1"))

    assert [part for part, _ in QUESTIONS.values()] == ["framing"] * 5 + ["descriptive"] * 7 + ["interpretive"] * 4
    assert len(found) == 16 * 4
    assert [row[5] for row in found if row[5] is not None] == ["Frågorna kommer [C6]; förr fanns [C99]."]
    assert [row[4] for row in found[:4]] == ["T1", "T2", "T3", "*"]


def test_the_whole_studys_questions_and_an_unknown_occasion_are_kept(kind: Any) -> None:
    more = kind(memos(*TOLD["text"], summary_text("*", "S1", "T9", "Fel tillfälle.")))

    found = rows(longitudinal_matrix(more, kind(OCCASION_ROWS)), "question", "occasion", "summary")

    assert [row for row in found if row[2]] == [("S1", "T9", "Fel tillfälle."), ("S16", "*", "Från tid till mod.")]


def test_the_longitudinal_quotes_are_those_cited(kind: Any) -> None:
    found = longitudinal_quotes(kind(TOLD), kind(CODING_ROWS), organisation="A1")

    assert rows(found, "question", "occasion", "coding", "quote") == [
        ("S6", "T2", "C6", "frågade två gånger"),
        ("S6", "T2", "C99", None),
    ]


@pytest.fixture
def laid_out() -> tuple[pd.DataFrame, pd.DataFrame]:
    cells = framework_matrix(ENTRY_ROWS, CODING_ROWS, TOLD, COMPONENT_ROWS, OCCASION_ROWS)
    return cells, framework_quotes(ENTRY_ROWS, CODING_ROWS, TOLD)


def test_a_workbook_has_every_cell_its_quotes_a_link_away(laid_out: Any, tmp_path: Path) -> None:
    save_matrix(tmp_path / "matrix.xlsx", *laid_out, title="Ramverk")
    book = openpyxl.load_workbook(tmp_path / "matrix.xlsx")
    sheet, quotes = book["Matrix"], book["Quotes"]

    assert [cell.value for cell in sheet[1]] == ["organisation", "component", "T1", "T2", "T3"]
    row = next(row for row in sheet.iter_rows() if [cell.value for cell in row[:2]] == ["A1", "I3"])
    assert row[2].value.endswith("Jfr [sic]. (R1)\n[quotes: 4]")
    assert row[3].value == f"{NOTHING}\n[quotes: 2]"
    assert row[4].value == f"{NOTHING}\n[quotes: 0]"
    first = quotes[row[2].hyperlink.location.split("!")[1]].row
    assert [cell.value for cell in quotes[first]] == ["A1", "I3", "T1", "C2", "Chefen frågar inte.", "N1, LEAD"]


def test_what_begins_as_a_formula_is_text(laid_out: Any, tmp_path: Path) -> None:
    save_matrix(tmp_path / "matrix.xlsx", *laid_out, title="Ramverk")
    sheet = openpyxl.load_workbook(tmp_path / "matrix.xlsx")["Matrix"]

    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=SUM")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_summary_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    told = memos(summary_text("A1", "I3", "T1", "🙂" * 20_000))
    cells = framework_matrix(ENTRY_ROWS, CODING_ROWS, told, COMPONENT_ROWS, OCCASION_ROWS)
    save_matrix(tmp_path / "matrix.xlsx", cells, framework_quotes(ENTRY_ROWS, CODING_ROWS, told), title="Ramverk")

    sheet = openpyxl.load_workbook(tmp_path / "matrix.xlsx")["Matrix"]
    (long,) = [cell.value for row in sheet.iter_rows() for cell in row if "🙂" in str(cell.value)]
    assert len(long.encode("utf-16-le")) // 2 <= 32_767
    assert "(longer than a cell can hold)\n[quotes: 4]" in long


def test_a_document_has_a_table_for_each_organisation_and_the_quotes_under_it(laid_out: Any, tmp_path: Path) -> None:
    save_matrix(tmp_path / "matrix.docx", *laid_out, title="Ramverk")
    document = docx.Document(str(tmp_path / "matrix.docx"))

    first = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert first[0] == ["component", "T1", "T2", "T3"]
    assert first[2] == ["I3", "Chefen frågar inte [C2, C3], men någon vågar [C4]. Jfr [sic]. (R1)", NOTHING, NOTHING]
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[:2] == ["Ramverk", "A1"]
    begun = told.index("A1 · I3 · T1")
    assert told[begun + 1] == "[C2] Chefen frågar inte. (N1, LEAD)"
    assert len(document.tables) == 2


def test_the_longitudinal_matrix_is_one_table_and_a_lost_coding_is_told_of(tmp_path: Path) -> None:
    cells = longitudinal_matrix(TOLD, OCCASION_ROWS, organisation="A1")
    quotes = longitudinal_quotes(TOLD, CODING_ROWS, organisation="A1")
    save_matrix(tmp_path / "over_time.docx", cells, quotes, title="A1", down=["question", "asks"])
    document = docx.Document(str(tmp_path / "over_time.docx"))

    assert len(document.tables) == 1
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["question", "asks", "T1", "T2", "T3", "*"]
    assert "[C99] no longer in the study" in [paragraph.text for paragraph in document.paragraphs]


def test_signs_that_a_document_cannot_hold_are_replaced(laid_out: Any, tmp_path: Path) -> None:
    cells, quotes = laid_out
    save_matrix(tmp_path / "matrix.docx", cells, quotes.assign(quote="a\x07b"), title="Ram\x00verk")

    told = [paragraph.text for paragraph in docx.Document(str(tmp_path / "matrix.docx")).paragraphs]
    assert told[0] == "Ram\ufffdverk"
    assert any("a\ufffdb" in words for words in told)


def test_a_file_that_is_there_or_named_otherwise_is_left_alone(laid_out: Any, tmp_path: Path) -> None:
    (tmp_path / "matrix.xlsx").write_text("mine")

    with pytest.raises(MatrixError, match="is there already"):
        save_matrix(tmp_path / "matrix.xlsx", *laid_out, title="Ramverk")
    with pytest.raises(MatrixError, match=r"as \.xlsx or \.docx"):
        save_matrix(tmp_path / "matrix.pdf", *laid_out, title="Ramverk")
    with pytest.raises(MatrixError, match="no column"):
        save_matrix(tmp_path / "new.xlsx", laid_out[1], laid_out[1], title="Ramverk")
    assert (tmp_path / "matrix.xlsx").read_text() == "mine"
