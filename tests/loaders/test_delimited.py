"""Tables in text files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.delimited import _read_closely, _read_quickly, read_delimited

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5)


def lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows(data: bytes | str, **options: str) -> list[tuple[int, list[str]]]:
    [grid] = read_delimited(data.encode() if isinstance(data, str) else data, **options).grids
    return [(number, list(cells)) for number, cells in grid.rows]


@given(TABLE, st.sampled_from(",;\t|"), st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL)]))
def test_every_cell_comes_back_character_for_character(
    table: list[list[str]], delimiter: str, style: tuple[str, Any]
) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=style[0], quoting=style[1]).writerows([["heading"], *table])

    found = rows("\ufeff" + file.getvalue(), delimiter=delimiter)

    assert [cells for _, cells in found[1:]] == [[lf(cell) for cell in cells] for cells in table if any(cells)]


@given(st.text('a,"\n', max_size=12).map(lambda text: "h\n" + text))
@example('h\n"a","')
@example('h\n"a",')
@example('h\n"a"\n')
@example('h\na"b,"c""d",\n')
def test_any_quotes_are_read_as_the_standard_reader_reads_them_or_refused(text: str) -> None:
    """The quick way through a well-formed table must find what the slow one finds."""
    try:
        standard = list(csv.reader(io.StringIO(text, newline="\n"), strict=True))
    except csv.Error:
        with pytest.raises(UnreadableError, match="do not close"):
            rows(text, delimiter=",")
    else:
        assert rows(text, delimiter=",") == [(n, cells) for n, cells in enumerate(standard, 1) if any(cells)]


@given(
    st.text('a,;"\r\né🙂Ã\ufeff ', max_size=14).flatmap(lambda text: st.sampled_from([text, "h,i\n" + text])),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
@example('\r"a""\r\n","é"\r"b"', "utf-8-sig")
@example('"",""";",","', "utf-8")
@example('a,""b', "utf-8")
def test_a_table_that_is_read_quickly_is_as_it_would_be_on_a_closer_look(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    try:
        closer = _read_closely(data, None, None)
    except UnreadableError:
        closer = None

    assert _read_quickly(data, None) in (closer, None)


def test_a_semicolon_file_from_excel_is_read_as_it_stands_and_told() -> None:
    reading = read_delimited("Namn;Betyg\r\nÅsa;3,5\r\nBo;4,0\r\n".encode("utf-8-sig"))

    assert reading.kind == "csv"
    assert list(reading.grids[0].rows) == [(1, ["Namn", "Betyg"]), (2, ["Åsa", "3,5"]), (3, ["Bo", "4,0"])]
    assert [(one.weight, one.rule.told("en")) for one in reading.problems] == [
        ("changed", "Its cells are parted by the semicolon, not by a comma.")
    ]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_delimiter_is_found_though_the_texts_hold_commas(delimiter: str) -> None:
    text = "person\ttext\nP1\tJa, nej, kanske\nP2\tJa, visst\n".replace("\t", delimiter)

    assert [len(cells) for _, cells in rows(text)] == [2, 2, 2]


def test_a_comma_file_needs_no_word() -> None:
    assert not read_delimited(b"a,b\n1,2\n").problems


def test_a_file_that_parts_as_well_by_two_signs_is_flagged() -> None:
    [problem] = read_delimited(b"a;b,c\n1;2,3\n").problems

    assert problem.weight == "flag" and "semicolon or by the comma" in problem.rule.told("en")


def test_excels_own_word_on_the_delimiter_is_followed_and_is_no_row() -> None:
    assert rows("sep=;\r\na;b,c\r\n1;2,3\r\n") == [(1, ["a", "b,c"]), (2, ["1", "2,3"])]


def test_one_column_of_sentences_is_not_parted_at_its_commas() -> None:
    reading = read_delimited(b"text\nJa, visst\nNej, men\nHej\n")

    assert [cells for _, cells in reading.grids[0].rows] == [["text"], ["Ja, visst"], ["Nej, men"], ["Hej"]]
    assert [one.weight for one in reading.problems] == ["flag"]


def test_one_column_without_any_delimiter_needs_no_word() -> None:
    assert not read_delimited(b"person\nP1\nP2\n").problems


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """A text of two lines is one row; an empty row has a number and is left out."""
    assert rows('a,b\n1,"x\ny"\n\n,\n2,z\n') == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (5, ["2", "z"])]


def test_a_row_that_is_too_long_or_short_keeps_its_cells() -> None:
    assert [cells for _, cells in rows("a,b\n1\n1,2\n1,2,3\n")] == [["a", "b"], ["1"], ["1", "2"], ["1", "2", "3"]]


def test_a_quote_that_never_closes_is_refused_with_its_row() -> None:
    with pytest.raises(UnreadableError, match=r"'2,\"Hej': The quotes that open in row 3"):
        read_delimited(b'a,b\n1,"x\ny"\n2,"Hej\n3,z\n')


def test_a_quote_within_words_is_a_sign_like_others() -> None:
    assert rows('a,b\n1,skärm 5" bred\n') == [(1, ["a", "b"]), (2, ["1", 'skärm 5" bred'])]


def test_words_after_a_closing_quote_are_not_glued_to_it() -> None:
    with pytest.raises(UnreadableError, match="row 2"):
        read_delimited(b'a,b\n1,"Hej" sa hon\n')


def test_a_text_longer_than_the_standard_limit_is_read() -> None:
    assert len(rows('a,b\n1,"' + "x" * 200_000 + '" \n'.replace(" ", ""))[1][1][1]) == 200_000


def test_the_encoding_told_is_used() -> None:
    assert rows("a,b\n”x”,1\n".encode("cp1252"), encoding="cp1252")[1] == (2, ["”x”", "1"])
