"""About me in a real browser, by keyboard alone, on a phone and on a desk: choose, answer, take the copy, leave."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from workbench.acts.findings import give_feedback, state_finding
from workbench.store.live import LiveStudy

from .browsing import SIZES, Watched
from .living import Living, serve_living

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = {"phone": ("anna", "P-1"), "desk": ("eva", "P-3")}
OPEN_PAGES = ["accessibility", "data"]


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """Serve a live study in which both organisations have been told of a finding."""
    with serve_living() as living:
        with LiveStudy(living.place, actor="K1") as study:
            study.do(
                state_finding(title_sv="Mod", title_en="Courage", text_sv="Mod.", evidence=["N1", "N3"], finding="F1")
            )
            for organisation in ("A1", "A2"):
                study.do(give_feedback("F1", organisation, "T2", channel="workshop"))
        yield living


@pytest.fixture
def home(living: Living) -> str:
    return living.url


def look(page: Page) -> None:
    """Hold a page against what every page is to keep: it fits, and nothing serious for axe."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    for details in page.locator("details").all():
        details.evaluate("it => it.open = true")
    found = Axe().run(page).response["violations"]
    assert [
        (fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def press(page: Page, name: str, *, role: str = "button") -> None:
    """Come to something by the Tab key and press it."""
    target = page.get_by_role("main").get_by_role(role, name=name)  # type: ignore[arg-type]  -- one of two
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(name)


def follow(page: Page, name: str) -> None:
    """Follow a link to the page that it names."""
    press(page, name, role="link")
    page.get_by_role("heading", name=name, level=1).wait_for()
    page.wait_for_load_state()


def enter(page: Page, living: Living, code: str) -> None:
    page.goto(f"{living.url}login?lang=en&next=/me")
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("Password").fill(f"password of {code}")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="About me").wait_for()


def choose(page: Page) -> None:
    """Say yes to taking part and to one thing more."""
    look(page)
    for name in ("Take part in the study", "Be quoted"):
        page.get_by_role("group", name=name).get_by_role("radio", name="Yes").focus()
        page.keyboard.press("Space")
    press(page, "Save my choices")
    expect(page.get_by_role("status")).to_contain_text("Your choices are saved")
    look(page)


def answer(page: Page) -> None:
    """Answer by keyboard, first without words, which are then asked for."""
    look(page)
    page.get_by_role("radio", name="I dispute it").focus()
    page.keyboard.press("Space")
    press(page, "Hand in my answer")
    expect(page.get_by_role("alert")).to_contain_text("Say in some words")
    look(page)
    assert page.get_by_role("radio", name="I dispute it").is_checked()
    page.get_by_label("In your own words").focus()
    page.keyboard.type("Det var tvärtom.")
    press(page, "Hand in my answer")
    expect(page.get_by_role("status")).to_contain_text("Your answer is handed in")
    expect(page.get_by_role("blockquote")).to_contain_text("Det var tvärtom.")
    look(page)


def take_copy(page: Page, person: str) -> None:
    """Take the copy, and look at the page in it."""
    look(page)
    with page.expect_download() as waiting:
        press(page, "Take my copy (ZIP)")
    with zipfile.ZipFile(waiting.value.path()) as copy:
        html = copy.read("index.html").decode()
    page.set_content(html)
    page.get_by_role("heading", name=f"Everything about {person}").wait_for()
    assert "Det var tvärtom." in page.content()
    look(page)


def leave(page: Page, code: str) -> None:
    """Leave, after having typed somebody else's code."""
    look(page)
    for typed, then in (("bo", page.get_by_role("alert")), (code, page.get_by_role("heading", name="You have left"))):
        page.get_by_label("Type your code").focus()
        page.keyboard.type(typed)
        press(page, "Leave the study now")
        then.wait_for()
        page.wait_for_load_state()
        look(page)


@pytest.mark.parametrize("watched", SIZES, indirect=True)
def test_somebody_chooses_answers_takes_the_copy_and_leaves_by_keyboard(
    watched: Watched, living: Living, request: pytest.FixtureRequest
) -> None:
    page = watched.page
    code, person = PEOPLE[request.node.callspec.params["watched"]]
    enter(page, living, code)
    look(page)
    for name, do in (("What I say yes to", choose), ("Findings and my answers", answer)):
        follow(page, name)
        do(page)
        page.goto(f"{living.url}me")
    follow(page, "Everything about me")
    take_copy(page, person)
    page.goto(f"{living.url}me/withdrawal")
    leave(page, code)

    assert (person in set(living.study.entries["person"])) is False
    assert watched.strangers == []
    assert [told for told in watched.complaints if "400" not in told] == []  # the faults asked for above


@pytest.mark.parametrize("watched", SIZES, indirect=True)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_that_anybody_may_read_fit_and_have_nothing_serious_for_axe(
    watched: Watched, living: Living, language: str
) -> None:
    for path in OPEN_PAGES:
        watched.page.goto(f"{living.url}{path}?lang={language}")
        look(watched.page)
    assert (watched.complaints, watched.strangers) == ([], [])


@pytest.mark.parametrize("watched", SIZES, indirect=True)
def test_the_researchers_page_of_answers_fits(watched: Watched, living: Living) -> None:
    page = watched.page
    page.goto(f"{living.url}login?lang=en&next=/research/answers")
    page.get_by_label("Code", exact=True).fill("cia")
    page.get_by_label("Password").fill("password of cia")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Answers to findings").wait_for()
    look(page)
    assert (watched.complaints, watched.strangers) == ([], [])
