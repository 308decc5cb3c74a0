"""Writers that can be killed: forked, ready to write at once, from a process that has imported everything.

``python -m tests.store.forks`` reads a deed a line, forks a child that does it, kills the child when told to, and
writes what the child had said until then. `Forks` is that process, seen from a test.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.store.deeds import add_memos, raise_number
from tests.tiny import ROOT, tiny_study
from workbench.errors import WorkbenchError
from workbench.loaders.door import load_entries
from workbench.loaders.taking import take_in_import
from workbench.opening import open_study
from workbench.store.beside import variable
from workbench.store.creating import create_study
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.store.received import Received

Say = Callable[[str], None]
READY = "ready"
TINY = tiny_study()


def write(say: Say, place: str, actor: str, times: int) -> None:
    """Raise the number, and say each act that was acknowledged."""
    with LiveStudy(place, actor=actor) as live:
        say(READY)
        for _ in range(times):
            done = live.do(raise_number())
            say(f"{done.sequence} {done.hash}")


def write_anything(say: Say, place: str, seed: int) -> None:
    """Do acts small and big, undo and redo, without end."""
    chance = random.Random(seed)  # noqa: S311  which act comes next is no secret
    with LiveStudy(place, actor=f"K{seed % 3}") as live:
        say(READY)
        while True:
            deed = chance.choices(["small", "big", "undo", "redo"], [6, 2, 2, 1])[0]
            try:
                done = {
                    "small": lambda: live.do(raise_number()),
                    "big": lambda: live.do(add_memos(chance.randrange(1, 120))),
                    "undo": live.undo,
                    "redo": live.redo,
                }[deed]()
            except RefusedError:
                continue
            say(f"{done.sequence} {done.hash}")


def begin(say: Say, place: str) -> None:
    """Begin a study."""
    say(READY)
    create_study(place, TINY, actor="K1")
    say("begun")


def keep_files(say: Say, folder: str, seed: int) -> None:
    """Keep files without end, each under two names."""
    chance = random.Random(seed)  # noqa: S311  which bytes is no secret
    received = Received(Path(folder))
    say(READY)
    while True:
        data = chance.randbytes(chance.randrange(50_000))
        for name in ("rapport.docx", "Rapport.docx"):
            say(f"{received.keep(name, data)} {name}")


def keep_in_little_room(say: Say, folder: str, room: int) -> None:
    """Keep a small file and a big one where no file may grow beyond a size."""
    _limit_files(room)
    say(Received(Path(folder)).keep("small", bytes(room)))
    Received(Path(folder)).keep("big", bytes(room + 1))


def take_in(say: Say, place: str, folder: str, actor: str, beside: str) -> None:
    """Import a folder, and say what came of it; what lies beside a study of PostgreSQL is kept in another."""
    os.environ |= {variable("backups"): f"{beside}/backups", variable("received"): f"{beside}/received"}
    with LiveStudy(place, actor=actor) as live:
        found = load_entries(folder, study=live.read())
        say(READY)
        try:
            done = take_in_import(live, found)
            say(f"taken {done.sequence}" if done else "nothing new")
        except RefusedError as error:
            say(f"refused: {error}")


def watch(say: Say, place: str, times: int) -> None:
    """Open the study again and again, and say when the two numbers or the log do not go together."""
    say(READY)
    for _ in range(times):
        study = open_study(place)
        numbers = set(study.organisations["employees"].fillna(0))
        acts = int((study.events["act"] == "raise a number").sum())
        if numbers != {acts}:
            say(f"{acts} acts, but the numbers {sorted(numbers)}")


def write_in_little_room(say: Say, place: str, room: int) -> None:
    """Write where no file may grow beyond a size, as on a full disk."""
    hard = _limit_files(room)
    with LiveStudy(place, actor="K1") as live:
        say(READY)
        try:
            while True:
                say(f"{live.do(add_memos(20)).sequence}")
        except WorkbenchError as error:
            say(f"refused: {error}")
        say(f"{len(live.read().memos)} memos")
        _limit_files(hard)
        say(f"{live.do(add_memos(20)).sequence}")


def begin_in_little_room(say: Say, place: str, room: int) -> None:
    """Begin a study where no file may grow beyond a size."""
    _limit_files(room)
    create_study(place, TINY, actor="K1")


def _limit_files(size: int) -> int:
    import resource  # noqa: PLC0415  not everywhere

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    return hard


def read_in_little_memory(say: Say, place: str) -> None:
    """Open a study with two gigabytes of addresses more than the process has."""
    import resource  # noqa: PLC0415  not everywhere

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + 2 * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    say(f"{len(open_study(place).events)} events")


def use_as_anyone(say: Say, place: str) -> None:
    """Read, then try to write, as somebody who is not root."""
    with tempfile.TemporaryDirectory() as folder:  # imports what another may not be let to
        assert len(open_study(shutil.copytree(place, Path(folder) / "study")).events)
    if not os.geteuid():
        os.setgid(65534)
        os.setuid(65534)
    say(f"{len(open_study(place).entries)} entries, {len(open_study(place).events)} events")
    try:
        with LiveStudy(place, actor="K1") as live:
            live.do(raise_number())
    except WorkbenchError as error:
        say(f"refused: {error}")


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed
    for deed in (
        write,
        write_anything,
        begin,
        begin_in_little_room,
        keep_files,
        keep_in_little_room,
        take_in,
        watch,
        write_in_little_room,
        read_in_little_memory,
        use_as_anyone,
    )
}


@dataclass(frozen=True)
class Said:
    """What a child said, line by line, and its exit code, negative when it was killed."""

    lines: list[str]
    code: int

    @property
    def acknowledged(self) -> list[tuple[int, str]]:
        """The number and hash of each act that was acknowledged."""
        pairs = [line.split() for line in self.lines if line[0].isdigit()]
        return [(int(sequence), found) for sequence, found in pairs]


class Forks:
    """The process that forks writers; children it is asked for at once run beside each other."""

    def __enter__(self) -> Self:
        """Start it."""
        command = [sys.executable, "-m", "tests.store.forks"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, and wait until it has gone."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def start(self, *deeds: tuple[str, dict[str, Any]], kill_ms: float | None = None, said: int = 0) -> None:
        """Have children do deeds; kill them so long after they were ready and had said so many lines."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"deeds": deeds, "kill_ms": kill_ms, "said": said}) + "\n")
        self._process.stdin.flush()

    def finish(self) -> list[Said]:
        """Wait for the children to end."""
        assert self._process.stdout
        return [Said(**told) for told in json.loads(self._process.stdout.readline())]

    def run(self, deed: str, *, kill_ms: float | None = None, **options: Any) -> Said:
        """Have one child do a deed to its end, or until it is killed."""
        self.start((deed, options), kill_ms=kill_ms)
        return self.finish()[0]


