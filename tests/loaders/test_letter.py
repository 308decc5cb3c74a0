# ruff: noqa: RUF001  dashes
from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.letter import letters, write_letter
from workbench.loaders.problem import NOTHING, Problem
from workbench.loaders.told import tell

RULE, CURE = tell("A level is 0 to 5."), tell("Choose one.")


def account(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    """Make an account of file, sheet, taken, there and refused."""
    return pd.DataFrame(
        [(file, sheet, "xlsx", sum(counts), *counts) for file, sheet, *counts in rows],
        columns=["file", "sheet", "kind", "rows", "taken", "there", "refused"],
    )  # fmt: skip


def level(row: int, found: str) -> Problem:
    return Problem("anna.xlsx", "", row, "Nivå", found, RULE, CURE)


def test_a_letter_says_what_was_taken_what_not_and_what_to_do() -> None:
    letter = write_letter(account(("anna.xlsx", "", 3, 1, 2)), [level(4, "7"), level(6, "*")], language="en")

    assert letter == (
        "# What became of what you sent\n\n"
        "Thank you for sending it in.\n\n"
        "## anna.xlsx\n\n"
        "It has 6 answers. 3 have been taken in. One was with us already, and was left as it is. "
        "2 could not be taken in yet; why is said below.\n\n"
        "### This has to be mended before it can be taken in\n\n"
        "- A level is 0 to 5. Choose one.\n"
        "    - row 4, column Nivå: ”7”\n"
        "    - row 6, column Nivå: ”\\*”\n\n"
        "## What to do now\n\n"
        "Mend what is named above in the file you sent, and send it again. "
        "What has been taken in already is not taken twice.\n\n"
        "If something here does not seem right, answer this letter and tell us.\n"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0), "There were no answers in it."),
        ((1, 0, 0), "It has one answer. It has been taken in."),
        ((5, 0, 0), "It has 5 answers. All have been taken in."),
        ((1, 2, 0), "It has 3 answers. One has been taken in. 2 were with us already, and were left as they are."),
        ((0, 1, 0), "It has one answer. One was with us already, and was left as it is."),
        ((0, 0, 1), "It has one answer. One could not be taken in yet; why is said below."),
    ],
)
def test_none_one_and_many_are_said_as_people_say_them(counts: tuple[int, int, int], said: str) -> None:
    assert f"\n\n{said}\n\n" in write_letter(account(("a.xlsx", "", *counts)), [], language="en")


def test_sheets_are_counted_one_by_one() -> None:
    letter = write_letter(account(("a.xlsx", "Mars", 1, 0, 0), ("a.xlsx", "Maj", 2, 0, 0)), [], language="en")

    assert "- Sheet Mars: It has one answer. It has been taken in.\n- Sheet Maj: It has 2 answers." in letter
    assert "You need do nothing." in letter


def test_nobody_is_told_of_what_others_sent() -> None:
    counts = account(("anna.xlsx", "", 1, 0, 1), ("bo.zip/1.csv", "", 1, 0, 0), ("bo.zip.csv", "", 1, 0, 0))
    letter = write_letter(counts, [level(4, "hemligt")], language="en", file="bo.zip")

    assert "## bo.zip/1.csv" in letter
    assert "anna" not in letter
    assert "hemligt" not in letter
    assert "bo.zip.csv" not in letter


def test_a_file_that_could_not_be_read_says_so_instead_of_counting() -> None:
    broken = Problem("a.pdf", "", 0, "", "", tell("The pages are pictures."), tell("Run OCR."))
    letter = write_letter(account(), [broken], language="en")

    assert "## a.pdf\n\nThe file could not be taken in; why is said below.\n\n" in letter
    assert letter.count("- ") == 1


def test_a_file_of_which_only_something_is_to_be_seen_need_not_be_counted() -> None:
    seen = Problem("b.txt", "", 0, "", "", RULE, CURE, "flag")

    assert "## b.txt\n\n### This we would like you to look at" in write_letter(account(), [seen], language="en")


def test_a_matter_found_in_many_places_is_said_once() -> None:
    letter = write_letter(
        account(("anna.xlsx", "", 0, 0, 14)), [level(row, "7") for row in range(2, 16)], language="en"
    )

    assert letter.count("A level is 0 to 5.") == 1
    assert letter.count("column Nivå") == 10
    assert "    - and in 4 places more\n" in letter
    assert "    - and in one place more\n" in write_letter(
        account(("anna.xlsx", "", 0, 0, 11)), [level(row, "7") for row in range(2, 13)], language="en"
    )


def test_what_is_only_to_be_looked_at_needs_no_new_file() -> None:
    seen = Problem("anna.xlsx", "Mars", 2, "", "P••• E•••", tell("This may be a name."), NOTHING, "flag")
    letter = write_letter(account(("anna.xlsx", "", 1, 0, 0)), [seen], language="en")

    assert (
        "### This we would like you to look at\n\n- This may be a name.\n    - sheet Mars, row 2: ”P••• E•••”" in letter
    )
    assert "If it is right, you need do nothing." in letter
    assert "mended" not in letter


def names_of(paths: Iterable[str]) -> list[str]:
    return [name for name, _ in letters(account(), [], paths, language="sv")]


def test_a_letter_is_named_after_its_file() -> None:
    assert names_of(["T2/Ena verket/åsa.docx", "b.csv"]) == ["T2 – Ena verket – åsa.docx.md", "b.csv.md"]


def test_files_whose_letters_would_have_one_name_have_a_letter_each() -> None:
    paths = ["a/b.csv", "a – b.csv", "A/B.csv", "a/b.csv (2)", "å.txt", "a\u030a.txt"]

    assert names_of(paths) == [
        "a – b.csv.md", "a – b.csv (2).md", "A – B.csv (3).md", "a – b.csv (2) (2).md",
        "å.txt.md", "a\u030a.txt (2).md",
    ]  # fmt: skip


def test_the_letter_of_a_file_with_a_very_long_path_is_named_after_its_end() -> None:
    (name,) = names_of(["mapp/" * 100 + "åsa.docx"])

    assert name.startswith("…")
    assert name.endswith("mapp – åsa.docx.md")


PARTS = st.sampled_from(["a", "A", "å", "a\u030a", "ß", "SS", " (2)", ".md", "…", "🙂" * 60, "ö" * 127]) | st.text(
    max_size=9
)
PATHS = st.lists(PARTS, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from(["/", " – ", ""]).map(lambda by: by.join(parts))
)


@given(st.lists(PATHS, max_size=12, unique=True))
def test_every_file_has_a_letter_whose_name_every_file_system_takes(paths: list[str]) -> None:
    names = names_of(paths)

    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(paths)
    assert all(len(name.encode()) <= 255 and "/" not in name and name.endswith(".md") for name in names)
