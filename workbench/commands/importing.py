"""Commands on what is handed in: import it, mend what was refused, write templates."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.commands.command import Command, place_option, say, study_option

if TYPE_CHECKING:
    from workbench.language import Language
    from workbench.loaders.imported import Import

_MORE = """\
Every row is taken, there already, or refused with the reason. What is refused waits in the quarantine: see
`workbench quarantine`. The files themselves are kept beside the study. The same files once more change nothing; one
import is one act, and `workbench undo` takes it back."""
_PROBLEMS = 200  # told in the terminal; --report has all


def _import_options(parser: argparse.ArgumentParser) -> None:
    place_option(parser)
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="files, folders or ZIPs that were handed in"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would become of every row, and change nothing")
    parser.add_argument("--actor", help="code of who imports, never a name; not needed for a dry run")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what headings and words stand for (YAML)")
    parser.add_argument("--names", type=Path, metavar="ACCOUNTS", help="file of the accounts, to know people by name")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.xlsx", help="write all that was found as a workbook, for researchers"
    )
    parser.add_argument("--letters", type=Path, metavar="FOLDER", help="write a letter and a workbook for each file")
    parser.add_argument("--language", choices=("sv", "en"), default="sv", help="of report and letters (default: sv)")


def _import(options: argparse.Namespace) -> int:
    from workbench.errors import WorkbenchError  # noqa: PLC0415 -- each command imports only what it needs
    from workbench.opening import open_study  # noqa: PLC0415

    if not options.dry_run and options.actor is None:
        raise WorkbenchError("An import is somebody's act. Cure: add --actor CODE, or --dry-run to look first.")
    if options.dry_run:
        found = _loaded(options, open_study(options.study))
        return _told(options, found, "Nothing was changed: this was a dry run.")
    from workbench.loaders.taking import take_in_import  # noqa: PLC0415
    from workbench.store.live import LiveStudy  # noqa: PLC0415

    with LiveStudy(options.study, actor=options.actor) as live:
        found = _loaded(options, live.read())
        done = take_in_import(live, found)
    if done is None:
        return _told(options, found, "Nothing was changed: there is nothing new in it.")
    return _told(options, found, f"It is event {done.sequence}. To take it back: workbench undo")


def _loaded(options: argparse.Namespace, study: object) -> Import:
    from workbench.loaders.door import load_entries  # noqa: PLC0415

    return load_entries(options.paths, study=study, mapping=options.mapping, people=_people(options.names))  # type: ignore[arg-type]


def _people(accounts: Path | None) -> dict[str, str]:
    from workbench.names import Names  # noqa: PLC0415

    if accounts is None:
        return {}
    accounts.stat()  # a wrong path is told, not made
    return Names(accounts).people()


def _told(options: argparse.Namespace, found: Import, end: str) -> int:
    """Tell the account and the problems, write what was asked for, and end with 1 when something was refused."""
    problems = [problem.told("en") for problem in found.problems]
    weights = [problem.weight for problem in found.problems]
    for weight, title in (
        ("refused", "Refused"),
        ("changed", "Taken otherwise than it stood there"),
        ("flag", "To look at"),
    ):
        told = [f"- {line}" for line, one in zip(problems, weights, strict=True) if one == weight]
        if told:
            more = [f"- and {len(told) - _PROBLEMS} more: see --report"] if len(told) > _PROBLEMS else []
            say("\n".join([f"{title}:", *told[:_PROBLEMS], *more, ""]))
    say(found.account.to_string(index=False))
    say(f"\n{found!r}\n{end}")
    _write(options, found)
    return 1 if found.totals["refused"] else 0


def _write(options: argparse.Namespace, found: Import) -> None:
    if options.report:
        from workbench.loaders.report import write_report  # noqa: PLC0415

        options.report.write_bytes(write_report(found.problems, found.account, language=options.language))
        print(f"The problems are in {options.report}.", file=sys.stderr)  # noqa: T201
    if options.letters:
        _write_letters(options.letters, found, options.language)


def _write_letters(folder: Path, found: Import, language: Language) -> None:
    """Write a letter for each file, and beside it the same row by row as a workbook."""
    from workbench.loaders.letter import is_in, letters  # noqa: PLC0415
    from workbench.loaders.report import write_report  # noqa: PLC0415
    from workbench.loaders.senders import for_senders  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    written = letters(found.account, found.problems, found.places, language=language)
    for file, (name, letter) in zip(found.places, written, strict=True):
        (folder / name).write_text(letter, encoding="utf-8")
        told = list(for_senders(one for one in found.problems if is_in(one.file, file)))
        account = found.account[[is_in(one, file) for one in found.account["file"]]]
        if told:
            (folder / name).with_suffix(".xlsx").write_bytes(write_report(told, account, language=language))


def _quarantine_options(parser: argparse.ArgumentParser) -> None:
    study_option(parser)
    parser.add_argument("--to", type=Path, metavar="FILE.xlsx", help="write the rows as a workbook to mend and import")
    parser.add_argument("--drop", nargs="+", metavar="HELD", default=[], help="take rows out of it for good, by code")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="the mapping they were imported with")
    parser.add_argument("--language", choices=("sv", "en"), default="sv", help="of the workbook (default: sv)")
    parser.add_argument("--actor", help="code of who drops rows, never a name")


def _quarantine(options: argparse.Namespace) -> int:
    from workbench.errors import WorkbenchError  # noqa: PLC0415
    from workbench.loaders.items.mapping import read_import_mapping  # noqa: PLC0415
    from workbench.loaders.quarantine import drop_held, waiting, waiting_frame, write_waiting  # noqa: PLC0415
    from workbench.store.live import LiveStudy  # noqa: PLC0415

    if options.drop and not options.actor:
        raise WorkbenchError("Dropping is somebody's act. Cure: add --actor CODE.")
    with LiveStudy(options.study, actor=options.actor or "nobody") as live:
        if options.drop:
            live.do(drop_held(options.drop))
        found = waiting(live, read_import_mapping(options.mapping) if options.mapping else None)
    if options.to:
        options.to.write_bytes(write_waiting(found, options.language))
    lines = waiting_frame(found).to_dict("records")
    told = [
        f"{row['held']}  {row['file']} {row['place']}\n    " + row["reason"].replace("\n", "\n    ") for row in lines
    ]
    return say("\n".join(told) or "The quarantine is empty.")


def _template_options(parser: argparse.ArgumentParser) -> None:
    place_option(parser)
    parser.add_argument("--for", dest="kind", required=True, choices=("ratings", "reflection", "experiment"))
    parser.add_argument("--lang", choices=("sv", "en"), default="sv", help="language (default: sv)")
    parser.add_argument("--person", help="code of who is to fill it in: their organisation's own components come along")
    parser.add_argument("--occasion", help="code of the occasion it is for")
    parser.add_argument("--to", type=Path, metavar="FILE", help="a .xlsx or .docx (default: both, named by kind)")


def _template(options: argparse.Namespace) -> int:
    from workbench.errors import WorkbenchError  # noqa: PLC0415
    from workbench.loaders.templates.form import write_form  # noqa: PLC0415
    from workbench.loaders.templates.sheet import write_template  # noqa: PLC0415
    from workbench.opening import open_study  # noqa: PLC0415

    writers = {".xlsx": write_template, ".docx": write_form}
    files = [options.to] if options.to else [Path(f"{options.kind}-{options.lang}{end}") for end in writers]
    if strange := [file for file in files if file.suffix not in writers]:
        raise WorkbenchError(f"{strange[0]}: a template is a .xlsx or a .docx. Cure: end the name so.")
    study = open_study(options.study)
    for file in files:
        write = writers[file.suffix]
        file.write_bytes(
            write(study, kind=options.kind, language=options.lang, person=options.person, occasion=options.occasion)
        )
    return say("\n".join(str(file) for file in files))


IMPORTING: dict[str, Command] = {
    "import": Command("take in what was handed in, with an account of every row", _import_options, _import, more=_MORE),
    "quarantine": Command(
        "list what was refused, write it out to be mended, or drop it", _quarantine_options, _quarantine
    ),
    "template": Command("write a hand-in template, as a workbook and a document", _template_options, _template),
}
