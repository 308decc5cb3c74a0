"""Whatever two coders do apart, and however their conflicts are decided: the merge is sound and ends alike in both."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.store.deeds import change, remove
from tests.store.merge.laptops import assert_same_rows, copied
from tests.tiny import EMOJI_TEXT
from workbench.acts.codes import merge_codes, rename_code, retire_code
from workbench.acts.codings import code_span, move_coding, recode
from workbench.acts.consents import withdraw
from workbench.acts.entries import correct_entry
from workbench.acts.ratings import rate
from workbench.eventlog import KEPT, START, event_hash, event_records, fold, state_frame
from workbench.opening import open_study
from workbench.store.draft import Act
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.store.merging import MergePlan, merge_act, plan_merge
from workbench.study import Study

CODES = st.sampled_from(["COND_TIME", "COND_LAW", "COND_MONEY"])
ENTRIES = st.sampled_from(["N1", "N3", "N4"])
CODINGS = st.sampled_from(["C1", "C2"])
ACTS = st.one_of(
    st.builds(code_span, ENTRIES, st.integers(0, 3), st.integers(4, 6), CODES),
    st.builds(code_span, st.just("N1"), st.sampled_from([10, 22]), st.just(36), CODES),
    st.builds(recode, CODINGS, CODES),
    st.builds(move_coding, CODINGS, st.integers(0, 3), st.integers(4, 6)),
    st.builds(remove, st.just("codings"), CODINGS),
    st.builds(
        correct_entry, st.just("N1"), text=st.sampled_from(["Nu. " + EMOJI_TEXT, EMOJI_TEXT[:21], EMOJI_TEXT + " Nej."])
    ),
    st.builds(lambda one, other: merge_codes([one], other, reason="the same"), CODES, CODES),
    st.builds(retire_code, CODES, reason=st.just("unused")),
    st.builds(rename_code, CODES, name_sv=st.sampled_from(["tid", "pengar"]), reason=st.just("clearer")),
    st.builds(remove, st.just("codes"), CODES),
    st.builds(lambda level: rate("T1", "I3", "now", person="P-1", level=level), st.integers(0, 5)),
    st.builds(lambda count: change("organisations", "A1", employees=count), st.integers(1, 3)),
    st.builds(withdraw, st.sampled_from(["P-1", "P-3"])),
    st.sampled_from(["undo", "redo"]),
)

WORK = st.lists(ACTS, max_size=4)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(ours=WORK, theirs=WORK, later=WORK, data=st.data())
def test_any_merge_is_sound_brings_all_at_once_and_ends_alike_in_both(
    begun: Path, ours: list[Act], theirs: list[Act], later: list[Act], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, there = (copied(begun, Path(folder) / name) for name in ("here", "there"))
        work(here, ours, "K1")
        work(there, theirs, "K2")
        before = open_study(here)

        merge(here, there, data)

        study = open_study(here)
        assert_whole(study)
        assert plan_merge(here, there).nothing_new
        assert_undone(here, before)
        work(there, later, "K2")
        merge(here, there, data)
        assert not merge(there, here, data).conflicts
        assert_same_rows(open_study(here), open_study(there))
        assert plan_merge(here, there).nothing_new
        assert_whole(open_study(there))


def work(place: Path, acts: list[Act], actor: str) -> None:
    """Do what can be done."""
    with LiveStudy(place, actor=actor) as live:
        for act in acts:
            try:
                getattr(live, act)() if isinstance(act, str) else live.do(act)
            except RefusedError:
                continue


def merge(place: Path, other: Path, data: st.DataObject) -> MergePlan:
    """Decide whatever is asked, at random, until nothing more is asked."""
    decisions: dict[str, str] = {}
    while (plan := plan_merge(place, other, decisions=decisions)).faults:
        asked = [one for one in plan.conflicts if one.decision not in one.choices]
        decisions = {one.id: one.decision for one in plan.conflicts if one not in asked}
        decisions |= {one.id: data.draw(st.sampled_from(one.choices)) for one in asked}
    if not plan.nothing_new:
        with LiveStudy(place, actor="K0") as live:
            live.do(merge_act(plan, decisions))
    return plan


def assert_undone(place: Path, before: Study) -> None:
    """Undo the merge, if there was one, and do it again."""
    with LiveStudy(place, actor="K0") as live:
        after = live.read()
        if after.events["act"].iloc[-1] == "merge":
            live.undo()
            assert_same_rows(live.read(), before, order=True)
            live.redo()
            assert_same_rows(live.read(), after, order=True)


def assert_whole(study: Study) -> None:
    """Every hash follows from the one before, and the log tells of exactly the rows that are there."""
    previous = START
    for event in event_records(study.events):
        told = {**event, "at": event["at"].isoformat().replace("+00:00", "Z")}
        assert event_hash(told, previous) == event["hash"]
        previous = str(event["hash"])
    state = fold(event_records(study.events))
    for name in KEPT:
        assert_frame_equal(state_frame(name, state[name].values()), getattr(study, name), obj=name)
