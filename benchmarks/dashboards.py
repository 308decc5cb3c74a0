"""A dashboard from the click to its figures: ours, and beside it stock Voilà with the same notebook, Streamlit, Dash.

All show the same figures, words and two filters, from the demo study, and are measured in turn in Chromium's own clock.
Streamlit and Dash have been given their figures as Plotly's JSON, drawn beforehand for each choice that is made here,
and anybody may see them; ours lets each reader log in, cuts their rows from a live study and draws for them alone.
A reader's first visit is by somebody who has not been there since the server started; the return visit is by the
same browser. Memory is the PSS of the server and all it has started, with everybody's pages open, less what it was
before, for each page. Browser and servers share the processors. Run: make benchmark, or with --small; with --python
PYTHON, the peers are taken from there, else they are installed for the run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from dashboard_peers.contenders import Contender, Reader, ours, readers_of
from dashboard_peers.peers import install_peers, peers
from dashboard_peers.watching import FIGURES, FILTERS, WORDS, has_all, let_in, marks_of, visit
from live_study import high
from playwright.sync_api import Browser

from tests.serving.browsing import open_browser
from tests.serving.conftest import REPOSITORY
from workbench.opening import open_study

ROUNDS, PEOPLE, MINUTE = 5, 30, 60
KINDS = ("first paint", WORDS, FILTERS, FIGURES, "redraw", "requests", "MB")
Found = dict[str, dict[str, float]]


def measure_visits(browser: Browser, all_of: Sequence[Contender], readers: Sequence[Reader], rounds: int) -> None:
    """Measure first and return visits, each in turn."""
    first: dict[str, list[dict[str, float]]] = {one.name: [] for one in all_of}
    again: dict[str, list[dict[str, float]]] = {one.name: [] for one in all_of}
    for reader in readers[:rounds]:
        for one in all_of:
            context = let_in(browser, one, reader)
            first[one.name].append(visit(context, one))
            again[one.name].append(visit(context, one))
            context.close()
    print_table(f"first visit, median of {rounds}; ms", medians(first), KINDS)
    print_table("return visit", medians(again), KINDS)


def medians(found: dict[str, list[dict[str, float]]]) -> Found:
    """Take the median of each kind."""
    return {
        name: {kind: statistics.median(one[kind] for one in all_of) for kind in KINDS} for name, all_of in found.items()
    }


def print_table(title: str, found: Found, kinds: Sequence[str]) -> None:
    """Print one line a server, with what ours is of each."""
    print(f"\n{title}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'':<14}" + "".join(f"{kind:>22}" for kind in kinds))
    mine = found["ours"]
    for name, values in found.items():
        cells = (f"{values[kind]:>13,.1f} ({_ratio(mine[kind], values[kind])})" for kind in kinds)
        print(f"{name:<14}" + "".join(f"{cell:>22}" for cell in cells), flush=True)
    print("in brackets: ours by theirs", flush=True)


def _ratio(mine: float, theirs: float) -> str:
    return f"{mine / theirs:.2f}" if theirs else "-"


def measure_crowd(browser: Browser, one: Contender, readers: Sequence[Reader], seconds: float) -> dict[str, float]:
    """Let everybody open their page within so many seconds, and keep it open."""
    contexts = [let_in(browser, one, reader) for reader in readers]
    before, begun, pages = one.memory(), time.monotonic(), []
    for number, context in enumerate(contexts):
        page = context.new_page()
        page.wait_for_timeout(max(0.0, begun + number * seconds / len(readers) - time.monotonic()) * 1000)
        page.goto(one.url, wait_until="commit")
        pages.append(page)
    whole = [has_all(page) for page in pages]
    pages[0].wait_for_timeout(2000)
    memory = (one.memory() - before) / len(pages)
    marks = [marks_of(page) for page in pages]
    for context in contexts:
        context.close()
    slow = {f"{kind} p95": high([mark.get(kind, float("inf")) for mark in marks]) for kind in (WORDS, FILTERS, FIGURES)}
    return slow | {"errors": float(whole.count(False)), "PSS a page, MiB": memory}


def measure(python: Path, folder: Path, *, small: bool) -> None:
    """Measure everything."""
    study = open_study(REPOSITORY / "data" / "demo")
    rounds, people, seconds = (1, 4, 8) if small else (ROUNDS, PEOPLE, MINUTE)
    readers = readers_of(study, rounds + people)
    with (
        ours(study, readers, folder) as us,
        peers(study, readers[0], python, folder) as them,
        open_browser() as browser,
    ):
        all_of = [us, *them]
        measure_visits(browser, all_of, readers, rounds)
        crowd = {one.name: measure_crowd(browser, one, readers[-people:], seconds) for one in all_of}
        print_table(f"{people} people within {seconds} s; ms", crowd, list(crowd["ours"]))


def main() -> None:
    """Bring the peers, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="each visited once, and four people at once")
    parser.add_argument("--python", type=Path, help="Python of an environment that has the peers")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wbb-") as folder:
        python = asked.python or install_peers(Path(folder) / "environment")
        measure(python, Path(folder), small=asked.small)


if __name__ == "__main__":
    main()
