"""The whole way of a participant in a real browser, by keyboard alone: from the invitation's link to leaving the study.

In Swedish and English, on a phone and on a desk. Whatever has the focus is seen to have it, comes after what had it
before, and every page passed fits, has nothing serious for axe, asks no other host and complains of nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from workbench.acts.findings import give_feedback, state_finding
from workbench.cli import main
from workbench.language import LANGUAGES, Language, translator
from workbench.store.live import LiveStudy

from .browsing import SIZES, Watched, open_page
from .conftest import REPOSITORY
from .living import Living, serve_living

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOCALES = {"sv": "sv-SE", "en": "en-GB"}
PASSWORD = "four words chosen here"
WORDS = "Vi vågade 🙂 säga nej, och ingen dog."
MOST_TABS = 150

FOCUS = """
before => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
  return {
    what: it.outerHTML.slice(0, 120),
    nothing: it === document.body,
    marked: it.matches(':focus-visible') && marked,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    later: !before || !before.isConnected || !!(before.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}
"""


class Keys:
    """Somebody at the keys, who looks at each page and at where the focus is."""

    def __init__(self, watched: Watched, language: Language) -> None:
        self.page: Page = watched.page
        self.translate = translator(language)

    def to(self, target: Locator) -> Locator:
        """Come to something with the Tab key, past everything before it."""
        before = None
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS, before)
            if focus["nothing"]:  # round the end of the page
                before = None
                continue
            assert focus["marked"] and focus["seen"], focus
            assert focus["later"], focus
            if target.evaluate("it => it === document.activeElement"):
                return target
            before = self.page.evaluate_handle("document.activeElement")
        raise AssertionError(f"The Tab key does not lead to {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Come to something and press a key there."""
        self.to(target)
        self.page.keyboard.press(key)

    def named(self, role: str, msgid: str, *, where: str = "main") -> Locator:
        """Find what a part of the page calls by a text in the reader's language."""
        name = self.translate(msgid)
        return self.page.get_by_role(where).first.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type] -- roles

    def go(self, msgid: str, heading: str, *, where: str = "main", role: str = "link") -> None:
        """Follow a link, or send a form, to the page with a heading, and look at it."""
        self.press(self.named(role, msgid, where=where))
        self.arrive(heading)

    def arrive(self, heading: str) -> None:
        self.page.get_by_role("heading", name=self.translate(heading), level=1, exact=True).wait_for()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Hold the page against what every page is to keep."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        found = Axe().run(page).response["violations"]
        faults = [(it["id"], it["nodes"][0]["html"]) for it in found if it["impact"] in {"serious", "critical"}]
        assert faults == [], page.url


@pytest.fixture
def living() -> Iterator[Living]:
    """Serve a live study of its own, in which a finding was given back; nobody has a way in yet."""
    with serve_living(people=(), journey=REPOSITORY / "dashboards" / "min_resa.ipynb") as living:
        with LiveStudy(living.place, actor="K1") as study:
            told = {"title_sv": "Modet växer", "title_en": "Courage grows", "text_sv": "Mod.", "text_en": "Courage."}
            study.do(state_finding(**told, evidence=["N1", "N3"], finding="F1"))
            study.do(give_feedback("F1", "A1", "T2", channel="workshop"))
        yield living


def invite(living: Living, language: Language, capsys: pytest.CaptureFixture[str]) -> str:
    """Invite somebody with the command, and give the link that it prints."""
    told = ["--role", "participant", "--person", "P-1", "--language", language, "--study", str(living.place)]
    assert main(["invite", str(living.state), "anna", *told, "--url", living.url]) == 0
    (link,) = re.findall(r"http\S+/invitation/\S+", capsys.readouterr().out)
    return str(link)


def come_in(keys: Keys, link: str) -> None:
    """Choose a password."""
    keys.page.goto(link)
    keys.arrive("Choose a password")
    keys.to(keys.page.locator("#password"))
    keys.page.keyboard.type(PASSWORD)
    keys.page.keyboard.press("Enter")
    keys.arrive("What I say yes to")


