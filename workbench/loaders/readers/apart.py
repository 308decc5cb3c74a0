"""Reading in a process apart: a hostile file can crash native code, or make it turn for ever, but not in ours."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from typing import IO, cast

from workbench.loaders.problem import UnreadableError
from workbench.loaders.reading import Reading
from workbench.loaders.told import tell

SECONDS = 120.0
MEMORY = 4 * 2**30  # addresses, of which libraries reserve more than they use
_LONGEST = 2**30

_LENGTH = struct.Struct(">Q")
_ALLOWED = frozenset({
    ("workbench.loaders.reading", "Reading"), ("workbench.loaders.reading", "Grid"),
    ("workbench.loaders.reading", "Document"), ("workbench.loaders.problem", "Problem"),
    ("workbench.loaders.problem", "UnreadableError"), ("workbench.loaders.told", "Told"),
})  # fmt: skip
_AGAIN = tell("Open it where it was made, save it anew and hand that in.")
_SMALLER = tell("Hand it in as several smaller files.")


def read_apart(reader: str, data: bytes) -> Reading:
    """Read a file in a process apart, which is started when it is first needed and kept.

    Parameters
    ----------
    reader : str
        Module and function, such as ``workbench.loaders.readers.pdf:read_pdf``.
    data : bytes
        The file.

    Raises
    ------
    UnreadableError
        The reader refuses the file, takes more than `SECONDS` or `MEMORY`, or ends; the next file gets a new process.
    """
    with _LOCK:
        child = _running()
        try:
            answer = child.ask(reader, data)
        except BaseException:
            _stop()  # whatever it was, what the process says next would be the answer to another question
            raise
    if isinstance(answer, UnreadableError):
        raise answer
    return cast("Reading", answer)


class _Child:
    """The process, as its parent sees it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        path = os.pathsep.join(filter(None, sys.path))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "workbench.loaders.readers.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        )
        self.late = False

    def ask(self, reader: str, data: bytes) -> object:
        """Send a file and wait for what it holds, for so long."""
        clock = threading.Timer(SECONDS, self._kill)
        self.late = False
        try:
            clock.start()
            with contextlib.suppress(OSError):  # it ended already: reading tells
                _send(self._pipe(self.process.stdin), reader, data)
            answer = self.receive()
        finally:
            clock.cancel()
        return answer

    def receive(self) -> object:
        """Take an answer; only our own kinds are made from it."""
        answer = _receive(self._pipe(self.process.stdout))
        if answer is None and self.late:
            rule = tell("To read it took more than {seconds} seconds.", seconds=round(SECONDS))
            raise UnreadableError("", rule, _SMALLER)
        try:
            return _Unpickler(io.BytesIO((answer or [b""])[0])).load()
        except Exception as error:  # half a pickle raises anything
            raise UnreadableError("", tell("What reads such files ended when it met this one."), _AGAIN) from error

    def end(self) -> None:
        """End it and leave nothing open."""
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                self._pipe(pipe).close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        else:
            self.process.returncode = 0  # a fork's copy: the process is another's child

    def _kill(self) -> None:
        self.late = True
        self.process.kill()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise RuntimeError("started with pipes")
        return pipe


class _Unpickler(pickle.Unpickler):
    """Makes what a `Reading` is made of, and nothing else: who owns the child does not own us."""

    def find_class(self, module: str, name: str) -> object:
        """Find one of our own."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


_LOCK = threading.RLock()
_CHILDREN: list[_Child] = []  # one or none


def _running() -> _Child:
    """Find the process, or start one: it says a word when it is ready, so that starting takes none of a file's time."""
    if _CHILDREN and (_CHILDREN[0].owner != os.getpid() or _CHILDREN[0].process.poll() is not None):
        _stop()
    if not _CHILDREN:
        _CHILDREN.append(_Child())
        try:
            _CHILDREN[0].receive()
        except BaseException:
            _stop()
            raise
    return _CHILDREN[0]


@atexit.register
def _stop() -> None:
    while _CHILDREN:
        _CHILDREN.pop().end()


def _send(stream: IO[bytes], *parts: object) -> None:
    for part in parts:
        data = part if isinstance(part, bytes) else pickle.dumps(part)
        stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes], count: int = 1) -> list[bytes] | None:
    """Take parts; None when the other side has ended, or says more than anybody would."""
    parts = []
    for _ in range(count):
        head = stream.read(_LENGTH.size)
        size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else -1
        body = stream.read(size) if 0 <= size <= _LONGEST else b""
        if len(body) != size:
            return None
        parts.append(body)
    return parts


def _serve() -> None:
    """Read what the parent sends until it sends no more."""
    source, sink = _pipes()
    _limit()
    _send(sink, None)
    while parts := _receive(source, 2):
        _send(sink, _answer(pickle.loads(parts[0]), parts[1]))  # noqa: S301 - our parent is trusted


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the pipes away from everybody else: a library that prints would be taken for an answer."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends us
    return source, sink


def _limit() -> None:
    """Bound memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):  # macOS knows the limit and refuses it
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _answer(reader: str, data: bytes) -> Reading | UnreadableError:
    module, _, name = reader.partition(":")
    try:
        return cast("Reading", getattr(importlib.import_module(module), name)(data))
    except UnreadableError as error:
        return UnreadableError(error.problem.found, error.problem.rule, error.problem.cure)  # without its causes
    except MemoryError:
        rule = tell("To read it takes more than {most} MB of memory.", most=MEMORY // 2**20)
        return UnreadableError("", rule, _SMALLER)
    except BaseException as error:  # noqa: BLE001 - native code has kinds of its own
        return UnreadableError(type(error).__name__, tell("What reads such files failed at this one."), _AGAIN)


if __name__ == "__main__":
    _serve()
