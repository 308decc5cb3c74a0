"""What a command is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass


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
    more : str
        What ``workbench COMMAND --help`` says besides.
    """

    summary: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    more: str = ""


def say(words: object) -> int:
    """Print, and give the exit code of what went well."""
    print(words)  # noqa: T201
    return 0


def place_option(parser: argparse.ArgumentParser) -> None:
    """Take the place of a study of either form."""
    parser.add_argument("study", help="folder of a study, frozen or live, or a live one's postgresql:// address")


def study_option(parser: argparse.ArgumentParser) -> None:
    """Take a live study's place."""
    parser.add_argument("study", help="folder of a live study, or its postgresql:// address")


def actor_option(parser: argparse.ArgumentParser) -> None:
    """Take the code of who acts."""
    parser.add_argument("--actor", required=True, help="code of who does it, never a name")
