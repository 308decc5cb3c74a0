"""First looks of dashboards, kept per reader as long as what they may see is the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import pandas as pd

from workbench.access.pages import SLICES, Slice
from workbench.apps.first_look import SCREENS, FirstLook, first_look
from workbench.apps.journey import Journey, Page
from workbench.tables import TABLES

if TYPE_CHECKING:
    from workbench.access.rules import Kind, Who
    from workbench.language import Language
    from workbench.serving.slices import Slices
    from workbench.study import Study

MOST_LOOKS: Final = 64
FORGET_SECONDS: Final = 15 * 60
_Key = tuple[str, str, str, str]


def may_look(who: Who, page: Kind) -> bool:
    """Whether somebody's page of a kind has a first look: pages of slices do."""
    return page in SCREENS and (page, who.role) in SLICES


@dataclass(frozen=True)
class _Kept:
    """A look, what it was made from, and when that was last held against the study."""

    look: FirstLook
    content: str
    study: Study
    day: dt.date
    held: float


class Looks:
    """Makes first looks, and keeps each until what its reader may see has changed.

    A look is shown again only when the study has not moved on, or when the slice cut from the study as it is now
    holds the same: so what somebody takes back is gone from every look the next time it is asked for, and what is not
    asked for is forgotten.

    Parameters
    ----------
    slices : Slices
        Of the study that is served.
    """

    def __init__(self, slices: Slices) -> None:
        self._slices = slices
        self._kept: dict[_Key, _Kept] = {}
        self._making = Lock()  # one at a time: drawing takes a whole core

    def of(self, page: Kind, who: Who, language: Language) -> FirstLook:
        """Return the first look of somebody's page as the study is now.

        Raises
        ------
        WorkbenchError
            The study cannot be read, or holds nothing for them.
        """
        key = (page, who.role, who.person, language)
        study, day = self._slices.now()
        kept = self._kept.get(key)
        if kept and kept.study is study and kept.day == day:
            return kept.look
        with self._making:
            slice_ = self._slices.of(page, who, study=study, day=day)
            content = digest(slice_)
            kept = self._kept.pop(key, None)
            look = kept.look if kept and kept.content == content else _make(slice_, page, language)
            self._kept[key] = _Kept(look, content, study, day, time.monotonic())
        self.forget()
        return look

    def forget(self) -> None:
        """Let go what is too much, and what has not been held against the study since it moved on."""
        kept = list(self._kept.items())
        newest = kept[-1][1].study if kept else None
        for place, (key, look) in enumerate(kept):
            left = look.study is not newest and time.monotonic() - look.held > FORGET_SECONDS
            if left or place < len(kept) - MOST_LOOKS:
                self._kept.pop(key, None)


def digest(slice_: Slice) -> str:
    """Give a digest of everything a slice holds: equal exactly when its rows, counts and words are."""
    study = slice_.study
    content = hashlib.sha256()
    frames = {name: getattr(study, name) for name in TABLES} | dict(slice_.counts)
    for name in sorted(frames):
        frame: pd.DataFrame = frames[name]
        content.update(json.dumps([name, list(map(str, frame.columns)), len(frame)]).encode())
        content.update(frame.to_json(orient="values", date_format="iso", force_ascii=False).encode())
    content.update(repr((study.about, study.instrument)).encode())
    return content.hexdigest()


def _make(slice_: Slice, page: Kind, language: Language) -> FirstLook:
    kind = Journey if page == "journey" else Page
    return first_look(kind(slice_.study, language, slice_.counts, drawn={}, served=True), SCREENS[page])
