"""The desk where researchers meet it: in JupyterLab's notebooks, and as a page of Voilà."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page, expect

from tests.desk.driving import pick, press, saved
from tests.serving.browsing import open_page
from tests.tiny import tiny_study
from workbench.serving.demo import wait_for_answer
from workbench.serving.lab import Lab
from workbench.serving.processes import Child, free_port
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.store.verify import verify

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELL = 'from workbench.widgets.desk import CodingDesk\n\nCodingDesk("live", coder="K9")'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
REPOSITORY = Path(__file__).parents[2]
CODED = [("vågade 🙂 säga", "COND"), ("Sedan gick vi hem.", "COND_COMPETENCE")]
CELLS = """() => [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => {
  const words = cell.querySelector(".jp-MarkdownOutput, .cm-content").innerText;
  return `${cell.classList.contains("jp-CodeCell") ? "code" : "other"}: ${words}`;
})"""
LONG = 60_000  # milliseconds that a kernel may take to come up on a laden machine


@dataclass(frozen=True)
class Place:
    """A folder with a notebook that shows a desk, and the live study it codes."""

    folder: Path

    @property
    def study(self) -> Path:
        return self.folder / "live"

    @property
    def notebook(self) -> str:
        return f"{self.folder.name}/desk.ipynb"

    def codings(self) -> list[tuple[object, object]]:
        with LiveStudy(self.study, actor="K9") as live:
            return [(row["quote"], row["code"]) for row in live.find("codings", coder="K9")]

    def memos(self) -> list[object]:
        with LiveStudy(self.study, actor="K9") as live:
            return [row["text"] for row in live.find("memos", author="K9")]


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """Give the folder that both servers show; pytest's own are too long for sockets."""
    root = Path(tempfile.mkdtemp(prefix="workbench-desk-"))
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def place(root: Path) -> Place:
    folder = Path(tempfile.mkdtemp(prefix="place-", dir=root))
    create_study(folder / "live", tiny_study(), actor="R1")
    cells = [new_markdown_cell("# The desk"), new_code_cell(CELL)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), folder / "desk.ipynb")
    return Place(folder)


@dataclass(frozen=True)
class Server:
    """A server that is running, and how its notebooks are opened."""

    child: Child
    home: str
    path: str

    def address(self, place: Place) -> str:
        return self.home + self.path.format(place.notebook)

    def kill_kernels(self) -> None:
        """End each kernel as the system does when memory is short."""
        for process in psutil.Process(self.child.process.pid).children(recursive=True):
            if "ipykernel_launcher" in process.cmdline():
                process.send_signal(signal.SIGKILL)