def say_yes(keys: Keys) -> None:
    """Choose for each purpose, once."""
    for purpose in keys.page.get_by_role("main").get_by_role("group").all():
        keys.press(purpose.get_by_role("radio").first, "Space")
    keys.press(keys.named("button", "Save my choices"))
    expect(keys.page.get_by_role("status")).to_have_text(
        keys.translate("Your choices are saved, and hold from now on.")
    )
    keys.look()


def see_my_journey(keys: Keys) -> None:
    keys.press(keys.named("link", "My page", where="banner"))
    keys.page.wait_for_selector("html.wb-ready")
    expect(keys.page.get_by_text("Vi vågade 🙂 säga nej.").first).to_be_attached()
    keys.look()


def hand_in(keys: Keys) -> None:
    """Write a reflection, lose the page, find the words again, and hand them in."""
    page = keys.page
    keys.go("Hand in", "Hand in", where="banner")
    keys.press(page.get_by_role("main").locator("a[href$='hand-in/reflection']"))
    keys.arrive("Write a reflection")
    page.wait_for_selector("form[data-ready]")
    words = page.get_by_role("main").get_by_role("textbox").first
    keys.to(words)
    page.keyboard.type(WORDS)
    expect(page.locator("#state")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    page.wait_for_selector("form[data-ready]")
    expect(words).to_have_value(WORDS)
    keys.look()
    for group in page.locator("fieldset").all():
        if group.locator("input:checked").count() == 0:
            keys.press(group.get_by_role("radio").first, "Space")
    page.keyboard.press("ArrowDown")  # of who may read it, the first is "nobody yet"
    keys.press(keys.named("button", "Hand in"))
    expect(page.get_by_role("status").first).to_contain_text(
        keys.translate("Thank you. It is handed in, and stands in the list below.")
    )
    keys.look()


def answer(keys: Keys) -> None:
    """Answer a finding, from where it is folded."""
    page = keys.page
    keys.go("About me", "About me", where="banner")
    keys.go("Findings and my answers", "Findings and my answers")
    keys.press(page.get_by_role("main").locator("summary"))
    keys.press(page.get_by_role("radio").first, "Space")
    keys.look()
    keys.to(page.get_by_role("textbox", name=keys.translate("In your own words")))
    page.keyboard.type("Precis så.")
    keys.press(keys.named("button", "Hand in my answer"))
    expect(page.get_by_role("status")).to_have_text(keys.translate("Thank you. Your answer is handed in."))
    keys.look()


def take_copy(keys: Keys) -> None:
    """Take everything about me, and find in it what was just written."""
    keys.go("About me", "About me", where="banner")
    keys.go("Everything about me", "Everything about me")
    with keys.page.expect_download() as waiting:
        keys.press(keys.named("button", "Take my copy (ZIP)"))
    with zipfile.ZipFile(waiting.value.path()) as copy:
        html = copy.read("index.html").decode()
    assert WORDS in html
    assert "Precis så." in html


def leave(keys: Keys) -> None:
    keys.go("About me", "About me", where="banner")
    keys.go("Leave the study", "Leave the study")
    keys.to(keys.page.locator("#code"))
    keys.page.keyboard.type("anna")
    keys.press(keys.named("button", "Leave the study now"))
    keys.arrive("You have left the study")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_invitation_to_leaving_by_keyboard_alone(
    browser: Browser, living: Living, language: Language, size: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_page(browser, living.url, size, LOCALES[language]) as watched:
        keys = Keys(watched, language)
        come_in(keys, invite(living, language, capsys))
        say_yes(keys)
        see_my_journey(keys)
        hand_in(keys)
        assert [text for text in living.study.entries["text"] if WORDS in text]
        answer(keys)
        assert living.study.responses["stance"].to_list() == ["agrees"]
        take_copy(keys)
        leave(keys)
        assert (watched.complaints, watched.strangers) == ([], [])

    assert "P-1" not in set(living.study.entries["person"])
    assert not [text for text in living.study.entries["text"] if WORDS in str(text)]
