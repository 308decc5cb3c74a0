"""The pages in a real browser, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from . import browsing
from .browsing import SIZES, Watched
from .conftest import Running

on_both = pytest.mark.parametrize("watched", SIZES, indirect=True)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def home(server: Running) -> str:
    return server.url


def log_in(page: Page, url: str, code: str) -> None:
    browsing.log_in(page, url, code, f"password of {code}")


@on_both
def test_a_participant_logs_in_waits_sees_and_logs_out(watched: Watched, server: Running) -> None:
    page = watched.page
    page.goto(server.url)
    assert page.locator(".doors a").count() == 4
    page.get_by_role("link", name="Deltagare").click()
    log_in(page, page.url, "eva")

    page.get_by_role("status").get_by_text("Din sida görs i ordning").wait_for()
    page.wait_for_selector("html.wb-ready")

    assert page.get_by_text("the words of P003").is_visible()
    assert page.locator(".js-plotly-plot .scatterlayer .trace").count() == 2
    assert page.get_by_role("img", name="The same, in a widget.").is_visible()
    assert page.get_by_role("status").count() == 0
    assert page.locator("#wb-trouble").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(server.url)
    assert (watched.complaints, watched.strangers) == ([], [])


@on_both
def test_a_widget_answers_to_the_keyboard(watched: Watched, server: Running) -> None:
    log_in(watched.page, server.url + "login", "eva")
    watched.page.wait_for_selector("html.wb-ready")
    watched.page.locator(".noUi-handle").focus()
    watched.page.keyboard.press("ArrowRight")
    watched.page.get_by_text("chosen: 1").wait_for()
    assert watched.complaints == []


@on_both
def test_figures_keep_their_height_and_take_the_width_there_is(watched: Watched, server: Running) -> None:
    page = watched.page
    log_in(page, server.url + "login", "eva")
    page.wait_for_selector("html.wb-ready")
    for width in (page.viewport_size["width"], 700):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(500)
        for plot in page.locator(".js-plotly-plot").all():
            inner, outer = plot.locator(".main-svg").first.bounding_box(), plot.bounding_box()
            assert (inner["height"], inner["width"]) == (520, pytest.approx(outer["width"], abs=1))


def test_a_lost_kernel_is_told_with_a_way_to_go_on(watched: Watched, server: Running) -> None:
    page = watched.page
    log_in(page, server.url + "login", "eva")
    page.wait_for_selector("html.wb-ready")
    kernel = page.evaluate("JSON.parse(document.getElementById('wb-kernel').textContent)")
    page.evaluate(
        "({kernelId, xsrf}) => fetch(`/voila/api/shutdown/${kernelId}?_xsrf=${xsrf}`, {method: 'POST'})", kernel
    )
    page.get_by_role("alert").get_by_role("button", name="Ladda om sidan").click()
    page.wait_for_selector("html.wb-ready")
    assert page.locator("#wb-trouble").is_hidden()


def test_a_page_that_is_left_leaves_no_kernel(watched: Watched, server: Running) -> None:
    page = watched.page
    log_in(page, server.url + "login", "eva")
    page.wait_for_selector("html.wb-ready")
    kernel = page.evaluate("JSON.parse(document.getElementById('wb-kernel').textContent).kernelId")
    page.goto(server.url)
    page.wait_for_function(f"fetch('/api/kernels/{kernel}').then((answer) => answer.status === 404)")


def test_a_failed_cell_is_told_kindly(watched: Watched, server: Running) -> None:
    log_in(watched.page, server.url + "login?next=/analysis/02_broken", "cia")
    watched.page.wait_for_selector("html.wb-ready")
    assert watched.page.get_by_role("alert").get_by_text("kunde inte räknas fram").is_visible()
    assert watched.complaints == []


def test_an_analysis_shows_its_code_when_asked(watched: Watched, server: Running) -> None:
    log_in(watched.page, server.url + "login?next=/analysis/02_broken", "cia")
    watched.page.get_by_text("Kod", exact=True).first.click()
    assert watched.page.get_by_text("raise ValueError").is_visible()
