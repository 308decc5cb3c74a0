"""Codings are called by the codes of another version, as far as the lineage tells, and are as they stood in it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.books import START, Past, codings_of, past_of
from tests.frames import rows
from workbench.acts.bulk import bulk
from workbench.acts.codes import add_code, merge_codes, split_code
from workbench.acts.codings import code_span
from workbench.bookversions import codings_in
from workbench.coding import code_table, re_express
from workbench.coding.versions import CodebookError
from workbench.errors import WorkbenchError
from workbench.store.live import LiveStudy
from workbench.study import Study

pasts = st.builds(
    past_of, st.lists(st.sampled_from(["add", "merge", "split", "rename", "retire"]), max_size=7), st.integers(0, 999)
)


def told(codings: Any, past: Past, **options: Any) -> list[tuple[Any, ...]]:
    codes, lineage = past.tables
    return rows(re_express(codings, codes, lineage, **options), "coding", "given", "code", "possible", "why")


def past(*steps: tuple[str, str, str]) -> Past:
    """Make a codebook's past of steps: it began with A, B and C: act, codes before, codes after."""
    made = Past()
    for act, before, after in steps:
        made.step(act, before.split(), after.split())
    return made


def test_a_merge_is_followed_forward_and_cannot_be_told_apart_backward(kind: Any) -> None:
    """A and B became B in 1.1.0."""
    merged = past(("merge", "B A", "B"))
    codings = kind(codings_of({"C1": "A", "C2": "B", "C3": "C"}))

    assert told(codings, merged, made_in=START, version="1.1.0") == [
        ("C1", "A", "B", "B", "merge 1.1.0"),
        ("C2", "B", "B", "B", None),
        ("C3", "C", "C", "C", None),
    ]
    assert told(codings, merged, version=START)[1] == ("C2", "B", None, "A B", "merge 1.1.0")


def test_a_split_is_followed_backward_and_was_a_reader_s_choice_forward() -> None:
    """D came in 1.1.0 and took a part of A in 1.2.0, so that before it D's codings were A's."""
    split = past(("add", "", "D"), ("split", "A", "A D"))
    codings = codings_of({"C1": "A", "C2": "D"})

    assert told(codings, split, version=START) == [
        ("C1", "A", "A", "A", None),
        ("C2", "D", "A", "A", "split 1.2.0, add 1.1.0"),
    ]
    assert told(codings, split, made_in=START, version="1.2.0")[0] == ("C1", "A", None, "A D", "split 1.2.0")


def test_where_a_code_was_split_into_one_that_was_there_both_are_possible() -> None:
    split = past(("split", "A", "A B"))

    assert told(codings_of({"C1": "B"}), split, version=START) == [("C1", "B", None, "A B", "split 1.1.0")]


def test_a_code_that_had_not_come_is_called_nothing() -> None:
    assert told(codings_of({"C1": "D"}), past(("add", "", "D")), version=START) == [
        ("C1", "D", None, None, "add 1.1.0")
    ]


@pytest.mark.parametrize("act", ["move", "redefine", "restore", "retire"])
def test_what_moves_retires_or_restores_a_code_leaves_its_codings(act: str) -> None:
    """Retiring A for B closes A to new coding; what is coded keeps A."""
    changed = past((act, "A", "B" if act == "retire" else "A"))
    codings = codings_of({"C1": "A", "C2": "B"})

    for options in ({"version": START}, {"made_in": START, "version": "1.1.0"}):
        assert [row[2:] for row in told(codings, changed, **options)] == [("A", "A", None), ("B", "B", None)]


def test_a_code_that_changed_its_very_code_is_followed_both_ways() -> None:
    renamed = past(("rename", "A", "E"))

    assert told(codings_of({"C1": "E"}), renamed, version=START)[0][2] == "A"
    assert told(codings_of({"C1": "A"}), renamed, made_in=START, version="1.1.0")[0][2] == "E"


def test_a_day_stands_for_the_codebook_as_that_day_ended() -> None:
    """The merge was on 1 March."""
    merged = past(("merge", "B A", "B"))

    for day, code in ((dt.date(2025, 2, 28), None), (dt.date(2025, 3, 1), "B")):
        assert told(codings_of({"C2": "B"}), merged, version=day)[0][2] == code


@pytest.mark.parametrize("version", ["1.5.0", "mars", ""])
def test_a_version_that_never_was_is_refused_with_those_that_were(version: str) -> None:
    with pytest.raises(CodebookError, match=r"the lineage made 1\.1\.0, 1\.2\.0"):
        told(codings_of({}), past(("rename", "A", "A"), ("rename", "B", "B")), version=version)


def test_a_table_without_codings_keeps_its_columns(kind: Any) -> None:
    assert told(kind(codings_of({})), past(("rename", "A", "A")), version=START) == []


def test_what_cannot_be_known_stays_so_when_it_is_called_on(kind: Any) -> None:
    codes, lineage = past(("merge", "B A", "B")).tables

    before = re_express(kind(codings_of({"C1": "B"})), kind(codes), kind(lineage), version=START)
    after = re_express(before, kind(codes), kind(lineage), made_in=START, version="1.1.0")

    assert rows(after, "given", "code", "possible", "why") == [(None, None, None, None)]


@settings(deadline=None, max_examples=50)
@given(pasts, st.data())
def test_a_version_called_by_its_own_codes_is_itself(made: Past, data: st.DataObject) -> None:
    version, codings = data.draw(st.sampled_from(made.versions))

    found = told(codings_of(codings), made, made_in=version, version=version)

    assert found == [(coding, code, code, code, None) for coding, code in codings.items()]


