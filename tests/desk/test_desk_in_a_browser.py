"""The desk driven by keyboard, mouse and touch in a real browser; what it shows is what the study holds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.tiny import EMOJI_TEXT, tiny_study
from workbench.desk.session import DeskSession
from workbench.store.creating import take_in
from workbench.store.verify import verify
from workbench.study import Study
from workbench.tables import TABLES
from workbench.widgets.desk import SCRIPT

pytestmark = pytest.mark.browser
NEWS = 15_000  # milliseconds in which what is new is asked for on a laden machine
DRAW = random.Random(7)  # noqa: S311  no secret
PIECES = [  # signs of one and two units, joined ones, marks that combine; line ends, and a text's ordinary spaces
    "Vi", "vågade", "säga", "nej", "🙂", "\U0001f469\U0001f3fd\u200d\U0001f4bb", "e\u0301n", "å", "\u030aa",
    "\U0001f1f8\U0001f1ea", "\U0001d51e\U0001d51f", "x\u0308", "\u200d", "\u2013", "”hej”", "1\u202f000", "\ufb01",
    "\u00a0", "ord.", "Ja!", "\n", "\n\n", "  ", " ", " ",
]  # fmt: skip


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def pick(page: Page, words: str) -> None:
    """Apply a code by typing a part of its name."""
    press(page, "c")
    page.keyboard.type(words)
    press(page, "Enter")


def saved(page: Page) -> None:
    expect(page.locator(".wd-pending")).to_have_count(0)
    expect(page.locator(".wd-status")).to_contain_text(re.compile("Saved|Undone|Done again"))


def with_texts(texts: list[str]) -> Study:
    """Make the tiny study with other texts, one entry each, and no codings."""
    study = tiny_study()
    rows = pd.concat([study.entries.head(1)] * len(texts), ignore_index=True)
    codes = pd.array([f"N{place:04d}" for place in range(len(texts))], dtype="str")
    entries = rows.assign(entry=codes, text=pd.array(texts, dtype="str"))
    return study.with_frames(
        {name: getattr(study, name) for name in TABLES} | {"entries": entries, "codings": study.codings.head(0)}
    )


def test_words_are_chosen_and_coded_by_keyboard_alone(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    pick(page, "villkor")
    saved(page)

    [row] = session.live.find("codings", coder="K9")
    assert row["quote"] == "vågade 🙂 säga"
    parts = page.locator(f".wd-coded[data-codings~={row['coding']}]").all_text_contents()
    assert "".join(parts) == row["quote"]


def test_sentences_and_paragraphs_are_chosen_whole(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowDown")
    pick(page, "villkor")
    saved(page)
    press(page, "PageDown")
    press(page, "1")
    expect(page.locator(".wd-name")).to_have_count(3)  # K1 has one too
    saved(page)

    first, second = EMOJI_TEXT.split("\n")
    assert [row["quote"] for row in session.live.find("codings", coder="K9")] == [first, second]


def test_fifty_spans_are_coded_twenty_undone_ten_done_again_and_all_is_there_when_it_is_opened_again(
    begin: Begin, browser: Browser
) -> None:
    words = " ".join(f"ord{number}" for number in range(60))
    place = begin(with_texts([words]))
    session = DeskSession(place, coder="K9")
    with on_a_page(browser) as open_desk:
        page = open_desk(session)
        press(page, "ArrowRight")
        pick(page, "villkor")
        for _ in range(49):
            press(page, "ArrowRight", "r")
        expect(page.locator(".wd-name")).to_have_count(50)
        press(page, *["z"] * 20, *["y"] * 10)
        expect(page.locator(".wd-name")).to_have_count(40)
        saved(page)
        session.close()

    later = DeskSession(place, coder="K9")
    with on_a_page(browser) as open_desk:
        page = open_desk(later)
        page.get_by_role("button", name="32 more codings of this paragraph").click()
        expect(page.locator(".wd-name")).to_have_count(40)
        assert page.locator(".wd-coded").all_inner_texts() == [f"ord{number}" for number in range(40)]
    assert verify(place) == []
    later.close()


LINE = """(status) => {
  window.kernel.connectionStatus = status;
  for (const told of window.kernel.told) told(window.kernel, status);
}"""
CHOOSE = """([from, to]) => {
  const rows = [...document.querySelectorAll(".wd-words")];
  const text = rows.map((row) => row.textContent).join("\\n");
  const points = [...text];
  const [start, end] = [from, to].map((share) => Math.floor(share * points.length));
  const quote = points.slice(start, end).join("");
  const place = (unit) => {
    for (const row of rows) {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      if (unit <= row.textContent.length) {
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (unit <= node.length) return [node, unit];
          unit -= node.length;
        }
        return [row, 0];
      }
      unit -= row.textContent.length + 1;
    }
  };
  const units = (count) => points.slice(0, count).join("").length;
  document.querySelector(".wd-text").focus();
  document.getSelection().setBaseAndExtent(...place(units(start)), ...place(units(end)));
  return quote;
}"""


def test_the_quote_kept_is_what_was_highlighted_in_five_hundred_cases(begin: Begin, open_desk: OpenDesk) -> None:
    texts = ["".join(DRAW.choices(PIECES, k=40)) + "slut" for _ in range(50)]
    session = DeskSession(begin(with_texts(texts)), coder="K9")
    page = open_desk(session)
    chosen: list[str] = []
    for number in range(len(texts)):
        for _ in range(10):
            quote = page.evaluate(CHOOSE, sorted([DRAW.random(), DRAW.random()]))
            page.wait_for_timeout(5)  # a browser tells of a selection afterwards
            if quote.strip() and (number, quote) not in chosen:
                before = page.locator(".wd-name").count()
                page.evaluate("document.querySelector('.wd-code').click()")
                page.wait_for_function(
                    "count => document.querySelectorAll('.wd-name').length > count"
                    " && !document.querySelector('.wd-pending')",
                    arg=before,
                )
                chosen.append(quote)
        press(page, "j")
        page.wait_for_timeout(30)

    kept = [row["quote"] for row in session.live.find("codings", coder="K9")]
    assert kept == chosen
    assert len(kept) > 450
    session.close()


def test_a_mouse_and_a_finger_do_the_same(session: DeskSession, browser: Browser) -> None:
    with on_a_page(browser, "phone") as open_desk:
        page = open_desk(session)
        page.evaluate(CHOOSE, [0.3, 0.5])
        page.get_by_role("button", name="Code", exact=True).tap()
        page.get_by_role("option", name="Villkor", exact=True).tap()
        saved(page)
        page.locator(".wd-name", has_text="Villkor").tap()
        page.get_by_role("button", name="Remove").tap()
        expect(page.locator(".wd-coded")).to_have_count(1)  # K1's

    assert session.live.find("codings", coder="K9") == []


def test_a_coding_is_stretched_recoded_and_removed_by_key(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "ArrowRight")
    pick(page, "villkor")
    saved(page)
    press(page, "]", "[")
    expect(page.locator(".wd-status")).to_contain_text("Vi vågade 🙂 säga")
    press(page, "e")
    page.keyboard.type("tid")
    press(page, "Enter")
    expect(page.locator(".wd-status")).to_contain_text("Tid")
    [row] = session.live.find("codings", coder="K9")

    assert (row["quote"], row["code"]) == ("Vi vågade 🙂 säga", "COND_TIME")
    press(page, "Delete")
    expect(page.locator(".wd-status")).to_contain_text("remove coding")
    assert session.live.find("codings", coder="K9") == []


def test_a_boundary_is_moved_by_buttons_that_stand_there_while_a_coding_is_pointed_at(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    tools = page.get_by_role("toolbar", name="This coding")
    press(page, "ArrowRight", "ArrowRight")
    expect(tools).to_be_hidden()
    pick(page, "villkor")
    saved(page)
    tools.get_by_role("button", name="End →").click()
    expect(page.locator(".wd-status")).to_contain_text("vågade 🙂 säga")
    press(page, "ArrowDown", "ArrowDown")

    expect(tools).to_be_hidden()
    assert [row["quote"] for row in session.live.find("codings", coder="K9")] == ["vågade 🙂 säga"]


def test_a_coding_gone_to_is_left_when_other_words_are_chosen(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight")
    pick(page, "villkor")
    saved(page)
    press(page, ".", "ArrowDown", "Delete")

    expect(page.locator(".wd-status")).to_contain_text("Go to a coding first")
    assert len(session.live.find("codings", coder="K9")) == 1


def test_words_become_a_code_and_a_new_code_is_made_in_place(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "Shift+ArrowRight", "i")
    saved(page)
    press(page, "ArrowDown", "n")
    page.get_by_role("textbox", name="Name").fill("Att våga")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".wd-name")).to_have_count(3)
    saved(page)
    names = {row["name_sv"] for row in session.live.find("codes")}

    assert {"Vi vågade", "Att våga"} <= names


def test_a_memo_stands_with_its_entry(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "m")
    page.get_by_role("textbox", name="Memo").fill("Vem är vi?")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 memo", exact=True).click()

    expect(page.get_by_text("K9: Vem är vi?")).to_be_visible()


def test_others_codings_are_named_and_can_be_hidden(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    expect(page.locator(".wd-name")).to_have_text("Tid · K1")
    press(page, "o")

    expect(page.locator(".wd-name")).to_have_count(0)
    press(page, ".", "Delete")
    assert len(session.live.find("codings")) == 2


def test_the_list_is_narrowed_down_and_the_next_uncoded_is_found(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    page.get_by_text("Narrow down").click()
    page.get_by_label("Person", exact=True).select_option("P-3")
    expect(page.locator(".wd-entry")).to_have_count(1)
    page.get_by_label("Person", exact=True).select_option("")
    page.locator(".wd-text").focus()
    press(page, "ArrowDown")
    pick(page, "villkor")
    saved(page)
    page.get_by_label("Which", exact=True).select_option("uncoded")
    expect(page.locator(".wd-entry")).to_have_count(3)
    page.get_by_label("Which", exact=True).select_option("")
    page.locator(".wd-text").focus()
    press(page, "u")

    expect(page.locator(".wd-words")).to_have_text("Hemligt.")


@pytest.fixture
def other(session: DeskSession) -> Iterator[DeskSession]:
    """Let K8 sit at another desk of the same study."""
    other = DeskSession(session.live.database.place, coder="K8")
    yield other
    other.close()


def code(session: DeskSession, start: int, end: int) -> None:
    session.answer({"ask": "code", "entry": "N1", "start": start, "end": end, "code": "COND"})


def test_what_another_coder_does_shows_and_what_is_chosen_stays_chosen(
    session: DeskSession, other: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "Shift+ArrowRight")
    code(other, 0, 9)
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
    code(other, 0, 9)
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
        other.answer({"ask": "code", "entry": "N0000", "start": 0, "end": end, "code": "COND"})
    expect(page.locator(".wd-name")).to_have_count(5, timeout=NEWS)

    assert read.bounding_box() == before
    other.close()
    session.close()


def test_names_that_a_paragraph_has_no_room_for_are_folded_and_each_is_gone_to_by_key(
    begin: Begin, open_desk: OpenDesk
) -> None:
    place = begin(with_texts(["ett två tre fyra fem sex sju åtta nio tio elva"]))
    session, other = DeskSession(place, coder="K9"), DeskSession(place, coder="K8")
    for start in range(12):
        other.answer({"ask": "code", "entry": "N0000", "start": start, "end": start + 9, "code": "COND"})
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


def test_texts_are_searched_and_narrowed_to_what_is_not_yet_double_coded(
    session: DeskSession, other: DeskSession, open_desk: OpenDesk
) -> None:
    code(other, 0, 9)  # K1 has coded it too
    page = open_desk(session)
    page.get_by_text("Narrow down").click()
    page.get_by_label("Which", exact=True).select_option("single")
    expect(page.locator(".wd-entry")).to_have_count(3)
    page.locator(".wd-text").focus()
    press(page, "/")
    page.keyboard.type("chef")
    press(page, "Enter")

    expect(page.locator(".wd-entry")).to_have_count(2)
    press(page, "Escape")
    expect(page.locator(".wd-text")).to_be_focused()


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


def test_a_grid_codes_a_row_or_all_that_are_marked(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "g")
    expect(page.locator(".wd-grid tbody tr")).to_have_count(4)
    press(page, " ", "ArrowDown", "ArrowDown", " ")
    pick(page, "villkor")
    expect(page.locator(".wd-codes .wd-name")).to_have_count(2)
    press(page, "z")
    expect(page.locator(".wd-codes .wd-name")).to_have_count(0)
    press(page, "g")

    expect(page.locator(".wd-text")).to_be_visible()


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


def test_a_refusal_leaves_nothing_drawn(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "ArrowRight")
    pick(page, "villkor")
    saved(page)
    press(page, "r")

    expect(page.locator(".wd-status")).to_contain_text("codes a span once")
    expect(page.locator(".wd-name")).to_have_count(2)


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


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]


def test_the_help_names_every_key(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    press(page, "?")
    keys = SCRIPT[SCRIPT.index("const KEYS") : SCRIPT.index("const BY_KEY")]

    expect(page.get_by_role("dialog").locator("tr")).to_have_count(keys.count('\n    ["'))
    press(page, "Escape")
    expect(page.locator(".wd-text")).to_be_focused()
