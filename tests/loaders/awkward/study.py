"""The small study that awkward files are handed in to."""

from __future__ import annotations

import pandas as pd

from tests.tiny import tiny_study
from workbench.study import Study


def awkward_study() -> Study:
    """Add to the tiny study a person who has withdrawn."""
    study = tiny_study()
    frames = study.frames
    person = {"person": "P-4", "organisation": "A2", "role": "participant"}
    frames["people"] = _with(frames["people"], {**person, "joined": pd.Timestamp("2025-02-05")})
    choice = {"person": "P-4", "purpose": "take_part", "information": "1.0"}
    for given, day in ((True, "2025-02-05"), (False, "2025-03-01")):
        row = {**choice, "given": given, "decided": pd.Timestamp(day)}
        frames["consents"] = _with(frames["consents"], row)
    return study.with_frames(frames)


def _with(frame: pd.DataFrame, row: dict[str, object]) -> pd.DataFrame:
    return pd.concat([frame, pd.DataFrame([row])], ignore_index=True)[list(frame.columns)].astype(frame.dtypes)
