"""Write a study in its frozen form: a folder of open files, described and sealed with checksums."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from workbench.columns import Table
from workbench.errors import WorkbenchError
from workbench.exchange.package import describe, describe_crate, to_json
from workbench.reading import DATE_FORMAT, moment_texts
from workbench.sealing import CRATE, PACKAGE
from workbench.study import Study
from workbench.tables import TABLES


def save_study(study: Study, folder: Path) -> None:
    """Write the study into a new folder: all of it or, after a crash, nothing.

    Parameters
    ----------
    study : Study
    folder : Path
        Must not exist yet; its parent must.

    Raises
    ------
    WorkbenchError
        The folder is there already.
    """
    if folder.exists():
        raise WorkbenchError(f"{folder} is there already. Cure: choose a new name, or move it away.")
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in study.texts.items():
            (draft / name).write_text(text, encoding="utf-8", newline="")
        for table in TABLES.values():
            if table.source.endswith(".csv"):
                (draft / table.source).write_bytes(table_bytes(study.frames[table.name], table))
        seal(draft)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def table_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """Write one table as CSV: UTF-8, LF, days and moments in ISO 8601, nothing for a missing value."""
    out = frame[[column.name for column in table.columns]].copy()
    for column in table.columns:
        if column.kind == "date":
            out[column.name] = out[column.name].dt.strftime(DATE_FORMAT)
        elif column.kind == "time":
            out[column.name] = moment_texts(out[column.name])
        elif column.kind == "truth":
            out[column.name] = out[column.name].map({True: "true", False: "false"})
    written = out.to_csv(index=False, lineterminator="\n")
    if "\r" in written:  # Python's writer leaves it bare where it stands alone, and readers take it for a line's end
        written = out.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL)
    return written.encode("utf-8")


def seal(folder: Path) -> None:
    """Describe the folder's files as they are now, with checksums, in ``datapackage.json`` and the RO-Crate.

    Raises
    ------
    WorkbenchError
        A file of the frozen form is lacking, or ``study.toml`` does not say what the study is.
    """
    _replace(folder / CRATE, to_json(describe_crate(folder)))
    _replace(folder / PACKAGE, to_json(describe(folder)))


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # so that a power cut leaves the old file or the new one
    draft.replace(path)
