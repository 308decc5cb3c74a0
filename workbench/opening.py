"""The one door to a study, live or frozen."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.frozen import open_frozen
from workbench.study import Study

PLACE = "WORKBENCH_STUDY"
DATABASE = "study.db"


def open_study(path: str | Path | None = None) -> Study:
    """Open a study, live or frozen, read-only.

    Parameters
    ----------
    path : str or Path, optional
        The folder of a frozen study, the folder of a live one (it holds ``study.db``), such a file, as of a backup,
        or the URL of one in PostgreSQL (``postgresql://…``). Without it, ``WORKBENCH_STUDY``; without
        that, the nearest ``data/demo`` in this folder or one above.

    Returns
    -------
    Study
        The same tables, columns, dtypes and order of rows from either form.

    Raises
    ------
    StudyError
        A frozen study is not sound; lists every fault with file, row, column, value and cure.
    StoreError
        A live study cannot be reached, or is of another version of the workbench.
    """
    place = str(path or os.environ.get(PLACE) or _nearest_demo())
    if is_live(place):
        from workbench.store.reading import read_study  # noqa: PLC0415  a database's libraries, only where there is one

        return read_study(place)
    return open_frozen(Path(place))


def is_live(place: str) -> bool:
    """Tell whether a place is a live study's: a URL, a folder with a database, or the file itself, as of a backup."""
    return "://" in place or (Path(place) if place.endswith(".db") else Path(place) / DATABASE).is_file()


def _nearest_demo() -> Path:
    here = Path.cwd()
    places = [folder / "data" / "demo" for folder in (here, *here.parents)]
    return next((place for place in places if place.is_dir()), places[0])
