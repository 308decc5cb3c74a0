"""Studies of a few texts, for tests of searching."""

from __future__ import annotations

from functools import cache

import pandas as pd

from tests.tiny import tiny_study
from workbench.study import Study


def study_of(*texts: str, english: tuple[str, ...] = ()) -> Study:
    """Make a study of Swedish texts, then English ones: entries E1, E2 and so on."""
    study, rows = _base(), [(text, "sv") for text in texts] + [(text, "en") for text in english]
    like = study.entries.iloc[0]
    made = [
        like.to_dict() | {"entry": f"E{place}", "text": text, "language": tongue}
        for place, (text, tongue) in enumerate(rows, 1)
    ]
    entries = pd.DataFrame(made, columns=study.entries.columns).astype(study.entries.dtypes)
    return study.with_frames(study.frames | {"entries": entries})


@cache
def _base() -> Study:
    return tiny_study()
