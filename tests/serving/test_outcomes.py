"""What became of an answer: a researcher says it on one page, and who answered reads it on another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbench.acts.findings import give_feedback, respond, state_finding
from workbench.serving.visitor import Answer, Visitor
from workbench.store.live import LiveStudy

from .living import Living, serve_living

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """Serve a study in which P-1 disputes a finding that was given back to A1, and P-2 agrees."""
    with serve_living() as server:
        with LiveStudy(server.place, actor="K1") as live:
            live.do(state_finding(title_sv="Mod", title_en="Courage", text_sv="Om mod.", evidence=["N1"], finding="F1"))
            live.do(give_feedback("F1", "A1", "T2", channel="workshop", feedback="B1"))
            live.do(respond("B1", "P-1", stance="disputes", text="Så var det inte.", response="R1"))
            live.do(respond("B1", "P-2", stance="agrees", response="R2"))
        yield server


def note(visitor: Visitor, outcome: str, response: str = "R1") -> Answer:
    form = {"_xsrf": visitor.form_key("research/answers"), "response": response, "outcome": outcome}
    return visitor.ask("research/answers", form=form)


def test_what_a_researcher_says_is_read_by_who_answered_and_no_colleague(living: Living) -> None:
    researcher, anna, bo = (living.enter(code) for code in ("cia", "anna", "bo"))
    assert "have not said yet what became of it" in anna.ask("me/findings").text
    page = note(researcher, " Vi skrev <b>om</b>\r\nfyndet 🙂. ")
    assert (page.status, "Saved." in page.text) == (200, True)
    assert "Vi skrev &lt;b&gt;om&lt;/b&gt;\nfyndet 🙂." in page.text
    assert "Vi skrev &lt;b&gt;om&lt;/b&gt;\nfyndet 🙂." in anna.ask("me/findings").text
    assert "Vi skrev" not in bo.ask("me/findings").text
    last = living.study.events.iloc[-1]
    assert (last["actor"], last["act"]) == ("cia", "note outcome")

    note(researcher, "Fyndet är struket.")
    assert "Fyndet är struket." in anna.ask("me/findings").text
    assert "Vi skrev" in str(living.study.events["before"].iloc[-1])


@pytest.mark.parametrize(("outcome", "response"), [(" \n", "R2"), ("x" * 4001, "R2"), ("Ja.", "R9")])
def test_what_cannot_be_noted_is_said_and_nothing_is_saved(living: Living, outcome: str, response: str) -> None:
    before = len(living.study.events)
    page = note(living.enter("cia"), outcome, response)
    assert (page.status, 'class="failed" role="alert"' in page.text) == (400, True)
    assert len(living.study.events) == before


@pytest.mark.parametrize("code", ["anna", "bo"])
def test_nobody_else_notes_anything(living: Living, code: str) -> None:
    visitor = living.enter(code)
    before = len(living.study.events)
    form = {"_xsrf": visitor.form_key("logout"), "response": "R2", "outcome": "Ja."}
    assert visitor.ask("research/answers", form=form).status == 404
    assert len(living.study.events) == before


def test_the_same_words_twice_change_nothing_and_are_said_to(living: Living) -> None:
    researcher = living.enter("cia")
    note(researcher, "Samma ord.", "R2")
    assert note(researcher, "Samma ord.", "R2").status == 409
