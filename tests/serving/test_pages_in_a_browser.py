"""The demonstration itself: every door checked, and its own pages in a real browser, on a phone and on a desk."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.serving.browsing import SIZES, Watched, log_in, open_page
from tests.tiny import ROOT
from workbench.access import slice_for
from workbench.figures.figure import MIME
from workbench.serving.demo import Demo
from workbench.serving.demo_people import LogIn
from workbench.study import Study

pytestmark = pytest.mark.slow
in_a_browser = pytest.mark.browser
OVER_TIME, TEXTS, TRIED = 1, 2, 3  # the parts of Min resa that answer to the filters, in order
ERROR_WORDS = re.compile(r"Traceback|Error\b|kunde inte räknas fram|kunde inte göras färdig")


@pytest.fixture(scope="session")
def served() -> Iterator[Demo]:
    """Give one demonstration for all tests."""
    with Demo() as demo:
        yield demo


@pytest.fixture
def home(served: Demo) -> str:
    return served.url


def enter(watched: Watched, served: Demo, login: LogIn, path: str = "min-resa") -> Page:
    """Log in and wait until the page asked for is whole."""
    log_in(watched.page, f"{served.url}{path}", login.account.code, login.password)
    watched.page.wait_for_selector("html.wb-ready")
    return watched.page


def part(page: Page, place: int) -> Locator:
    return page.locator(".wb-page > .widget-vbox").nth(place)


def choose(page: Page, place: int, **option: str | int) -> None:
    page.locator(".wb-filters select").nth(place).select_option(**option)


def articles(page: Page, place: int) -> Locator:
    """Find the texts, or the experiments, that a part of the page shows."""
    return part(page, place).locator("article.wb-entry")


def component_to_choose(mine: Study) -> pd.Series:
    """Find a component that the person wrote about and that fewer than all experiments test."""
    written, tested = (set(frame["component"].dropna()) for frame in (mine.entries, mine.experiment_components))
    rows = mine.components[mine.components["component"].isin(written & tested & set(mine.ratings["component"]))]
    return rows.iloc[0]


def test_the_check_of_the_demonstration_opens_every_door() -> None:
    command = [sys.executable, "-c", "from workbench.cli import main; raise SystemExit(main(['demo', '--check']))"]
    environment = os.environ | {"PYTHONWARNINGS": ""}
    checked = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert (checked.returncode, "Every door opens" in checked.stdout) == (0, True), checked.stdout + checked.stderr


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def the_filters_answer(page: Page, mine: Study) -> None:
    """Choose a component, then an occasion: every part follows, in the page as it is."""
    expect(articles(page, TEXTS)).to_have_count(len(mine.entries))
    expect(articles(page, TRIED)).to_have_count(len(mine.experiments))
    panels = part(page, OVER_TIME).locator(".subplot")
    assert panels.count() > 1
    page.evaluate("window.marker = 'kept'")

    component = component_to_choose(mine)
    entries, tested = (
        frame[frame["component"] == component["component"]] for frame in (mine.entries, mine.experiment_components)
    )
    choose(page, 0, label=component["name_sv"])
    expect(articles(page, TEXTS)).to_have_count(len(entries))
    expect(articles(page, TRIED)).to_have_count(len(tested))
    expect(panels).to_have_count(1)
    expect(part(page, OVER_TIME).locator(".workbench-view")).to_contain_text(component["name_sv"].split()[0])

    choose(page, 1, index=1)
    first = mine.occasions.sort_values("number")["occasion"].iloc[0]
    expect(articles(page, TEXTS)).to_have_count(int((entries["occasion"] == first).sum()))
    choose(page, 0, index=0)
    choose(page, 1, index=0)
    expect(articles(page, TEXTS)).to_have_count(len(mine.entries))
    assert page.evaluate("window.marker") == "kept"


def a_text_opens_with_its_codes(page: Page, code_names: set[str]) -> None:
    coded = articles(page, TEXTS).filter(has=page.locator("mark")).first
    assert coded.locator("mark").first.is_hidden()
    coded.locator("summary").click()
    assert coded.locator("mark").first.is_visible()
    assert coded.locator("li b").first.inner_text() in code_names


def the_language_changes_and_the_door_closes(page: Page, home: str) -> None:
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="My texts").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(home)
    page.goto(home + "min-resa")
    assert page.url.startswith(home + "login")


@in_a_browser
@pytest.mark.parametrize("watched", SIZES, indirect=True)
def test_a_participant_reads_chooses_opens_a_text_changes_language_and_leaves(watched: Watched, served: Demo) -> None:
    page = enter(watched, served, served.logins[0])
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.get_by_role("heading", name="Mina texter").is_visible()
    assert fits(page)
    the_filters_answer(page, slice_for(served.study, served.logins[0].account.person))
    a_text_opens_with_its_codes(page, set(served.study.codebook.paths("sv")))
    assert fits(page)
    the_language_changes_and_the_door_closes(page, served.url)
    assert (watched.complaints, watched.strangers) == ([], [])


@in_a_browser
def test_two_at_the_same_time_see_their_own_page_alone(browser: Browser, watched: Watched, served: Demo) -> None:
    one, other = served.logins[:2]
    with open_page(browser, served.url) as second:
        pages = {one.account.person: enter(watched, served, one), other.account.person: enter(second, served, other)}
        for person, page in pages.items():
            assert person in page.locator(".wb-who").inner_text()
            shown = page.content()
            assert [code for code in served.study.people["person"] if code in shown] == [person]


@in_a_browser
def test_an_analysis_shows_each_figure_drawn_and_no_error(watched: Watched, served: Demo) -> None:
    researcher = next(login for login in served.logins if login.account.role == "researcher")
    page = enter(watched, served, researcher, "analysis/04_trajectories")
    notebook = json.loads((ROOT / "notebooks" / "04_trajectories.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    figures = sum(MIME in output.get("data", {}) for output in outputs)

    assert page.locator(".js-plotly-plot .main-svg:first-child").count() == figures > 0
    assert page.locator(".js-plotly-plot .trace").count() >= figures
    assert ERROR_WORDS.findall(page.locator("#wb-cells").inner_text()) == []
    assert page.locator(".failed").count() == 0
    assert (watched.complaints, watched.strangers) == ([], [])
