"""Commands that keep a live study whole: verify, backup, restore, migrate."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from workbench.commands.command import Command, actor_option, say, study_option


def _verify(options: argparse.Namespace) -> int:
    from workbench.store.verify import examine  # noqa: PLC0415 -- each command imports only what it needs

    report = examine(options.study)
    if not report.broken:
        return say(report)
    print(report, file=sys.stderr)  # noqa: T201
    return 1


def _backup_options(parser: argparse.ArgumentParser) -> None:
    study_option(parser)
    parser.add_argument("--to", type=Path, metavar="FILE", help="a new file (default: one in the folder of backups)")


def _backup(options: argparse.Namespace) -> int:
    from workbench.store.backup import back_up  # noqa: PLC0415
    from workbench.store.database import Database  # noqa: PLC0415

    with closing(Database(options.study, writes=False)) as database:
        return say(back_up(database, "by hand", to=options.to))


def _restore_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, help="a file that a backup made")
    study_option(parser)
    actor_option(parser)


def _restore(options: argparse.Namespace) -> int:
    from workbench.store.restoring import restore  # noqa: PLC0415

    kept = restore(options.backup, options.study, actor=options.actor)
    return say(f"{options.backup} was brought back." + (f" What was there is kept in {kept}." if kept else ""))


def _migrate_options(parser: argparse.ArgumentParser) -> None:
    study_option(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _migrate(options: argparse.Namespace) -> int:
    from workbench.store.database import Database  # noqa: PLC0415
    from workbench.store.migrating import migrate, needed  # noqa: PLC0415

    with closing(Database(options.study)) as database:
        found = needed(database)
    if found is None:
        return say(f"{options.study} is up to date.")
    if not (options.yes or _agrees(f"Bring {options.study} from revision {found} up to date, after a backup? [y/N] ")):
        print("Nothing was changed. Cure: answer y, or add --yes", file=sys.stderr)  # noqa: T201
        return 1
    return say(f"{options.study} is up to date. As it was before, it is kept in {migrate(options.study)}.")


def _agrees(question: str) -> bool:
    return sys.stdin.isatty() and input(question).strip().lower() in {"y", "yes", "j", "ja"}


KEEPING: dict[str, Command] = {
    "verify": Command(
        "check a live study's file, log, rows and rules, and name what is broken",
        study_option,
        _verify,
        more="It ends with 1 when anything is broken. Note down the last event's hash that it tells: only that shows, "
        "later, whether the log's end was cut off.",
    ),
    "backup": Command(
        "copy a live study while others write",
        _backup_options,
        _backup,
        more="The copy holds everything, also the words that were changed or taken away since.",
    ),
    "restore": Command("make a live study what a backup holds, and keep what was there", _restore_options, _restore),
    "migrate": Command("bring a live study of an older version up to date", _migrate_options, _migrate),
}
