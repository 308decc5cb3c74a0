"""The copy of everything about one person, packed: open files in a ZIP, written a little at a time."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO

import pandas as pd

from workbench.access.about_me import Told
from workbench.columns import Table
from workbench.exchange.frozen import table_bytes
from workbench.language import Language, translator

ROWS_AT_ONCE = 2_000
_MARK = b"\xef\xbb\xbf"  # spreadsheets take a CSV file for UTF-8 when it begins so
_PLAIN_FILE = 0o100644 << 16


def write_zip(file: IO[bytes], parts: Mapping[str, Iterable[bytes]], day: dt.date) -> None:
    """Write a ZIP of files, each given in pieces; the same parts and day give the same bytes.

    Parameters
    ----------
    file : binary file
        Open for writing, able to seek.
    parts : mapping
        Path in the ZIP → the file's bytes, piece by piece.
    day : date
        The files' day.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, pieces in parts.items():
            with packed.open(_described(name, day), "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)


def _described(name: str, day: dt.date) -> zipfile.ZipInfo:
    described = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    described.compress_type, described.external_attr = zipfile.ZIP_DEFLATED, _PLAIN_FILE
    described.create_system = 3  # whichever this machine is
    return described


def tables_in_files(told: Iterable[Told]) -> dict[str, Iterable[bytes]]:
    """Give each table that has rows as a CSV file: UTF-8 with its mark, comma, days and moments in ISO 8601."""
    return {f"csv/{table.name}.csv": _csv(frame, table) for table, frame in told if len(frame)}


def _csv(frame: pd.DataFrame, table: Table) -> Iterator[bytes]:
    for start in range(0, len(frame), ROWS_AT_ONCE):
        written = table_bytes(frame.iloc[start : start + ROWS_AT_ONCE], table)
        yield written.partition(b"\n")[2] if start else _MARK + written


def meaning(table: Table, language: Language) -> tuple[str, dict[str, str]]:
    """Say what a table and each of its columns is, in a language."""
    return str(getattr(table, language)), {column.name: str(getattr(column, language)) for column in table.columns}


def read_me(told: Sequence[Told], person: str, day: dt.date, language: Language) -> Iterator[bytes]:
    """Write the text that says what is in the copy, what is not and why, and what each column means."""
    _ = translator(language)
    yield _lines(_("Everything about {person}, {day}").format(person=person, day=day), "", *_opening(_), "")
    for table, frame in told:
        if len(frame):
            yield _lines(*_described_table(table, len(frame), language), "")
    empty = ", ".join(table.name for table, frame in told if frame.empty)
    yield _lines(_("Nothing about you is in these tables: {tables}").format(tables=empty)) if empty else b""


def _opening(_: Callable[[str], str]) -> list[str]:
    return [
        _("index.html can be opened in any browser. The folder csv holds the same as tables, for a spreadsheet."),
        "",
        _("You have a right to this copy by articles 15 and 20 of the General Data Protection Regulation (GDPR)."),
        "",
        *not_here(_),
    ]


def not_here(_: Callable[[str], str]) -> list[str]:
    """Say what is not in the copy, and why."""
    return [
        _("Not in it: what others wrote or rated by themselves, since it is theirs."),
        _("Not in it: researchers' memos, which are working notes. Ask the research team if you want to know more."),
        _("Not in it: your name and e-mail address. The key custodian keeps them apart from the study; ask there."),
        _("Not in it: your password. Only a scrambled form of it is kept, which nobody can read."),
    ]


def _described_table(table: Table, rows: int, language: Language) -> Iterator[str]:
    _ = translator(language)
    told, columns = meaning(table, language)
    yield f"csv/{table.name}.csv: {told} " + _("Rows: {count}.").format(count=rows)
    for name, means in columns.items():
        yield f"  {name}: {means}"


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
