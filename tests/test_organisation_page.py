"""Vår organisation and Nätverket: what a development lead, a sponsor and a facilitator read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest

from workbench.access.given import from_colleagues, from_network
from workbench.access.pages import Slice, journey_slice, network_slice, organisation_slice, sponsor_slice, write_page
from workbench.apps import min_resa, natverket, var_organisation
from workbench.apps.given import from_colleagues as colleagues
from workbench.apps.given import from_network as the_network
from workbench.apps.journey import Page
from workbench.apps.network import reminder
from workbench.apps.organisation import _definitions
from workbench.apps.picture import network_agreed, network_alone
from workbench.apps.sheet import MOST_TRIED, sheet
from workbench.apps.spread import from_each_to_agreed
from workbench.errors import WorkbenchError
from workbench.language import Language
from workbench.opening import PLACE
from workbench.study import Study

DAY = dt.date(2026, 11, 22)


def english(part: Slice) -> Page:
    return Page(part.study, "en", part.counts)


@pytest.fixture(scope="module")
def lead(demo: Study) -> Page:
    return english(organisation_slice(demo, "A1", day=DAY))


@pytest.fixture(scope="module")
def network(demo: Study) -> Page:
    return english(network_slice(demo, day=DAY))


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def page_of(part: Slice) -> Page:
    return Page(part.study, "en", part.counts)


def words(widget: ipywidgets.Widget) -> Iterator[str]:
    """All words of a page, as its reader gets them."""
    if isinstance(widget, ipywidgets.HTML | ipywidgets.Textarea):
        yield plain(str(widget.value))
    for child in getattr(widget, "children", ()):
        yield from words(child)


def test_too_few_to_count_are_told_why_and_shown_what_they_agreed_on(lead: Page) -> None:
    part = from_each_to_agreed(lead, "I3", "T1")
    told = plain(part.words)
    levels = lead.study.ratings.query("component == 'I3' and occasion == 'T1' and frame == 'now'")

    assert part.wide is None
    assert "at least 5 people have chosen a level" in told
    assert "Individual answers" not in told
    assert lead.levels[int(levels["level"].item())] in told


def test_enough_people_see_how_their_answers_spread(demo: Study) -> None:
    loose = replace(demo.about, smallest_group=3)
    study = Study(loose, demo.instrument, demo.codebook, demo.frames, demo.texts)
    part = from_each_to_agreed(english(organisation_slice(study, "A1", day=DAY)), "I3", "T1")
    own = demo.ratings.query(
        "organisation == 'A1' and component == 'I3' and occasion == 'T1' and frame == 'now' and basis == 'individual'"
    )

    assert part.wide is not None
    assert part.wide.table["Answers"].sum() == own["level"].notna().sum()
    assert "Not shown" not in part.words


def test_an_occasion_without_anything_says_so(lead: Page) -> None:
    emptied = replace(lead, counts={name: table.iloc[:0] for name, table in lead.counts.items()})
    bare = replace(emptied, study=lead.study.with_frames(lead.study.frames | {"ratings": lead.study.ratings.iloc[:0]}))

    assert "Nothing has been rated that fits the choice." in from_each_to_agreed(bare, "", "").words


def test_the_page_of_paper_says_what_it_rests_on_and_how_sure_a_change_is(lead: Page) -> None:
    told = plain(sheet(lead))

    assert "Self-rated, not reviewed" in told
    assert "Fictional data" in told
    assert "organisations are not compared with each other" in told
    assert "a)" in told
    assert len(lead.study.experiments) <= MOST_TRIED
    assert all(title in told for title in lead.study.experiments["title"])


def test_the_page_of_paper_of_who_has_agreed_on_nothing_says_so(tiny: Study) -> None:
    assert "Nothing has been agreed on yet." in plain(sheet(english(sponsor_slice(tiny, "A2"))))


def test_what_people_write_is_never_taken_for_html(demo: Study) -> None:
    frames = demo.frames
    frames["experiments"] = frames["experiments"].assign(title="<script>alert(1)</script>")
    frames["definitions"] = frames["definitions"].assign(text="<b>bold</b>", why="<i>why</i>", name="<u>name</u>")
    page = english(organisation_slice(demo.with_frames(frames), "A1", day=DAY))

    assert "<script>" not in sheet(page)
    assert not [markup for markup in ("<b>bold", "<u>", "<i><i>") if markup in _definitions(page)]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_organisation_has_a_page_for_its_lead_and_its_sponsor(
    demo: Study, municipalities: Study, language: Language
) -> None:
    for study in (demo, municipalities):
        for organisation in study.organisations["organisation"].iloc[::4]:
            for sponsor in (False, True):
                page = var_organisation(study, organisation=organisation, sponsor=sponsor, language=language)
                told = "\n".join(words(page))
                assert not [person for person in study.people["person"] if person in told]


def test_a_sponsor_s_page_has_no_words_from_the_log_and_no_spread(demo: Study) -> None:
    told = "\n".join(words(var_organisation(demo, organisation="A1", sponsor=True, language="en")))

    assert "No individual answer is here" in told
    assert "Individual answers" not in told
    assert not [text for text in demo.entries["text"] if text in told]


def test_a_page_never_guesses_whose_organisation_it_is(demo: Study) -> None:
    with pytest.raises(WorkbenchError, match="name one to preview"):
        var_organisation(demo)


def test_on_the_server_a_page_is_of_the_slice_that_lies_there(
    demo: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, part in {"lead": organisation_slice(demo, "A3", day=DAY), "sponsor": sponsor_slice(demo, "A3")}.items():
        write_page(part, tmp_path / name)
        monkeypatch.setenv(PLACE, str(tmp_path / name))
        told = "\n".join(words(var_organisation(language="en")))

        assert ("From each one's answer to what you agree on" in told) is (name == "lead")
        assert str(demo.organisations.set_index("organisation").loc["A3", "name"]) in told


def test_on_the_server_min_resa_shows_the_network_s_agreed_levels_too(
    demo: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(journey_slice(demo, "P-BD7D", day=DAY), tmp_path / "mine")
    monkeypatch.setenv(PLACE, str(tmp_path / "mine"))
    told = "\n".join(words(min_resa(language="en")))

    assert "The network: agreed levels" in told
    assert "Which organisation it is, is not shown." in told
    assert not [person for person in demo.people["person"] if person in told and person != "P-BD7D"]


def test_the_facilitator_reads_who_has_handed_in_by_code_alone(demo: Study) -> None:
    told = "\n".join(words(natverket(demo, language="en")))
    last = demo.people[demo.people["left"].isna()]["person"]

    assert all(person in told for person in last)
    assert "Names are kept apart from the study" in told
    assert not [text for text in demo.entries.query("visibility != 'network'")["text"] if text in told]


def test_a_reminder_names_those_who_lack_something_and_no_one_else(network: Page) -> None:
    handed = network.counts["handed in"]
    for occasion in network.occasions():
        rows = handed[handed["occasion"] == occasion]
        text = reminder(network, occasion)
        for row in rows.to_dict("records"):
            assert (row["person"] in text) is (row["state"] in {"nothing", "partly"})


def test_nobody_is_reminded_of_what_was_never_asked_for(municipalities: Study) -> None:
    page = english(network_slice(municipalities, day=DAY))

    assert all("nobody needs to be reminded" in reminder(page, occasion) for occasion in page.occasions())


def test_the_network_s_picture_counts_organisations_and_people(network: Page, demo: Study) -> None:
    agreed, alone = network_agreed(network, "I3", "T1"), network_alone(network, "I3", "T1")

    assert agreed.wide is not None
    assert alone.wide is not None
    assert agreed.wide.table["Answers"].sum() == len(demo.organisations)
    assert alone.wide.table["Answers"].sum() > len(demo.organisations)
    assert not [name for name in demo.organisations["name"] if name in agreed.words + alone.wide.html()]


def test_two_organisations_are_told_that_the_network_cannot_be_shown(municipalities: Study) -> None:
    part = network_agreed(english(network_slice(municipalities, day=DAY)), "", "")

    assert part.wide is None
    assert "when at least 3 organisations are in it" in plain(part.words)


def test_a_planned_gap_is_not_a_missing_answer_on_the_map(demo: Study) -> None:
    page = natverket(demo, language="en")
    told = "\n".join(words(page))

    assert "Planned gap" in told
    assert "Don't know" not in pd.Series(re.findall(r"Don't know\s{2,}", told)).tolist()


def test_choosing_an_occasion_makes_the_reminder_anew(demo: Study) -> None:
    page = natverket(demo, language="en")
    _component, occasion = page.children[1].children
    text = page.children[2].children[1]
    before = text.value
    occasion.value = "T1"

    assert text.value != before
    assert text.value.startswith("Occasion 1")


def test_texts_given_to_colleagues_and_to_the_network_are_read_on_the_pages_they_are_for(demo: Study) -> None:
    given = from_colleagues(demo, "A6", reader="P-BD7D"), from_network(demo, reader="A6")
    mine = page_of(journey_slice(demo, "P-BD7D", day=DAY))
    lead = "\n".join(words(var_organisation(demo, organisation="A6", language="en")))
    network = plain(the_network(page_of(network_slice(demo, day=DAY)), "", "").words)

    for table, part in zip(given, (colleagues, the_network), strict=True):
        told = part(mine, "", "")
        assert all(escape(text) in told.words for text in table["text"])
        assert all(text in lead for text in table["text"])
        assert f"{len(table)} of {len(table)} texts." in told.words
    assert all(text in network for text in given[1]["text"])
    home = demo.entries.query("visibility == 'organisation'")["text"]
    assert not [text for text in home if text in network]


def test_texts_of_others_follow_the_filters_and_say_when_there_are_none(demo: Study) -> None:
    slice_ = journey_slice(demo, "P-BD7D", day=DAY)
    page = page_of(slice_)
    given = slice_.counts["from the network"]
    fitting = given.query("occasion == 'T2' and component == 'I3'")
    none = replace(page, counts=slice_.counts | {"from the network": given.head(0)})

    assert f"{len(fitting)} of {len(given)} texts." in the_network(page, "I3", "T2").words
    assert the_network(page, "I3", "T2").words.count('class="wb-entry"') == len(fitting) > 0
    assert "Nobody has given a text to be read here yet." in the_network(none, "", "").words


def test_an_organisation_is_named_beside_a_text_only_where_its_writer_has_said_so(demo: Study) -> None:
    part = network_slice(demo, day=DAY)
    told = plain(the_network(page_of(part), "", "").words)
    yes = demo.consents.query("purpose == 'organisation_named' and given")["person"]
    sharing = demo.consents.query("purpose == 'shared_in_network' and given")["person"]
    own = demo.entries.query("visibility == 'network' and person.notna()")
    own = own[own["person"].isin(sharing)]

    assert told.count("organisation not named") == len(part.counts["from the network"]) - own["person"].isin(yes).sum()
