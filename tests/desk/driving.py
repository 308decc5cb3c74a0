"""A desk driven as a coder drives it, for the tests in a browser."""

from __future__ import annotations

import re

import pandas as pd
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.tiny import tiny_study
from workbench.desk.session import DeskSession
from workbench.study import Study
from workbench.tables import TABLES

NEWS = 15_000  # milliseconds in which what is new is asked for on a laden machine


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


def code_a_word(page: Page) -> None:
    """Choose the next word, code it, and wait until that is saved."""
    press(page, "ArrowRight")
    pick(page, "villkor")
    saved(page)


def code(session: DeskSession, entry: str, start: int, end: int) -> None:
    """Code a span from another desk."""
    session.answer({"ask": "code", "entry": entry, "start": start, "end": end, "code": "COND"})


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]


def with_texts(texts: list[str]) -> Study:
    """Make the tiny study with other texts, one entry each, and no codings."""
    study = tiny_study()
    rows = pd.concat([study.entries.head(1)] * len(texts), ignore_index=True)
    codes = pd.array([f"N{place:04d}" for place in range(len(texts))], dtype="str")
    entries = rows.assign(entry=codes, text=pd.array(texts, dtype="str"))
    return study.with_frames(
        {name: getattr(study, name) for name in TABLES} | {"entries": entries, "codings": study.codings.head(0)}
    )
