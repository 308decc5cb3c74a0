"""The codebook worked on at the desk by keyboard, mouse and touch in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import Begin, OpenDesk, on_a_page
from tests.desk.driving import press, serious, with_texts
from workbench.acts.codes import rename_code
from workbench.desk.session import DeskSession
from workbench.store.live import LiveStudy

pytestmark = pytest.mark.browser


def code_page(page: Page, words: str) -> None:
    """Open a code's page by a part of its name, by keyboard."""
    press(page, "d")
    page.keyboard.type(words)
    press(page, "Enter")
    expect(page.locator(".wd-worded")).to_be_visible()


def type_reason(page: Page, words: str = "because") -> None:
    """Tab to the reason, write it, and save."""
    for _ in range(80):
        if page.evaluate("document.activeElement.name === 'reason'"):
            break
        press(page, "Tab")
    page.keyboard.type(words)
    press(page, "Enter")


def tab_to(page: Page, words: str) -> None:
    """Tab to what has some words as its own or its label's."""
    told = "[document.activeElement, ...(document.activeElement.labels ?? [])].map((one) => one.textContent).join()"
    for _ in range(80):
        press(page, "Tab")
        if words in page.evaluate(told):
            return
    raise AssertionError(words)


def done(page: Page, what: str) -> None:
    expect(page.locator(".wd-status")).to_contain_text(what)
    expect(page.locator(".wd-worded")).to_be_visible()


def code_of(session: DeskSession, coding: str) -> object:
    return session.live.find("codings", coding=coding)[0]["code"]


def row(session: DeskSession, code: str) -> dict[str, object]:
    return dict(session.live.find("codes", code=code)[0])


def test_a_code_is_worded_anew_with_an_example_picked_from_codings_by_keyboard_alone(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "e")
    tab_to(page, "Definition, Swedish")
    press(page, "Control+a")
    page.keyboard.type("Timmar att utveckla.")
    tab_to(page, "Choose an example")
    press(page, "Enter")
    expect(page.locator(".wd-quote")).to_have_count(2)
    press(page, "Tab", "Enter")
    expect(page.get_by_label("Example, Swedish")).to_be_focused()
    type_reason(page, " and words of our own")
    done(page, "redefine code")
    now = row(session, "COND_TIME")

    assert now["definition_sv"] == "Timmar att utveckla."
    assert now["example_sv"] in {"🙂 säga nej.", "Chefen"}
    press(page, "z")
    expect(page.locator(".wd-worded")).not_to_contain_text("Timmar att utveckla.")


def test_codes_are_merged_by_keyboard_alone_after_every_coding_was_shown(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    session.answer({"ask": "code", "entry": "N3", "start": 0, "end": 6, "code": "COND_TIME"})
    session.answer({"ask": "code", "entry": "N3", "start": 0, "end": 6, "code": "COND_MONEY"})
    page = open_desk(session)
    code_page(page, "pengar")
    press(page, "m")
    page.keyboard.type("tid")
    press(page, "Tab", "Space")
    expect(page.get_by_role("table")).to_contain_text("🙂 säga nej.")
    expect(page.get_by_text("1 of them would be there twice")).to_be_visible()
    type_reason(page)
    done(page, "merge codes")

    assert [code_of(session, one) for one in ("C1", "C2")] == ["COND_MONEY"] * 2
    expect(page.locator(".wd-steps")).to_contain_text("merged with Tid, which ended. because")
    expect(page.locator(".wd-tree")).not_to_contain_text("Tid")
    press(page, "z")
    expect(page.locator(".wd-tree")).to_contain_text("Tid")


def test_a_code_is_split_quote_by_quote_by_digits_and_not_before_all_are_sorted(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "s")
    page.keyboard.type("Egen tid")
    press(page, "Tab")
    page.keyboard.type("Andras tid")
    tab_to(page, "keeps Tid")
    press(page, "1")
    expect(page.get_by_text("1 of 2 sorted")).to_be_visible()
    type_reason(page, "two things")
    expect(page.get_by_role("alert").filter(has_text="1 of 2 codings are not sorted")).to_be_visible()
    assert code_of(session, "C1") == "COND_TIME"

    page.locator(".wd-sorting fieldset").nth(1).get_by_role("radio").first.focus()
    press(page, "2")
    expect(page.get_by_text("2 of 2 sorted")).to_be_visible()
    press(page, "Enter")
    done(page, "split code")
    names = [row(session, str(code_of(session, one)))["name_sv"] for one in ("C1", "C2")]
    assert names == ["Egen tid", "Andras tid"]
    press(page, "z")
    expect(page.locator(".wd-tree")).not_to_contain_text("Egen tid")


def test_more_quotes_than_fit_on_a_page_are_sorted_key_by_key(begin: Begin, open_desk: OpenDesk) -> None:
    words = [f"ord{number:03d}" for number in range(120)]
    session = DeskSession(begin(with_texts([" ".join(words)])), coder="K9")
    for place in range(len(words)):
        session.answer({"ask": "code", "entry": "N0000", "start": place * 7, "end": place * 7 + 6, "code": "COND_TIME"})
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "s")
    page.keyboard.type("Udda")
    press(page, "Tab")
    page.keyboard.type("Jämna")
    tab_to(page, "keeps Tid")
    press(page, *["2", "1"] * 60)
    expect(page.get_by_text("120 of 120 sorted")).to_be_visible()
    type_reason(page, "two things")
    done(page, "split code")

    odd = next(one["code"] for one in session.live.find("codes") if one["name_sv"] == "Udda")
    assert [one["quote"] for one in session.live.find("codings", code=odd)] == words[1::2]
    session.close()


