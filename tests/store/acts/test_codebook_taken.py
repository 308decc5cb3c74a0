"""A codebook that was edited as a file is taken in: what it says is what the study says, and the lineage tells how."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.acts.prepared import WHY, book, found, last_event
from tests.tiny import tiny_study
from workbench.acts.codebook import take_codebook
from workbench.codebook import circles
from workbench.coding import codebook_diff
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy

CODES = ("MOD", "MOD_DARE", "COND", "COND_TIME", "NET_ADVICE", "NEW1", "NEW2")
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "name_sv": st.sampled_from(["Mod", "Tid", "Å"]),
        "definition_en": st.sampled_from([None, "Words.", "More\nwords."]),
        "parent": st.sampled_from([None, "MOD", "COND", "NEW1", "FEEL"]),
    },
)


def steps(live: LiveStudy, since: int) -> list[tuple[object, ...]]:
    return [(row["act"], row["sources"], row["targets"], row["reason"]) for row in found(live, "lineage")[since:]]


def test_each_change_of_a_file_is_a_step_and_all_are_one_event(live: LiveStudy) -> None:
    before, sequence = len(found(live, "lineage")), last_event(live)["sequence"]
    edited = book(
        MOD={"parent": "COND", "name_sv": "Djärvhet", "definition_sv": "Att våga."},
        MOD_DARE={"status": "retired", "replaced_by": "MOD"},
        NET_ADVICE={"status": "active", "replaced_by": None},
        SORG={"name_sv": "Sorg", "parent": "MOD"},
    )
    live.do(take_codebook(edited, reason=WHY))

    assert steps(live, before) == [
        ("restore", "NET_ADVICE", "NET_ADVICE", WHY),
        ("add", None, "SORG", WHY),
        ("rename", "MOD", "MOD", WHY),
        ("redefine", "MOD", "MOD", WHY),
        ("move", "MOD", "MOD", WHY),
        ("retire", "MOD_DARE", "MOD", WHY),
    ]
    assert last_event(live)["sequence"] == int(str(sequence)) + 1


def test_codings_stay_where_the_file_tells_of_a_merge(live: LiveStudy) -> None:
    before = found(live, "codings")
    step = {
        "step": "S99",
        "version": "1.5.0",
        "act": "merge",
        "sources": "MOD_DARE MOD",
        "targets": "MOD",
        "reason": "Lika.",
    }
    edited = book(MOD_DARE={"status": "retired", "replaced_by": "MOD"})
    lineage = edited.lineage.copy()
    lineage.loc[len(lineage)] = lineage.iloc[-1].to_dict() | step
    live.do(take_codebook(replace(edited, lineage=lineage), reason=WHY))

    assert found(live, "codings") == before
    assert steps(live, -1) == [("retire", "MOD_DARE", "MOD", "Lika.")]


def test_an_heir_is_named_afterwards(live: LiveStudy) -> None:
    live.do(take_codebook(book(MOD_DARE={"status": "retired"}), reason=WHY))
    live.do(take_codebook(book(MOD_DARE={"status": "retired", "replaced_by": "COND"}), reason=WHY))

    assert found(live, "codes", code="MOD_DARE")[0]["replaced_by"] == "COND"
    assert steps(live, -1) == [("retire", "MOD_DARE", "COND", WHY)]


def test_all_that_is_refused_is_told_at_once(live: LiveStudy) -> None:
    edited = book(MOD={"status": "retired"}, COND={"status": "retired"})
    with pytest.raises(RefusedError) as refused:
        live.do(take_codebook(edited, reason=WHY))

    assert [fault.file for fault in refused.value.faults] == ["codes MOD", "codes COND"]
    other = replace(book(gone="COND_TIME"), id="other", stance="reflexive", title_sv="Annan")
    with pytest.raises(RefusedError) as refused:
        live.do(take_codebook(other, reason=WHY))
    assert [fault.column for fault in refused.value.faults] == ["id", "stance", "title.sv", "codes"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(CODES), EDITS, max_size=4))
def test_what_a_file_says_is_what_the_study_would_say(live: LiveStudy, edits: dict[str, dict[str, object]]) -> None:
    edited = book(**edits)
    parents = dict(zip(edited.codes["code"], edited.codes["parent"], strict=True))
    lost = set(edited.codes["parent"].dropna()) - set(parents)
    if lost or list(circles(parents)):
        return  # no codebook: `make_codebook` refuses it
    codes, lineage = live.planned(take_codebook(edited, reason=WHY), "codes", "lineage")
    new = replace(tiny_study().codebook, codes=codes, lineage=lineage)
    diff = codebook_diff(edited, new)
    differs = diff[~diff["what"].isin(["version", "since"])]

    assert differs.empty
