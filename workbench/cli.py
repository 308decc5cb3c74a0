"""The command line: one table of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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


def _folder_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="folder of a frozen study")


def _check(options: argparse.Namespace) -> int:
    from workbench.opening import open_study  # noqa: PLC0415

    print(open_study(options.folder))  # noqa: T201
    return 0


def _seal(options: argparse.Namespace) -> int:
    from workbench.exchange.frozen import seal  # noqa: PLC0415

    seal(options.folder)
    return _check(options)


def _simulate(options: argparse.Namespace) -> int:
    from workbench.exchange.simulated import redraw_ratings  # noqa: PLC0415

    redraw_ratings(options.folder)
    return _check(options)


def _dictionary_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", default=Path("data/README.md"), help="default: data/README.md")


def _dictionary(options: argparse.Namespace) -> int:
    from workbench.exchange.dictionary import data_dictionary  # noqa: PLC0415

    options.file.write_text(data_dictionary(), encoding="utf-8")
    return 0


def _notebooks_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebooks", type=Path, nargs="*", help="default: all in notebooks/")


def _notebooks(options: argparse.Namespace) -> int:
    from workbench.rerun import run_notebook  # noqa: PLC0415

    for path in options.notebooks or sorted(Path("notebooks").glob("*.ipynb")):
        run_notebook(path.resolve())
        print(f"{path}: run")  # noqa: T201
    return 0


COMMANDS: dict[str, Command] = {
    "demo": Command("open the workbench on the demo study, with fresh log-ins", _demo_options, _demo),
    "check": Command("open a study and say what is wrong with it, if anything", _folder_option, _check),
    "seal": Command("describe a study's files as they are now, with checksums", _folder_option, _seal),
    "simulate": Command("draw a demo study's ratings anew from its simulation.toml", _folder_option, _simulate),
    "dictionary": Command("write the data dictionary", _dictionary_options, _dictionary),
    "notebooks": Command("run notebooks in fresh kernels and keep their outputs", _notebooks_options, _notebooks),
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
        told = str(error)
    except OSError as error:
        told = (
            f"{error.filename or options.command}: {error.strerror or error}. Cure: mend the path, or the leave to it."
        )
    print(told, file=sys.stderr)  # noqa: T201
    return 1
