"""Vår organisation and Nätverket in a real browser: on a phone and on a desk, by keyboard, on paper, and for axe."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.tiny import DEMO
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.serving.demo import wait_for_answer
from workbench.serving.processes import Child, free_port

from .browsing import SIZES, Watched, log_in, open_page
from .conftest import CHEAP, REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = {
    "organisation": Account("lead", "development_lead", "P-K37D", "sv"),
    "sponsor": Account("head", "sponsor", "P-WVD4", "sv"),
    "network": Account("guide", "facilitator", "", "sv"),
}
PATHS = {"organisation": "organisation", "sponsor": "organisation", "network": "network"}


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """Serve the demo study to a development lead, a sponsor and a facilitator."""
    state = Path(tempfile.mkdtemp(prefix="workbench-test-"))  # pytest's own folders are too long for sockets
    store = AccountStore(state / "accounts.sqlite", hasher=CHEAP)
    for account in PEOPLE.values():
        store.accounts.add(account)
        store.accounts.set_password(account.code, f"password of {account.code}")
    port = free_port()
    places = {"study": DEMO, "state": state, "notebooks": REPOSITORY / "notebooks"}
    places |= {"journey": REPOSITORY / "dashboards" / "min_resa.ipynb"}
    arguments = [word for name, place in places.items() for word in (f"--{name}", str(place))]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": ""}
    child = Child("workbench.serving", [*arguments, "--port", str(port)], env=env, log=state / "log")
    try:
        url = f"http://127.0.0.1:{port}/"
        wait_for_answer(url, child)
        yield url
    finally:
        child.stop()
        shutil.rmtree(state, ignore_errors=True)


def open_dashboard(watched: Watched, home: str, name: str, language: str = "en") -> Page:
    """Log in as the one who has that page, and wait until it is drawn."""
    page, code = watched.page, PEOPLE[name].code
    log_in(page, home + "login?next=/account", code, f"password of {code}")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{home}{PATHS[name]}?lang={language}")
    page.wait_for_selector("html.wb-ready", timeout=120_000)
    return page


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("watched", SIZES, indirect=True)
@pytest.mark.parametrize("name", PEOPLE)
def test_each_page_fits_and_axe_finds_nothing(watched: Watched, home: str, name: str) -> None:
    page = open_dashboard(watched, home, name)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".js-plotly-plot").count() > 0
    assert serious(page) == []
    assert (watched.complaints, watched.strangers) == ([], [])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["organisation", "sponsor"])
def test_on_paper_it_is_one_a4_page(watched: Watched, home: str, name: str, language: str) -> None:
    page = open_dashboard(watched, home, name, language)
    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[4-6](\.\d+)? 84[1-3]", paper)
    assert page.locator(".wb-sheet").is_visible()
    assert page.locator(".js-plotly-plot >> visible=true").count() == 0


def test_the_choices_are_made_by_keyboard_alone(watched: Watched, home: str) -> None:
    page = open_dashboard(watched, home, "network")
    text = page.get_by_label("Text to copy")
    before = text.input_value()
    page.get_by_label("Occasion", exact=True).focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function("before => document.querySelector('.wb-copy textarea').value !== before", arg=before)

    assert text.input_value().startswith("Occasion 5")


def test_neither_opens_what_is_the_other_s(browser: Browser, home: str) -> None:
    for name, closed in {
        "sponsor": ("network", "min-resa", "research"),
        "network": ("organisation", "min-resa"),
    }.items():
        with open_page(browser, home) as watched:
            code = PEOPLE[name].code
            log_in(watched.page, home + "login?next=/account", code, f"password of {code}")
            watched.page.wait_for_url(lambda url: "login" not in url)
            for path in closed:
                answer = watched.page.goto(home + path)
                assert answer is not None
                assert answer.status == 404
