"""A server whose page is measured, and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import psutil
from playwright.sync_api import BrowserContext, Page

from tests.serving.conftest import REPOSITORY, Running, started
from workbench.access.pages import Slice, cut, today
from workbench.accounts.account import Account
from workbench.apps.first_look import FIGURE, SCREENS, first_look
from workbench.apps.journey import Journey
from workbench.serving.demo import make_live
from workbench.serving.visitor import Visitor
from workbench.study import Study

NOTEBOOK: Final = REPOSITORY / "dashboards" / "min_resa.ipynb"
SELECTS: Final = ".wb-filters select:not(:disabled)"
MIB: Final = 1 << 20


@dataclass(frozen=True)
class Reader:
    """Somebody who opens a page, and how many figures their page has."""

    person: str
    figures: int


@dataclass(frozen=True)
class Contender:
    """A running server, and how its page is used."""

    name: str
    url: str
    pid: int
    filters: str
    choose: Callable[[Page], None]
    let_in: Callable[[BrowserContext, Reader], None] = lambda _context, _reader: None
    figures: int = 0  # on every reader's page; 0: as the reader's own page has

    def memory(self) -> float:
        """Add up the PSS of the server and of all it has started, in MiB."""
        server = psutil.Process(self.pid)
        found = 0
        for process in (server, *server.children(recursive=True)):
            try:
                found += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return found / MIB


def readers_of(study: Study, most: int) -> list[Reader]:
    """Find people of the study, with the number of figures that each one's page has."""
    people = study.people["person"].head(most)
    return [Reader(person, _look(slice_of(study, person))) for person in people]


def slice_of(study: Study, person: str) -> Slice:
    """Cut what one person's page shows."""
    return cut(study, "journey", "participant", person, day=today())


def _look(slice_: Slice) -> int:
    return first_look(journey_of(slice_), SCREENS["journey"]).html.count(FIGURE)


def journey_of(slice_: Slice) -> Journey:
    """Read a slice as its page does."""
    return Journey(slice_.study, "en", slice_.counts, drawn={}, served=True)


@contextmanager
def ours(study: Study, readers: Sequence[Reader], folder: Path) -> Iterator[Contender]:
    """Serve the study live, as the demonstration does."""
    state = folder / "state"
    people = [Account(reader.person.lower(), "participant", reader.person, "en") for reader in readers]
    place = make_live(study, folder / "study")
    state.mkdir(mode=0o700)
    with started(state, people, place, journey=NOTEBOOK) as running:
        address = f"{running.url}min-resa"
        yield Contender("ours", address, running.pid, SELECTS, select_component, partial(_log_in, running))


def _log_in(running: Running, context: BrowserContext, reader: Reader) -> None:
    running.forget_tries()
    visitor, code = Visitor(running.url, language="en"), reader.person.lower()
    form = {"_xsrf": visitor.form_key(), "code": code, "password": f"password of {code}", "next": "/account"}
    visitor.post_only("login", form)
    context.add_cookies([{"name": one.name, "value": one.value or "", "url": running.url} for one in visitor.cookies])


def select_component(page: Page) -> None:
    """Choose the first component on the page of the notebook."""
    page.locator(SELECTS).first.select_option(index=1)
