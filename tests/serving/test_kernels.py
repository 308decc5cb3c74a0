"""A person's slice leaves the disk with their kernel, whenever it ends; the server stops whatever happens."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from workbench.access.rules import Kind, Who
from workbench.serving import app as pages_app
from workbench.serving.app import WorkbenchVoila
from workbench.serving.forkserver.client import ForkServer
from workbench.serving.identity import WorkbenchUser
from workbench.serving.kernels import OwnedKernelManager

ANNA = WorkbenchUser("anna", role="participant", person="P001", session="s")


class Slow:
    """Writes a slice only when it may."""

    def __init__(self) -> None:
        self.may_write = threading.Event()
        self.fault: Exception | None = None

    def __call__(self, _page: Kind, who: Who, folder: Path) -> None:
        """Write, or fail."""
        self.may_write.wait(10)
        if self.fault:
            raise self.fault
        folder.mkdir(parents=True)
        (folder / "entries.csv").write_text(f"the words of {who.person}")


@pytest.fixture
def write() -> Slow:
    return Slow()


@pytest.fixture
def manager(tmp_path: Path, write: Slow, monkeypatch: pytest.MonkeyPatch) -> OwnedKernelManager:
    """Give a manager whose kernels start at once and are nothing."""

    async def start(self: OwnedKernelManager, *, kernel_id: str, **_: Any) -> str:
        self._kernels[kernel_id] = SimpleNamespace()
        return kernel_id

    async def shut(self: OwnedKernelManager, kernel_id: str, **_: Any) -> None:
        del self._kernels[kernel_id]

    monkeypatch.setattr(AsyncMappingKernelManager, "start_kernel", start)
    monkeypatch.setattr(AsyncMappingKernelManager, "shutdown_kernel", shut)
    return OwnedKernelManager(connection_dir=str(tmp_path), write_slice=write)


def start(manager: OwnedKernelManager, folder: Path) -> asyncio.Future[Any]:
    return asyncio.ensure_future(manager.start_owned(ANNA, "k1", folder, "sv", "journey"))


@pytest.mark.parametrize("how", ["log-out", "a closed page"])
def test_a_slice_that_is_being_written_is_removed_after(
    manager: OwnedKernelManager, write: Slow, tmp_path: Path, how: str
) -> None:
    async def run() -> None:
        starting = start(manager, tmp_path)
        await asyncio.sleep(0.05)
        if how == "log-out":
            await manager.end_owned("anna")
        else:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            await manager.end_kernel("k1")
        assert not manager.is_owner("anna", "k1")
        write.may_write.set()
        await asyncio.gather(starting, *manager.launches.values(), return_exceptions=True)

    asyncio.run(run())
    assert list(tmp_path.iterdir()) == []
    assert list(manager.list_kernel_ids()) == []


def test_a_page_asked_for_by_one_who_logs_out_meanwhile_is_not_there(
    manager: OwnedKernelManager, write: Slow, tmp_path: Path
) -> None:
    async def run() -> None:
        starting = start(manager, tmp_path)
        await asyncio.sleep(0.05)
        await manager.end_owned("anna")
        write.may_write.set()
        with pytest.raises(HTTPError):
            await starting

    asyncio.run(run())


def test_a_slice_that_cannot_be_written_leaves_no_kernel(
    manager: OwnedKernelManager, write: Slow, tmp_path: Path
) -> None:
    async def run() -> None:
        write.fault = ValueError("row 7")
        write.may_write.set()
        with pytest.raises(ValueError, match="row 7"):
            await start(manager, tmp_path)

    asyncio.run(run())
    assert list(tmp_path.iterdir()) == []
    assert (list(manager.list_kernel_ids()), manager.owners, manager.launches) == ([], {}, {})


def test_a_kernel_ends_with_the_session_that_opened_it(
    manager: OwnedKernelManager, write: Slow, tmp_path: Path
) -> None:
    async def run() -> list[bool]:
        write.may_write.set()
        await start(manager, tmp_path)
        answers = []
        for is_open in (True, False):
            await manager.end_closed(lambda _session, is_open=is_open: is_open)
            answers.append(manager.is_owner("anna", "k1"))
        return answers

    assert asyncio.run(run()) == [True, False]
    assert list(tmp_path.iterdir()) == []


def test_the_server_removes_what_is_private_even_when_a_kernel_will_not_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def never(_seconds: float) -> None:
        raise TimeoutError

    stopped: list[bool] = []
    monkeypatch.setattr(ForkServer, "stop_all", lambda: stopped.append(True))
    private = tmp_path / "wb-1"
    private.mkdir()
    told: list[str] = []
    app = SimpleNamespace(
        kernel_manager=SimpleNamespace(end_all=never),
        connection_dir=str(private),
        log=SimpleNamespace(exception=told.append),
    )
    WorkbenchVoila.stop(app)
    assert (stopped, private.exists(), len(told)) == ([True], False, 1)


def test_ending_all_does_not_wait_for_ever(manager: OwnedKernelManager, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(_self: OwnedKernelManager, **_: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(OwnedKernelManager, "shutdown_all", hang)
    with pytest.raises(TimeoutError):
        asyncio.run(manager.end_all(0.05))
    assert pages_app.STOP_SECONDS < 8  # what started the server gives it eight seconds
