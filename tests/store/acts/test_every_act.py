"""What holds of every act: it changes something, is undone and redone to the letter, and refuses what it must."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import workbench.acts
from tests.store.acts.prepared import ACTS, DAY, WHY, book, experiment
from workbench.acts.agreeing import Agreed, agree_on
from workbench.acts.autocode import autocode
from workbench.acts.bulk import bulk
from workbench.acts.codebook import take_codebook
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
from workbench.acts.codings import code_span, code_spans, move_coding, recode, remove_coding
from workbench.acts.components import add_component, define_component
from workbench.acts.consents import consent, withdraw
from workbench.acts.decisions import adjudicate, agree, decide
from workbench.acts.entries import correct_entry, hand_in
from workbench.acts.experiments import add_practice, follow_experiment, register_experiment
from workbench.acts.findings import give_feedback, note_outcome, respond, revise_finding, state_finding
from workbench.acts.memos import remove_memo, revise_memo, write_memo
from workbench.acts.ratings import rate
from workbench.acts.rounds import assign, close_round, finish, open_round, reopen_entry, unassign
from workbench.acts.rows import add_row, change_row, remove_row
from workbench.acts.suggestions import accept_suggestion, reject_suggestion
from workbench.coding import Rule
from workbench.eventlog import KEPT, Rows
from workbench.store.draft import Act, fetch
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.store.log import read_head

PREPARED = 3  # events of the prepared study
HOME = {"occasion": "T1", "kind": "reflection"}
RULE = Rule("mod", "MOD", "Vi")
BY_MODEL = {"model": "characters 2-5, version 1; 40 codings, 2 codes, 9 entries", "percent": 71}
SPANS = pd.DataFrame({"entry": ["N1", "N2"], "start": [0, 0], "end": [2, 8], "code": ["MOD", "COND_TIME"]})

EXAMPLES: dict[str, Act] = {
    "hand_in": hand_in("Vi prövade.", person="P-1", **HOME),
    "correct_entry": correct_entry("N1", text="Vi sade nej.", visibility="network"),
    "rate": rate("T1", "I3", "desired", person="P-1", level=4),
    "rate again": rate("T1", "I3", "now", person="P-1", missing="DK"),
    "agree_on": agree_on("P-1", "T2", "I3", Agreed({"now": {"level": 2}}, why="Vi hjälps åt.", apart="Inte alla.")),
    "define_component": define_component("A1", "I3", name="Att leda", text="Att gå bredvid.", occasion="T2"),
    "add_component": add_component("A2", name_sv="Tillit", name_en="Trust", builds_on="I3"),
    "register_experiment": experiment("X2", follows="X1"),
    "follow_experiment": follow_experiment("X1", status="done", happened="Tre svarade.", decision="adopt"),
    "add_practice": add_practice("A1", kind="tool", title="Lapp", description="På dörren."),
    "code_span": code_span("N4", 0, 4, "MOD"),
    "code_spans": code_spans(SPANS, coder="rule: mod"),
    "autocode": autocode(RULE, SPANS.iloc[:1]),
    "move_coding": move_coding("C3", 0, 2),
    "recode": recode("C3", "COND_TIME"),
    "remove_coding": remove_coding("C3"),
    "write_memo": write_memo("method", "Läs om."),
    "revise_memo": revise_memo("M1", text="Mod före tid.", kind="reflexive"),
    "remove_memo": remove_memo("M1"),
    "add_code": add_code("Tvivel", reason=WHY),
    "rename_code": rename_code("MOD", name_sv="Djärvhet", reason=WHY),
    "redefine_code": redefine_code("MOD", definition_sv="Att göra det ändå.", reason=WHY),
    "merge_codes": merge_codes(["MOD_DARE", "MOD"], "COND_TIME", reason=WHY),
    "split_code": split_code("MOD_DARE", {"C3": "MOD", "C5": "COND_TIME"}, reason=WHY),
    "move_code": move_code("MOD_DARE", "COND", reason=WHY),
    "retire_code": retire_code("MOD_DARE", replaced_by="MOD", reason=WHY),
    "restore_code": restore_code("NET_ADVICE", reason=WHY),
    "take_codebook": take_codebook(book(MOD={"name_sv": "Djärvhet"}, SORG={"name_sv": "Sorg"}), reason=WHY),
    "state_finding": state_finding(title_sv="Tid", text_sv="Tiden räcker inte.", evidence=["N2"]),
    "revise_finding": revise_finding("F1", evidence=["N1", "N2"], text_sv="De vågar."),
    "give_feedback": give_feedback("F1", "A2", "T2", channel="lecture", note="Kort."),
    "respond": respond("B1", "P-1", stance="adds", text="Och mer."),
    "note_outcome": note_outcome("S1", "Fyndet står."),
    "consent": consent("P-2", "be_quoted", given=False, information="2025-1"),
    "withdraw": withdraw("P-1"),
    "add_row": add_row("people", person="P-9", organisation="A1", role="participant", joined=DAY),
    "change_row": change_row("organisations", "A1", name="Första verket"),
    "remove_row": remove_row("practices", "R1"),
    "open_round": open_round("Läser vi lika?", {"N1": ["K1", "K2"], "N4": ["K2", "K3"]}, question="Om mod."),
    "assign": assign("Q1", {"N2": ["K3"], "N3": ["K1", "K3"]}),
    "unassign": unassign("Q1", "N2", "K1"),
    "finish": finish("Q1", ["N2"]),
    "reopen_entry": reopen_entry("Q1", "N2", coder="K2"),
    "close_round": close_round("Q1", without={"N2": ["K1"]}, reason="K1 är sjuk."),
    "decide": decide("Q2", "N1", (0, 9, "MOD_DARE"), "Vi läser olika.", outcome="apart"),
    "adjudicate": adjudicate("Q2", "N1", [(10, 21, "COND_TIME")], [(10, 21, "MOD_DARE")], "Det handlar om mod."),
    "agree": agree("Q2", SPANS.iloc[:1]),
    "accept_suggestion": accept_suggestion("N1", 0, 21, "MOD", **BY_MODEL),
    "reject_suggestion": reject_suggestion("N1", 0, 21, "MOD", **BY_MODEL),
    "bulk": bulk("all at once", [add_code("Sorg", code="SORG", reason=WHY), code_span("N4", 0, 4, "SORG")]),
}  # fmt: skip

# the act, and what its refusal says: the row, the column, words of the rule
REFUSED: dict[str, tuple[Act, str, str, str]] = {
    "hand_in without words": (hand_in(" \n", person="P-1", **HOME), "entries", "text", "some words are required"),
    "hand_in by a stranger": (hand_in("Hej.", person="P-0", **HOME), "people P-0", "person", "no such row"),
    "hand_in with a column that is none": (
        hand_in("Hej.", person="P-1", mood="glad", **HOME), "entries", "mood", "columns are entry, organisation",
    ),
    "hand_in in another's name": (
        hand_in("Hej.", person="P-1", organisation="A2", entry="N9", **HOME),
        "entries N9", "organisation", "same organisation",
    ),
    "correct_entry to nothing": (correct_entry("N1", text=""), "entries", "text", "some words are required"),
    "correct_entry that is not": (correct_entry("N9", text="Hej."), "entries N9", "entry", "no such row"),
    "rate with neither": (
        rate("T2", "I3", "desired", person="P-1"),
        "ratings A1 · P-1 · T2 · I3 · desired · individual", "level", "never neither",
    ),
    "rate with both": (
        rate("T2", "I3", "desired", person="P-1", level=2, missing="DK"),
        "ratings A1 · P-1 · T2 · I3 · desired · individual", "level", "never both",
    ),
    "agree_on with both": (
        agree_on("P-1", "T2", "I3", Agreed({"now": {"level": 2, "missing": "DK"}}, why="Vi hjälps åt.")),
        "ratings A1 · (none) · T2 · I3 · now · consensus", "level", "never both",
    ),
    "define_component of others": (
        define_component("A2", "O1", name="Mod", text="Deras.", occasion="T1", definition="D9"),
        "definitions D9", "component", "same organisation",
    ),
    "add_component on others'": (
        add_component("A2", name_sv="Mod", name_en="Courage", builds_on="O1", component="O9"),
        "components O9", "builds_on", "same organisation",
    ),
    "register_experiment without a title": (
        register_experiment("A1", "T1", title=" "), "experiments", "title", "some words",
    ),
    "follow_experiment, its sign": (
        follow_experiment("X1", sign="Fler frågor."), "experiments", "sign", "sets status, not_done_reason",
    ),
    "follow_experiment backwards": (
        follow_experiment("X1", started="2025-03-01", ended="2025-02-01"), "experiments X1", "ended", "before started",
    ),
    "add_practice of others": (
        add_practice("A2", kind="tool", title="Lapp", description="På dörren.", experiment="X1", practice="R9"),
        "practices R9", "experiment", "same organisation",
    ),
    "code_span beyond the text": (code_span("N2", 0, 9, "MOD"), "codings *", "end", "has 8 characters"),
    "code_span with a retired code": (
        code_span("N1", 0, 2, "NET_ADVICE"), "codes NET_ADVICE", "status", "only an active code",
    ),
    "code_span once more": (code_span("N1", 10, 21, "COND_TIME"), "codings C1", "code", "a coder codes a span once"),
    "code_spans once more": (
        code_spans(SPANS.assign(start=[10, 0], end=[21, 8], code="COND_TIME")), "spans 0", "code", "codes a span once",
    ),
    "code_spans, one twice": (
        code_spans(pd.concat([SPANS, SPANS])), "spans 2", "code", "K1 has coded N1 at 0 so",
    ),
    "code_spans without codes": (code_spans(SPANS.drop(columns="code")), "spans", "code", "spans have entry, start"),
    "code_spans in words": (code_spans(SPANS.assign(start="a")), "spans", "start", "are whole numbers"),
    "code_spans without an end": (
        code_spans(SPANS.assign(end=[2, None])), "spans", "end", "a value is required",
    ),
    "autocode of nothing": (autocode(RULE, SPANS.iloc[:0]), "spans", "", "at least one span"),
    "autocode with another's code": (autocode(RULE, SPANS), "spans", "code", "rule: mod gives MOD"),
    "move_coding beyond the text": (move_coding("C5", 0, 90), "codings C5", "end", "has 8 characters"),
    "move_coding onto another": (
        bulk("both", [recode("C3", "COND_TIME"), move_coding("C3", 10, 21)]), "codings C1", "code", "codes a span once",
    ),
    "recode as it is coded": (recode("C4", "COND_TIME"), "codings C1", "code", "a coder codes a span once"),
    "remove_coding that is gone": (remove_coding("C9"), "codings C9", "coding", "no such row"),
    "write_memo of nothing": (write_memo("theory", ""), "memos", "text", "some words are required"),
    "revise_memo's author": (revise_memo("M1", author="K2"), "memos", "author", "sets kind, text, entry, code"),
    "remove_memo that is gone": (remove_memo("M9"), "memos M9", "memo", "no such row"),
    "add_code without a reason": (add_code("Mod", reason=" "), "lineage", "reason", "has a reason"),
    "add_code with a space": (add_code("Mod", code="MOD 2", reason=WHY), "codes", "code", "no space in it"),
    "add_code under a retired one": (
        add_code("Mod", parent="NET_ADVICE", reason=WHY), "codes NET_ADVICE", "status", "only an active code",
    ),
    "rename_code to nothing": (rename_code("MOD", name_sv="", reason=WHY), "codes", "name_sv", "some words"),
    "rename_code as it is": (rename_code("MOD", name_sv="Mod", reason=WHY), "codes MOD", "", "changes it"),
    "redefine_code's status": (redefine_code("MOD", status="retired", reason=WHY), "codes", "status", "definition_sv"),
    "merge_codes of none": (merge_codes([], "MOD", reason=WHY), "codes", "code", "begins with a code"),
    "split_code into none": (split_code("MOD", {}, reason=WHY), "codes", "coding", "begins with a coding"),
    "merge_codes into itself": (merge_codes(["MOD"], "MOD", reason=WHY), "codes MOD", "replaced_by", "not the code"),
    "merge_codes into a retired one": (
        merge_codes(["MOD"], "NET_ADVICE", reason=WHY), "codes NET_ADVICE", "status", "only an active code",
    ),
    "split_code of others' codings": (
        split_code("MOD", {"C3": "COND_TIME"}, reason=WHY), "codings C3", "code", "only codings of MOD leave it",
    ),
    "move_code under itself": (move_code("MOD", "MOD_DARE", reason=WHY), "codes MOD", "parent", "lie in itself"),
    "retire_code with codes under it": (retire_code("MOD", reason=WHY), "codes MOD", "status", "here MOD_DARE does"),
    "restore_code that is active": (restore_code("MOD", reason=WHY), "codes MOD", "", "to restore a code changes it"),
    "take_codebook that lacks a code": (
        take_codebook(book(gone="NET_ADVICE"), reason=WHY), "codebook.yaml", "codes", "a code of the study stays",
    ),
    "take_codebook without a reason": (
        take_codebook(book(MOD={"name_sv": "Djärvhet"}), reason=" "), "lineage", "reason", "has a reason",
    ),
    "state_finding on nothing": (
        state_finding(title_sv="Tid", text_sv="Det är så.", evidence=[]), "evidence", "entry", "rests on something",
    ),
    "revise_finding's author": (revise_finding("F1", author="K2"), "findings", "author", "sets title_sv"),
    "give_feedback on nothing": (
        give_feedback("F9", "A1", "T2", channel="lecture", feedback="B9"), "feedback B9", "finding", "of findings",
    ),
    "respond to others' feedback": (
        respond("B1", "P-3", stance="agrees", response="S9"), "responses S9", "feedback", "same organisation",
    ),
    "note_outcome of nothing": (note_outcome("S1", ""), "responses", "outcome", "some words are required"),
    "consent to what is no purpose": (
        consent("P-1", "fame", given=True, information="1", decided=DAY),
        "consents P-1 · fame · 2025-04-02", "purpose", "allowed are take_part",
    ),
    "withdraw a stranger": (withdraw("P-0"), "people P-0", "person", "no such row"),
    "add_row of a code": (add_row("codes", code="X"), "codes", "", "tables corrected row by row"),
    "change_row under codings": (
        change_row("entries", "N2", text="Öppet nu."), "codings C5", "quote", "must equal its span",
    ),
    "remove_row in use": (remove_row("people", "P-3"), "entries N3", "person", "1 entries still have it as person"),
    "open_round for one alone": (
        open_round("En", {"N1": ["K1", "K1"]}), "assignments", "coder", "apart by two or more",
    ),
    "open_round of nothing": (open_round("Ingen", {}), "assignments", "entry", "has entries"),
    "open_round for the agreed": (
        open_round("Enas", {"N1": ["K1", "agreed"]}), "assignments", "coder", "nobody who codes",
    ),
    "assign once more": (assign("Q1", {"N2": ["K1"]}), "assignments Q1 · N2 · K1", "round", "must be unique"),
    "assign when closed": (assign("Q2", {"N2": ["K1"]}), "rounds Q2", "closed", "while a round is open"),
    "unassign what is finished": (
        unassign("Q1", "N2", "K2"), "assignments Q1 · N2 · K2", "finished", "what is finished stays",
    ),
    "finish another's": (finish("Q1", "N2", coder="K9"), "assignments Q1 · N2 · K9", "round", "no such row"),
    "reopen_entry when closed": (reopen_entry("Q2", "N1"), "rounds Q2", "closed", "while a round is open"),
    "close_round before all are done": (close_round("Q1"), "rounds Q1", "closed", "every assignment is finished; 1"),
    "close_round without a reason": (
        close_round("Q1", without={"N2": ["K1"]}), "rounds", "reason", "some words are required",
    ),
    "close_round without one who is done": (
        close_round("Q1", without={"N2": ["K1", "K2"]}, reason=WHY), "rounds Q1", "closed", "assigned and not finished",
    ),
    "close_round twice": (close_round("Q2"), "rounds Q2", "closed", "while a round is open"),
    "decide while it is open": (
        decide("Q1", "N2", (0, 8, None), "Lika."), "rounds Q1", "closed", "compared when the round is closed",
    ),
    "decide on an entry of no round": (decide("Q2", "N2", (0, 8, None), "Lika."), "decisions", "entry", "in round Q2"),
    "decide beyond the text": (decide("Q2", "N1", (0, 90, None), "Lika."), "decisions *", "end", "inside its entry"),
    "adjudicate without a word": (adjudicate("Q2", "N1", [(0, 9, "MOD")], [], " "), "decisions", "text", "some words"),
    "adjudicate nothing": (adjudicate("Q2", "N1", [], [], "Lika."), "decisions", "start", "about a place"),
    "agree while it is open": (agree("Q1", SPANS.iloc[1:]), "rounds Q1", "closed", "compared when the round is closed"),
    "change_row of a round": (
        change_row("rounds", "Q1", closed="2025-04-02T09:00:00Z"), "rounds", "", "tables corrected row by row",
    ),
    "accept_suggestion of what is coded": (
        accept_suggestion("N1", 10, 21, "COND_TIME", **BY_MODEL), "codings C1", "code", "a coder codes a span once",
    ),
    "accept_suggestion in an open round": (
        accept_suggestion("N2", 0, 8, "MOD", **BY_MODEL), "assignments Q1 · N2 · K1", "round", "suggestions wait",
    ),
    "accept_suggestion of a retired code": (
        accept_suggestion("N1", 0, 2, "NET_ADVICE", **BY_MODEL), "codes NET_ADVICE", "status", "only an active code",
    ),
    "reject_suggestion beyond the text": (
        reject_suggestion("N4", 0, 99, "MOD", **BY_MODEL), "suggestions *", "end", "inside its entry",
    ),
    "reject_suggestion once more": (
        bulk("both", [reject_suggestion("N4", 0, 4, "MOD", **BY_MODEL)] * 2), "suggestions *", "code", "answered once",
    ),
    "bulk, its last part": (
        bulk("two", [add_code("Sorg", code="SORG", reason=WHY), code_span("N2", 0, 9, "SORG")]),
        "codings *", "end", "has 8 characters",
    ),
}  # fmt: skip


def rows(live: LiveStudy) -> Rows:
    """All rows as the database has them, places and all: reading them into frames takes ten times as long."""
    with live.database.reading() as connection:
        return {name: sorted(fetch(connection, name, {}), key=str) for name in KEPT}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_act_is_undone_to_the_state_before_and_redone_to_the_state_after(name: str, live: LiveStudy) -> None:
    before = rows(live)
    live.do(EXAMPLES[name])
    after = rows(live)

    live.undo()
    undone = rows(live)
    live.redo()

    assert after != before
    assert undone == before
    assert rows(live) == after


@pytest.mark.parametrize("name", REFUSED)
def test_an_act_that_breaks_a_rule_changes_nothing_and_says_which_on_what(name: str, live: LiveStudy) -> None:
    act, row, column, rule = REFUSED[name]
    before = rows(live)

    with pytest.raises(RefusedError) as refused:
        live.do(act)

    fault = refused.value.faults[0]
    assert fault.file == row or (row.endswith(" *") and fault.file.startswith(row[:-1]))
    assert fault.column == column
    assert rule in fault.rule
    assert fault.cure
    assert rows(live) == before
    with live.database.reading() as connection:
        assert read_head(connection).sequence == PREPARED


def test_every_act_has_an_example_and_a_refusal() -> None:
    modules = [module.name for module in pkgutil.iter_modules(workbench.acts.__path__)]
    members = [vars(importlib.import_module(f"workbench.acts.{name}")) for name in modules]
    acts = {
        name
        for found in members
        for name, value in found.items()
        if inspect.isfunction(value) and not name.startswith("_") and value.__annotations__.get("return") == "Act"
    }

    assert {name.split()[0] for name in EXAMPLES} == acts
    assert {name.split()[0].split("'")[0].rstrip(",") for name in REFUSED} == acts


def test_many_acts_as_one_are_undone_and_redone_as_one_in_every_database(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        before = live.read()
        live.do(bulk("prepare", ACTS))
        after = live.read()

        live.undo()
        undone = live.read()
        live.redo()
        redone = live.read()

    assert redone.events["act"].to_list()[-3:] == ["prepare", "undo", "redo"]
    for name in KEPT:
        assert_frame_equal(getattr(undone, name), getattr(before, name), obj=name)
        assert_frame_equal(getattr(redone, name), getattr(after, name), obj=name)
