"""``python -m tests.fuzz --minutes 10``: damage files of every kind and read them, each kind for so long."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.running import fuzz, repeat
from tests.fuzz.seeds import KINDS


def main() -> int:
    """Say what came of each kind; 1 when anything failed."""
    said = _arguments().parse_args()
    if said.again is not None:
        sys.stdout.write(repeat(said.again) + "\n")
        return 0
    failed = False
    sys.stdout.write(f"seed {said.seed}; files that fail are kept in {said.folder}\n")
    for kind in said.kind:
        account = fuzz(kind, minutes=said.minutes, seed=said.seed, folder=said.folder)
        sys.stdout.write(f"{account}\n")
        sys.stdout.flush()
        failed = failed or bool(account.failures)
    return int(failed)


def _arguments() -> argparse.ArgumentParser:
    said = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Read damaged files of every kind.")
    said.add_argument("--minutes", type=float, default=10, help="how long for each kind")
    said.add_argument("--kind", nargs="+", choices=KINDS, default=KINDS, help="which kinds")
    said.add_argument("--seed", type=int, default=int(time.time()), help="which files; a new one is drawn otherwise")
    said.add_argument("--again", type=Path, help="only this file, which was kept")
    said.add_argument("--folder", type=Path, default=Path("var/fuzz"), help="where files that fail are kept")
    return said


if __name__ == "__main__":
    sys.exit(main())