def test_the_rest_of_a_split_is_named_and_a_mouse_does_it_too(session: DeskSession, browser: Browser) -> None:
    with on_a_page(browser, "phone") as open_desk:
        page = open_desk(session)
        page.get_by_role("button", name="Codes", exact=True).tap()
        page.get_by_role("button", name="Page of Tid", exact=True).tap()
        page.get_by_role("button", name="Split").tap()
        page.get_by_label("Name of new code 1").fill("Egen tid")
        page.get_by_label("Name of new code 2").fill("Andras tid")
        page.get_by_text("1 Egen tid").first.tap()
        page.get_by_label("The rest").select_option("keeps Tid")
        page.get_by_label("Why").fill("two things")
        page.get_by_role("button", name="Split", exact=True).tap()
        done(page, "split code")

    assert row(session, str(code_of(session, "C1")))["name_sv"] == "Egen tid"
    assert code_of(session, "C2") == "COND_TIME"


def test_a_code_is_moved_retired_and_restored_by_keyboard_alone(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "v")
    press(page, "Home")
    type_reason(page)
    done(page, "move code")
    assert row(session, "COND_TIME")["parent"] is None
    press(page, "t", "Tab")
    type_reason(page)
    done(page, "retire code")
    expect(page.locator(".wd-tree [data-code=COND_TIME]")).to_have_count(0)
    press(page, "t")
    type_reason(page)
    done(page, "restore code")

    assert row(session, "COND_TIME")["status"] == "active"
    expect(page.locator(".wd-steps li")).to_contain_text(
        [re.compile("moved"), re.compile("retired"), re.compile("restored")]
    )


