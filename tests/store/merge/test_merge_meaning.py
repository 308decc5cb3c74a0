"""Merging what fits row by row and yet not together: corrected texts, codes that went, rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.deeds import add, change, remove
from tests.store.merge.laptops import assert_same_rows, assert_sound, do, merge, only
from workbench.acts.codes import merge_codes
from workbench.acts.codings import code_span, move_coding, recode
from workbench.acts.components import add_component, define_component
from workbench.acts.entries import correct_entry
from workbench.opening import open_study
from workbench.store.merging import plan_merge

TEXT = "Det var en lång dag. Vi vågade 🙂 säga nej.\nSedan gick vi hem."  # N1, with a sentence put before it
MEMO = {"kind": "theory", "author": "K1", "written": "2025-04-01T09:00:00Z", "text": "Ett memo."}


def spans(place: Path) -> set[tuple[str, str]]:
    """Give the words coded in N1, by coder; every quote equals its span, or the study would not be sound."""
    codings = open_study(place).codings
    chosen = codings[codings["entry"] == "N1"]
    return set(chosen[["coder", "quote"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("corrected", ["here", "there"])
def test_a_coding_follows_a_text_that_the_other_copy_corrected(here: Path, there: Path, corrected: str) -> None:
    first, second = (here, there) if corrected == "here" else (there, here)
    do(first, correct_entry("N1", text=TEXT))
    do(second, code_span("N1", 22, 36, "COND_LAW"), actor="K2")

    plan = merge(here, there)

    assert not plan.conflicts
    assert spans(here) == {("K1", "🙂 säga nej."), ("K2", "Sedan gick vi ")}
    assert_sound(here)
    merge(there, here)
    assert_same_rows(open_study(here), open_study(there))


def test_a_boundary_moved_apart_from_a_correction_is_kept(here: Path, there: Path) -> None:
    do(here, correct_entry("N1", text=TEXT))
    do(there, move_coding("C1", 12, 21))

    assert not merge(here, there).conflicts

    assert spans(here) == {("K1", "säga nej.")}


@pytest.mark.parametrize(
    ("decision", "words"),
    [("ours", {("K1", "🙂 säga nej."), ("K2", "Sedan gick vi ")}), ("theirs", {("K1", "🙂 säga nej.")})],
)
def test_a_coding_that_has_no_place_in_a_corrected_text_makes_the_correction_a_conflict(
    here: Path, there: Path, decision: str, words: set[tuple[str, str]]
) -> None:
    do(here, code_span("N1", 22, 36, "COND_LAW"), actor="K2")
    do(there, correct_entry("N1", text="Vi vågade 🙂 säga nej.\n"), actor="K3")

    conflict = only(plan_merge(here, there))
    plan = merge(here, there, **{conflict.id: decision})

    assert conflict.table == "entries" and conflict.theirs_by.startswith("K3")
    assert spans(here) == words
    assert bool(plan.notes) is (decision == "theirs")
    assert_sound(here)


@pytest.mark.parametrize("decision", ["ours", "theirs"])
def test_a_text_corrected_in_both_is_decided_once_and_its_codings_follow(
    here: Path, there: Path, decision: str
) -> None:
    do(here, correct_entry("N1", text=TEXT), code_span("N1", 0, 19, "COND_LAW"))
    do(there, correct_entry("N1", text="Å nej! " + TEXT[21:]), code_span("N1", 17, 28, "COND_MONEY"), actor="K2")

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: decision})

    assert conflict.table == "entries"
    kept = {("K1", "🙂 säga nej."), ("K2", "🙂 säga nej.")}
    assert spans(here) == (kept | {("K1", "Det var en lång dag")} if decision == "ours" else kept)
    assert_sound(here)


@pytest.mark.parametrize("merged", ["here", "there"])
def test_a_coding_follows_a_code_that_the_other_copy_merged_into_another(here: Path, there: Path, merged: str) -> None:
    first, second = (here, there) if merged == "here" else (there, here)
    do(first, merge_codes(["COND_MONEY"], "COND_TIME", reason="the same"))
    do(second, code_span("N2", 0, 8, "COND_MONEY"), add("memos", **MEMO, code="COND_MONEY"))

    assert not merge(here, there).conflicts

    study = open_study(here)
    assert study.codings["code"].to_list()[-1] == "COND_TIME"
    assert study.memos["code"].to_list() == ["COND_TIME"]
    assert_sound(here)


@pytest.mark.parametrize(("decision", "code"), [("ours", "COND_MONEY"), ("theirs", "COND_LAW")])
def test_a_code_merged_into_different_codes_is_one_conflict_that_its_codings_follow(
    here: Path, there: Path, decision: str, code: str
) -> None:
    do(here, merge_codes(["COND_TIME"], "COND_MONEY", reason="the same"))
    do(there, merge_codes(["COND_TIME"], "COND_LAW", reason="the same"))

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: decision})

    assert (conflict.table, conflict.key, conflict.columns) == ("codes", "COND_TIME", ("replaced_by",))
    assert open_study(here).codings["code"].to_list() == [code, code]
    assert_sound(here)


def test_the_same_coding_made_in_both_is_kept_once_in_both(here: Path, there: Path) -> None:
    do(here, code_span("N2", 0, 8, "COND_TIME"))
    do(there, code_span("N2", 0, 8, "COND_TIME"))

    merge(there, here)
    merge(here, there)

    assert open_study(here).codings["quote"].to_list().count("Hemligt.") == 1
    assert_same_rows(open_study(here), open_study(there))


def test_two_coders_or_two_codes_on_one_span_are_both_kept(here: Path, there: Path) -> None:
    do(here, code_span("N2", 0, 8, "COND_TIME"))
    do(there, code_span("N2", 0, 8, "COND_TIME"), actor="K2")
    do(there, code_span("N2", 0, 8, "COND_LAW"))

    merge(here, there)

    assert open_study(here).codings["quote"].to_list().count("Hemligt.") == 3


@pytest.mark.parametrize(("decision", "codes"), [("ours", {"COND_TIME"}), ("theirs", {"COND_TIME", "COND_LAW"})])
def test_a_code_removed_here_and_used_there_is_one_conflict(
    here: Path, there: Path, decision: str, codes: set[str]
) -> None:
    do(here, remove("codes", "COND_LAW"))
    do(there, code_span("N2", 0, 8, "COND_LAW"), code_span("N4", 0, 4, "COND_LAW"))

    conflict = only(plan_merge(here, there))
    plan = merge(here, there, **{conflict.id: decision})

    assert (conflict.table, conflict.key) == ("codes", "COND_LAW")
    assert "2 codings" in conflict.why
    assert set(open_study(here).codings["code"]) == codes
    assert len(plan.incoming) == (0 if decision == "ours" else 2)
    assert_sound(here)


@pytest.mark.parametrize(("decision", "codes"), [("ours", {"COND_TIME", "COND_LAW"}), ("theirs", {"COND_TIME"})])
def test_a_code_removed_there_and_used_here_is_one_conflict(
    here: Path, there: Path, decision: str, codes: set[str]
) -> None:
    do(there, remove("codes", "COND_LAW"))
    do(here, code_span("N2", 0, 8, "COND_LAW"), add("memos", **MEMO, code="COND_LAW"))

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: decision})

    study = open_study(here)
    assert set(study.codings["code"]) == codes
    assert ("COND_LAW" in set(study.codes["code"])) is (decision == "ours")
    assert study.memos["code"].isna().to_list() == [decision == "theirs"]
    assert_sound(here)


def test_orders_given_in_both_are_numbered_on(here: Path, there: Path) -> None:
    do(here, add_component("A1", name_sv="Mod", name_en="Courage"))
    do(here, define_component("A1", "I3", name="Leda", text="Att våga", occasion="T1"))
    do(there, add_component("A2", name_sv="Tid", name_en="Time"))
    do(there, define_component("A1", "I3", name="Leda", text="Att låta", occasion="T1"))

    assert not merge(here, there).conflicts

    study = open_study(here)
    assert study.components["position"].to_list() == [1, 2, 3]
    assert study.definitions[["version", "text"]].to_numpy().tolist() == [[1, "Att våga"], [2, "Att låta"]]
    merge(there, here)
    assert_same_rows(open_study(here), open_study(there))


def test_what_would_break_a_rule_is_left_out_once_that_is_seen(here: Path, there: Path) -> None:
    occasion = {"title_sv": "Mitt", "title_en": "Mid", "starts": "2025-03-01", "ends": "2025-03-02", "number": 3}
    do(here, add("occasions", occasion="T3", **occasion))
    do(there, add("occasions", occasion="T4", **occasion), change("entries", "N4", occasion="T4"))

    conflict = next(one for one in plan_merge(here, there).conflicts if one.key == "T4")
    plan = merge(here, there, **{conflict.id: "ours"})

    assert conflict.choices == ("ours",)
    assert plan.incoming == {}
    assert set(open_study(here).entries["occasion"]) == {"T1", "T2"}
    assert_sound(here)


def test_families_that_would_lie_in_each_other_are_not_both_moved(here: Path, there: Path) -> None:
    do(here, change("codes", "COND_TIME", parent="COND_LAW"))
    do(there, change("codes", "COND_LAW", parent="COND_TIME"), change("codes", "COND_MONEY", name_sv="Pengar"))

    conflict = only(plan_merge(here, there))
    merge(here, there, **{conflict.id: "ours"})

    codes = open_study(here).codes.set_index("code")
    assert (codes.loc["COND_TIME", "parent"], codes.loc["COND_LAW", "parent"]) == ("COND_LAW", "COND")
    assert codes.loc["COND_MONEY", "name_sv"] == "Pengar"


def test_a_row_of_ours_that_theirs_makes_wrong_keeps_only_that_change_out(here: Path, there: Path) -> None:
    do(here, add("people", person="P-9", organisation="A1", role="participant", joined="2025-02-05", left="2025-06-01"))
    do(there, change("organisations", "A1", left="2025-05-01"), change("organisations", "A2", employees=9))
    do(there, recode("C1", "COND_LAW"))

    plan = plan_merge(here, there)

    assert [(one.table, one.key) for one in plan.conflicts] == [("organisations", "A1")]
    assert plan.incoming == {"organisations": (0, 1, 0), "codings": (0, 1, 0)}
