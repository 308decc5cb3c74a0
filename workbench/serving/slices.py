"""What each reader's page may show, cut once from the study as it is now: for its first look and for its kernel."""

from __future__ import annotations

import datetime as dt
from threading import Lock
from typing import TYPE_CHECKING, Final

from workbench.access.pages import Slice, cut, today, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.access.rules import Kind, Who
    from workbench.serving.acting import Studied
    from workbench.study import Study

MOST_SLICES: Final = 64


class Slices:
    """Cuts slices, and keeps each as long as the study and the day are the same.

    Parameters
    ----------
    studied : Studied
        The study that is served.
    """

    def __init__(self, studied: Studied) -> None:
        self._studied = studied
        self._cutting = Lock()  # the look and the kernel of a page ask at once, and one cut serves both
        self._from: tuple[Study, dt.date] | None = None
        self._kept: dict[tuple[str, str, str], Slice] = {}

    def now(self) -> tuple[Study, dt.date]:
        """Return what slices are cut from: the study as it is now, and the day; raises as `Studied.study`."""
        return self._studied.study(), today()

    def of(self, page: Kind, who: Who, *, study: Study, day: dt.date) -> Slice:
        """Return what somebody's page may show, never of another study or day; raises as `workbench.access.pages.cut`.

        Slices of an earlier study or day are forgotten, so that what somebody takes back is gone from all.
        """
        key = (page, who.role, who.person)
        with self._cutting:
            if self._from is None or self._from[0] is not study or self._from[1] != day:
                self._kept.clear()
                self._from = study, day
            kept = self._kept.pop(key) if key in self._kept else cut(study, page, who.role, who.person, day=day)
            self._kept[key] = kept
            for oldest in list(self._kept)[:-MOST_SLICES]:
                del self._kept[oldest]
        return kept

    def write(self, page: Kind, who: Who, folder: Path) -> None:
        """Write what somebody's page may show now into a new folder, for its kernel; raises as `of`, `write_page`."""
        study, day = self.now()
        write_page(self.of(page, who, study=study, day=day), folder)
