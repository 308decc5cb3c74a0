"""Another process that writes to a live study: ``python -m tests.store.writer PLACE ACTOR TIMES``."""

from __future__ import annotations

import sys

from tests.store.deeds import raise_number
from workbench.store.live import LiveStudy


def main(place: str, actor: str, times: str) -> None:
    """Do an act some times over, and say when each was acknowledged."""
    with LiveStudy(place, actor=actor) as live:
        for _ in range(int(times)):
            sys.stdout.write(f"{live.do(raise_number()).sequence}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
