from __future__ import annotations

import pandas as pd
import pytest

from workbench.loaders.letter import write_letter
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