def test_a_refusal_is_told_where_it_is_and_what_was_written_stays(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    code_page(page, "villkor")
    press(page, "t")
    type_reason(page, "too wide")

    expect(page.get_by_role("alert").filter(has_text="move or retire it first")).to_be_visible()
    expect(page.get_by_label("Why")).to_have_value("too wide")
    press(page, "Escape", "Escape")
    expect(page.locator(".wd-worded")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(".wd-text")).to_be_focused()


def test_a_code_that_is_made_while_the_codebook_is_worked_on_codes_nothing(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    press(page, "ArrowRight", "d")
    page.keyboard.type("Att våga")
    press(page, "Enter")
    page.get_by_role("dialog", name="New code").get_by_role("button", name="Save").click()
    expect(page.locator(".wd-tree")).to_contain_text("Att våga")

    assert session.live.find("codings", coder="K9") == []


def test_memos_about_a_code_are_written_read_and_revised(session: DeskSession, open_desk: OpenDesk) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "n")
    page.keyboard.type("Whose time?")
    press(page, "Control+Enter")
    expect(page.locator(".wd-memo")).to_have_text("Whose time?")
    page.get_by_role("button", name="Revise the memo").click()
    page.get_by_role("textbox", name="Memo").fill("Whose hours?")
    press(page, "Control+Enter")
    expect(page.locator(".wd-memo")).to_have_text("Whose hours?")
    page.get_by_role("button", name="Remove the memo").click()

    expect(page.locator(".wd-memo")).to_have_count(0)


def test_the_codebook_goes_out_as_a_file_and_comes_in_after_a_look_at_what_changes(
    session: DeskSession, open_desk: OpenDesk, tmp_path: Path
) -> None:
    page = open_desk(session)
    press(page, "w")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download codebook.yaml").click()
    file = tmp_path / download.value.suggested_filename
    file.write_text(download.value.path().read_text("utf-8").replace("sv: Tid\n", "sv: Arbetstid\n"), "utf-8")
    page.get_by_label("A codebook.yaml").set_input_files(file)
    expect(page.locator(".wd-diff .wd-is")).to_contain_text(["Arbetstid"])
    assert row(session, "COND_TIME")["name_sv"] == "Tid"
    page.get_by_label("Why, where").fill("as they say")
    page.get_by_role("button", name="Take it in").click()

    expect(page.locator(".wd-tree")).to_contain_text("Arbetstid")
    file.write_text("codes: [", "utf-8")
    page.get_by_label("A codebook.yaml").set_input_files(file)
    expect(page.get_by_text("is no YAML")).to_be_visible()


def test_two_versions_are_compared_by_keyboard_and_a_retired_code_is_found_again(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    session.answer({"ask": "retire code", "code": "COND_TIME", "heir": None, "reason": "nobody uses it"})
    page = open_desk(session)
    press(page, "w")
    tab_to(page, "Compare")
    press(page, "Enter")
    expect(page.locator(".wd-diff")).to_contain_text("nobody uses it")
    tab_to(page, "Tid")
    press(page, "Enter")

    expect(page.locator(".wd-worded")).to_contain_text("Tid")


def test_the_tree_stands_beside_and_an_entry_takes_one_back_to_the_text(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    page.locator(".wd-code", has_text="Pengar").click()
    expect(page.get_by_role("heading", name="Villkor / Pengar")).to_be_visible()
    page.locator(".wd-entry").nth(1).click()
    expect(page.locator(".wd-words")).to_have_text("Hemligt.")
    assert session.live.find("codings", coder="K9") == []


def test_what_another_coder_changes_shows_in_the_tree_and_takes_nothing_from_under_ones_hands(
    session: DeskSession, open_desk: OpenDesk
) -> None:
    page = open_desk(session)
    code_page(page, "tid")
    press(page, "e")
    page.get_by_label("Name, Swedish").fill("Min tid")
    with LiveStudy(str(session.live.database.path.parent), actor="K2") as live:
        live.do(rename_code("COND_TIME", name_sv="Timmar", reason="so"))
    expect(page.locator(".wd-tree")).to_contain_text("Timmar")
    expect(page.get_by_label("Name, Swedish")).to_have_value("Min tid")
    type_reason(page)
    expect(page.get_by_role("alert").filter(has_text="changed this meanwhile")).to_be_visible()
    page.get_by_role("button", name="Show it as it is now").click()

    expect(page.locator(".wd-worded")).to_contain_text("Timmar")


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(session: DeskSession, browser: Browser, size: str, scheme: str) -> None:
    session.answer({"ask": "move code", "code": "COND_TIME", "parent": "EXP", "reason": "so"})
    session.answer({"ask": "memo", "code": "COND_TIME", "text": "Whose time?"})
    with on_a_page(browser, size) as open_desk:
        page = open_desk(session)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        code_page(page, "tid")
        found = serious(page)
        for key in "emsvt":
            press(page, key)
            expect(page.locator(".wd-form")).to_be_visible()
            if key == "e":
                page.get_by_role("button", name="Choose an example").click()
                expect(page.locator(".wd-quote")).to_have_count(2)
            if key == "m":
                page.get_by_role("checkbox", name="Pengar").check()
                expect(page.get_by_role("table")).to_be_visible()
            found += serious(page)
            press(page, "Escape", "Escape")
            expect(page.locator(".wd-worded")).to_be_visible()
        press(page, "w")
        page.get_by_role("button", name="Compare", exact=True).click()
        expect(page.locator(".wd-diff")).to_be_visible()
        found += serious(page)

    assert found == []
