"""Commands on a frozen study, or on either form."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import suppress
from pathlib import Path

from workbench.commands.command import Command, place_option, say


def _folder_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", type=Path, help="folder of a frozen study")


def _check(options: argparse.Namespace) -> int:
    from workbench.opening import open_study  # noqa: PLC0415 -- each command imports only what it needs

    return say(open_study(options.study))


def _seal(options: argparse.Namespace) -> int:
    from workbench.exchange.frozen import seal  # noqa: PLC0415

    seal(options.study)
    return _check(options)


def _simulate(options: argparse.Namespace) -> int:
    from workbench.exchange.simulated import redraw_ratings  # noqa: PLC0415

    redraw_ratings(options.study)
    return _check(options)


def _freeze_options(parser: argparse.ArgumentParser) -> None:
    place_option(parser)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument(
        "--as-of",
        type=_moment,
        metavar="WHEN",
        help="a moment with its time zone (2026-03-01T12:00Z), or an event's number",
    )


def _freeze(options: argparse.Namespace) -> int:
    from workbench.exchange.frozen import save_study  # noqa: PLC0415
    from workbench.opening import open_study  # noqa: PLC0415

    study = open_study(options.study)
    if options.as_of is not None:
        study = study.as_of(options.as_of)
    save_study(study, options.folder)
    return say(f"{options.folder}: {open_study(options.folder)}")


def _moment(text: str) -> dt.datetime | int:
    if text.isdecimal():
        return int(text)
    with suppress(ValueError):
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo:
            return moment
    raise argparse.ArgumentTypeError(f"{text!r}: write an event's number, or a moment such as 2026-03-01T12:00Z")


FROZEN: dict[str, Command] = {
    "check": Command("open a study and say what is wrong with it, if anything", place_option, _check),
    "seal": Command("describe a study's files as they are now, with checksums", _folder_option, _seal),
    "simulate": Command("draw a demo study's ratings anew from its simulation.toml", _folder_option, _simulate),
    "freeze": Command(
        "write a study as a folder of open files: everything in it",
        _freeze_options,
        _freeze,
        more="The folder holds the whole study, for whom may have it: every person's rows and words, and in "
        "events.csv also the words that were changed or taken away since.",
    ),
}
