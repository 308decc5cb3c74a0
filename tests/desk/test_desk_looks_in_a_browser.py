"""How the desk looks in a real browser: to all eyes and screens, and to those who hear it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.desk.driving import code, press, serious, with_texts
from workbench.desk.session import DeskSession
from workbench.widgets.desk import SCRIPT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(session: DeskSession, browser: Browser, size: str, scheme: str) -> None:
    with on_a_page(browser, size) as open_desk:
        page = open_desk(session)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = []
        for keys in ([], ["?"], ["Escape", "ArrowRight", "c"], ["Escape", "n"], ["Escape", "g"]):
            press(page, *keys)
            found += serious(page)

    assert found == []


def test_the_help_names_every_key(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "?")
    keys = SCRIPT[SCRIPT.index("const KEYS") : SCRIPT.index("const BY_KEY")]

    expect(page.get_by_role("dialog").locator("tr")).to_have_count(keys.count('\n    ["'))
    press(page, "Escape")
    expect(page.locator(".wd-text")).to_be_focused()


def test_what_is_done_seldom_unfolds_on_a_screen_and_lies_in_one_row_on_a_phone(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    rounds, more = page.get_by_role("button", name="Rounds"), page.get_by_role("button", name="More …")
    expect(rounds).to_be_hidden()
    more.press("Enter")
    expect(rounds).to_be_visible()
    more.press("Enter")
    expect(rounds).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})

    expect(rounds).to_be_visible()
    expect(more).to_be_hidden()


def test_names_that_a_paragraph_has_no_room_for_are_folded_and_each_is_gone_to_by_key(
    begin: Begin, open_desk: OpenDesk
) -> None:
    place = begin(with_texts(["ett två tre fyra fem sex sju åtta nio tio elva"]))
    session, other = DeskSession(place, coder="K9"), DeskSession(place, coder="K8")
    for start in range(12):
        code(other, "N0000", start, start + 9)
    page = open_desk(session)
    expect(page.locator(".wd-name")).to_have_count(8)
    for start in range(12):
        press(page, ".")
        quote = page.locator(".wd-name.wd-current").get_attribute("aria-label")
        assert quote == f"Villkor · K8: {'ett två tre fyra fem sex sju åtta nio tio elva'[start : start + 9]}"
    page.get_by_role("button", name="3 more codings of this paragraph").press("Enter")

    expect(page.locator(".wd-name")).to_have_count(12)
    other.close()
    session.close()


@pytest.mark.parametrize("width", [640, 390])
def test_at_twice_the_size_nothing_is_cut_off(session: DeskSession, open_desk: OpenDesk, width: int) -> None:
    page = open_desk(session)
    page.set_viewport_size({"width": width, "height": 400})
    for pane in ("Entries", "Text", "Codes"):
        page.get_by_role("navigation").get_by_role("button", name=pane).click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "?")

    expect(page.get_by_role("dialog").get_by_role("button", name="Close")).to_be_in_viewport()


def test_in_high_contrast_what_is_coded_is_underlined_still(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    page.emulate_media(forced_colors="active")

    expect(page.locator(".wd-coded").first).to_have_css("text-decoration-line", "underline")
