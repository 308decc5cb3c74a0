"""Draw a demo study's ratings anew from the truth it states."""

from __future__ import annotations

import tomllib
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.exchange.frozen import seal, table_bytes
from workbench.simulation import Cohort, simulate_ratings
from workbench.study import open_study
from workbench.tables import RATINGS

TRUTH = "simulation.toml"


def redraw_ratings(folder: Path) -> None:
    """Replace ``ratings.csv`` of a study by what its ``simulation.toml`` gives, and seal the study.

    Raises
    ------
    WorkbenchError
        The study states no truth: its ratings are not simulated, and are left alone.
    StudyError
        The study cannot be opened.
    """
    if not (folder / TRUTH).is_file():
        raise WorkbenchError(f"{folder.name} has no {TRUTH}: its ratings are real, and are left alone.")
    study = open_study(folder)
    truth = tomllib.loads((folder / TRUTH).read_text(encoding="utf-8"))
    cohort = Cohort(study.people, study.occasions, study.focus, study.components)
    draft = folder / f".{RATINGS.source}.draft"
    draft.write_bytes(table_bytes(simulate_ratings(truth, cohort), RATINGS))
    draft.replace(folder / RATINGS.source)
    seal(folder)
