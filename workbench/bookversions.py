"""The codebook, and the codings, as they stood in a version of the codebook, from the log of a live study. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.codebook import Codebook
from workbench.errors import WorkbenchError
from workbench.eventlog import event_records, fold, frames_as_of, row_key, state_frame, unpack
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
    last = book_versions(events)
    if version not in last:
        cure = "or call today's codings by that version's codes: re_express(codings, codes, lineage, version=…)"
        raise _never("codings", version, last, cure)
    return frames_as_of(events, last[version])["codings"]


def codebook_in(book: Codebook, events: pd.DataFrame, version: str) -> Codebook:
    """Give a live study's codebook as it stood in a version.

    Parameters
    ----------
    book : Codebook
        The study's, as it is: its heading never changes.
    events : DataFrame
        The study's log.
    version : str
        One of `book_versions`.

    Returns
    -------
    Codebook
        With the codes and the lineage of then, as `version` last had them.

    Raises
    ------
    WorkbenchError
        The log never had such a version.
    """
    last = book_versions(events)
    if version not in last:
        raise _never("the codebook", version, last, "or a file of the codebook that was kept then")
    known = events[events["sequence"] <= last[version]]
    touching = [_tells(before) or _tells(after) for before, after in zip(known["before"], known["after"], strict=True)]
    state = fold(event_records(known[touching]))
    codes, lineage = (state_frame(name, state[name].values()) for name in ("codes", "lineage"))
    return replace(book, version=version, codes=codes, lineage=lineage)


def book_versions(events: pd.DataFrame) -> dict[str, int]:
    """Map each version that the log of a live study has, in order, to the last event after which it stood."""
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


def _tells(text: object) -> bool:
    """Tell whether rows of an event may be of the codebook."""
    return isinstance(text, str) and ('"codes"' in text or '"lineage"' in text)


def _never(what: str, version: str, last: Mapping[str, int], cure: str) -> WorkbenchError:
    found = ", ".join(last) or "none"
    return WorkbenchError(f"Found version {version!r}; the log has {what} in {found}. Cure: give one of these, {cure}.")
