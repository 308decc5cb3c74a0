"""Handing in, in a real browser: saved as typed through a closed lid and a lost connection, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .browsing import SIZES, Watched, open_page
from .living import Living, serve_living

pytestmark = [pytest.mark.browser, pytest.mark.slow]
on_both = pytest.mark.parametrize("watched", SIZES, indirect=True)
FREE = "hand-in/reflection?way=free"
SAVED = re.compile("Saved as a draft")
PAGES = [
    "hand-in",
    FREE,
    "hand-in/rating?occasion=T2&component=I3",
    "hand-in/experiment",
    "hand-in/definition?component=I3",
    "hand-in/text?entry=N1",
]


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    with serve_living() as server:
        yield server


@pytest.fixture
def home(living: Living) -> str:
    return living.url


def enter(page: Page, living: Living, code: str = "anna") -> Page:
    page.goto(f"{living.url}login?lang=en&next=/account")
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("Password", exact=True).fill(f"password of {code}")
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="My account").wait_for()
    return page


def write(page: Page, living: Living, words: str) -> None:
    """Type a reflection in free words, as far as that."""
    page.goto(living.url + FREE)
    page.wait_for_selector("form[data-ready]")
    page.get_by_label("Your reflection").press_sequentially(words)


def written(page: Page) -> str:
    return page.get_by_label("Your reflection").input_value()


@on_both
def test_what_is_typed_is_there_when_the_lid_is_opened_again(
    watched: Watched, living: Living, browser: Browser
) -> None:
    page = enter(watched.page, living)
    write(page, living, "Half a thought")
    expect(page.locator("#state")).to_have_text(SAVED)
    page.reload()
    assert written(page) == "Half a thought"
    with open_page(browser, living.url) as elsewhere:  # another machine
        other = enter(elsewhere.page, living)
        other.goto(living.url + "hand-in")
        other.get_by_role("link", name="Half a thought").first.click()
        assert written(other) == "Half a thought"
    assert (watched.complaints, watched.strangers) == ([], [])


def test_what_is_typed_just_before_the_page_is_left_is_kept(watched: Watched, living: Living) -> None:
    page = enter(watched.page, living)
    write(page, living, "Gone at once")
    page.goto(living.url + "account")  # within the second
    page.goto(living.url + "hand-in")
    page.get_by_role("link", name="Gone at once").wait_for()


def test_without_a_connection_it_is_kept_in_the_browser_and_sent_when_it_is_back(
    watched: Watched, living: Living
) -> None:
    page = enter(watched.page, living)
    write(page, living, "Before. ")
    expect(page.locator("#state")).to_have_text(SAVED)
    page.context.set_offline(True)
    page.get_by_label("Your reflection").press_sequentially("In the tunnel.")
    expect(page.locator("#state")).to_have_text(re.compile("No connection"))
    page.context.set_offline(False)
    expect(page.locator("#state")).to_have_text(SAVED, timeout=15_000)
    page.reload()
    assert written(page) == "Before. In the tunnel."


def test_what_never_reached_the_server_is_found_in_this_browser_again(watched: Watched, living: Living) -> None:
    page = enter(watched.page, living)
    page.goto(living.url + FREE)
    page.wait_for_selector("form[data-ready]")
    page.context.set_offline(True)
    page.get_by_label("Your reflection").press_sequentially("Only here.")
    context = page.context
    page.close()  # the lid
    context.set_offline(False)
    page = context.new_page()
    page.goto(living.url + "hand-in")
    page.get_by_role("link", name=re.compile("not sent yet")).click()
    assert written(page) == "Only here."
    expect(page.locator("#state")).to_have_text(SAVED)


def test_of_two_windows_the_later_wins_and_the_earlier_is_told_and_loses_nothing(
    watched: Watched, living: Living
) -> None:
    first = enter(watched.page, living)
    write(first, living, "First. ")
    expect(first.locator("#state")).to_have_text(SAVED)
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector("form[data-ready]")
    second.get_by_label("Your reflection").fill("The later.")
    expect(second.locator("#state")).to_have_text(SAVED)
    expect(first.locator("#elsewhere")).to_be_visible()
    first.get_by_label("Your reflection").fill("The earlier.")
    second.wait_for_timeout(1500)
    second.reload()
    assert written(second) == "The later."
    first.get_by_role("button", name="Go on with what stands here").click()
    expect(first.locator("#state")).to_have_text(SAVED)
    expect(second.locator("#elsewhere")).to_be_visible()
    second.get_by_role("button", name="Show what is written there").click()
    expect(second.get_by_label("Your reflection")).to_have_value("The earlier.")


def test_what_was_handed_in_elsewhere_does_not_come_back_as_a_draft(watched: Watched, living: Living) -> None:
    first = enter(watched.page, living)
    write(first, living, "Once only")
    expect(first.locator("#state")).to_have_text(SAVED)
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_role("radio", name=re.compile("^Researchers")).check()
    second.get_by_role("button", name="Hand in").click()
    second.get_by_text("Thank you").wait_for()
    first.get_by_label("Your reflection").press_sequentially(" more")
    expect(first.locator("#elsewhere")).to_be_visible()
    second.reload()
    assert second.locator("#drafts").get_by_text("Once only").count() == 0


@on_both
def test_a_rating_is_handed_in_by_keyboard_alone(watched: Watched, living: Living) -> None:
    page = enter(watched.page, living, "bo")
    page.goto(f"{living.url}hand-in/rating?occasion=T2&component=I3")
    page.get_by_label("Describe").first.focus()
    page.keyboard.type("We dare more.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    on_phone = page.viewport_size == {"width": 390, "height": 844}
    for _ in range(2 if on_phone else 3):  # another level each time: the same changes nothing
        page.keyboard.press("ArrowDown")
    while page.evaluate("document.activeElement.name") != "visibility":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Thank you").wait_for()
    assert "We dare more." in living.study.entries["text"].to_list()
    assert (watched.complaints, watched.strangers) == ([], [])


@on_both
def test_what_is_wrong_is_told_and_linked_and_what_was_typed_stands(watched: Watched, living: Living) -> None:
    page = enter(watched.page, living)
    write(page, living, "For whom?")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("link", name=re.compile("Choose who may read it")).click()
    assert written(page) == "For whom?"
    fault = page.get_by_role("group", name="Who may read it").get_attribute("aria-describedby")
    assert "visibility-fault" in str(fault)
    assert fits(page)
    assert serious(page) == []


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found]


@on_both
@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_and_axe_finds_nothing(watched: Watched, living: Living, path: str) -> None:
    page = enter(watched.page, living)
    page.goto(living.url + path)
    assert fits(page)
    assert serious(page) == []
    assert (watched.complaints, watched.strangers) == ([], [])


def test_without_scripts_everything_is_handed_in_and_drafts_are_kept_by_a_button(
    browser: Browser, living: Living
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = enter(context.new_page(), living)
    page.goto(living.url + "hand-in/reflection")
    page.get_by_role("button", name="A / B / A→B").click()
    page.get_by_label("A: Where are we?").fill("Without scripts")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("link", name="Without scripts").click()
    page.get_by_label("My organisation").check()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("Thank you").wait_for()
    assert any("Without scripts" in text for text in living.study.entries["text"])
    context.close()
