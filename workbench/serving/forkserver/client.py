"""The server's side of the fork server: start it, ask it for kernels, stop it."""

from __future__ import annotations

import array
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from workbench.errors import WorkbenchError
from workbench.serving.leftovers import make_own_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REQUEST_SECONDS = 10
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONDONTWRITEBYTECODE")


class ForkServerError(WorkbenchError):
    """The fork server cannot give a kernel; the ordinary start can."""


class ForkServer:
    """The one fork server of this process, started when first needed."""

    _current: ClassVar[ForkServer | None] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def current(cls) -> ForkServer:
        """Return the running fork server, started anew if it is gone, when it is ready."""
        with cls._lock:
            if cls._current is not None and cls._current.process.poll() is not None:
                cls._current.stop()  # it ended by itself; its pipes and its folder are still here
                cls._current = None
            server = cls._current = cls._current or cls()
        server.wait_ready()
        return server

    @classmethod
    def warm_up(cls) -> None:
        """Begin the imports now, so that the first visitor need not wait for all of them."""
        if sys.platform == "linux":
            with cls._lock:
                cls._current = cls._current or cls()

    @classmethod
    def stop_all(cls) -> None:
        """Stop the fork server, and with it every kernel it still has."""
        with cls._lock:
            server, cls._current = cls._current, None
        if server is not None:
            server.stop()

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise ForkServerError("Kernels are forked on Linux only.")
        self._folder = make_own_folder("wbf-")
        self._ready = threading.Lock()
        self._is_ready = False
        env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        # Plotly chooses how to draw when it is imported, and BLAS must not start threads before a fork.
        env |= {"PLOTLY_RENDERER": "plotly_mimetype", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(  # noqa: S603 -- our own module
            [sys.executable, "-m", "workbench.serving.forkserver.server", str(self._socket)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            cwd=self._folder,
            start_new_session=True,
        )

    @property
    def _socket(self) -> Path:
        return self._folder / "socket"

    def wait_ready(self) -> None:
        """Wait for the line that says the imports are done."""
        with self._ready:
            if not self._is_ready:
                assert self.process.stdout is not None  # noqa: S101 -- it was asked for
                if not self.process.stdout.readline():
                    raise ForkServerError("The fork server did not start.")
                self._is_ready = True

    def fork(self, argv: Sequence[str], env: Mapping[str, str], folder: str) -> ForkedKernel:
        """Ask for a kernel, with nothing of this process's environment but `env`."""
        request = json.dumps({"argv": list(argv), "env": dict(env), "folder": folder}).encode() + b"\n"
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(REQUEST_SECONDS)
            connection.connect(str(self._socket))
            with Path(os.devnull).open("r+") as nothing:
                streams = array.array("i", [nothing.fileno(), nothing.fileno(), 2])
                connection.sendmsg([request], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
            reply = connection.makefile("rb").readline()
            return ForkedKernel(connection, json.loads(reply)["pid"])
        except (OSError, ValueError, KeyError) as error:
            connection.close()
            raise ForkServerError(f"The fork server gave no kernel: {error}") from error

    def has_ended(self) -> bool:
        """Tell whether the server is gone, giving an end that is under way a second to be seen."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)
        return self.process.poll() is not None

    def stop(self) -> None:
        """Close its input, which it takes as the word to end."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class ForkedKernel:
    """The part of ``subprocess.Popen`` that a kernel provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.returncode is None and self._is_heard(0):
            self._read_end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end; None when `timeout` seconds were not enough."""
        if self.returncode is None and self._is_heard(timeout):
            self._read_end()
        return self.returncode

    def _is_heard(self, timeout: float | None) -> bool:
        """Whether something is said within `timeout` seconds; not by ``select``, which fails beyond 1,024 files."""
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        return bool(poll.poll(None if timeout is None else timeout * 1000))

    def _read_end(self) -> None:
        """One line with the exit code, or nothing when the fork server itself is gone."""
        line = b""
        with contextlib.suppress(OSError):
            line = self._connection.makefile("rb").readline()
        self.returncode = json.loads(line)["exit"] if line else -signal.SIGKILL
        self._connection.close()

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
