"""What is done with and about people: ratings, experiments, findings and answers, consents, and leaving."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.store.acts.prepared import DAY, experiment, found, last_event, last_objects
from workbench.acts.codings import code_spans, move_coding
from workbench.acts.components import add_component, define_component
from workbench.acts.consents import consent, withdraw
from workbench.acts.entries import hand_in
from workbench.acts.experiments import add_practice, follow_experiment
from workbench.acts.findings import respond, revise_finding
from workbench.acts.memos import revise_memo
from workbench.acts.ratings import rate
from workbench.acts.rows import change_row
from workbench.store.draft import Act
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy


def day_of_last_act(live: LiveStudy) -> str:
    return str(last_event(live)["at"])[:10]


def test_a_rating_takes_the_place_of_the_one_before_whole(live: LiveStudy) -> None:
    """P-1 rated 3 on evidence B2, fairly sure."""
    live.do(rate("T2", "I3", "now", person="P-1", missing="NA"))

    [rating] = found(live, "ratings", person="P-1", occasion="T2")
    assert [rating[name] for name in ("level", "missing", "evidence", "confidence")] == [None, "NA", None, None]
    assert (rating["organisation"], rating["basis"]) == ("A1", "individual")


def test_a_consensus_is_the_organisation_s_and_nobody_s(live: LiveStudy) -> None:
    live.do(rate("T1", "I3", "now", organisation="A1", level=2, present=5, returning=4))

    [rating] = [row for row in found(live, "ratings", organisation="A1", occasion="T1") if row["basis"] == "consensus"]
    assert (rating["person"], rating["level"], rating["present"]) == (None, 2, 5)


def test_a_wording_is_the_next_version_and_the_one_before_stays(live: LiveStudy) -> None:
    live.do(define_component("A1", "I3", name="Att leda", text="Att gå bredvid.", occasion="T2"))

    assert [(row["version"], row["text"]) for row in found(live, "definitions")] == [
        (1, "Att gå först."), (2, "Att gå bredvid."),
    ]  # fmt: skip


def test_a_component_of_one_s_own_comes_last(live: LiveStudy) -> None:
    live.do(add_component("A2", name_sv="Tillit", name_en="Trust", component="O2"))

    places = {row["component"]: row["position"] for row in found(live, "components")}
    assert places == {"I3": 1, "O1": 2, "O2": 3}


def test_an_experiment_is_registered_with_what_it_tests_and_followed_to_a_dated_decision(live: LiveStudy) -> None:
    live.do(experiment("X2"))
    live.do(follow_experiment("X2", status="done", learning_leading="Att fråga först.", decision="adopt"))

    [row] = found(live, "experiments", experiment="X2")
    assert (row["status"], row["decision"], row["decided"]) == ("done", "adopt", day_of_last_act(live))
    [tested] = found(live, "experiment_components", experiment="X2")
    assert (tested["component"], tested["definition"]) == ("I3", "D1")


def test_a_practice_is_in_use_from_today_unless_said_otherwise(live: LiveStudy) -> None:
    live.do(add_practice("A1", kind="tool", title="Lapp", description="På dörren.", practice="R2"))
    [row] = found(live, "practices", practice="R2")
    assert (row["status"], row["since"]) == ("in_use", day_of_last_act(live))

    live.do(add_practice("A1", kind="tool", title="Lapp", description="På.", practice="R3", since=DAY, status="trial"))
    [row] = found(live, "practices", practice="R3")
    assert (row["status"], row["since"]) == ("trial", "2025-04-02")


def test_a_coding_s_new_ends_give_it_its_new_words(live: LiveStudy) -> None:
    live.do(move_coding("C1", 3, 21))

    assert found(live, "codings", coding="C1")[0]["quote"] == "vågade 🙂 säga nej."


def test_a_rule_codes_under_its_own_name_with_quotes_of_the_texts(live: LiveStudy) -> None:
    spans = pd.DataFrame({"entry": ["N1", "N3"], "start": [10, 0], "end": [11, 6], "code": ["MOD", "MOD"]})

    live.do(code_spans(spans, coder="rule: mod"))

    assert [row["quote"] for row in found(live, "codings", coder="rule: mod")] == ["🙂", "Chefen"]


def test_a_revised_memo_keeps_its_author_and_time(live: LiveStudy) -> None:
    [before] = found(live, "memos", memo="M1")
    live.do(revise_memo("M1", text="Mod före tid.", code="MOD"))

    assert found(live, "memos", memo="M1") == [{**before, "text": "Mod före tid.", "code": "MOD"}]


def test_a_finding_rests_on_the_entries_given_last(live: LiveStudy) -> None:
    live.do(revise_finding("F1", evidence=["N4", "N2"]))

    assert {row["entry"] for row in found(live, "evidence", finding="F1")} == {"N2", "N4"}


def test_the_latest_choice_of_a_day_holds(live: LiveStudy) -> None:
    live.do(consent("P-1", "be_quoted", given=True, information="2025-1", decided=DAY))
    live.do(consent("P-1", "be_quoted", given=False, information="2025-2", decided=DAY))

    [choice] = found(live, "consents", person="P-1", purpose="be_quoted")
    assert (choice["given"], choice["information"]) == (False, "2025-2")


def test_who_withdraws_takes_along_all_that_is_theirs(live: LiveStudy) -> None:
    """P-1 wrote N1 (C1, C3, C4; memo M2; evidence of F1), rated twice and answered S1."""
    live.do(withdraw("P-1"))

    assert [row["entry"] for row in found(live, "entries")] == ["N2", "N3", "N4"]
    assert [row["coding"] for row in found(live, "codings")] == ["C2", "C5"]
    assert [row["memo"] for row in found(live, "memos")] == ["M1"]
    assert [row["response"] for row in found(live, "responses")] == ["S2"]
    assert [row["entry"] for row in found(live, "evidence")] == ["N4"]
    for rating in found(live, "ratings", person="P-1"):
        assert [rating[name] for name in ("level", "missing", "evidence", "confidence")] == [None, "WD", None, None]
    assert found(live, "people", person="P-1")[0]["left"] == day_of_last_act(live)
    latest = max(found(live, "consents", person="P-1", purpose="take_part"), key=lambda row: str(row["decided"]))
    assert (latest["given"], latest["information"]) == (False, "2025-1")


def test_what_others_did_stays_when_one_withdraws(live: LiveStudy) -> None:
    before = [row for row in found(live, "ratings") if row["person"] != "P-1"]
    live.do(withdraw("P-1"))

    assert [row for row in found(live, "ratings") if row["person"] != "P-1"] == before
    assert len(found(live, "experiments")) == 1


def test_a_withdrawal_leaves_a_stone_for_each_entry_and_none_of_its_words(live: LiveStudy) -> None:
    live.do(withdraw("P-1"))

    objects = last_objects(live)
    assert objects["tombstones"] == [{"entry": "N1", "kind": "reflection", "date": "2025-03-01"}]
    assert objects["findings that rested on them"] == ["F1"]
    assert not any(words in json.dumps(objects, ensure_ascii=False) for words in ("vågade", "citeras", "Så är det"))


def test_who_wrote_nothing_and_never_chose_can_withdraw_too(live: LiveStudy) -> None:
    live.do(withdraw("P-3"))

    assert found(live, "consents", person="P-3")[0]["information"] == "none given"
    assert found(live, "entries", person="P-3") == []


def test_who_withdraws_after_their_organisation_left_has_left_with_it(live: LiveStudy) -> None:
    live.do(change_row("organisations", "A2", left="2025-06-01"))
    live.do(withdraw("P-3"))

    assert found(live, "people", person="P-3")[0]["left"] == "2025-06-01"


@pytest.mark.parametrize(
    "act",
    [
        hand_in("En sak till.", person="P-1", occasion="T2", kind="reflection"),
        rate("T2", "I3", "desired", person="P-1", level=4),
        respond("B1", "P-1", stance="adds"),
    ],
    ids=lambda act: act.name,
)
def test_nothing_more_is_taken_in_of_who_has_withdrawn_until_they_consent_again(act: Act, live: LiveStudy) -> None:
    live.do(withdraw("P-1"))

    with pytest.raises(RefusedError, match="nothing is kept of a person who has withdrawn"):
        live.do(act)

    live.do(consent("P-1", "take_part", given=True, information="2026-1", decided=None))
    live.do(act)
