"""A real browser for the tests: what it complains of and whom it asks is noted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("WORKBENCH_CHROMIUM") or shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"phone": (390, 844), "desk": (1280, 800)}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open Chromium, and close it afterwards."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield launched
        launched.close()


class Watched:
    """A page, with what it complained of and whom it asked."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url, home))

    def _note(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:", "blob:")):
            self.strangers.append(url)


@contextmanager
def open_page(browser: Browser, home: str, size: str = "desk", locale: str = "sv-SE") -> Iterator[Watched]:
    """Open a page with cookies of its own, for a Swedish reader unless told otherwise."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, has_touch=size == "phone")
    context.set_default_timeout(30_000)
    yield Watched(context.new_page(), home)
    context.close()


def log_in(page: Page, url: str, code: str, password: str) -> None:
    """Fill in the Swedish log-in form that an address leads to."""
    page.goto(url)
    page.get_by_label("Kod", exact=True).fill(code)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logga in").click(no_wait_after=True)
