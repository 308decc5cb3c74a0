"""Suggestions on the page: asked for, gone through and answered by key, by mouse and by touch."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.suggest.taught import taught_study
from workbench.acts.rounds import open_round
from workbench.desk.session import DeskSession
from workbench.store.live import LiveStudy

pytestmark = pytest.mark.browser
LAST = "N00-2"  # the third of the list
ROWS = ".wd-suggestions li"


@pytest.fixture
def taught(begin: Begin) -> Iterator[DeskSession]:
    """Let K1 sit at the desk, with a model that has learnt already."""
    session = DeskSession(begin(taught_study()), coder="K1")
    session.answer({"ask": "suggest", "entry": LAST})
    session.suggestions.wait()
    yield session
    session.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def ask(page: Page) -> None:
    press(page, "j")
    expect(page.locator(".wd-words").first).to_contain_text("Kulturen i budgeten")
    press(page, "j")
    expect(page.locator(".wd-words").first).to_contain_text("Sedan gick rapporten")
    press(page, "a")
    expect(page.locator(ROWS)).to_have_count(2)


def test_suggestions_are_gone_through_and_answered_by_keyboard_alone(taught: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(taught)
    ask(page)
    press(page, ">", ">", "<")
    expect(page.locator(f"{ROWS}[aria-current]")).to_contain_text("Kultur och trygghet? suggested 0.93")
    assert page.evaluate("document.getSelection().toString()") == "Kulturen kring rapporten är tyst om avtalet."
    press(page, "+")
    expect(page.locator(ROWS)).to_have_count(1)
    press(page, ">", "-")
    expect(page.locator(".wd-suggested")).to_contain_text("Nothing more is suggested for this entry.")

    assert [row["code"] for row in taught.live.find("codings", entry=LAST)] == ["COND_CULTURE"]
    assert sorted(row["answer"] for row in taught.live.find("suggestions")) == ["accepted", "rejected"]
    expect(page.locator(".wd-name")).to_have_count(1)
    press(page, "z", "z")
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator(".wd-name")).to_have_count(0)


def test_suggestions_are_never_drawn_as_codings(taught: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(taught)
    ask(page)

    expect(page.locator(".wd-coded")).to_have_count(0)
    expect(page.locator(".wd-name")).to_have_count(0)
    marked = page.evaluate("[...CSS.highlights.get('wd-suggested')].map((range) => range.toString())")
    assert marked == [
        "Kulturen kring rapporten är tyst om avtalet.", "Vi hade för lite tid för arkivet och rapporten.",
    ]  # fmt: skip
    press(page, "g")
    expect(page.locator(".wd-suggested")).to_be_hidden()
    press(page, "g", "a")
    expect(page.locator(".wd-suggested")).to_be_hidden()
    assert page.evaluate("CSS.highlights.has('wd-suggested')") is False


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_suggestions_are_answered_by_mouse_and_touch(taught: DeskSession, browser: Browser, size: str) -> None:
    with on_a_page(browser, size) as open_desk:
        page = open_desk(taught)
        ask(page)
        page.locator(ROWS).nth(1).click()
        expect(page.locator(ROWS).nth(1)).to_have_attribute("aria-current", "true")
        page.get_by_role("button", name="Accept: Tid").click()
        expect(page.locator(ROWS)).to_have_count(1)
        page.get_by_role("button", name="Reject: Kultur").click()
        expect(page.locator(ROWS)).to_have_count(0)

    assert [row["code"] for row in taught.live.find("codings", entry=LAST)] == ["COND_TIME"]


def test_a_threshold_is_chosen_by_what_was_right_there(taught: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(taught)
    ask(page)
    choice = page.get_by_label("Least probability shown")
    assert choice.locator("option").first.text_content() == "from 0.2: 48 of 48 were right (100%, 95 % 93% to 100%)"
    assert choice.locator("option:disabled").all_text_contents() == [
        "from 0.9: 22 of 22 were right (100%, 95 % 85% to 100%)",
    ]
    choice.select_option("0.8")
    expect(choice).to_have_value("0.8")
    expect(page.locator(ROWS)).to_have_count(2)


def test_another_entry_has_its_own_suggestions(taught: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(taught)
    ask(page)
    quotes = page.locator(f"{ROWS} q").all_text_contents()
    press(page, "u")
    expect(page.locator(".wd-words").first).not_to_contain_text("Sedan gick rapporten")
    expect(page.locator(ROWS).first).to_be_visible()

    text = page.locator(".wd-words").first.text_content() or ""
    assert all(quote in text and quote not in quotes for quote in page.locator(f"{ROWS} q").all_text_contents())


def test_what_is_being_learnt_is_told_and_shown_when_it_is_done(begin: Begin, open_desk: OpenDesk) -> None:
    session = DeskSession(begin(taught_study()), coder="K1")
    page = open_desk(session)
    press(page, "a")
    expect(page.locator(".wd-suggested")).to_contain_text(re.compile("Learning from your 48 codings|Worth using"))
    expect(page.locator(".wd-suggested")).to_contain_text("Worth using from 0.2", timeout=20_000)
    session.close()


def test_whoever_has_coded_too_little_is_told_so(begin: Begin, open_desk: OpenDesk) -> None:
    session = DeskSession(begin(taught_study()), coder="K9")
    page = open_desk(session)
    press(page, "a")
    expect(page.locator(".wd-suggested")).to_contain_text("K9 has 0 codings")
    expect(page.locator(ROWS)).to_have_count(0)
    session.close()


def test_in_a_blind_round_the_page_shows_none(taught: DeskSession, open_desk: OpenDesk) -> None:
    with LiveStudy(taught.live.database.path.parent, actor="R1") as lead:
        lead.do(open_round("Läser vi lika?", {"N00-0": ["K1", "K2"]}, round_code="Q1"))
    page = open_desk(taught)
    press(page, "a")

    expect(page.locator(".wd-suggested")).to_contain_text("wait until its round is closed")
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.get_by_label("Least probability shown")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_have_no_accessibility_fault(taught: DeskSession, open_desk: OpenDesk, scheme: str) -> None:
    page = open_desk(taught)
    page.emulate_media(color_scheme=scheme)
    ask(page)
    press(page, ">")
    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}] == []
