"""How long a coder waits at the coding desk, in the browser's own clock, beside the bars that were set.

A study of 1,000 entries of 5,000 characters, with 20,000 codings and then 200,000, and one interview of 300,000
characters with 2,000 codings more. The desk is on a page of its own in Chromium: what it asks is answered by the
session, on a disk, in this process; the way there and back is Playwright's, measured alone with an empty answer.
A span is visible when the frame that has it is painted, durable when the study has it on the disk and the frame that
no longer draws it faintly is painted; frames come 60 times a second, so that up to 17 ms of each are waited for the
screen. Run: make benchmark, or with --small.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import pandas as pd
from live_study import AT_ONCE, SENTENCES, begin_study, fill, high
from playwright.sync_api import Browser, Page

from tests.desk.conftest import on_a_page
from tests.serving.browsing import open_browser
from workbench.desk.session import DeskSession
from workbench.opening import open_study
from workbench.store.creating import take_in
from workbench.store.live import LiveStudy

SIZES, INTERVIEW = (AT_ONCE, 200_000), "I"  # codings of the studies; the interview, which the list has first
LONG, CODED, PARAGRAPH = 300_000, 2_000, 5  # characters and codings of the interview; sentences of a paragraph
KEYS, FIRST, OPENINGS, SECONDS, EMPTY = 200, 10, 7, 5, 200
VISIBLE, DURABLE, OPENS, FRAMES = 50, 100, 1_000, 50  # the bars: milliseconds, and frames a second
# Each press of r: when it was pressed, when its span was painted, when that was painted as saved.
WATCH = """() => {
  const text = document.querySelector(".wd-text");
  const painted = (mark) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => mark(performance.now());
    port2.postMessage(0);
  });
  window.presses = [];
  let one = null;
  addEventListener("keydown", (event) => { if (event.key === "r") one = { pressed: event.timeStamp, seen: 0 }; }, true);
  new MutationObserver(() => {
    const press = one;
    if (!press) return;
    const pending = text.querySelector(".wd-pending");
    if (pending && press.seen === 0) {
      press.seen = 1;
      painted((now) => { press.visible = now - press.pressed; });
    } else if (!pending && press.seen === 1) {
      press.seen = 2;
      painted((now) => { press.durable = now - press.pressed; window.presses.push(press); });
    }
  }).observe(text, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
}"""
FRAME = "() => new Promise(requestAnimationFrame)"  # words are chosen, and that is seen, before they are coded
SETTLED = "count => window.presses.length >= count"
# From the click on an entry to its first words, and to its last, painted.
OPEN = """async (entry) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const text = document.querySelector(".wd-text");
  const drawn = (row) => row?.querySelector(".wd-words");
  const rows = () => text.getElementsByClassName("wd-block");
  const [old] = rows();
  const begun = performance.now();
  document.querySelector(`[data-entry="${entry}"]`).click();
  let now = begun;
  while (rows()[0] === old || !drawn(rows()[0])) now = await frame();
  const first = now - begun;
  while (!drawn([...rows()].at(-1))) now = await frame();
  return [first, now - begun];
}"""
# The times between frames while the text is scrolled, ten screens a second, from its beginning.
SCROLL = """async (seconds) => {
  const text = document.querySelector(".wd-text");
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  text.scrollTop = 0;
  await frame();
  const begun = await frame();
  for (let last = begun; last - begun < seconds * 1000;) {
    const now = await frame();
    frames.push(now - last);
    last = now;
    text.scrollTop = ((now - begun) / 100) * text.clientHeight;
  }
  return frames;
}"""
LISTED = "() => [...document.querySelectorAll('.wd-entry')].map((one) => one.dataset.entry)"
ANSWERS = """async (count) => {
  const taken = [];
  for (let number = 0; number < count; number++) {
    const begun = performance.now();
    await window.nothing("{}");
    taken.push(performance.now() - begun);
  }
  return taken;
}"""


def add_interview(place: Path, codes: list[str]) -> None:
    """Add the interview, with its codings, to a study."""
    paragraph = (SENTENCES * PARAGRAPH).strip() + "\n"
    text = (paragraph * (LONG // len(paragraph) + 1))[:LONG]
    one = open_study(place).entries.head(1)
    draw = random.Random(3)  # noqa: S311  no secret
    starts = sorted(draw.sample(range(LONG - 400), CODED))
    spans = [(start, start + draw.randrange(5, 400)) for start in starts]
    codings = pd.DataFrame(spans, columns=["start", "end"]).assign(entry=INTERVIEW, coder="K1")
    codings["code"] = [draw.choice(codes) for _ in spans]
    codings["quote"] = [text[start:end] for start, end in spans]
    codings["coded"] = "2025-04-01T09:00:00Z"
    entries = one.assign(entry=INTERVIEW, text=text).astype(one.dtypes)
    with LiveStudy(place, actor="K1") as live:
        live.do(take_in({"entries": entries}))
        live.do(take_in({"codings": codings}))


def line(what: str, found: float, bar: float | None = None, *, least: bool = False) -> None:
    """Print one line: milliseconds that are at most the bar, or frames a second that are at least it."""
    kept = "" if bar is None else f"{bar:>8}  {'kept' if (found >= bar if least else found <= bar) else 'NOT KEPT'}"
    print(f"{what:<62}{found:>9.1f}{kept}", flush=True)


class Worked:
    """How long the page's main thread has worked, in the processor's time, which other programs do not lengthen."""

    def __init__(self, page: Page) -> None:
        self.tools = page.context.new_cdp_session(page)
        self.tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.begun = self.milliseconds()

    def milliseconds(self) -> float:
        """Tell the time worked since the page was opened."""
        told = self.tools.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == "TaskDuration") * 1000

    def tell(self, things: int, what: str) -> None:
        """Print the time worked on each thing."""
        line(f"  the page's work, processor's time, {what}", (self.milliseconds() - self.begun) / things)


def measure_answers(page: Page) -> None:
    """Measure the way there and back alone."""
    page.expose_function("nothing", lambda _asked: "{}")
    taken = page.evaluate(ANSWERS, EMPTY)
    line("an empty answer, in all that follows: median", statistics.median(taken))
    line("  p95", high(taken))


def measure_keys(page: Page, what: str, count: int, *, in_each: int) -> None:
    """Choose a word and code it, again and again, each when the one before is saved; so many words in each entry."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.wd-status').textContent.startsWith('Saved')")
    page.evaluate(WATCH)
    entries = page.evaluate(LISTED)
    worked = Worked(page)
    for number in range(count + FIRST):
        if number and number % in_each == 0:
            page.evaluate(OPEN, entries[1 + number // in_each])
        page.keyboard.press("ArrowRight")
        page.evaluate(FRAME)
        page.keyboard.press("r")
        page.wait_for_function(SETTLED, arg=number + 1)
    presses = page.evaluate("() => window.presses")[FIRST:]
    for name, bar in (("visible", VISIBLE), ("durable", DURABLE)):
        times = [press[name] for press in presses]
        line(f"{what}: key press to {name}, p95", high(times), bar)
        line("  median", statistics.median(times))
    worked.tell(count + FIRST, "a word chosen and coded")


def measure_opening(page: Page) -> None:
    """Open the interview from another entry, again and again."""
    found = []
    for _ in range(OPENINGS):
        page.evaluate(OPEN, "N100")
        found.append(page.evaluate(OPEN, INTERVIEW))
    line("the interview opens, first words painted: median", statistics.median(first for first, _ in found))
    line("  all of it: the slowest", max(whole for _, whole in found), OPENS)


def measure_scrolling(page: Page) -> None:
    """Scroll through the interview, the first time and once more."""
    for turn in ("first", "second"):
        worked = Worked(page)
        frames = page.evaluate(SCROLL, SECONDS)
        line(
            f"scrolled ten screens a second, {turn} time: frames in the worst second",
            worst_second(frames),
            FRAMES,
            least=True,
        )
        line("  the longest time between frames", max(frames))
        worked.tell(len(frames), "a frame")


def worst_second(frames: Sequence[float]) -> int:
    """Give the fewest frames of any second, from the times between them."""
    times = [0.0, *accumulate(frames)]
    begins = [begin for begin in times if begin + 1000 <= times[-1]]
    return min(sum(begin < time <= begin + 1000 for time in times) for begin in begins)


def measure(browser: Browser, place: Path, keys: int) -> None:
    """Measure all at one study's desk."""
    with closing(DeskSession(place, coder="K2")) as session, on_a_page(browser) as open_desk:
        page = open_desk(session)
        measure_answers(page)
        page.evaluate(OPEN, "N0")
        measure_keys(page, "an entry", keys, in_each=20)
        measure_opening(page)
        measure_scrolling(page)
    with closing(DeskSession(place, coder="K3")) as session, on_a_page(browser) as open_desk:
        page = open_desk(session)
        measure_keys(page, "the interview", keys, in_each=keys + FIRST)


def main() -> None:
    """Measure at both studies' desks, and print the times beside the bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="the study of 20,000 codings alone, and a tenth of the keys"
    )
    small = parser.parse_args().small
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        for size in SIZES[:1] if small else SIZES:
            place = Path(folder) / f"{size}"
            codes = begin_study(place)
            fill(place, codes, size)
            add_interview(place, codes)
            print(f"\n{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; above their number, others' is in it")
            print(f"{f'{size:,} codings; milliseconds':<62}{'found':>9}{'bar':>8}")
            measure(browser, place, KEYS // 10 if small else KEYS)


if __name__ == "__main__":
    main()
