"""An invitation in a real browser: read, filled in and sent by keyboard alone, on a phone and on a desk."""

from __future__ import annotations

import re
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore

from .browsing import SIZES, Watched, log_in
from .conftest import CHEAP, Running

pytestmark = [pytest.mark.browser, pytest.mark.slow]
on_both = pytest.mark.parametrize("watched", SIZES, indirect=True)
NUMBERS = count(1)
CHOSEN = "four words chosen here"


@pytest.fixture
def home(server: Running) -> str:
    return server.url


@pytest.fixture
def link(server: Running) -> str:
    """Invite somebody new, who reads English."""
    store = AccountStore(server.state / "accounts.sqlite", hasher=CHEAP)
    code = f"guest-{next(NUMBERS)}"
    store.accounts.add(Account(code, "reviewer", "", "en"))
    return f"{server.url}invitation/{store.invitations.make(code)}?lang=en"


def fits(watched: Watched) -> bool:
    return bool(watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@on_both
def test_a_password_is_chosen_by_keyboard_alone_and_the_link_is_spent(watched: Watched, link: str) -> None:
    page = watched.page
    page.goto(link)
    assert re.fullmatch(r"guest-\d+", page.get_by_label("Your code").input_value())
    assert fits(watched)
    page.get_by_label("Your code").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(CHOSEN)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Show the password")).to_have_attribute("aria-pressed", "true")
    assert page.get_by_label("Password", exact=True).get_attribute("type") == "text"
    page.keyboard.press("Space")
    assert page.get_by_label("Password", exact=True).get_attribute("type") == "password"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Reviewer").wait_for()
    assert (watched.complaints, watched.strangers) == ([], [])

    page.goto(link)
    page.get_by_role("heading", name="This link opens nothing").wait_for()
    assert fits(watched)
    assert watched.strangers == []


def test_without_scripts_the_form_works_and_shows_no_button_that_does_nothing(watched: Watched, link: str) -> None:
    context = watched.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    assert page.get_by_role("button", name="Show the password").count() == 0
    page.get_by_label("Password", exact=True).fill(CHOSEN)
    page.get_by_role("button", name="Save and log in").click()
    page.get_by_role("heading", name="Reviewer").wait_for()
    context.close()


@on_both
def test_a_password_that_will_not_do_is_told_beside_its_field(watched: Watched, link: str) -> None:
    page = watched.page
    page.goto(link)
    page.get_by_label("Password", exact=True).fill("password1234")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("soon guessed")
    assert "fault" in str(page.get_by_label("Password", exact=True).get_attribute("aria-describedby")).split()
    assert fits(watched)


@on_both
def test_axe_finds_nothing_serious_on_the_pages_of_the_door(watched: Watched, link: str, home: str) -> None:
    page, found = watched.page, []
    page.goto(link)
    found += serious(page)
    page.get_by_label("Password", exact=True).fill("password1234")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    found += serious(page)
    for path in ("invitation/made-up", "nowhere", "login?lang=sv"):
        page.goto(home + path)
        found += serious(page)
    log_in(page, f"{home}key", "kim", "password of kim")
    page.wait_for_url("**/key")
    found += serious(page)
    page.goto(f"{home}account")
    found += serious(page)
    assert found == []


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in violations if one["impact"] in {"serious", "critical"}]


@on_both
def test_one_s_own_account_is_found_and_everything_is_ended_there(watched: Watched, link: str) -> None:
    page = watched.page
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(CHOSEN)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="My account").click()
    assert page.get_by_text("this one included: 1").is_visible()
    assert fits(watched)
    page.get_by_role("button", name="Log out everywhere").click()
    page.get_by_role("link", name="Log in", exact=True).wait_for()
    assert (watched.complaints, watched.strangers) == ([], [])
