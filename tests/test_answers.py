"""Answers to findings: who may give them, what the writer sees of them, and what the researchers see."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.access import slice_for
from workbench.access.answers import STANCES, AnswerError, answer, answers_table, given_to, stances_table
from workbench.acts.findings import give_feedback, note_outcome, state_finding
from workbench.apps.findings import findings
from workbench.apps.journey import Journey, open_journey
from workbench.apps.rests import opening
from workbench.opening import open_study
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.study import Study


@pytest.fixture
def told(tiny: Study, tmp_path: Path) -> Path:
    """Give F1 back to A1, and F2 to A2."""
    place = tmp_path / "live"
    create_study(place, tiny, actor="K1")
    with LiveStudy(place, actor="K1") as live:
        live.do(
            state_finding(title_sv="Mod", title_en="Courage", text_sv="Om mod.", evidence=["N1", "N3"], finding="F1")
        )
        live.do(state_finding(title_sv="Tid", text_sv="Om tid.", evidence=["N3"], finding="F2"))
        live.do(give_feedback("F1", "A1", "T2", channel="workshop", feedback="B1"))
        live.do(give_feedback("F2", "A2", "T2", channel="workshop", feedback="B2"))
    return place


def test_a_finding_is_shown_with_what_of_mine_it_rests_on(told: Path) -> None:
    with LiveStudy(told, actor="P-1") as live:
        [given] = given_to(slice_for(live.read(), "P-1"), "P-1", "en")

    assert (given.feedback, given.title, given.own, given.joint, given.answers) == ("B1", "Courage", 1, 0, ())


def test_an_answer_and_what_became_of_it_are_shown_to_who_gave_it_and_to_no_colleague(told: Path) -> None:
    with LiveStudy(told, actor="P-1") as live:
        live.do(answer(slice_for(live.read(), "P-1"), "P-1", "B1", "adds", " Vi var rädda\r\nockså. "))
        [given] = given_to(slice_for(live.read(), "P-1"), "P-1", "sv")
        assert [(it["stance"], it["text"], it["outcome"]) for it in given.answers] == [
            ("adds", "Vi var rädda\nockså.", "")
        ]
        live.do(note_outcome(live.read().responses["response"].item(), "Rädslan lades till."))
        after = live.read()

    [given] = given_to(slice_for(after, "P-1"), "P-1", "sv")
    assert given.answers[0]["outcome"] == "Rädslan lades till."
    assert given_to(slice_for(after, "P-2"), "P-2", "sv")[0].answers == ()


@pytest.mark.parametrize(
    ("feedback", "stance", "text", "what"),
    [
        ("B2", "agrees", "", "feedback"),
        ("B9", "agrees", "", "feedback"),
        ("B1", "shrugs", "Nja.", "stance"),
        ("B1", "differs", " \n", "text"),
        ("B1", "disputes", "", "text"),
    ],
)
def test_what_cannot_be_answered_is_said_by_its_part(
    told: Path, feedback: str, stance: str, text: str, what: str
) -> None:
    with LiveStudy(told, actor="P-1") as live, pytest.raises(AnswerError) as error:
        answer(slice_for(live.read(), "P-1"), "P-1", feedback, stance, text)
    assert error.value.what == what


def test_who_agrees_need_not_say_more(told: Path) -> None:
    with LiveStudy(told, actor="P-1") as live:
        live.do(answer(slice_for(live.read(), "P-1"), "P-1", "B1", "agrees", ""))
        assert live.read().responses["text"].isna().all()


def test_researchers_see_all_answers_those_that_wait_first(told: Path) -> None:
    with LiveStudy(told, actor="P-1") as live:
        for person, stance in (("P-1", "agrees"), ("P-2", "disputes")):
            live.do(answer(slice_for(live.read(), person), person, "B1", stance, "Så är det."))
        first = live.find("responses", person="P-1")[0]["response"]
        live.do(note_outcome(str(first), "Läst."))
        study = live.read()

    table = answers_table(study, "en")
    assert list(table["person"]) == ["P-2", "P-1"]
    assert list(table["title"]) == ["Courage", "Courage"]
    counts = stances_table(study, "en").set_index("finding")
    assert list(counts.loc["F1", [*STANCES, "waiting"]]) == [1, 0, 0, 1, 1]
    assert list(counts.loc["F2", [*STANCES, "waiting"]]) == [0, 0, 0, 0, 0]


def test_the_demo_s_answers_are_all_there(demo: Study) -> None:
    assert len(answers_table(demo)) == len(demo.responses) == int(stances_table(demo)[list(STANCES)].sum().sum())


@pytest.mark.parametrize("served", [True, False])
def test_min_resa_leads_to_answering_where_it_is_served(
    told: Path, monkeypatch: pytest.MonkeyPatch, *, served: bool
) -> None:
    if served:
        monkeypatch.setenv("WORKBENCH_ROLE", "participant")
    journey = open_journey(open_study(told), "P-1", "en")
    told_so = findings(journey)
    assert ('href="me/findings"' in told_so) is served
    for stance in STANCES:
        assert (f'href="me/findings?feedback=B1&amp;stance={stance}#B1"' in told_so) is served


def test_min_resa_says_which_of_my_texts_a_finding_rests_on_in_their_own_words(told: Path) -> None:
    mine, colleague = (findings(open_journey(open_study(told), person, "en")) for person in ("P-1", "P-2"))

    assert "rests on one of your texts" in mine
    assert "Vi vågade 🙂 säga nej. Sedan gick vi hem." in mine
    assert "rests on one of your texts" not in colleague
    assert "Vi vågade" not in colleague


def test_an_answer_without_an_outcome_says_that_it_waits(told: Path) -> None:
    with LiveStudy(told, actor="P-1") as live:
        live.do(answer(slice_for(live.read(), "P-1"), "P-1", "B1", "agrees", "Ja."))
        waits = findings(Journey(slice_for(live.read(), "P-1"), "en"))
        live.do(note_outcome(str(live.find("responses", person="P-1")[0]["response"]), "Läst."))
        told_so = findings(Journey(slice_for(live.read(), "P-1"), "en"))

    assert "The researchers have not said yet what became of it." in waits
    assert "<b>What became of it</b>: Läst." in told_so


@given(text=st.text(min_size=1, max_size=400))
def test_the_opening_of_a_text_is_one_line_of_its_own_words(text: str) -> None:
    said = opening(text)

    assert "\n" not in said
    assert len(said) <= 122
    assert " ".join(text.split()).startswith(said.removesuffix(" …"))
