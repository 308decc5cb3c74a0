"""Headings of tables, short or long, alike or not."""

from __future__ import annotations

import pytest

from tests.tiny import tiny_study
from workbench.loaders.items.columns import names_apart
from workbench.loaders.items.headings import meaning_of, understand
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping, Meaning
from workbench.loaders.reading import Grid
from workbench.loaders.vocabulary import normal


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(tiny_study())


@pytest.mark.parametrize("heading", ["Ledarskap", "Var är ni i dag? [Ledarskap]", "Nuläge: Ledarskap", "I3 – nuläge"])  # noqa: RUF001  dashes
def test_a_component_in_a_heading_is_found(heading: str, known: Known) -> None:
    assert meaning_of(heading, ImportMapping(), known).component == "I3"


@pytest.mark.parametrize("odd", ["a: ", "[a ", " ", "(max ", "- ", ":", "(((]", "q1."])
def test_a_text_where_a_heading_should_be_takes_no_time(odd: str, known: Known) -> None:
    """Every parting of it would be tried, each as long as the text."""
    text = odd * (400_000 // len(odd))

    assert meaning_of(f"{text}x", ImportMapping(), known) == Meaning(ATTRIBUTE)
    assert normal(f"x{text}x").startswith("x")


def test_columns_have_names_of_their_own() -> None:
    assert names_apart(["a", "", "a", "a (D)", "b", "a (C)"]) == ["a", "B", "a (C)", "a (D)", "b", "a (C) (F)"]


def test_ten_thousands_of_columns_are_understood(known: Known) -> None:
    names = [f"{number}" for number in range(30_000)]
    sheet = understand(Grid([(1, ["Person", *names]), (2, ["P-1", *names])]), ImportMapping(), known)

    assert sheet is not None and len(names_apart(sheet.names)) == 30_001
