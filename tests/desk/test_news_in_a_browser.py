"""What others do shows at a desk in a real browser, and what becomes of the kernel is told."""

from __future__ import annotations

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.desk.conftest import Begin, OpenDesk
from tests.desk.driving import NEWS, code, pick, press, saved, with_texts
from workbench.desk.session import DeskSession
from workbench.store.creating import take_in

pytestmark = pytest.mark.browser
LINE = """(status) => {
  window.kernel.connectionStatus = status;
  for (const told of window.kernel.told) told(window.kernel, status);
}"""


def test_what_another_coder_does_shows_and_what_is_chosen_stays_chosen(
    session: DeskSession, other: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "Shift+ArrowRight")
    code(other, "N1", 0, 9)
    expect(page.locator(".wd-name")).to_have_text(["Villkor · K8", "Tid · K1"], timeout=NEWS)
    expect(page.locator(".wd-entry").first).to_contain_text("2 coders")
    press(page, "Shift+ArrowRight")
    pick(page, "villkor")
    saved(page)

    assert [row["quote"] for row in session.live.find("codings", coder="K9")] == ["Vi vågade 🙂 säga"]
    other.answer({"ask": "undo"})
    expect(page.locator(".wd-name")).to_have_text(["Villkor", "Tid · K1"], timeout=NEWS)


def test_news_leaves_what_is_being_typed_alone(session: DeskSession, other: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "m")
    page.keyboard.type("Vem ")
    code(other, "N1", 0, 9)
    other.answer({"ask": "new code", "name": "Att våga"})
    expect(page.locator(".wd-code", has_text="Att våga")).to_have_count(1, timeout=NEWS)
    page.keyboard.type("är vi?")

    expect(page.get_by_role("textbox", name="Memo")).to_have_value("Vem är vi?")


def test_much_that_is_new_shows_with_the_list_narrowed_as_it_was(
    session: DeskSession, other: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    page.get_by_text("Narrow down").click()
    page.get_by_label("Person", exact=True).select_option("P-3")
    found = page.locator(".wd-entry").count()
    entry = session.study.entries[session.study.entries["person"] == "P-3"].head(1)
    other.live.do(take_in({"entries": entry.assign(entry=pd.array(["N9"], dtype="str"))}))

    expect(page.locator(".wd-entry")).to_have_count(found + 1, timeout=NEWS)
    expect(page.locator(".wd-words").first).to_contain_text("Vi vågade")


def test_what_others_code_above_moves_nothing_that_is_read(begin: Begin, open_desk: OpenDesk) -> None:
    lines = [f"Rad {number} om ledning." for number in range(120)]
    place = begin(with_texts(["\n".join(lines)]))
    session, other = DeskSession(place, coder="K9"), DeskSession(place, coder="K8")
    page = open_desk(session)
    read = page.locator(".wd-words", has_text="Rad 60 ")
    read.evaluate("row => row.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)  # the browser lays out what has come in sight
    before = read.bounding_box()
    for end in (1, 2, 3, 5, 7):
        code(other, "N0000", 0, end)
    expect(page.locator(".wd-name")).to_have_count(5, timeout=NEWS)

    assert read.bounding_box() == before
    other.close()
    session.close()


def test_a_kernel_that_does_not_answer_is_told_of_plainly(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    page.evaluate("() => { window.answer = () => new Promise(() => {}) }")
    expect(page.get_by_role("alert")).to_contain_text("The kernel does not answer", timeout=NEWS)
    press(page, "ArrowRight")
    pick(page, "villkor")

    expect(page.locator(".wd-pending")).to_have_count(1)


def test_a_line_that_is_broken_is_told_of_until_it_is_back(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    alarm = page.get_by_role("alert")
    page.evaluate(LINE, "connecting")
    expect(alarm).to_contain_text("The line to the kernel is broken")
    page.evaluate(LINE, "connected")
    expect(alarm).to_be_hidden()
    page.evaluate("() => { window.kernel.status = 'busy'; window.answer = () => new Promise(() => {}) }")
    press(page, "ArrowRight")
    pick(page, "villkor")

    expect(alarm).to_contain_text("saved when it is done", timeout=NEWS)
