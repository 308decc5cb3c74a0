"""Draw a demo study's ratings anew from the truth it states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import StudyError, WorkbenchError
from workbench.exchange.frozen import seal, table_bytes
from workbench.frozen import open_frozen
from workbench.reading import read_mapping
from workbench.shape import Listed, Named, shape_faults
from workbench.simulation import Cohort, simulate_ratings
from workbench.study import Study
from workbench.tables import RATINGS

TRUTH = "simulation.toml"
_SHAPE = {
    "seed": int,
    "occasions": int,
    "first_day": date,
    "raters": {"person_sd": float, "person_component_sd": float, "noise_sd": float},
    "desired": {"ambition": float, "target": date},
    "then": {"recalibration": float},
    "consensus": {"discussion_sd": float, "out_of_time": float},
    "absent": Named(Listed(str, least=0)),
    "components": Named({"start": float, "pull": float, "dont_know": float}),
    "organisations": Named(
        {
            "level": float,
            "growth": float,
            "desired_drift": float,
            "not_applicable": Listed(str, least=0),
            "turns": Listed({"from": int, "components": Listed(str), "levels": float}, least=0),
        }
    ),
}


def redraw_ratings(folder: Path) -> None:
    """Replace ``ratings.csv`` of a study by what its ``simulation.toml`` gives, and seal the study.

    Raises
    ------
    WorkbenchError
        The study states no truth: its ratings are not simulated, and are left alone. Or what it states is not
        enough to draw from.
    StudyError
        The study cannot be opened, or its truth cannot be read.
    """
    if not (folder / TRUTH).is_file():
        raise WorkbenchError(f"{folder.name} has no {TRUTH}: its ratings are real, and are left alone.")
    ratings = _draw(open_frozen(folder), _read_truth(folder))
    draft = folder / f".{RATINGS.source}.draft"
    draft.write_bytes(table_bytes(ratings, RATINGS))
    draft.replace(folder / RATINGS.source)
    seal(folder)


def _read_truth(folder: Path) -> Mapping[str, Any]:
    truth, faults = read_mapping(folder / TRUTH)
    if faults := faults or list(shape_faults(TRUTH, truth, _SHAPE)):
        raise StudyError(folder.name, faults)
    return truth


def _draw(study: Study, truth: Mapping[str, Any]) -> pd.DataFrame:
    cohort = Cohort(study.people, study.occasions, study.focus, study.components)
    try:
        return simulate_ratings(truth, cohort)
    except (LookupError, ArithmeticError, ValueError) as error:  # an organisation left out, a negative spread
        raise WorkbenchError(
            f"{TRUTH}: no ratings can be drawn; see {error}. Cure: state it as the demo's does."
        ) from error
