"""Quotes to choose an example from are spread over organisations, people and occasions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.coding.logs import CODING_ROWS, ENTRY_ROWS, coded
from tests.frames import rows
from workbench.coding import example_candidates
from workbench.coding.versions import CodebookError
from workbench.study import Study


def test_each_next_quote_is_from_who_has_been_quoted_least(kind: Any) -> None:
    """TIME is in A1's N1, N2 (P1) and N3 (jointly), and A2's N4 (P2) and N5 (P3)."""
    found = rows(example_candidates(kind(CODING_ROWS), kind(ENTRY_ROWS), "TIME"), "organisation", "person", "occasion")

    assert {row[0] for row in found[:2]} == {row[0] for row in found[2:4]} == {"A1", "A2"}
    assert len({row[:2] for row in found[:4]}) == 4
    assert len({row[2] for row in found[:2]}) == 2


def test_it_tells_whose_words_they_are_in_which_language_and_who_may_read_them(kind: Any) -> None:
    entries = ENTRY_ROWS.assign(language="sv", visibility="network")

    [first, *_] = rows(example_candidates(kind(CODING_ROWS), kind(entries), "ASK", fewest_writers=1, count=1))

    assert first == ("C3", "frågar", "ASK", "K1", "A1", "P1", "T1", "N1", "sv", "network")


def test_the_same_words_come_once() -> None:
    """K2 coded what K1 did, and N4's words differ by a capital alone."""
    second = coded(("N4", "TIME", "Ont om tid"), ("N5", "TIME", "tid med"), coder="K2")
    first = coded(("N1", "TIME", "ont om tid"), ("N5", "TIME", "tid med"))

    found = example_candidates(pd.concat([first, second]), ENTRY_ROWS, "TIME")

    assert sorted(found["quote"]) == ["ont om tid", "tid med"]


def test_a_code_in_one_person_s_words_alone_gives_none_until_that_is_asked_for() -> None:
    """DARE is P1's; an example would be P1's in every copy of the codebook."""
    with pytest.raises(CodebookError, match=r"Found DARE in 1 codings of 1 writers' words.* fewest_writers=1"):
        example_candidates(CODING_ROWS, ENTRY_ROWS, "DARE")

    assert list(example_candidates(CODING_ROWS, ENTRY_ROWS, "DARE", fewest_writers=1)["coding"]) == ["C4"]


def test_the_first_quotes_of_every_code_of_the_demo_are_from_as_many_agencies_as_there_are(demo: Study) -> None:
    about = demo.codings.merge(demo.entries[["entry", "organisation", "person"]], on="entry")
    for code, own in about.groupby("code"):
        agencies = own["organisation"].nunique()
        if agencies < 2:
            continue
        found = example_candidates(demo.codings, demo.entries, str(code), count=agencies)
        assert found["organisation"].nunique() == len(found) == agencies
