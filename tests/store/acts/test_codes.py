"""Codes are added, renamed, merged and split; the lineage tells of it, and the codebook can be written and read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pandas.testing import assert_frame_equal

from tests.store.acts.prepared import WHY, coding, found, last_event, last_objects
from workbench.acts.bulk import bulk
from workbench.acts.codes import (
    add_code,
    merge_codes,
    move_code,
    redefine_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
)
from workbench.acts.codings import code_span, move_coding
from workbench.codebook import codebook_text, make_codebook
from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.records import Record
from workbench.store.creating import create_study
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.study import Study


def last_step(live: LiveStudy) -> Record:
    return max(found(live, "lineage"), key=lambda step: [int(part) for part in str(step["version"]).split(".")])


def codes_of(live: LiveStudy) -> dict[object, object]:
    return {row["coding"]: row["code"] for row in found(live, "codings")}


def test_a_code_that_is_only_a_name_can_be_coded_with_and_written_to_a_codebook(live: LiveStudy) -> None:
    live.do(add_code("Tvivel", code="DOUBT", parent="MOD", reason=WHY))
    live.do(code_span("N4", 0, 4, "DOUBT"))

    book = live.read().codebook
    again, faults = make_codebook(yaml.safe_load(codebook_text(book)))

    assert faults == []
    assert again is not None and again.version == book.version == "1.5.0"
    assert_frame_equal(again.codes, book.codes)
    assert_frame_equal(again.lineage, book.lineage)
    assert book.paths("en")["DOUBT"] == "Mod / Tvivel"


def test_a_study_whose_codes_lack_words_is_frozen_and_opened_again(live: LiveStudy, tmp_path: Path) -> None:
    live.do(redefine_code("MOD", definition_sv="Att göra det ändå.", example_sv=" ", reason=WHY))
    study = live.read()

    save_study(study, tmp_path / "frozen")
    opened = open_study(tmp_path / "frozen")

    assert_frame_equal(opened.codes, study.codes)
    assert opened.codes.set_index("code").loc["MOD", ["definition_sv"]].to_list() == ["Att göra det ändå."]


def test_each_change_makes_the_codebook_s_next_version_with_its_reason(live: LiveStudy) -> None:
    """The demo's codebook is 1.2.0; the prepared study added two codes."""
    acts = {
        "1.4.1": rename_code("MOD", name_sv="Djärvhet", reason="Bättre namn."),
        "1.4.2": redefine_code("MOD", include_sv="När någon vågar.", reason="Gräns mot tvivel."),
        "1.5.0": move_code("MOD_DARE", None, reason="Står för sig."),
        "1.6.0": retire_code("MOD", replaced_by="MOD_DARE", reason="Används inte."),
        "1.7.0": restore_code("MOD", reason="Behövs igen."),
    }

    for version, act in acts.items():
        live.do(act)
        assert (last_step(live)["version"], last_step(live)["reason"]) == (version, act.reason)
        assert last_event(live)["reason"] == act.reason

    assert [step["act"] for step in found(live, "lineage")][-5:] == ["rename", "redefine", "move", "retire", "restore"]
    assert found(live, "codes", code="MOD")[0]["status"] == "active"


def test_a_merge_takes_codings_memos_and_codes_below_along_and_retires_what_it_ends(live: LiveStudy) -> None:
    live.do(merge_codes(["MOD"], "COND", reason=WHY))
    live.do(merge_codes(["MOD_DARE"], "COND_MANDATE", reason=WHY))

    assert codes_of(live) == {
        "C1": "COND_TIME", "C2": "COND_TIME", "C3": "COND_MANDATE", "C4": "COND_MANDATE", "C5": "COND_MANDATE",
    }  # fmt: skip
    assert found(live, "memos", memo="M1")[0]["code"] == "COND_MANDATE"
    [ended] = found(live, "codes", code="MOD_DARE")
    assert (ended["status"], ended["replaced_by"], ended["parent"]) == ("retired", "COND_MANDATE", "COND")
    step = last_step(live)
    assert (step["sources"], step["targets"]) == ("COND_MANDATE MOD_DARE", "COND_MANDATE")


def test_a_family_merged_into_its_child_leaves_the_child_in_the_family_s_place(live: LiveStudy) -> None:
    live.do(merge_codes(["MOD"], "MOD_DARE", reason=WHY))

    assert found(live, "codes", code="MOD_DARE")[0]["parent"] is None


def test_of_two_codings_that_a_merge_makes_alike_one_is_left(live: LiveStudy) -> None:
    """K1 gave the same words both codes: C1 COND_TIME, C4 MOD_DARE."""
    live.do(merge_codes(["MOD_DARE"], "COND_TIME", reason=WHY))

    assert codes_of(live) == dict.fromkeys(["C1", "C2", "C3", "C5"], "COND_TIME")
    assert last_objects(live)["doubled"] == ["C4"]


def test_two_codes_merged_into_a_third_leave_one_coding_where_both_were(live: LiveStudy) -> None:
    live.do(merge_codes(["MOD_DARE", "COND_TIME"], "COND_MANDATE", reason=WHY))

    assert len(found(live, "codings", entry="N1", start=10)) == 1
    assert len(last_objects(live)["doubled"]) == 1


def test_a_split_gives_chosen_codings_other_codes_and_names_all_it_came_to(live: LiveStudy) -> None:
    split = split_code("MOD_DARE", {"C3": "MOD_NEW", "C5": "MOD"}, reason=WHY)

    live.do(bulk("split in three", [add_code("Nytt mod", code="MOD_NEW", parent="MOD", reason=WHY), split]))

    codes = codes_of(live)
    assert [codes[name] for name in ("C3", "C4", "C5")] == ["MOD_NEW", "MOD_DARE", "MOD"]
    assert last_step(live)["targets"] == "MOD_DARE MOD_NEW MOD"
    assert last_event(live)["reason"] == WHY
    assert last_step(live)["version"] == "1.6.0"


def test_others_codings_of_the_same_words_are_no_doubles(live: LiveStudy) -> None:
    live.do(coding("C9", "N1", 10, "🙂 säga nej.", coder="K2"))
    live.do(merge_codes(["MOD_DARE"], "COND_TIME", reason=WHY))

    assert codes_of(live)["C9"] == "COND_TIME"
    assert last_objects(live)["doubled"] == ["C4"]


def test_a_codebook_without_history_begins_its_lineage_at_its_own_version(folder: Path, tiny: Study) -> None:
    bare = tiny.with_frames({**tiny.frames, "lineage": tiny.lineage.iloc[:0]})
    create_study(folder, bare, actor="K1")

    with LiveStudy(folder, actor="K1") as live:
        live.do(add_code("Mod", reason=WHY))
        assert [step["version"] for step in found(live, "lineage")] == ["1.3.0"]


def test_undoing_a_merge_says_which_coding_has_moved_since_and_comes_after_that_is_undone(live: LiveStudy) -> None:
    merged = live.do(merge_codes(["MOD_DARE"], "MOD", reason=WHY)).sequence
    moved = live.do(move_coding("C3", 3, 9)).sequence

    with pytest.raises(RefusedError, match="codings C3") as refused:
        live.undo(merged)
    assert refused.value.first == (moved,)

    live.undo(moved)
    live.undo(merged)

    assert [codes_of(live)[name] for name in ("C3", "C4", "C5")] == ["MOD_DARE"] * 3
    assert found(live, "codes", code="MOD_DARE")[0]["status"] == "active"
    assert found(live, "memos", memo="M1")[0]["code"] == "MOD_DARE"
