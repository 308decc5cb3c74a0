"""A kernel that crashes, hangs, eats memory, fills files or starts others harms its own page alone."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from workbench.serving.forkserver.bounds import CPU_SECONDS, FILE_BYTES, FILES
from workbench.serving.forkserver.client import ForkServer, ForkServerError
from workbench.serving.visitor import Visitor

from .conftest import Enter, Running
from .test_forkserver import in_kernels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are bounded on Linux only"),
]
GONE_SECONDS = 30


@pytest.fixture(scope="module", autouse=True)
def _fork_server_of_this_thread() -> Iterator[None]:
    """Linux ends a child with the thread that started it: one of an event loop's threads would end with the loop."""
    ForkServer.stop_all()
    ForkServer.current()
    yield
    ForkServer.stop_all()


def wait_until(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + GONE_SECONDS
    while not done() and time.monotonic() < end:
        time.sleep(0.1)
    return done()


def said(code: str, folder: Path) -> str:
    """Run code in a kernel of its own, and give what it printed."""
    return asyncio.run(in_kernels(1, code, str(folder)))[0]


@pytest.fixture(params=["forked", "started in the ordinary way"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start the kernel in each of the two ways."""

    def refuse() -> ForkServer:
        raise ForkServerError("none today")

    if request.param != "forked":
        monkeypatch.setattr(ForkServer, "current", refuse)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_kernel_that_asks_for_all_memory_is_refused_and_goes_on(tmp_path: Path) -> None:
    code = """
kept = []
try:
    while True:
        kept.append(bytearray(1 << 30))
except MemoryError:
    kept, count = None, len(kept)
print(count)
"""
    machine = psutil.virtual_memory().total >> 30
    assert int(said(code, tmp_path)) <= max(3, machine // 8 + 3)


@pytest.mark.usefixtures("way")
def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    code = f"""
try:
    open("much", "wb").truncate({FILE_BYTES} + 1)
except OSError as error:
    print(type(error).__name__)
"""
    assert said(code, tmp_path) == "OSError"


@pytest.mark.usefixtures("way")
def test_a_kernel_cannot_take_its_bounds_away(tmp_path: Path) -> None:
    code = """
import resource
print([resource.getrlimit(which) for which in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)])
"""
    bound = [(CPU_SECONDS, CPU_SECONDS), (FILES, FILES), (0, 0)]
    assert said(code, tmp_path) == str(bound)


@pytest.mark.parametrize("apart", [False, True], ids=["in its group", "in groups of their own"])
def test_what_a_kernel_has_started_goes_with_it(tmp_path: Path, apart: bool) -> None:  # noqa: FBT001 -- a parameter
    code = f"""
import subprocess
print(*[subprocess.Popen(["sleep", "600"], start_new_session={apart}).pid for _ in range(30)])
"""
    started = [int(pid) for pid in said(code, tmp_path).split()]
    assert len(started) == 30
    assert wait_until(lambda: not any(psutil.pid_exists(pid) for pid in started))


# One page's kernel goes wrong on the running server: others' pages, open and new, do not, nor the person's next page.


def kernels_of(server: Running) -> set[int]:
    """Find the processes of the server's kernels."""
    below = psutil.Process(server.pid).children(recursive=True)
    return {process.pid for process in below if process.parent().pid != server.pid}


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL, signal.SIGSEGV], ids=["hangs", "is killed", "crashes"])
def test_a_kernel_that_goes_wrong_harms_its_own_page_alone(enter: Enter, server: Running, how: signal.Signals) -> None:
    anna, eva = enter("anna"), enter("eva")
    page = anna.ask("min-resa")
    before = kernels_of(server)
    broken = eva.ask("min-resa")
    (pid,) = kernels_of(server) - before
    psutil.Process(pid).send_signal(how)

    assert anna.open_channels(page.kernel_id) == 101
    assert enter("fia").ask("min-resa").is_whole
    assert eva.ask("min-resa").is_whole
    assert broken.kernel_id

    eva.post_only("logout", {"_xsrf": eva.form_key("logout")})
    assert wait_until(lambda: not psutil.pid_exists(pid))
    assert anna.ask(f"api/kernels/{page.kernel_id}").status == 200


def test_with_the_fork_server_gone_pages_open_all_the_same(enter: Enter, server: Running) -> None:
    assert enter("fia").ask("min-resa").is_whole
    children = psutil.Process(server.pid).children()
    assert children
    for child in children:
        child.kill()
    assert enter("anna").ask("min-resa").is_whole
    assert Visitor(server.url).ask("developer").status == 200
