"""Min resa: what a participant reads."""

from __future__ import annotations

import re
from html import unescape

import ipywidgets
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.access import slice_for
from workbench.apps import min_resa, read_entries
from workbench.apps.journey import Journey, open_journey
from workbench.apps.markup import Passage, mark_up, passages
from workbench.apps.movement import movement
from workbench.apps.texts import texts
from workbench.apps.trials import ahead, chosen_experiments
from workbench.capability import consensus_change, how_sure
from workbench.errors import WorkbenchError
from workbench.language import translator
from workbench.study import Study

EMPLOYEE = "P-BD7D"


@pytest.fixture(scope="module")
def journey(demo: Study) -> Journey:
    return open_journey(demo, EMPLOYEE, "sv")


def plain(html: str) -> str:
    return unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", html))


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=5)


@given(text=st.text(min_size=1, max_size=40), cuts=spans)
def test_marking_up_never_changes_a_character(text: str, cuts: list[tuple[int, int]]) -> None:
    marked = [Passage(start, min(start + length, len(text)), "C") for start, length in cuts if start < len(text)]

    assert plain(mark_up(text, sorted(marked))) == text


def test_what_a_person_writes_is_never_taken_for_html() -> None:
    assert mark_up("<script>alert(1)</script>", [Passage(0, 8, "C")]) == (
        "<mark>&lt;script&gt;</mark><sup>1</sup>alert(1)&lt;/script&gt;"
    )


def test_two_coders_passages_with_one_code_become_one_where_they_overlap() -> None:
    codings = pd.DataFrame({"start": [0, 5, 30], "end": [10, 20, 40], "code": ["A", "A", "A"]})

    assert passages(codings) == [Passage(0, 20, "A"), Passage(30, 40, "A")]


def test_the_page_shows_my_texts_and_no_one_else_s(demo: Study, journey: Journey) -> None:
    mine = demo.entries.query("person == @EMPLOYEE")
    others = demo.entries.query("person.notna() and person != @EMPLOYEE")
    shown = plain(texts(journey))

    assert all(text in shown for text in mine["text"])
    assert not any(text in shown for text in others["text"])


def test_texts_follow_the_filters(journey: Journey) -> None:
    entries = journey.study.entries
    fitting = entries.query("occasion == 'T4'")

    html = texts(journey, occasion="T4")

    assert html.count('class="wb-entry"') == len(fitting) > 0
    assert f"{len(fitting)} av {len(entries)} texter" in html


def test_experiments_follow_the_component(journey: Journey) -> None:
    tested = journey.study.experiment_components.query("component == 'I8'")

    assert set(chosen_experiments(journey, component="I8")["experiment"]) == set(tested["experiment"])
    assert chosen_experiments(journey, component="G2").empty


def test_what_has_moved_is_said_for_me_and_for_us_with_its_caution(journey: Journey) -> None:
    said = plain(movement(journey))

    assert "Självskattning, ej granskad" in said
    assert "En enda persons svar flyttar sig ett steg av en slump" in said
    assert "av de 3 som enades senast var inte med vid start" in said


def consensus(level: int, occasion: str, present: int | None, returning: int | None) -> dict[str, object]:
    return {
        "organisation": "A1", "component": "I3", "frame": "now", "basis": "consensus", "occasion": occasion,
        "level": level, "present": present, "returning": returning,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "present", "returning", "said"),
    [
        (1, 3, 3, "The same as at the start."),
        (2, 3, 3, "With 3 people, of whom 0 new, chance alone can give this."),
        (2, 3, 1, "2 of the 3 who agreed last were not there at the start: the level may be the same, seen by others."),
        (3, 3, 3, "That is more than chance usually gives with 3 people."),
        (3, None, None, "How many agreed was not noted, so we cannot say how sure it is."),
    ],
)
def test_a_moved_consensus_says_how_sure_it_is(
    demo: Study, last: int, present: int | None, returning: int | None, said: str
) -> None:
    ratings = pd.DataFrame([consensus(1, "T1", 3, 3), consensus(last, "T6", present, returning)])
    row = consensus_change(ratings, demo.occasions, demo.components).iloc[0]

    assert how_sure(row, translator("en")) == said


def test_a_page_never_guesses_whose_it_is(demo: Study) -> None:
    with pytest.raises(WorkbenchError, match="name one to preview"):
        min_resa(demo)


def page_parts(page: ipywidgets.VBox) -> tuple[list[ipywidgets.Dropdown], list[ipywidgets.VBox]]:
    return list(page.children[2].children), list(page.children[3:7])


def test_choosing_a_component_changes_every_part_without_a_reload(demo: Study) -> None:
    (component, _occasion), parts = page_parts(min_resa(slice_for(demo, EMPLOYEE), language="en"))
    before = [(part.children[1].figure, part.children[2].value) for part in parts]

    component.value = "E1"

    assert all(after != now for after, now in zip(shown(parts), before, strict=True))


def shown(parts: list[ipywidgets.VBox]) -> list[tuple[object, str]]:
    return [(part.children[1].figure, part.children[2].value) for part in parts]


def test_choosing_an_occasion_shows_how_it_looked_then(demo: Study) -> None:
    (_component, occasion), parts = page_parts(min_resa(slice_for(demo, EMPLOYEE), language="en"))

    occasion.value = "T2"
    now_desired, over_time, texts_then, _tried = (part.children[2].value for part in parts)

    assert "Up to and including Occasion 2, March 2025." in now_desired
    assert "T2" in over_time
    assert "T3" not in over_time
    assert texts_then.count('class="wb-entry"') == len(slice_for(demo, EMPLOYEE).entries.query("occasion == 'T2'"))


def test_a_choice_that_nothing_fits_says_so_and_hides_the_figure(demo: Study) -> None:
    (component, _occasion), parts = page_parts(min_resa(slice_for(demo, EMPLOYEE), language="en"))

    component.value = "G2"
    tried = parts[3]

    assert "No experiment fits the choice." in tried.children[2].value
    assert tried.children[1].layout.display == "none"


def test_who_never_rated_is_not_told_that_they_rated_once(municipalities: Study) -> None:
    said = plain(movement(open_journey(municipalities, "P-RP4X", "en")))

    assert "You have no ratings of your own in this study." in said
    assert "You have rated once" not in said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_person_of_both_studies_has_a_page(demo: Study, municipalities: Study, language: str) -> None:
    for study in (demo, municipalities):
        for person in study.people["person"].iloc[::5]:
            assert min_resa(study, person=person, language=language).children


def test_what_comes_next_names_what_waits(demo: Study) -> None:
    waiting = plain(ahead(open_journey(demo, "P-K37D", "sv")))

    assert "Nej-listan två gånger om året: planerat" in waiting


def test_reading_shows_the_text_whole_and_names_its_codes(demo: Study) -> None:
    entries = demo.entries.query("entry == 'A6-01'")
    reading = read_entries(demo, entries, language="sv")

    assert entries["text"].item() in plain(reading._repr_html_())
    assert entries["text"].item() in repr(reading)
