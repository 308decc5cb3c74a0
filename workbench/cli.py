"""The command line: one table of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.commands.accounts import ACCOUNTS
from workbench.commands.command import Command
from workbench.commands.frozen import FROZEN
from workbench.commands.importing import IMPORTING
from workbench.commands.inviting import INVITING
from workbench.commands.keeping import KEEPING
from workbench.commands.live import LIVE
from workbench.commands.names import NAMES
from workbench.errors import WorkbenchError


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="open every door once, say what failed, and end")
    parser.add_argument("--port", type=int, default=0, help="port for the pages (default: a free one)")


def _demo(options: argparse.Namespace) -> int:
    from workbench.serving.demo import run_demo  # noqa: PLC0415 -- each command imports only what it needs

    return run_demo(port=options.port, check=options.check)


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
    **FROZEN,
    **LIVE,
    **KEEPING,
    **IMPORTING,
    **NAMES,
    **INVITING,
    **ACCOUNTS,
    "dictionary": Command("write the data dictionary", _dictionary_options, _dictionary),
    "notebooks": Command("run notebooks in fresh kernels and keep their outputs", _notebooks_options, _notebooks),
}


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    parser = argparse.ArgumentParser(prog="workbench", description="The Innovation Workbench.")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, command in COMMANDS.items():
        told = f"{command.summary[0].upper()}{command.summary[1:]}. {command.more}"
        command.add_options(commands.add_parser(name, help=command.summary, description=told))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what can go wrong is said in a sentence, without a traceback."""
    options = make_parser().parse_args(argv)
    try:
        return COMMANDS[options.command].run(options)
    except WorkbenchError as error:
        told = str(error)
    except ModuleNotFoundError as error:
        told = f"{error.name} is not installed. Cure: pip install 'innovation-workbench[live,postgresql,serve]'"
    except OSError as error:
        told = (
            f"{error.filename or options.command}: {error.strerror or error}. Cure: mend the path, or the leave to it."
        )
    print(told, file=sys.stderr)  # noqa: T201
    return 1
