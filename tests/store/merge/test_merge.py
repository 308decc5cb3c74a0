"""Two copies of a study, worked on apart, become one again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.deeds import add, change, remove
from tests.store.merge.laptops import assert_same_rows, assert_sound, copied, do, merge, only
from tests.tiny import tiny_study
from workbench.acts.codings import code_span
from workbench.opening import open_study
from workbench.records import moment_text
from workbench.store.backup import back_up
from workbench.store.creating import create_study
from workbench.store.errors import RefusedError, StoreError
from workbench.store.live import LiveStudy
from workbench.store.merge.log import carried, is_whole
from workbench.store.merging import merge_act, merge_from, plan_merge

RATING = {"organisation": "A1", "person": "P-1", "occasion": "T2", "component": "I3", "frame": "now"}
RATED = ("A1", "P-1", "T1", "I3", "now", "individual")
MEMO = {"kind": "theory", "author": "K1", "written": "2025-04-01T09:00:00Z", "text": "Ett memo."}


def test_two_coders_code_apart_and_both_codings_are_there(here: Path, there: Path) -> None:
    do(here, code_span("N1", 0, 8, "COND_TIME"), actor="K1")
    do(there, code_span("N2", 0, 8, "COND_TIME"), code_span("N4", 0, 4, "COND_TIME"), actor="K2")

    plan = merge(here, there)

    assert plan.incoming == {"codings": (2, 0, 0)} and plan.events == 2 and not plan.conflicts
    told = open_study(here).codings[["coder", "quote"]].tail(3).to_numpy().tolist()
    assert told == [["K1", "Vi vågad"], ["K2", "Hemligt."], ["K2", "Utan"]]
    assert_sound(here)


def test_a_merge_is_one_event_that_carries_the_others_whole_with_who_and_when(here: Path, there: Path) -> None:
    do(there, code_span("N2", 0, 8, "COND_TIME"), actor="K2")

    merge(here, there)

    told, last = open_study(there).events.iloc[-1], open_study(here).events.iloc[-1]
    assert (last["act"], last["actor"]) == ("merge", "K0")
    kept = carried(last)
    assert [(one["actor"], one["at"], one["hash"]) for one in kept] == [
        ("K2", moment_text(told["at"].to_pydatetime()), told["hash"])
    ]
    assert is_whole(kept[0], {})
    assert not is_whole({**kept[0], "actor": "K3"}, {})


def test_the_history_of_a_row_tells_who_did_it_in_the_other_copy(here: Path, there: Path) -> None:
    do(there, change("organisations", "A1", employees=40), actor="K2")
    do(there, change("organisations", "A1", employees=50), actor="K3")
    merge(here, there)

    told = open_study(here).history("organisations", "A1")
    told = told[told["column"] == "employees"]

    assert told[["sequence", "actor", "after"]].to_numpy().tolist() == [
        [3, "K2", "40"],
        [3, "K3", "50"],
        [3, "K0", "50"],
    ]
    assert told["at"].is_monotonic_increasing


def test_a_dry_run_and_the_merge_itself_leave_the_other_copy_as_it_was(here: Path, there: Path) -> None:
    do(there, code_span("N2", 0, 8, "COND_TIME"))
    before, mine = (there / "study.db").read_bytes(), open_study(here)

    plan = merge_from(here, there, actor="K0", dry_run=True)

    assert plan.done is None and plan.incoming == {"codings": (1, 0, 0)}
    assert_same_rows(open_study(here), mine, order=True)
    assert not (here / "backups").exists()
    assert merge(here, there).done == 3
    assert (there / "study.db").read_bytes() == before
    (backup,) = (here / "backups").iterdir()
    assert_same_rows(open_study(backup), mine, order=True)


def test_different_columns_of_one_row_are_combined(here: Path, there: Path) -> None:
    do(here, change("organisations", "A1", name="Första verket"))
    do(there, change("organisations", "A1", employees=40))

    assert not merge(here, there).conflicts

    first = open_study(here).organisations.iloc[0]
    assert (first["name"], first["employees"]) == ("Första verket", 40)


@pytest.mark.parametrize(("decision", "level"), [("ours", 3), ("theirs", 5)])
def test_a_conflict_shows_both_sides_with_who_and_is_decided_either_way(
    here: Path, there: Path, decision: str, level: int
) -> None:
    do(here, change("ratings", *RATED, level=3), actor="K1")
    do(there, change("ratings", *RATED, level=5), actor="K2")

    conflict = only(plan_merge(here, there))

    assert (conflict.table, conflict.key) == ("ratings", "A1 · P-1 · T1 · I3 · now · individual")
    assert [side["level"] for side in (conflict.base, conflict.ours, conflict.theirs)] == [2, 3, 5]
    assert conflict.ours_by.startswith("K1, ") and conflict.theirs_by.startswith("K2, ")
    merge(here, there, **{conflict.id: decision})
    assert open_study(here).ratings["level"].iloc[0] == level
    assert_sound(here)


def test_a_conflict_is_shown_in_a_table_and_in_the_terminal(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3), actor="K1")
    do(there, change("ratings", *RATED, level=None, missing="DK"), actor="K2")

    plan = plan_merge(here, there)

    row = plan.table.iloc[0]
    assert (row["columns"], row["base"]) == ("level, missing", "level='2', missing='None'")
    assert (row["ours"], row["theirs"]) == ("level='3', missing='None'", "level='None', missing='DK'")
    assert f"{row['id']}  ratings A1" in str(plan) and "decide ours or theirs" in str(plan)
    assert "1 event that is new here" in str(plan) and "1 conflict:" in str(plan)


def test_without_a_decision_nothing_is_merged(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    do(there, change("ratings", *RATED, level=5), code_span("N2", 0, 8, "COND_TIME"))
    mine = open_study(here)
    conflict = only(plan_merge(here, there))

    with pytest.raises(RefusedError, match=f"decide {conflict.id}=ours"):
        merge(here, there)
    with pytest.raises(RefusedError, match="found 'mine'"):
        merge(here, there, **{conflict.id: "mine"})
    with pytest.raises(RefusedError, match="found 'nothing'"):
        merge(here, there, **{conflict.id: "ours", "nothing": "ours"})

    assert_same_rows(open_study(here), mine, order=True)
    assert not (here / "backups").exists()


@pytest.mark.parametrize(("decision", "stays"), [("ours", False), ("theirs", True)])
def test_what_is_removed_here_and_changed_there_is_decided(
    here: Path, there: Path, decision: str, *, stays: bool
) -> None:
    do(here, remove("codings", "C2"))
    do(there, change("codings", "C2", code="COND_MANDATE"))

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: decision})

    assert conflict.ours is None and conflict.theirs["code"] == "COND_MANDATE"
    assert ("C2" in set(open_study(here).codings["coding"])) is stays
    assert_sound(here)


def test_the_same_change_in_both_is_no_conflict_and_its_event_is_carried(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    do(there, change("ratings", *RATED, level=3))

    plan = merge(here, there)

    assert (plan.conflicts, plan.incoming, plan.done) == ((), {}, 4)
    assert merge(here, there).nothing_new
    assert_sound(here)


def test_the_same_rating_made_in_both_is_one_conflict(here: Path, there: Path) -> None:
    do(here, add("ratings", **RATING, basis="individual", level=1))
    do(there, add("ratings", **RATING, basis="individual", level=2))

    conflict = only(plan_merge(here, there))

    assert (conflict.base, conflict.ours["level"], conflict.theirs["level"]) == (None, 1, 2)
    assert conflict.columns == ("level",)


def test_undoing_a_merge_brings_the_state_before_and_merging_again_does_it_again(here: Path, there: Path) -> None:
    do(here, code_span("N1", 0, 8, "COND_TIME"))
    do(there, code_span("N2", 0, 8, "COND_TIME"), remove("codings", "C1"), change("organisations", "A1", employees=4))
    before = open_study(here)
    merge(here, there)
    merged = open_study(here)

    with LiveStudy(here, actor="K0") as live:
        live.undo()
        assert_same_rows(live.read(), before, order=True)
        live.redo()
        assert_same_rows(live.read(), merged, order=True)
        live.undo()

    assert merge(here, there).incoming == {"organisations": (0, 1, 0), "codings": (1, 0, 1)}
    assert_same_rows(open_study(here), merged)
    assert_sound(here)


def test_a_merge_that_changes_no_row_is_undone_too(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    do(there, change("ratings", *RATED, level=5))
    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: "ours"})
    assert merge(here, there).nothing_new

    with LiveStudy(here, actor="K0") as live:
        live.undo()

    assert only(plan_merge(here, there)).id == conflict.id
    merge(here, there, **{conflict.id: "theirs"})
    assert open_study(here).ratings["level"].iloc[0] == 5
    assert_sound(here)


def test_merging_twice_changes_nothing(here: Path, there: Path) -> None:
    do(there, code_span("N2", 0, 8, "COND_TIME"))
    merge(here, there)
    events = len(open_study(here).events)

    again = merge(here, there)

    assert again.nothing_new and again.done is None and "has nothing" in str(again)
    assert len(open_study(here).events) == events
    with LiveStudy(here, actor="K0") as live, pytest.raises(RefusedError, match="nothing to merge"):
        live.do(merge_act(again))


def test_a_second_merge_takes_only_what_is_new_and_keeps_what_was_decided(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    do(there, change("ratings", *RATED, level=5))
    merge(here, there, **{only(plan_merge(here, there)).id: "ours"})
    do(there, code_span("N2", 0, 8, "COND_TIME"))

    plan = merge(here, there)

    assert (plan.events, plan.incoming, plan.conflicts) == (1, {"codings": (1, 0, 0)}, ())
    assert open_study(here).ratings["level"].iloc[0] == 3


def test_a_decision_travels_back_and_both_end_in_the_same_rows(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3), code_span("N1", 0, 8, "COND_TIME"), remove("codings", "C1"))
    do(there, change("ratings", *RATED, level=5), code_span("N2", 0, 8, "COND_TIME"))
    merge(here, there, **{only(plan_merge(here, there)).id: "ours"})

    back = merge(there, here)

    assert back.conflicts == ()
    assert_same_rows(open_study(here), open_study(there))
    assert merge(here, there).nothing_new and merge(there, here).nothing_new
    assert_sound(there)


def test_a_value_that_was_taken_over_and_then_changed_is_no_conflict(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    merge(there, here)
    do(here, change("ratings", *RATED, level=4))

    assert merge(here, there).nothing_new
    assert not merge(there, here).conflicts

    assert open_study(there).ratings["level"].iloc[0] == 4


def test_two_that_each_took_the_other_in_and_decided_otherwise_are_asked_again(here: Path, there: Path) -> None:
    do(here, change("ratings", *RATED, level=3))
    do(there, change("ratings", *RATED, level=5))
    earlier = copied(here, here.with_name("earlier"))
    merge(here, there, **{only(plan_merge(here, there)).id: "ours"})
    merge(there, earlier, **{only(plan_merge(there, earlier)).id: "ours"})

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: "theirs"})

    assert (conflict.ours["level"], conflict.theirs["level"]) == (3, 5)
    assert not merge(there, here).conflicts
    assert_same_rows(open_study(here), open_study(there))


@pytest.mark.parametrize("order", [("ab", "ac", "ba", "ca"), ("bc", "ab", "ca", "bc"), ("cb", "ac", "ba", "cb")])
def test_three_copies_end_alike_in_any_order(begun: Path, tmp_path: Path, order: tuple[str, ...]) -> None:
    copies = {name: copied(begun, tmp_path / name) for name in "abc"}
    for name, span in zip("abc", ((0, 2), (3, 8), (9, 12)), strict=True):
        do(copies[name], code_span("N1", *span, "COND_TIME"), actor=f"K-{name}")
    do(copies["a"], remove("codings", "C1"))
    do(copies["b"], change("codings", "C2", code="COND_MANDATE"))
    do(copies["c"], change("ratings", *RATED, level=4))

    for into, other in order:
        assert not merge(copies[into], copies[other]).conflicts

    ends = {name: open_study(place) for name, place in copies.items()}
    assert {"K-a", "K-b", "K-c"} <= set(ends["a"].codings["coder"])
    assert_same_rows(ends["a"], ends["b"])
    assert_same_rows(ends["a"], ends["c"])
    assert_sound(copies["c"])
    assert plan_merge(copies["a"], copies["c"]).incoming == plan_merge(copies["b"], copies["a"]).incoming == {}


def test_a_third_copy_that_left_before_the_two_parted_is_known_to_both(begun: Path, tmp_path: Path) -> None:
    old, one = copied(begun, tmp_path / "old"), copied(begun, tmp_path / "one")
    do(one, code_span("N1", 0, 2, "COND_TIME"))
    other = copied(one, tmp_path / "other")
    do(old, code_span("N1", 3, 8, "COND_TIME"), change("ratings", *RATED, level=4), actor="K-old")
    merge(one, old)
    merge(other, old)
    do(one, change("ratings", *RATED, level=5))

    plan = merge(other, one)

    assert not plan.conflicts and plan.incoming == {"ratings": (0, 1, 0)}
    assert_same_rows(open_study(one), open_study(other))


def test_another_study_is_refused(here: Path, tmp_path: Path) -> None:
    create_study(tmp_path / "other", tiny_study(), actor="K0")

    with pytest.raises(StoreError, match="is another study"):
        plan_merge(here, tmp_path / "other")


def test_a_copy_whose_log_was_tampered_with_is_refused(here: Path, there: Path) -> None:
    do(there, code_span("N2", 0, 8, "COND_TIME"))
    with closing(sqlite3.connect(there / "study.db")) as database, database:
        database.execute("UPDATE events SET actor = 'K3' WHERE sequence = 3")

    with pytest.raises(StoreError, match="not as it was written"):
        plan_merge(here, there)


def test_a_plan_is_refused_once_our_copy_has_moved_on(here: Path, there: Path) -> None:
    do(there, code_span("N2", 0, 8, "COND_TIME"))
    plan = plan_merge(here, there)
    do(here, change("ratings", *RATED, level=3))

    with LiveStudy(here, actor="K0") as live, pytest.raises(RefusedError, match="plan the merge anew"):
        live.do(merge_act(plan))


def test_a_backup_of_a_study_in_either_database_is_merged_into_it(place: str, tmp_path: Path) -> None:
    create_study(place, tiny_study(), actor="K0")
    with LiveStudy(place, actor="K1") as live:
        laptop = back_up(live.database, "for the road", to=tmp_path / "laptop.db")
        live.do(change("ratings", *RATED, level=3))
    do(laptop, code_span("N2", 0, 8, "COND_TIME"), change("ratings", *RATED, level=5), actor="K2")

    conflict = only(plan_merge(place, laptop))
    merge(place, laptop, **{conflict.id: "theirs"})

    assert open_study(place).ratings["level"].iloc[0] == 5
    assert open_study(place).codings["coder"].to_list()[-1] == "K2"
    assert_sound(place)
    assert merge(place, laptop).nothing_new
    assert not merge(laptop, place).conflicts
    assert_same_rows(open_study(place), open_study(laptop))
