"""The command line: one table of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.errors import WorkbenchError


@dataclass(frozen=True)
class Command:
    """One command: what it is for, what it takes, what it does.

    Attributes
    ----------
    summary : str
        One line for ``workbench --help``.
    add_options : callable
        Adds the command's options to its parser.
    run : callable
        Takes the parsed options and returns the exit code.
    """

    summary: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="open every door once, say what failed, and end")
    parser.add_argument("--port", type=int, default=0, help="port for the pages (default: a free one)")


def _demo(options: argparse.Namespace) -> int:
    from workbench.serving.demo import run_demo  # noqa: PLC0415 -- each command imports only what it needs

    return run_demo(port=options.port, check=options.check)


COMMANDS: dict[str, Command] = {
    "demo": Command("open the workbench on the demo study, with fresh log-ins", _demo_options, _demo),
}


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    parser = argparse.ArgumentParser(prog="workbench", description="The Innovation Workbench.")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, command in COMMANDS.items():
        command.add_options(commands.add_parser(name, help=command.summary, description=command.summary))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what can go wrong is said in a sentence, without a traceback."""
    options = make_parser().parse_args(argv)
    try:
        return COMMANDS[options.command].run(options)
    except WorkbenchError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
