"""One opening of a page, in the browser's own clock, which begins when the reader has clicked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from dashboard_peers.contenders import Contender, Reader
from playwright.sync_api import Browser, BrowserContext, Error, Page

LONGEST: Final = 120_000  # milliseconds
HEADING: Final = "Now and desired"  # of the first part on every page
QUIET: Final = 1_500  # milliseconds without a change: the figures are drawn anew
WORDS, FILTERS, FIGURES = "own words", "filters usable", "figures drawn"
# When what is asked for is on the screen, frame by frame; and when something was last chosen and a figure last changed.
MARKS: Final = """({ words, filters, figures }) => {
  const marks = (window.marks = { complaints: [] });
  addEventListener("error", (event) => marks.complaints.push(event.message));
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
  const drawn = () => new Set(shown(".js-plotly-plot .main-svg").map((one) => one.closest(".js-plotly-plot"))).size;
  const wanted = {
    "own words": () => shown("h2, h3").some((one) => one.textContent.includes(words)),
    "filters usable": () => shown(filters).length >= 2,
    "figures drawn": () => drawn() >= figures,
  };
  const look = () => {
    const now = performance.now();
    for (const name of Object.keys(wanted).filter((one) => !(one in marks) && wanted[one]())) marks[name] = now;
    if (Object.keys(wanted).some((name) => !(name in marks))) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (const kind of ["change", "click", "keydown"]) {
    addEventListener(kind, () => { marks.chosen = performance.now(); }, true);
  }
  const plot = (node) => node.closest?.(".js-plotly-plot") || node.querySelector?.(".js-plotly-plot");
  const watch = (changes) => {
    if (changes.some((one) => plot(one.target))) marks.changed = performance.now();
  };
  new MutationObserver(watch).observe(document, { childList: true, subtree: true, attributes: true });
}"""
ALL_MARKED: Final = f"() => {json.dumps([WORDS, FILTERS, FIGURES])}.every((name) => name in window.marks)"
REDRAWN: Final = f"() => marks.changed > marks.chosen && performance.now() - marks.changed > {QUIET}"
PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass
class Traffic:
    """What a page asks for and what comes, its websockets' words too; what the browser has kept is not counted."""

    requests: int = 0
    bytes: float = 0

    def follow(self, page: Page) -> None:
        """Count from now on."""
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._finished)
        tools.on("Network.webSocketFrameReceived", self._heard)

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        self.requests += not answer["fromDiskCache"] and not answer["url"].startswith(("data:", "blob:"))

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]

    def _heard(self, event: dict[str, Any]) -> None:
        self.bytes += len(event["response"]["payloadData"])


def let_in(browser: Browser, contender: Contender, reader: Reader) -> BrowserContext:
    """Give a reader a browser with nothing kept, and let them log in where that is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(LONGEST)
    contender.let_in(context, reader)
    wanted = {"words": HEADING, "filters": contender.filters, "figures": contender.figures or reader.figures}
    context.add_init_script(f"({MARKS})({json.dumps(wanted)})")
    return context


def visit(context: BrowserContext, contender: Contender) -> dict[str, float]:
    """Open the page, choose something when all is there, and close it: milliseconds, requests and MB."""
    page, traffic = context.new_page(), Traffic()
    traffic.follow(page)
    page.goto(contender.url, wait_until="commit")
    page.wait_for_function(ALL_MARKED)
    came = {"requests": float(traffic.requests), "MB": traffic.bytes / 1e6}
    found = {"first paint": page.evaluate(PAINTED)} | marks_of(page) | {"redraw": redraw(page, contender)} | came
    page.close()
    return found


def marks_of(page: Page) -> dict[str, float]:
    """Read when each thing was there."""
    marks = page.evaluate("() => window.marks ?? {}")
    return {name: float(marks[name]) for name in (WORDS, FILTERS, FIGURES) if name in marks}


def redraw(page: Page, contender: Contender) -> float:
    """Choose something; give the milliseconds to the last change of a figure."""
    page.wait_for_timeout(QUIET)
    contender.choose(page)
    page.wait_for_function(REDRAWN)
    return float(page.evaluate("() => marks.changed - marks.chosen"))


def has_all(page: Page) -> bool:
    """Wait until everything is there, and tell whether it came, without a complaint."""
    try:
        page.wait_for_function(ALL_MARKED)
    except Error:
        return False
    return not page.evaluate("() => window.marks.complaints.length")
