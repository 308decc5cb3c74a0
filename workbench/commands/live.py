"""Commands on a live study: begin, act again, look back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from workbench.commands.command import Command, actor_option, place_option, say, study_option

_BEGUN = """\
Read it in Python:
  from workbench.opening import open_study
  study = open_study("{study}")
Act on it:
  from workbench.store.live import LiveStudy
  with LiveStudy("{study}", actor="{actor}") as live:
      live.do(...)  # an act of workbench.acts, such as code_span
docs/live_study.md tells of acts, undoing, copies and backups."""


def _create_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", help="a new folder, or the postgresql:// address of an empty database")
    parser.add_argument("--like", required=True, help="the study it begins as: a folder, or an address")
    parser.add_argument("--codebook-only", action="store_true", help="take over its codes, none of its other rows")
    actor_option(parser)


def _create(options: argparse.Namespace) -> int:
    from workbench.opening import open_study  # noqa: PLC0415 -- each command imports only what it needs
    from workbench.store.creating import create_study  # noqa: PLC0415

    like = open_study(options.like)
    create_study(options.study, like, actor=options.actor, rows=not options.codebook_only)
    return say(f"{open_study(options.study)}\n{_BEGUN.format(study=_shown(options.study), actor=options.actor)}")


def _shown(study: str) -> str:
    """Show where a study lies; an address may hold a password, so it is only named."""
    return "ADDRESS" if "://" in study else study


def _turn_options(parser: argparse.ArgumentParser) -> None:
    study_option(parser)
    parser.add_argument("--event", type=int, help="number of the event (default: the actor's latest)")
    actor_option(parser)


def _turn(options: argparse.Namespace) -> int:
    from workbench.store.live import LiveStudy  # noqa: PLC0415

    with LiveStudy(options.study, actor=options.actor) as live:
        done = live.undo(options.event) if options.command == "undo" else live.redo(options.event)
    return say(f"event {done.sequence}: {options.command} of event {done.concerns}")


def _history_options(parser: argparse.ArgumentParser) -> None:
    place_option(parser)
    parser.add_argument("table", nargs="?", help="such as codings; without it, every event is listed")
    parser.add_argument("key", nargs="*", help="the row's key, part by part; '' for a part that is empty")


def _history(options: argparse.Namespace) -> int:
    from workbench.opening import open_study  # noqa: PLC0415

    if options.table is None:
        events = open_study(options.study).events.to_dict("records")
        return say("\n".join(_event(event) for event in events) or "The study has no log.")
    _require_row(options.table, options.key)
    found = open_study(options.study).history(options.table, *(part or None for part in options.key))
    lines = [_change(change) for change in found.to_dict("records")]
    return say("\n".join(lines) or f"No event tells of {options.table} {' · '.join(options.key)}.")


def _require_row(name: str, key: Sequence[str]) -> None:
    from workbench.errors import WorkbenchError  # noqa: PLC0415
    from workbench.eventlog import KEPT  # noqa: PLC0415
    from workbench.tables import TABLES  # noqa: PLC0415

    if name not in KEPT:
        raise WorkbenchError(f"{name}: no such table. Cure: choose one of {', '.join(KEPT)}.")
    parts = TABLES[name].key
    if len(key) != len(parts):
        cure = f"give, in this order, {', '.join(parts)}; '' for one that is empty"
        raise WorkbenchError(f"{name}: a row's key has {len(parts)} columns, {len(key)} given. Cure: {cure}.")


def _event(event: dict[Any, Any]) -> str:
    why = f" ({event['reason']})" if isinstance(event["reason"], str) else ""
    when = f"event {event['sequence']}, {event['at']:%Y-%m-%d %H:%M:%S} UTC"
    concerns = f" of event {event['concerns']}" if isinstance(event.get("concerns"), int) else ""
    return f"{when}, {event['act']}{concerns} by {event['actor']}{why}"


def _change(change: dict[Any, Any]) -> str:
    sides = (change["before"], change["after"])
    before, after = (repr(value) if isinstance(value, str) else "nothing" for value in sides)
    return f"{_event(change)}: {change['column']} from {before} to {after}"


def _merge_options(parser: argparse.ArgumentParser) -> None:
    study_option(parser)
    parser.add_argument("other", help="the other copy: a folder, a file such as a backup, or an address")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
    decide = "how a conflict ends, by its id as the dry run shows it; once for each"
    parser.add_argument("--decide", metavar="ID=ours|theirs", type=_decision, action="append", default=[], help=decide)
    actor_option(parser)


def _decision(text: str) -> tuple[str, str]:
    conflict, _, side = text.rpartition("=")
    if not conflict or side not in {"ours", "theirs"}:
        raise argparse.ArgumentTypeError(f"{text!r}: write the conflict's id, =, and ours or theirs")
    return conflict, side


def _merge(options: argparse.Namespace) -> int:
    from workbench.store.merging import merge_from  # noqa: PLC0415

    decisions = dict(options.decide)
    plan = merge_from(options.study, options.other, actor=options.actor, decisions=decisions, dry_run=options.dry_run)
    return say(plan)


LIVE: dict[str, Command] = {
    "create": Command("begin a live study with what another study holds", _create_options, _create),
    "undo": Command("undo an actor's latest act on a live study", _turn_options, _turn),
    "redo": Command("do again what an actor undid last", _turn_options, _turn),
    "history": Command("tell what happened to one row, or list every event", _history_options, _history),
    "merge": Command("merge another copy into a live study, with a backup first", _merge_options, _merge),
}
