"""The demonstration: a live copy of the demo study, fresh log-ins, the pages and JupyterLab, gone at its end."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from workbench.errors import WorkbenchError
from workbench.serving.demo_people import add_sponsor, make_logins
from workbench.serving.lab import Lab
from workbench.serving.leftovers import make_own_folder, remove_left_folders
from workbench.serving.processes import Child, free_port
from workbench.serving.state import make_private

if TYPE_CHECKING:
    from types import TracebackType

    from workbench.study import Study


STUDY = Path("data") / "demo"
LIVE = "study"  # in the demonstration's own folder: what is handed in there goes with it
START_SECONDS = 90


class DemoError(WorkbenchError):
    """The demonstration cannot start."""


def find_root() -> Path:
    """Find the repository: here, or where this package lies."""
    for root in (Path.cwd(), Path(__file__).resolve().parents[2]):
        if (root / STUDY).is_dir():
            return root
    raise DemoError(f"There is no {STUDY} here. Cure: run the command in the repository's folder.")


class Demo:
    """The running demonstration, as a context: everything ends with it.

    Parameters
    ----------
    port : int
        For the pages; 0 takes a free one.
    """

    def __init__(self, port: int = 0) -> None:
        from workbench.opening import open_study  # noqa: PLC0415 -- slow; `--help` need not wait

        self.root = find_root()
        self.port = port or free_port()
        self.study = open_study(self.root / STUDY)
        self._cleanup = ExitStack()
        self.children: list[Child] = []

    @property
    def url(self) -> str:
        """The landing page."""
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        """Start both processes and wait until they answer."""
        try:
            remove_left_folders()
            self.state = make_own_folder("workbench-")
            self._cleanup.callback(shutil.rmtree, self.state, ignore_errors=True)
            self.logins = make_logins(self.study, self.state)
            self.live = make_live(self.study, self.state / LIVE)
            add_sponsor(self.live, self.study)
            self.lab = Lab(self.root, self.state, str(self.live), free_port())
            self._start(self.lab.start())
            self._start(self._start_pages())
            wait_for_answer(self.url, self.children[1])
            wait_for_answer(f"http://127.0.0.1:{self.lab.port}/api", self.children[0])
        except BaseException:
            self._cleanup.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End both, with their kernels, and remove the accounts."""
        self._cleanup.close()

    def _start(self, child: Child) -> None:
        self.children.append(child)
        self._cleanup.callback(child.stop)

    def _start_pages(self) -> Child:
        arguments = [
            *("--study", str(self.live)),
            *("--state", str(self.state)),
            *("--notebooks", str(self.root / "notebooks")),
            *("--journey", str(self.root / "dashboards" / "min_resa.ipynb")),
            *("--port", str(self.port)),
        ]
        # Its private folders lie in the demo's own, so that they go with it even when the server was killed.
        env = os.environ | {"WORKBENCH_LAB_URL": self.lab.url, "TMPDIR": str(make_private(self.state / "tmp"))}
        return Child("workbench.serving", arguments, env=env, log=self.state / "pages.log")

    def watch(self) -> None:
        """Wait until a process ends by itself, which is a fault."""
        while all(child.is_running for child in self.children):
            time.sleep(0.5)
        ended = next(child for child in self.children if not child.is_running)
        raise DemoError(f"A process ended by itself. The end of what it said:\n{ended.last_words()}")


def make_live(study: Study, folder: Path) -> Path:
    """Begin a live study with all of another, so that what is handed in becomes part of it."""
    from workbench.store.creating import create_study  # noqa: PLC0415 -- as above

    make_private(folder)
    create_study(folder, study, actor="demo")
    return folder


def wait_for_answer(url: str, child: Child) -> None:
    """Wait until a server answers, in whatever way."""
    end = time.monotonic() + START_SECONDS
    while child.is_running and time.monotonic() < end:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 -- our own address
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise DemoError(f"{url} does not answer. The end of what its process said:\n{child.last_words()}")


def describe(demo: Demo) -> str:
    """Say what to open, and with which log-ins."""
    rows = [f"  {login.account.role:<18}{login.account.code:<12}{login.password}" for login in demo.logins]
    return "\n".join(
        [
            f"The Innovation Workbench is open:  {demo.url}",
            "",
            f"  {'role':<18}{'code':<12}password",
            *rows,
            "",
            f"JupyterLab, also linked from the researcher's page:\n  {demo.lab.url}",
            "",
            "All people and words in it are made up. What is handed in goes into a copy.",
            "Ctrl-C ends it and removes the copy and the log-ins.",
        ]
    )


def end_on_signals() -> None:
    """Let SIGTERM and a closed terminal end the program as Ctrl-C does: in order."""

    def end(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def run_demo(*, port: int = 0, check: bool = False) -> int:
    """Run the demonstration until it is ended, or check every door once.

    Returns
    -------
    int
        Exit code: 0, or 1 when a check failed.
    """
    end_on_signals()
    print("Starting; this takes a few seconds …", flush=True)  # noqa: T201 -- for the person at the terminal
    try:
        with Demo(port) as demo:
            if check:
                from workbench.serving.check import check_doors  # noqa: PLC0415 -- only for --check

                return check_doors(demo)
            print(describe(demo), flush=True)  # noqa: T201
            demo.watch()
    except KeyboardInterrupt:
        print("\nEnded.")  # noqa: T201
    return 0
