"""A participant's slice holds what is theirs and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.access import slice_for, write_slice
from workbench.errors import WorkbenchError
from workbench.opening import open_study
from workbench.study import Study


def test_my_slice_holds_my_words_and_nobody_else_s(tiny: Study) -> None:
    mine = slice_for(tiny, "P-1")

    assert list(mine.people["person"]) == ["P-1"]
    assert list(mine.organisations["organisation"]) == ["A1"]
    assert list(mine.entries["entry"]) == ["N1"]
    assert list(mine.codings["coding"]) == ["C1"]


def test_i_see_my_ratings_and_our_consensus_but_no_colleague_s(tiny: Study) -> None:
    ratings = slice_for(tiny, "P-1").ratings

    assert list(ratings["basis"]) == ["individual", "consensus"]
    assert set(ratings["person"].dropna()) == {"P-1"}


def test_joint_entries_for_researchers_only_stay_with_them(tiny: Study) -> None:
    entries = tiny.entries
    entries.loc[entries["entry"] == "N4", "visibility"] = "organisation"
    opened = tiny.with_frames(tiny.frames | {"entries": entries})

    assert "N4" not in set(slice_for(tiny, "P-1").entries["entry"])
    assert "N4" in set(slice_for(opened, "P-1").entries["entry"])
    assert "N4" not in set(slice_for(opened, "P-3").entries["entry"])


def test_a_code_nobody_has_opens_nothing(tiny: Study) -> None:
    with pytest.raises(WorkbenchError, match="Nobody"):
        slice_for(tiny, "P-9")


@pytest.mark.slow
def test_every_demo_slice_is_a_sound_study_without_a_trace_of_others(demo: Study, tmp_path: Path) -> None:
    people = set(demo.people["person"])
    for person in demo.people["person"].iloc[::4]:
        folder = tmp_path / person
        write_slice(demo, person, folder)
        files = b"".join(path.read_bytes() for path in sorted(folder.glob("*.csv"))).decode()

        assert list(open_study(folder).people["person"]) == [person]
        assert {other for other in people - {person} if other in files} == set()


def test_memos_and_events_never_leave_the_researchers(demo: Study) -> None:
    mine = slice_for(demo, demo.people["person"].iloc[0])

    assert mine.memos.empty
    assert mine.events.empty