@pytest.fixture(scope="module")
def jupyterlab(root: Path) -> Iterator[Server]:
    """Start JupyterLab as the demonstration does."""
    state = Path(tempfile.mkdtemp(prefix="workbench-lab-"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONWARNINGS", "")
        patched.setenv("PYTHONPATH", str(REPOSITORY))
        lab = Lab(root, state, "study", free_port())
        child = lab.start()
    home = f"http://127.0.0.1:{lab.port}/"
    try:
        wait_for_answer(f"{home}api", child)
        yield Server(child, home, f"lab/tree/{{}}?reset&token={lab.token}")
    finally:
        child.stop()
        shutil.rmtree(state, ignore_errors=True)


@pytest.fixture(scope="module")
def voila(root: Path) -> Iterator[Server]:
    """Start Voilà as it comes."""
    state = Path(tempfile.mkdtemp(prefix="workbench-voila-"))
    env = os.environ | {
        "PYTHONWARNINGS": "",
        "PYTHONPATH": str(REPOSITORY),
        "JUPYTER_CONFIG_DIR": str(state),
        "JUPYTER_RUNTIME_DIR": str(state),
    }
    port = free_port()
    child = Child("voila", [str(root), f"--port={port}", "--no-browser"], env=env, log=state / "log")
    home = f"http://127.0.0.1:{port}/"
    try:
        wait_for_answer(home, child)
        yield Server(child, home, "voila/render/{}")
    finally:
        child.stop()
        shutil.rmtree(state, ignore_errors=True)


def at_the_desk(page: Page) -> None:
    """Wait until an entry is open and the keys go to it."""
    page.wait_for_selector(".wd-entry[aria-current]", state="attached", timeout=LONG)
    expect(page.locator(".wd-text")).to_be_focused()


def run_the_cell(page: Page) -> None:
    """Run the notebook's code cell, by keyboard, in a kernel that is ready."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=LONG)
    page.evaluate("document.querySelectorAll('.wd-desk').forEach((old) => old.remove())")  # it waits for a new one
    page.locator(".jp-CodeCell .cm-content").click()
    press(page, "Control+Enter")
    at_the_desk(page)


def cells(page: Page) -> list[str]:
    """Read the notebook's cells as they stand: what each is, and what it says."""
    found: list[str] = page.evaluate(CELLS)
    return found


def code_three_and_undo_one(page: Page) -> None:
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    pick(page, "villkor")
    press(page, "PageDown")
    pick(page, "kompetens")
    press(page, "ArrowLeft", "1")
    expect(page.locator(".wd-name")).to_have_count(4)  # K1 has one too
    saved(page)
    press(page, "z")
    expect(page.locator(".wd-name")).to_have_count(3)


def test_in_jupyterlab_all_is_coded_by_keyboard_and_is_there_after_a_reload(
    jupyterlab: Server, browser: Browser, place: Place
) -> None:
    with open_page(browser, jupyterlab.home) as watched:
        page = watched.page
        page.goto(jupyterlab.address(place))
        run_the_cell(page)
        code_three_and_undo_one(page)
        assert place.codings() == CODED
        page.reload()
        run_the_cell(page)

        expect(page.locator(".wd-name")).to_have_count(3)
        assert watched.complaints == []
    assert verify(place.study) == []


def test_jupyterlab_takes_no_key_from_the_desk(jupyterlab: Server, browser: Browser, place: Place) -> None:
    with open_page(browser, jupyterlab.home) as watched:
        page = watched.page
        page.goto(jupyterlab.address(place))
        run_the_cell(page)
        before = cells(page)
        press(page, *"abddxvzyjkgmo00ii", "Escape", *"dd", "Shift+M", "Control+b", "Control+Shift+c", "Shift+Enter")
        press(page, "Escape", "m")
        page.keyboard.type("dd: add, axe & mix")
        press(page, "Enter")
        page.keyboard.type("and a second line")
        press(page, "Control+Enter")
        expect(page.locator(".wd-status")).to_contain_text("write memo")
        press(page, "c")
        page.keyboard.type("xxdd")
        press(page, "Escape")

        assert cells(page) == before
        assert place.memos() == ["dd: add, axe & mix\nand a second line"]
        expect(page.locator(".jp-Dialog")).to_have_count(0)
        expect(page.locator("#jp-left-stack")).to_be_visible()


def test_jupyterlab_asks_nobody_whether_it_may_fetch_news(jupyterlab: Server, browser: Browser, place: Place) -> None:
    with open_page(browser, jupyterlab.home) as watched:
        page = watched.page
        page.goto(jupyterlab.address(place))
        run_the_cell(page)

        expect(page.locator(".Toastify__toast")).to_have_count(0)
        assert watched.strangers == []


def kill_and_be_told(server: Server, page: Page, cure: str) -> None:
    """Code three words, kill the kernel, and code one more, which stays faint."""
    code_three_and_undo_one(page)
    server.kill_kernels()
    press(page, "r")
    expect(page.locator(".wd-alarm")).to_contain_text(f"The kernel has ended. {cure}", timeout=LONG)
    expect(page.locator(".wd-pending")).to_have_count(1)


def undo_what_was_saved(page: Page, place: Place) -> None:
    """Find at a new desk what was saved at the old, and undo the last of it."""
    expect(page.locator(".wd-name")).to_have_count(3)
    press(page, "z")
    expect(page.locator(".wd-name")).to_have_count(2)
    assert place.codings() == CODED[:1]
    assert verify(place.study) == []


def test_in_jupyterlab_a_killed_kernel_is_told_of_and_only_what_was_not_saved_is_lost(
    jupyterlab: Server, browser: Browser, place: Place
) -> None:
    with open_page(browser, jupyterlab.home) as watched:
        page = watched.page
        page.goto(jupyterlab.address(place))
        run_the_cell(page)
        kill_and_be_told(jupyterlab, page, "Run the cell again.")
        page.locator(".jp-Dialog .jp-mod-accept").click(timeout=LONG)  # JupyterLab tells that it starts another
        run_the_cell(page)
        undo_what_was_saved(page, place)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_in_voila_all_is_coded_by_keyboard_and_is_there_after_a_reload(
    voila: Server, browser: Browser, place: Place, size: str
) -> None:
    with open_page(browser, voila.home, size) as watched:
        page = watched.page
        page.on("pageerror", lambda error: errors.append(str(error)))
        errors: list[str] = []
        page.goto(voila.address(place))
        at_the_desk(page)
        code_three_and_undo_one(page)
        assert place.codings() == CODED
        page.reload()
        at_the_desk(page)

        expect(page.locator(".wd-name")).to_have_count(3)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert errors == []
    assert verify(place.study) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_in_voila_a_killed_kernel_is_told_of_and_a_reload_goes_on(
    voila: Server, browser: Browser, place: Place, size: str
) -> None:
    with open_page(browser, voila.home, size) as watched:
        page = watched.page
        page.goto(voila.address(place))
        at_the_desk(page)
        kill_and_be_told(voila, page, "Load the page anew.")
        page.reload()
        at_the_desk(page)
        undo_what_was_saved(page, place)


def define_a_code_and_code_an_entry_apart(page: Page) -> None:
    """Word a code anew, open a round of the entries in the list, be done with one, and ask for suggestions."""
    press(page, "d")
    page.keyboard.type("villkor")
    press(page, "Enter")
    expect(page.locator(".wd-worded")).to_be_visible()
    press(page, "e")
    page.get_by_label("Definition, Swedish").fill("Det som gör att något går: dd, xx, aa.")
    page.locator(".wd-work [name='reason']").fill("because")
    press(page, "Enter")
    expect(page.locator(".wd-worded")).to_contain_text("Det som gör att något går: dd, xx, aa.")
    press(page, "Escape", "R")
    page.get_by_role("button", name="Open a round").press("Enter")
    page.get_by_label("Title").fill("Läser vi lika?")
    page.get_by_label("Coders", exact=True).fill("K9, K2")
    press(page, "Enter")
    expect(page.get_by_role("region", name="4 entries").locator("tbody tr")).to_have_count(2)
    press(page, "Escape")
    expect(page.get_by_text("Coded apart, yours to do")).to_be_visible()
    press(page, "f")
    expect(page.get_by_text("Coded apart, you are done")).to_be_visible()
    press(page, "a")
    expect(page.locator(".wd-suggested")).to_contain_text("round")


def found_of_the_codebook_and_the_round(place: Place) -> tuple[object, int, int]:
    with LiveStudy(place.study, actor="K9") as live:
        done = [row["finished"] for row in live.find("assignments", coder="K9")]
        return live.find("codes", code="COND")[0]["definition_sv"], len(done), sum(map(bool, done))


def test_in_jupyterlab_the_codebook_is_worked_on_and_entries_are_coded_apart(
    jupyterlab: Server, browser: Browser, place: Place
) -> None:
    with open_page(browser, jupyterlab.home) as watched:
        page = watched.page
        page.goto(jupyterlab.address(place))
        run_the_cell(page)
        before = cells(page)
        define_a_code_and_code_an_entry_apart(page)

        assert found_of_the_codebook_and_the_round(place) == ("Det som gör att något går: dd, xx, aa.", 4, 1)
        assert cells(page) == before
    assert verify(place.study) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_in_voila_the_codebook_is_worked_on_and_entries_are_coded_apart(
    voila: Server, browser: Browser, place: Place, size: str
) -> None:
    with open_page(browser, voila.home, size) as watched:
        page = watched.page
        page.goto(voila.address(place))
        at_the_desk(page)
        define_a_code_and_code_an_entry_apart(page)

        assert found_of_the_codebook_and_the_round(place) == ("Det som gör att något går: dd, xx, aa.", 4, 1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert verify(place.study) == []
