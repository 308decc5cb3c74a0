"""Files of one kind, damaged and read for some minutes in a process that may die of it, and what came of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz.damage import Damaged, damaged_file
from tests.fuzz.judging import Judge
from tests.fuzz.limits import limit_memory, start_clock, stop_clock
from tests.fuzz.seeds import kind_of_seed, seeds_of
from workbench.loaders import kinds

SILENT = 200  # seconds without a word, after which a process is taken for hung; a reader apart has 120
ALIKE = 3  # files that are kept of those that fail alike
CONTAINED = {  # what happens to the process that reads apart; the import goes on, and says so
    "What reads such files ended when it met this one.": "ended",
    "What reads such files failed at this one.": "failed",
    "To read it took more than {seconds} seconds.": "took too long",
    "To read it takes more than {most} MB of memory.": "took too much memory",
}
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Failure:
    """A file that something went wrong with, and what."""

    file: Damaged
    told: str

    @property
    def alike(self) -> str:
        """What it has in common with others: the last places of the code, and the kind of error."""
        lines = [line.strip() for line in self.told.splitlines()]
        places = [line for line in lines if line.startswith("File ")]
        last = lines[-1] if lines else ""
        return "\n".join([*places[-2:], last.partition(":")[0], last[:60] * (not places)])


@dataclass
class Account:
    """What came of the files of a kind."""

    kind: str
    seconds: float = 0.0
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[Failure]] = field(default_factory=dict)

    def add(self, failure: Failure) -> bool:
        """Count a failure, and tell whether its file is worth keeping."""
        alike = self.failures.setdefault(failure.alike, [])
        alike.append(failure)
        return len(alike) <= ALIKE

    def __str__(self) -> str:
        """Say it in one line, and one for each kind of failure."""
        read = self.outcomes["read"]
        refused = self.outcomes.total() - read
        contained = [f"{self.outcomes[rule]} {how}" for rule, how in CONTAINED.items() if self.outcomes[rule]]
        told = f"{self.kind}: {self.seconds / 60:.1f} minutes, {self.files} files, {read} read, {refused} refused"
        told += f", of which the process apart {', '.join(contained)}" if contained else ""
        for alike, failures in self.failures.items():
            names = ", ".join(one.file.name for one in failures[:ALIKE])
            told += f"\n  FAILED {len(failures)} times ({names}): {' | '.join(alike.splitlines())}"
        return told


def fuzz(kind: str, *, minutes: float, seed: int, folder: Path) -> Account:
    """Damage and read files of a kind for some minutes; those that fail are kept in a folder.

    Returns
    -------
    Account
    """
    seeds_of(kind)  # made once, before the process forks
    account, began = Account(kind), time.monotonic()
    until = began + 60 * minutes
    number = 0
    while time.monotonic() < until:
        for at, outcome, told in _life(kind, seed, number, until):
            _note(account, damaged_file(kind, seed, at) if told else None, outcome, told, folder)
            number = at + 1  # where the next process goes on, should this one die
    account.seconds = time.monotonic() - began
    return account


def repeat(path: Path) -> str:
    """Read a file that was kept once again, in this process, and say what came of it."""
    watch()
    file = Damaged(kind_of_seed(path.name), 0, 0, path.name, path.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        return Judge(Path(folder)).judge(file)


def _note(account: Account, file: Damaged | None, outcome: str, told: str, folder: Path) -> None:
    account.files += 1
    account.outcomes[outcome] += outcome != ""
    if file is not None and account.add(Failure(file, told)):
        place = folder / file.name
        place.mkdir(parents=True, exist_ok=True)
        (place / file.path.rpartition("/")[2]).write_bytes(file.data)
        (place / "told.txt").write_text(f"{file.path}\n\n{told}", encoding="utf-8", errors="replace")


def _life(kind: str, seed: int, start: int, until: float) -> Iterator[tuple[int, str, str]]:
    """Give number, outcome and failure of file after file, until time is up or the process dies."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_work, args=(kind, seed, start, until, theirs))
    process.start()
    theirs.close()
    number = start
    try:
        while ours.poll(SILENT):
            number, outcome, told = ours.recv()
            if outcome or told:
                yield number, outcome, told
        yield number, "", f"it hung: nothing came of it for {SILENT} seconds"
    except EOFError:
        process.join()
        if process.exitcode:
            yield number, "", f"the process died of it ({process.exitcode})"
    finally:
        _end(process)


def _end(process: multiprocessing.context.ForkProcess) -> None:
    """End the process and whatever it started."""
    if process.is_alive() and process.pid is not None:
        os.killpg(process.pid, signal.SIGKILL)
    process.join()


def _work(kind: str, seed: int, start: int, until: float, parent: Connection) -> None:
    os.setpgrp()
    os.environ["TQDM_DISABLE"] = "1"
    watch()
    limit_memory()
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(Path(folder))
        for number in count(start):
            if time.monotonic() > until:
                return
            parent.send((number, "", ""))  # in case it is the last word
            parent.send((number, *_outcome(judge, damaged_file(kind, seed, number))))


def _outcome(judge: Judge, file: Damaged) -> tuple[str, str]:
    start_clock()
    try:
        return judge.judge(file), ""
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
        stop_clock()
        return "", "".join(traceback.format_exception(error))
    finally:
        stop_clock()


def watch() -> None:
    """Let the readers that run apart be watched."""
    kinds._WORKBOOK = "tests.fuzz.watched:read_workbook"  # noqa: SLF001 - the product names them nowhere else
    kinds._PDF = "tests.fuzz.watched:read_pdf"  # noqa: SLF001