def main() -> None:
    """Fork children as told, until there is nothing more to do."""
    _warm_up()
    for line in sys.stdin:
        told = json.loads(line)
        children = [_fork(deed, options) for deed, options in told["deeds"]]
        heard = [b"" for _ in children]
        if told["kill_ms"] is not None:
            heard = [_hear(said, told["said"] + 1) for _, said in children]
            time.sleep(told["kill_ms"] / 1000)
            for child, _ in children:
                os.kill(child, signal.SIGKILL)
        answers = [_collect(*child, before) for child, before in zip(children, heard, strict=True)]
        sys.stdout.write(json.dumps(answers) + "\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Do everything once, so that children need not import or compile anything."""
    import psycopg  # noqa: F401, PLC0415

    with tempfile.TemporaryDirectory() as folder:
        create_study(Path(folder) / "study", TINY, actor="K1")
        with LiveStudy(Path(folder) / "study", actor="K1") as live:
            live.do(raise_number())
            live.do(add_memos(2))
            live.undo()
            live.redo()
        (Path(folder) / "a.csv").write_text("Person,Datum,Text\nP-1,2025-03-28,Hem.\n", encoding="utf-8")
        take_in(lambda _: None, str(Path(folder) / "study"), str(Path(folder) / "a.csv"), "K1", folder)


def _fork(deed: str, options: dict[str, Any]) -> tuple[int, int]:
    said, says = os.pipe()
    if child := os.fork():
        os.close(says)
        return child, said
    code = 1
    try:
        DEEDS[deed](lambda line: os.write(says, f"{' '.join(line.split())}\n".encode()) and None, **options)
        code = 0
    except BaseException as error:  # noqa: BLE001  told to the test
        os.write(says, f"failed: {' '.join(str(error).split())}\n".encode())
        if not isinstance(error, WorkbenchError):
            traceback.print_exc()
    finally:
        os._exit(code)


def _hear(said: int, lines: int) -> bytes:
    heard = b""
    while heard.count(b"\n") < lines and (more := os.read(said, 1)):
        heard += more
    return heard


def _collect(child: int, said: int, before: bytes) -> dict[str, Any]:
    with os.fdopen(said, "rb") as pipe:
        lines = (before + pipe.read()).decode().splitlines()
    return {
        "lines": [line for line in lines if line != READY],
        "code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]),
    }


if __name__ == "__main__":
    main()
