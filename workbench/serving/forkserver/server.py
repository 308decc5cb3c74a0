"""The fork server: imports once, then forks a kernel for every request.

It has no threads, no event loop and no person's data. One Unix connection per kernel; a line of JSON
each way: the request with the kernel's standard streams, the pid, and at the end the exit code. When a
connection closes, its kernel ends; when standard input closes, everything ends.
"""

from __future__ import annotations

import array
import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.serving.forkserver.bounds import bounds
from workbench.serving.forkserver.child import PR_SET_PDEATHSIG, STREAMS, become_kernel

PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "pandas",
    "plotly.graph_objects",
    "ipywidgets",
    "anywidget",
    "nbformat",  # Plotly looks for it at the first figure
    "workbench.study",
    "workbench.apps",
)
MAX_REQUEST = 1 << 20
PR_SET_CHILD_SUBREAPER = 36


def preload() -> None:
    """Import everything, and settle memory so that its pages stay shared with the kernels."""
    # jsonschema imports rfc3987_syntax to check addresses nobody has here; it compiles grammars for 2 s.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for name in PRELOADED:
        with suppress(Exception):  # the notebook that needs it will say what is wrong with it
            importlib.import_module(name)
    with suppress(ImportError):
        rehearse()
    if threading.active_count() != 1:
        raise SystemExit(f"A module started threads, so forking is not safe: {threading.enumerate()}")
    gc.collect()
    gc.freeze()


def rehearse() -> None:
    """Draw a figure and show a table of made-up rows: much is imported only at the first one."""
    import pandas as pd  # noqa: PLC0415 -- may be missing
    import plotly.graph_objects as go  # noqa: PLC0415

    rows = pd.DataFrame({"at": pd.to_datetime(["2025-01-01", "2025-02-01"]), "level": [1.0, 2.0]})
    go.Figure(go.Scatter(x=rows["at"], y=rows["level"]))._repr_mimebundle_()
    rows.to_html()


class Forker:
    """Listens on a socket and looks after the kernels it has forked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bounds = bounds()
        self._kernels: dict[int, socket.socket | None] = {}
        self._pids: dict[socket.socket, int] = {}
        self._selector = selectors.DefaultSelector()
        self._listener = self._listen()
        self._deaths = self._watch_deaths()
        for source in (self._listener, self._deaths, sys.stdin.fileno()):
            self._selector.register(source, selectors.EVENT_READ)

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        listener.bind(str(self._path))
        os.umask(before)
        listener.listen(64)
        return listener

    @staticmethod
    def _watch_deaths() -> int:
        reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return reader

    def serve(self) -> None:
        """Answer until standard input closes."""
        print(json.dumps({"ready": os.getpid()}), flush=True)  # noqa: T201 -- the owner waits for this line
        while True:
            for key, _events in self._selector.select():
                if key.fileobj == sys.stdin.fileno():
                    self._end_all()
                    return
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj == self._deaths:
                    self._reap()
                else:
                    self._hang_up(key.fileobj)

    def _accept(self) -> None:
        connection, _address = self._listener.accept()
        connection.settimeout(5)
        request: dict[str, Any] | None = None
        streams: list[int] = []
        if _is_same_user(connection):
            with suppress(OSError, ValueError):
                request, streams = _receive(connection)
        if request is None:
            connection.close()
            return
        self._fork(connection, request, streams)

    def _fork(self, connection: socket.socket, request: dict[str, Any], streams: list[int]) -> None:
        pid = os.fork()
        if pid == 0:
            self._selector.close()
            become_kernel(request, streams, self._bounds)
        for stream in streams:
            os.close(stream)
        self._kernels[pid] = connection
        self._pids[connection] = pid
        self._selector.register(connection, selectors.EVENT_READ)
        with suppress(OSError):
            connection.sendall(json.dumps({"pid": pid}).encode() + b"\n")

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._deaths, 4096)
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                connection = self._kernels.pop(ended[0], None)
                if connection is not None:
                    _kill_group(ended[0])
                    with suppress(OSError):
                        code = os.waitstatus_to_exitcode(ended[1])
                        connection.sendall(json.dumps({"exit": code}).encode() + b"\n")
        self._end_orphans()

    def _end_orphans(self) -> None:
        """End what kernels have started and left behind: it has become this process's own child."""
        with suppress(OSError):
            for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
                if int(child) not in self._kernels:
                    os.kill(int(child), signal.SIGKILL)

    def _hang_up(self, connection: Any) -> None:
        """Nobody holds the other end any more: the kernel goes too."""
        with suppress(OSError):
            if connection.recv(1):
                return
        self._selector.unregister(connection)
        pid = self._pids.pop(connection)
        connection.close()
        if pid in self._kernels:
            self._kernels[pid] = None
            _kill_group(pid)

    def _end_all(self) -> None:
        for pid in self._kernels:
            _kill_group(pid)
        with suppress(ChildProcessError):  # said when there is nobody left
            while os.waitpid(-1, 0):
                self._end_orphans()
        self._path.unlink(missing_ok=True)


def _kill_group(pid: int) -> None:
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def _is_same_user(connection: socket.socket) -> bool:
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return bool(struct.unpack("3i", credentials)[1] == os.getuid())


def _receive(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    data, streams = b"", array.array("i")
    while not data.endswith(b"\n"):
        piece, passed, *_rest = connection.recvmsg(MAX_REQUEST, socket.CMSG_LEN(STREAMS * streams.itemsize))
        if not piece:
            return None, []
        data += piece
        for level, kind, content in passed:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                streams.frombytes(content[: len(content) - len(content) % streams.itemsize])
    return json.loads(data), list(streams)


def main() -> None:
    """Serve on the socket named first on the command line."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    preload()
    Forker(Path(sys.argv[1])).serve()


if __name__ == "__main__":
    main()
