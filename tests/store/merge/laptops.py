"""What tests do with copies of a study."""

from __future__ import annotations

import shutil
from pathlib import Path

from pandas.testing import assert_frame_equal

from workbench.eventlog import KEPT
from workbench.store.draft import Act
from workbench.store.live import LiveStudy
from workbench.store.merge.plan import Conflict
from workbench.store.merging import MergePlan, merge_from
from workbench.store.verify import verify
from workbench.study import Study


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def do(place: Path | str, *acts: Act, actor: str = "K1") -> None:
    with LiveStudy(place, actor=actor) as live:
        for act in acts:
            live.do(act)


def merge(place: Path | str, other: Path | str, **decisions: str) -> MergePlan:
    return merge_from(place, other, actor="K0", decisions=decisions)


def assert_same_rows(one: Study, other: Study, *, order: bool = False) -> None:
    for name in KEPT:
        frames = [getattr(study, name) for study in (one, other)]
        columns = list(frames[0])
        left, right = (frame if order else frame.sort_values(columns, ignore_index=True) for frame in frames)
        assert_frame_equal(left, right, obj=name)


def only(plan: MergePlan) -> Conflict:
    assert len(plan.conflicts) == 1, plan
    return plan.conflicts[0]


def assert_sound(place: Path | str) -> None:
    """Require that the log is whole, tells of exactly the rows that are there, and that every rule holds."""
    assert verify(place) == []
