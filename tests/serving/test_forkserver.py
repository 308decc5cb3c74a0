"""Forked kernels: nothing of the parent's leaks in, nothing stays behind, and an ordinary start steps in."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager

from workbench.serving.forkserver.client import ForkServer, ForkServerError
from workbench.serving.kernel_client import PatientClient
from workbench.serving.kernelspec import WorkbenchKernelSpecs
from workbench.serving.limits import open_more_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]
ENVIRONMENT = {"PATH": os.environ["PATH"], "WORKBENCH_PERSON": "P001"}
Ask = Callable[[str], Awaitable[str]]


@pytest.fixture(scope="module", autouse=True)
def _stopped_afterwards() -> Iterator[None]:
    yield
    ForkServer.stop_all()


async def in_kernels(count: int, code: str, folder: str) -> list[str]:
    """Start kernels, run the same code in each, and return what each printed."""
    managers = [_manager() for _ in range(count)]
    try:
        for manager in managers:
            await manager.start_kernel(env=ENVIRONMENT, cwd=folder)
        return [await _run(manager, code) for manager in managers]
    finally:
        for manager in managers:
            await manager.shutdown_kernel(now=True)


def _manager() -> AsyncKernelManager:
    specs = WorkbenchKernelSpecs()
    return AsyncKernelManager(kernel_spec_manager=specs, client_factory=PatientClient, kernel_name="python3")


async def _run(manager: AsyncKernelManager, code: str) -> str:
    printed = []
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        await client.execute_interactive(
            code, output_hook=lambda message: printed.append(message["content"].get("text", "")), timeout=60
        )
    finally:
        client.stop_channels()
    return "".join(printed).strip()


@pytest.fixture(scope="module", autouse=True)
def _server_of_this_thread() -> None:
    """Linux ends a child with the thread that started it: one of an event loop's threads would end with the loop."""
    ForkServer.stop_all()
    ForkServer.current()


def test_a_forked_kernel_has_only_the_environment_it_was_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SERVER_SECRET", "not for kernels")
    code = "import os; print(os.environ.get('SERVER_SECRET'), os.environ['WORKBENCH_PERSON'], os.getcwd())"
    assert asyncio.run(in_kernels(1, code, str(tmp_path))) == [f"None P001 {tmp_path}"]


def test_it_is_forked_and_gains_no_rights(tmp_path: Path) -> None:
    status = "open('/proc/self/status').read().split('NoNewPrivs:')[1].split()[0]"
    code = f"import sys; print('pandas' in sys.modules, {status})"
    assert asyncio.run(in_kernels(1, code, str(tmp_path))) == ["True 1"]


def test_two_forks_draw_different_numbers(tmp_path: Path) -> None:
    code = "import random, numpy; print(random.random(), numpy.random.rand())"
    first, second = asyncio.run(in_kernels(2, code, str(tmp_path)))
    assert set(first.split()).isdisjoint(second.split())


def test_an_ordinary_kernel_starts_when_there_is_no_fork_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse() -> ForkServer:
        raise ForkServerError("none today")

    monkeypatch.setattr(ForkServer, "current", refuse)
    code = "import os, sys; print('pandas' in sys.modules, os.environ['WORKBENCH_PERSON'])"
    assert asyncio.run(in_kernels(1, code, str(tmp_path))) == ["False P001"]


def test_a_fork_server_that_died_is_replaced_and_leaves_nothing() -> None:
    first = ForkServer.current()
    folder = first._folder  # noqa: SLF001 -- nothing else tells where it is
    first.process.kill()
    first.process.wait()
    assert ForkServer.current() is not first
    assert not folder.exists()
    assert first.process.stdin.closed and first.process.stdout.closed


OWNER = """
import sys, time
from workbench.serving.forkserver.client import ForkServer
server = ForkServer.current()
kernel = server.fork(["-f", sys.argv[1] + "/kernel.json"], {"PATH": ""}, sys.argv[1])
print(server.process.pid, kernel.pid, flush=True)
time.sleep(60)
"""


def test_no_orphan_is_left_when_the_server_is_killed(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with owner:
        pids = [int(pid) for pid in owner.stdout.readline().split()]
        assert all(psutil.pid_exists(pid) for pid in pids)
        owner.send_signal(signal.SIGKILL)

    end = time.monotonic() + 10
    while any(psutil.pid_exists(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_forked_kernel_that_is_ended_is_noticed(tmp_path: Path) -> None:
    kernel = ForkServer.current().fork(["-f", str(tmp_path / "kernel.json")], {"PATH": ""}, str(tmp_path))
    assert kernel.poll() is None
    kernel.kill()
    assert kernel.wait(timeout=10) == -signal.SIGKILL


def test_a_kernel_s_end_is_noticed_by_a_server_with_thousands_of_files_open(tmp_path: Path) -> None:
    if open_more_files() < 2000:
        pytest.skip("the system allows fewer")
    with ExitStack() as files:
        for _ in range(1100):
            files.enter_context(Path(os.devnull).open("rb"))
        kernel = ForkServer.current().fork(["-f", str(tmp_path / "kernel.json")], {"PATH": ""}, str(tmp_path))
        assert kernel.poll() is None
        kernel.kill()
        assert kernel.wait(timeout=10) == -signal.SIGKILL
