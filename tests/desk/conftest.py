"""A live study to code in, and the desk on a page of its own, without a Jupyter around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.serving.browsing import open_browser, open_page
from tests.tiny import tiny_study
from workbench.desk.session import DeskSession
from workbench.store.creating import create_study
from workbench.study import Study
from workbench.widgets.desk import SCRIPT, STYLE

# What a widget's page has of its model, and nothing else: asked in the page, answered by the session.
_PAGE = """
const asked = (name) => ({ language: "sv", entry: "" })[name];
const heard = new Set();
const silent = { connect() {}, disconnect() {} };
window.kernel = { // as a page of JupyterLab's tells of its own
  status: "idle", connectionStatus: "connected", statusChanged: silent, disposed: silent, told: new Set(),
  connectionStatusChanged: { connect: (told) => window.kernel.told.add(told), disconnect() {} },
};
const model = {
  widget_manager: { kernel: window.kernel },
  get: asked, set() {}, save_changes() {},
  on: (_, callback) => heard.add(callback), off: (_, callback) => heard.delete(callback),
  send: async (message) => {
    const answer = JSON.parse(await window.answer(JSON.stringify(message)));
    for (const callback of [...heard]) callback({ ...answer, id: message.id });
  },
};
const { default: widget } = await import(URL.createObjectURL(new Blob([window.source], { type: "text/javascript" })));
window.leave = widget.render({ model, el: document.querySelector("main") });
"""

_SHELL = "<!doctype html><html lang=en><title>Desk</title><h1 class=wd-hidden>Desk</h1><main></main>"

Begin = Callable[[Study], Path]
OpenDesk = Callable[..., Page]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Begin a live study: ``begin(study)`` gives its folder."""

    def begun(study: Study) -> Path:
        create_study(tmp_path / "live", study, actor="R1")
        return tmp_path / "live"

    return begun


@pytest.fixture
def session(begin: Begin) -> Iterator[DeskSession]:
    """Let K9 sit at the desk of the tiny study."""
    session = DeskSession(begin(tiny_study()), coder="K9")
    yield session
    session.close()


@pytest.fixture
def other(session: DeskSession) -> Iterator[DeskSession]:
    """Let K8 sit at another desk of the same study."""
    other = DeskSession(session.live.database.place, coder="K8")
    yield other
    other.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open one browser for a module's tests."""
    with open_browser() as browser:
        yield browser


@contextmanager
def on_a_page(browser: Browser, size: str = "desk") -> Iterator[OpenDesk]:
    """Open desks on a page of their own: ``open_desk(session)``; what the page complains of fails the test."""
    with open_page(browser, "about:blank", size) as watched:

        def opened(session: DeskSession) -> Page:
            page = watched.page
            page.expose_function("answer", lambda asked: json.dumps(session.answer(json.loads(asked))))
            page.set_content(_SHELL)
            page.add_style_tag(content=STYLE)
            page.evaluate("source => { window.source = source }", SCRIPT)
            page.add_script_tag(type="module", content=_PAGE)
            page.wait_for_selector(".wd-entry[aria-current]", state="attached")
            return page

        yield opened
        assert not watched.complaints


@pytest.fixture
def open_desk(browser: Browser) -> Iterator[OpenDesk]:
    """Open a session's desk on a page of desk width."""
    with on_a_page(browser) as opened:
        yield opened
