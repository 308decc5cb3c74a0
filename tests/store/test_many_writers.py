from __future__ import annotations

from tests.store.forks import Forks
from workbench.opening import open_study
from workbench.store.verify import verify

WRITERS, ACTS = 8, 500


def test_eight_processes_write_at_once_and_no_act_is_lost_or_seen_by_half(live_place: str, forks: Forks) -> None:
    """Each act reads a number, and writes one more to two rows: 4,000 acts must give 4,000, always in both."""
    writers = [("write", {"place": live_place, "actor": f"W{n}", "times": ACTS}) for n in range(WRITERS)]
    forks.start(*writers, ("watch", {"place": live_place, "times": 20}))
    *said, watched = forks.finish()

    assert watched.lines == []
    assert {one.code for one in (*said, watched)} == {0}
    study = open_study(live_place)
    assert study.organisations["employees"].to_list() == [WRITERS * ACTS] * 2
    assert study.events["sequence"].to_list() == list(range(1, WRITERS * ACTS + 3))
    told = dict(zip(study.events["sequence"], study.events["hash"], strict=True))
    assert all(told[sequence] == found for one in said for sequence, found in one.acknowledged)
    assert study.events["actor"].iloc[2:].value_counts().to_dict() == {f"W{n}": ACTS for n in range(WRITERS)}
    assert verify(live_place) == []
