"""The command of whoever keeps the key: whose name stands for which pseudonym."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.commands.command import Command, say

if TYPE_CHECKING:
    from workbench.names import Names


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("accounts", type=Path, help="file of the accounts; made when lacking")
    parser.add_argument("file", type=Path, nargs="?", help="a CSV file to take in: person, name, email")


def _names(options: argparse.Namespace) -> int:
    from workbench.names import Names  # noqa: PLC0415 -- each command imports only what it needs

    if options.file is None:
        options.accounts.stat()  # a wrong path is told, not made
        return say(_counted(Names(options.accounts)))
    data = options.file.read_bytes()  # before a file of accounts is made
    names = Names(options.accounts)
    _take(names, data)
    return say(_counted(names))


def _take(names: Names, data: bytes) -> None:
    import pandas as pd  # noqa: PLC0415

    from workbench.loaders.readers.delimited import read_delimited  # noqa: PLC0415

    reading = read_delimited(data)
    for problem in reading.problems:
        say(problem.told("en"))
    rows = reading.grids[0].rows or [(1, [""])]
    width = max(len(cells) for _, cells in rows)
    header, *body = [[*cells, *[""] * (width - len(cells))] for _, cells in rows]
    numbers = [number for number, _ in rows[1:]]
    names.take(pd.DataFrame(body, columns=[heading.strip().lower() for heading in header]), rows=numbers)


def _counted(names: Names) -> str:
    """Count people and how they may be written; nobody is named."""
    meant, shared = names.people(), names.shared()
    known = {*meant.values(), *(person for people in shared.values() for person in people)}
    told = f"People: {len(known)}. Ways of writing them: {len(meant)}."
    if shared:
        people = sorted({person for people in shared.values() for person in people})
        told += f"\nWays that could mean several people, and so mean nobody: {len(shared)}, of {', '.join(people)}."
    return told


NAMES: dict[str, Command] = {
    "names": Command(
        "keep, or count, the names and addresses of a study's people, with the accounts",
        _options,
        _names,
        more="They stay in that file, which only its owner may read, and never come into a study.",
    ),
}
