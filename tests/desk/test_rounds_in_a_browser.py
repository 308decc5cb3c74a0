"""Rounds of coding apart, by keyboard, mouse and touch: opened, followed, closed, read side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.tiny import reflexive_study, tiny_study
from workbench.acts.codings import code_span
from workbench.acts.rounds import close_round, finish, open_round
from workbench.desk.session import DeskSession
from workbench.store.draft import Act
from workbench.store.live import LiveStudy

pytestmark = pytest.mark.browser
READ = {"N1": ["K2", "K9"], "N3": ["K2", "K9"]}


@pytest.fixture
def apart(begin: Begin) -> Iterator[DeskSession]:
    """Let K9 and K2 code two entries apart, K2 all of it."""
    session = DeskSession(begin(tiny_study()), coder="K9")
    by(session, "R1", open_round("Läser vi lika?", READ, round_code="Q1"))
    by(session, "K2", code_span("N1", 0, 9, "COND"), code_span("N3", 0, 6, "FEEL"), finish("Q1", list(READ)))
    yield session
    session.close()


def by(session: DeskSession, coder: str, *acts: Act) -> None:
    assert session.live.database.path
    with LiveStudy(session.live.database.path.parent, actor=coder) as live:
        for act in acts:
            live.do(act)


def closed(session: DeskSession) -> DeskSession:
    by(session, "K9", code_span("N1", 3, 9, "COND"), finish("Q1", list(READ)), close_round("Q1"))
    return session


def press(page: Page, *keys: str) -> None:
    page.locator(".wd-text").focus()
    for key in keys:
        page.keyboard.press(key)


def begun(page: Page) -> None:
    """Go from the text to the first place that was read apart."""
    press(page, "R")
    page.get_by_role("button", name="Compare: Läser vi lika?").click()
    page.get_by_role("button", name="Go through them").click()
    expect(page.get_by_role("region", name="Read apart")).to_be_visible()


def agreed(session: DeskSession) -> list[str]:
    return [str(row["quote"]) for row in session.live.find("codings", coder="agreed")]


def test_a_round_is_opened_of_what_is_in_the_list_and_its_progress_shown(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    press(page, "R")
    page.get_by_role("button", name="Open a round").click()
    page.get_by_label("Title").fill("Läser vi lika?")
    page.get_by_label("Coders", exact=True).fill("K2, K9")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="4 entries").locator("tbody tr")).to_have_text(["K20 of 4", "K90 of 4"])
    assert len(session.live.find("assignments")) == 8
    page.keyboard.press("Escape")
    expect(page.locator(".wd-text")).to_be_focused()
    expect(page.locator(".wd-entry .wd-count").first).to_contain_text("apart: to do")
    expect(page.locator(".wd-name")).to_have_count(0)  # K1's coding of it is hidden from now on


def test_one_goes_from_entry_to_entry_of_one_s_round_and_says_when_one_is_done(
    apart: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(apart)
    expect(page.get_by_text("Coded apart, yours to do")).to_be_visible()
    press(page, "f")
    expect(page.get_by_text("Coded apart, you are done")).to_be_visible()
    press(page, "x")
    expect(page.locator(".wd-words")).to_have_text(["Chefen gick."])
    page.get_by_text("Narrow down").click()
    page.get_by_label("Which", exact=True).select_option("todo")
    expect(page.locator(".wd-entry")).to_have_count(1)
    press(page, "f")
    expect(page.locator(".wd-status")).to_contain_text("Done with this entry")
    press(page, "x")

    expect(page.locator(".wd-status")).to_contain_text("Nothing is left to do")
    assert all(row["finished"] for row in apart.live.find("assignments", coder="K9"))


def test_a_round_is_closed_with_a_reason_for_what_is_left(apart: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(apart)
    press(page, "R")
    page.get_by_role("button", name="Close: Läser vi lika?").click()
    expect(page.get_by_text("2 are not done: N1 by K9, N3 by K9")).to_be_visible()
    page.get_by_label("Why it is closed without them").fill("K9 slutade.")
    page.get_by_role("button", name="Close", exact=True).click()

    expect(page.get_by_text("0 entries compared")).to_be_visible()
    assert apart.live.find("rounds")[0]["closed"]


def test_two_readings_stand_side_by_side_and_each_place_is_decided_by_a_key(
    apart: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(closed(apart))
    begun(page)
    expect(page.locator(".wd-name.wd-left")).to_have_text("Villkor · K2, other ends")
    expect(page.locator(".wd-name.wd-right")).to_have_text("Villkor · K9, other ends")
    left, right = (page.locator(f".wd-name.{side}").bounding_box() for side in ("wd-left", "wd-right"))
    assert left and right and left["x"] + left["width"] <= right["x"]
    page.keyboard.press("2")
    expect(page.locator(".wd-words")).to_have_text(["Chefen gick."])
    page.keyboard.press("w")
    page.keyboard.type("Chefen känner inget.")
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    expect(page.locator(".wd-status")).to_contain_text("All are decided")

    assert agreed(apart) == ["vågade"]
    assert [(row["outcome"], row["text"]) for row in apart.live.find("decisions")] == [
        ("agreed", "As K9 read it."), ("apart", "Chefen känner inget."),
    ]  # fmt: skip
    page.keyboard.press("z")
    expect(page.locator(".wd-place")).not_to_contain_text("Decided")
    assert len(apart.live.find("decisions")) == 1
    page.keyboard.press("Escape")
    expect(page.get_by_text("Read apart: 2, of which 1 not decided")).to_be_visible()
    expect(page.get_by_role("region", name="The log of the dialogue")).to_contain_text("K2: “Vi vågade”, K9: “vågade”")


def test_a_reflexive_codebook_has_the_log_first_and_no_numbers(begin: Begin, open_desk: OpenDesk) -> None:
    session = DeskSession(begin(reflexive_study()), coder="K9")
    by(session, "R1", open_round("Läser vi lika?", READ, round_code="Q1"))
    by(session, "K2", finish("Q1", list(READ)))
    page = open_desk(closed(session))
    press(page, "R")
    page.get_by_role("button", name="Compare: Läser vi lika?").click()

    expect(page.locator(".wd-view h3")).to_have_text(["What was said", "Read apart"])
    expect(page.locator(".wd-view")).not_to_contain_text("Krippendorff")
    session.close()


def test_other_words_and_another_code_are_agreed_on(apart: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(closed(apart))
    begun(page)
    page.keyboard.press("p")
    page.keyboard.press("4")
    page.keyboard.type("tid")
    page.keyboard.press("Enter")
    expect(page.locator(".wd-words")).to_have_text(["Chefen gick."])

    [row] = apart.live.find("codings", coder="agreed")
    assert (row["quote"], row["code"]) == ("Vi vågade 🙂 säga nej.", "COND_TIME")


def test_a_finger_decides_too(apart: DeskSession, browser: Browser) -> None:
    with on_a_page(browser, "phone") as open_desk:
        page = open_desk(closed(apart))
        page.get_by_role("button", name="Rounds").tap()
        page.get_by_role("button", name="Compare: Läser vi lika?").tap()
        page.get_by_role("button", name="Go through them").tap()
        page.get_by_role("button", name="Take K2's").tap()
        expect(page.locator(".wd-words")).to_have_text(["Chefen gick."])

    assert agreed(apart) == ["Vi vågade"]


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(apart: DeskSession, browser: Browser, size: str, scheme: str) -> None:
    with on_a_page(browser, size) as open_desk:
        page = open_desk(closed(apart))
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = []
        press(page, "R")
        for name in ("Open a round", "Cancel", "Compare: Läser vi lika?", "Go through them"):
            found += serious(page)
            page.get_by_role("button", name=name).click()
            page.wait_for_timeout(300)
            if name == "Cancel":
                press(page, "R")
        found += serious(page)

    assert found == []


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]
