"""The codings as they stood in a version of the codebook, from the log of a live study. Pure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.errors import WorkbenchError
from workbench.eventlog import event_records, frames_as_of, row_key, unpack
from workbench.records import Key
from workbench.tables import LINEAGE

_PLACE = 0  # where a row of the log has its place among the table's rows
_VERSION = 1 + [column.name for column in LINEAGE.columns].index("version")


def codings_in(events: pd.DataFrame, version: str) -> pd.DataFrame:
    """Give a live study's codings as they stood in a version of the codebook: right before its next step.

    A count made of them is the count of then, exactly. For another moment: ``study.as_of(moment).codings``.

    Parameters
    ----------
    events : DataFrame
        The study's log.

    Returns
    -------
    DataFrame
        The table ``codings``, as `version` last had it.

    Raises
    ------
    WorkbenchError
        The log never had such a version: a frozen study may have none, and what went before its beginning is not in
        it.
    """
    last = _last_events(events)
    if version not in last:
        found = ", ".join(last) or "none"
        raise WorkbenchError(
            f"Found version {version!r}; the log has codings in {found}. Cure: give one of these, or call today's "
            "codings by that version's codes: re_express(codings, codes, lineage, version=…)."
        )
    return frames_as_of(events, last[version])["codings"]


def _last_events(events: pd.DataFrame) -> dict[str, int]:
    """Map each version to the last event after which the codebook was in it."""
    steps: dict[Key, tuple[Any, ...]] = {}
    last: dict[str, int] = {}
    for event in event_records(events):
        for side in ("before", "after"):
            text = event[side]
            rows = unpack(text).get("lineage", []) if isinstance(text, str) and '"lineage"' in text else []
            for row in rows:
                if side == "before":
                    steps.pop(row_key(LINEAGE, row), None)
                else:
                    steps[row_key(LINEAGE, row)] = row
        if steps:
            last[str(max(steps.values(), key=lambda row: row[_PLACE])[_VERSION])] = int(str(event["sequence"]))
    return last