@settings(deadline=None, max_examples=50)
@given(pasts, st.data())
def test_what_a_coding_really_was_or_became_is_always_among_the_possible(made: Past, data: st.DataObject) -> None:
    """In every history, between any two versions; and where one code is left it is the true one."""
    (at, codings), (then, truth) = (data.draw(st.sampled_from(made.versions)) for _ in range(2))
    both = {coding: code for coding, code in codings.items() if coding in truth}

    for coding, _given, code, possible, _why in told(codings_of(both), made, made_in=at, version=then):
        assert truth[coding] in possible.split()
        assert code in (None, truth[coding])


@settings(deadline=None, max_examples=50)
@given(pasts, st.data())
def test_forward_only_a_split_leaves_a_question(made: Past, data: st.DataObject) -> None:
    version, codings = data.draw(st.sampled_from(made.versions))

    for *_, code, _possible, why in told(codings_of(codings), made, made_in=version, version=made.versions[-1][0]):
        assert code is not None or "split" in why


@settings(deadline=None, max_examples=50)
@given(pasts, st.data())
def test_with_the_codings_of_then_nothing_is_left_open(made: Past, data: st.DataObject) -> None:
    (at, codings), (then, truth) = (data.draw(st.sampled_from(made.versions)) for _ in range(2))
    both = {coding: code for coding, code in codings.items() if coding in truth}

    found = told(codings_of(both), made, made_in=at, version=then, known=codings_of(truth))

    assert {row[0]: row[2] for row in found} == {coding: truth[coding] for coding in both}


def test_the_demo_s_codings_in_the_codebook_it_began_with(demo: Study) -> None:
    """Turnover was time, steering was politics, and four ideas may have been advice."""
    found = re_express(demo.codings, demo.codes, demo.lineage, version="1.0.0")

    changed = found[found["why"].notna()]
    counts = changed.groupby(["given", "possible", "why"]).size().to_dict()
    assert counts == {
        ("COND_STEERING", "COND_POLITICS", "rename 1.0.1"): 13,
        ("COND_TURNOVER", "COND_TIME", "split 1.1.0"): 54,
        ("NET_IDEA", "NET_ADVICE NET_IDEA", "merge 1.1.1"): 4,
    }
    assert len(found) == len(demo.codings)
    table = code_table(demo.entries, found, demo.occasions, by=["kind"])
    assert table.loc[table["code"] == "COND_TIME", "codings"].sum() == 25 + 54


@pytest.fixture
def live(begun_folder: Path, tmp_path: Path) -> Any:
    """Open the tiny study, whose codebook is 1.2.0 and whose C1 and C2 are K1's COND_TIME."""
    with LiveStudy(shutil.copytree(begun_folder, tmp_path / "live"), actor="K1") as opened:
        yield opened


def test_a_count_made_before_a_merge_is_made_again_and_called_by_today_s_codes(live: LiveStudy) -> None:
    live.do(code_span("N3", 0, 6, "COND_MANDATE"))
    before = live.read().codings
    live.do(merge_codes(["COND_MANDATE"], "COND_TIME", reason="Samma sak."))
    study = live.read()

    then = codings_in(study.events, "1.2.0")

    pd.testing.assert_frame_equal(then, before)
    assert list(codings_in(study.events, "1.3.0")["code"]) == list(study.codings["code"])
    today = re_express(then, study.codes, study.lineage, made_in="1.2.0", version="1.3.0")
    assert set(today["code"]) == {"COND_TIME"}
    assert re_express(study.codings, study.codes, study.lineage, version="1.2.0")["code"].isna().all()
    back = re_express(study.codings, study.codes, study.lineage, version="1.2.0", known=then)
    kept = before[before["coding"].isin(study.codings["coding"])]
    assert list(back["code"]) == list(kept["code"])


def test_a_split_s_choices_are_found_in_today_s_codings(live: LiveStudy) -> None:
    new = add_code("Stress", code="STRESS", parent="COND", reason="Saknas.")
    live.do(bulk("split", [new, split_code("COND_TIME", {"C2": "STRESS"}, reason="Olika saker.")]))
    study = live.read()
    then = codings_in(study.events, "1.2.0")

    found = re_express(then, study.codes, study.lineage, made_in="1.2.0", version="1.4.0", known=study.codings)

    assert list(found["code"]) == ["COND_TIME", "STRESS"]
    assert set(found["why"]) == {"split 1.4.0, known"}


def test_an_undone_step_s_version_is_that_of_the_step_that_stands(live: LiveStudy) -> None:
    """1.3.0 is made twice: undone, and made anew of something else."""
    live.do(merge_codes(["COND_TIME"], "COND_MANDATE", reason="Fel."))
    live.undo()
    live.do(add_code("Stress", code="STRESS", reason="Saknas."))

    assert set(codings_in(live.read().events, "1.3.0")["code"]) == {"COND_TIME"}


def test_a_version_from_before_the_log_is_refused_with_what_can_be_had(live: LiveStudy, demo: Study) -> None:
    with pytest.raises(WorkbenchError, match=r"has codings in 1\.2\.0\. Cure: .*re_express"):
        codings_in(live.read().events, "1.0.0")
    with pytest.raises(WorkbenchError, match="has codings in none"):
        codings_in(demo.events, "1.2.0")
