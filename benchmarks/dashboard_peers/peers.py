"""The peers over what one reader's page shows: stock Voilà with the same notebook, Streamlit and Dash."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from dashboard_peers.contenders import NOTEBOOK, SELECTS, Contender, Reader, journey_of, select_component, slice_of
from playwright.sync_api import Page

from workbench.access.pages import Slice, write_page
from workbench.apps.journey import EVERYTHING, Journey
from workbench.apps.levels import choices, now_desired, over_time, tried
from workbench.figures.figure import MIME
from workbench.serving.processes import free_port
from workbench.study import Study

HERE: Final = Path(__file__).parent
PEERS: Final = ("streamlit==1.67.0", "dash==4.4.1", "plotly==7.1.0")
ALL: Final = "all"
START_SECONDS: Final = 60


def install_peers(folder: Path) -> Path:
    """Install the peers into an environment of their own, and give its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    line = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS]
    subprocess.run(line, check=True)  # noqa: S603  our own names
    return python


@contextmanager
def peers(study: Study, reader: Reader, python: Path, folder: Path) -> Iterator[list[Contender]]:
    """Start all three."""
    slice_ = slice_of(study, reader.person)
    write_page(slice_, folder / "slice")
    drawn = draw(slice_)
    (folder / "shown.json").write_text(json.dumps(drawn), encoding="utf-8")
    figures = len(drawn["parts"][f"{ALL} {ALL}"])
    with ExitStack() as stack:
        yield [
            stack.enter_context(voila(folder, reader.figures)),
            stack.enter_context(streamlit(python, folder, figures)),
            stack.enter_context(dash(python, folder, figures)),
        ]


def draw(slice_: Slice) -> dict[str, Any]:
    """Draw what the peers show beforehand, for two choices: they compute nothing, which is in their favour."""
    journey = journey_of(slice_)
    options = [[(name, code or ALL) for name, code in choice.options] for choice in choices(journey)]
    chosen = [EVERYTHING, options[0][1][1]]
    return {
        "title": "My journey",
        "choices": options,
        "parts": {f"{component or ALL} {ALL}": _parts(journey, component) for component in chosen},
    }


def _parts(journey: Journey, component: str) -> list[dict[str, Any]]:
    made = [make(journey, component, EVERYTHING) for make in (now_desired, over_time, tried)]
    return [
        {"title": part.title, "figure": part.wide.bundle()[MIME], "words": part.wide.html() + part.words}
        for part in made
        if part.wide
    ]


def _choose_in_streamlit(page: Page) -> None:
    page.locator("[data-testid=stSelectbox] input").first.click()
    page.locator("[role=option]").nth(1).click()


def _choose_in_dash(page: Page) -> None:
    page.locator(".dash-dropdown").first.click()
    page.locator(".dash-dropdown-option").nth(1).click()


@contextmanager
def _running(line: Sequence[str], port: int, folder: Path, told: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a server until the context ends; give its process's number."""
    env = os.environ | {"PYTHONWARNINGS": ""} | dict(told or {})
    with (folder / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(line, stdout=log, stderr=log, cwd=folder, env=env)  # noqa: S603  our own servers
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    """Wait until somebody listens; nothing is asked, so that nobody has a page open yet."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"No server has come to port {port}.")


@contextmanager
def voila(folder: Path, figures: int) -> Iterator[Contender]:
    """Serve the same notebook over the same slice with Voilà as it comes."""
    port = free_port()
    line = [sys.executable, "-m", "voila", str(NOTEBOOK), "--no-browser", f"--port={port}"]
    told = {"WORKBENCH_STUDY": str(folder / "slice"), "WORKBENCH_LANGUAGE": "en", "PLOTLY_RENDERER": "plotly_mimetype"}
    with _running(line, port, folder, told) as pid:
        yield Contender("stock Voilà", f"http://127.0.0.1:{port}/", pid, SELECTS, select_component, figures=figures)


@contextmanager
def streamlit(python: Path, folder: Path, figures: int) -> Iterator[Contender]:
    """Serve the same figures with Streamlit."""
    port = free_port()
    options = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    page = [str(HERE / "streamlit_page.py"), *options, "--server.fileWatcherType=none"]
    with _running(
        [str(python), "-m", "streamlit", "run", *page, "--", str(folder / "shown.json")], port, folder
    ) as pid:
        filters = "[data-testid=stSelectbox] input"
        yield Contender("Streamlit", f"http://127.0.0.1:{port}/", pid, filters, _choose_in_streamlit, figures=figures)


@contextmanager
def dash(python: Path, folder: Path, figures: int) -> Iterator[Contender]:
    """Serve the same figures with Dash."""
    port = free_port()
    line = [str(python), str(HERE / "dash_page.py"), str(folder / "shown.json"), str(port)]
    with _running(line, port, folder) as pid:
        yield Contender("Dash", f"http://127.0.0.1:{port}/", pid, ".dash-dropdown", _choose_in_dash, figures=figures)
