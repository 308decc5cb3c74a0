"""The desk driven by keyboard, mouse and touch in a real browser; what it shows is what the study holds."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Browser, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.desk.driving import code, code_a_word, pick, press, saved, with_texts
from tests.tiny import EMOJI_TEXT
from workbench.desk.session import DeskSession
from workbench.store.verify import verify

pytestmark = pytest.mark.browser
DRAW = random.Random(7)  # noqa: S311  no secret
PIECES = [  # signs of one and two units, joined ones, marks that combine; line ends, and a text's ordinary spaces
    "Vi", "vågade", "säga", "nej", "🙂", "\U0001f469\U0001f3fd\u200d\U0001f4bb", "e\u0301n", "å", "\u030aa",
    "\U0001f1f8\U0001f1ea", "\U0001d51e\U0001d51f", "x\u0308", "\u200d", "\u2013", "”hej”", "1\u202f000", "\ufb01",
    "\u00a0", "ord.", "Ja!", "\n", "\n\n", "  ", " ", " ",
]  # fmt: skip  # fmt: skip


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
    code_a_word(page)
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


def test_texts_are_searched_and_narrowed_to_what_is_not_yet_double_coded(
    session: DeskSession, other: DeskSession, open_desk: OpenDesk
) -> None:
    code(other, "N1", 0, 9)  # K1 has coded it too
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


def test_a_refusal_leaves_nothing_drawn(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    code_a_word(page)
    press(page, "r")

    expect(page.locator(".wd-status")).to_contain_text("codes a span once")
    expect(page.locator(".wd-name")).to_have_count(2)
