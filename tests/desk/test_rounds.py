"""Rounds of coding apart at the desk, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk.conftest import Begin
from tests.tiny import reflexive_study, tiny_study
from workbench.acts.codes import merge_codes
from workbench.acts.codings import code_span, remove_coding
from workbench.acts.entries import correct_entry
from workbench.acts.rounds import finish, open_round
from workbench.desk.session import DeskSession
from workbench.store.draft import Act
from workbench.store.live import LiveStudy
from workbench.store.verify import verify

READ = {"N1": ["K9", "K2"], "N3": ["K9", "K2"]}


@pytest.fixture
def apart(begin: Begin) -> Iterator[DeskSession]:
    """Let K9 and K2 code N1 and N3 apart; N1 alike at its beginning, and otherwise after it."""
    place = begin(tiny_study())
    session = DeskSession(place, coder="K9")
    by(session, "R1", open_round("Läser vi lika?", READ, question="Om tid.", round_code="Q1"))
    by(session, "K9", code_span("N1", 0, 2, "COND"), code_span("N1", 3, 9, "COND"), code_span("N1", 12, 20, "COND"))
    by(session, "K2", code_span("N1", 0, 2, "COND"), code_span("N1", 3, 11, "COND"), code_span("N3", 0, 6, "COND"))
    yield session
    assert verify(place) == []
    session.close()


def by(session: DeskSession, coder: str, *acts: Act) -> None:
    assert session.live.database.path
    with LiveStudy(session.live.database.path.parent, actor=coder) as live:
        for act in acts:
            live.do(act)


def closed(session: DeskSession) -> DeskSession:
    by(session, "R1", *(finish("Q1", list(READ), coder=coder) for coder in ("K2", "K9")))
    assert session.answer({"ask": "close round", "round": "Q1"})["ok"]
    return session


def apart_places(session: DeskSession) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = session.answer({"ask": "compare", "round": "Q1"})["places"]
    return places


def agreed(session: DeskSession) -> list[tuple[Any, ...]]:
    rows = session.live.find("codings", coder="agreed")
    return [(row["entry"], row["start"], row["end"], row["code"]) for row in rows]


def test_a_round_is_opened_of_entries_shared_out_among_coders(session: DeskSession) -> None:
    asked = {
        "title": "Läser vi lika?",
        "entries": ["N1", "N2", "N3"],
        "coders": ["K1", "K2", "K9"],
        "each": 2,
        "seed": 1,
    }
    answer = session.answer({"ask": "open round", **asked})
    [listed] = session.answer({"ask": "rounds"})["rounds"]

    assert answer["anew"]
    assert [one["assigned"] for one in listed["coders"]] == [2, 2, 2]
    assert len(answer["assigned"]) == 2
    assert session.answer({"ask": "begin"})["assigned"] == answer["assigned"]


def test_progress_is_told_and_nothing_of_what_was_coded(apart: DeskSession) -> None:
    by(apart, "K2", finish("Q1", "N1"))
    answer = apart.answer({"ask": "rounds"})
    [listed] = answer["rounds"]

    assert listed["coders"] == [
        {"coder": "K2", "assigned": 2, "finished": 1}, {"coder": "K9", "assigned": 2, "finished": 0},
    ]  # fmt: skip
    assert listed["unfinished"] == [["N1", "K9"], ["N3", "K9"], ["N3", "K2"]]


def test_a_coder_is_done_with_an_entry_and_not_after_all(apart: DeskSession) -> None:
    done = apart.answer({"ask": "finish", "entry": "N1"})
    again = apart.answer({"ask": "finish", "entry": "N1"})
    back = apart.answer({"ask": "reopen", "entry": "N1"})

    assert done["assigned"] == {"N1": "done", "N3": "to do"}
    assert not done["anew"]
    assert "finished already" in again["told"]
    assert back["assigned"] == {"N1": "to do", "N3": "to do"}
    assert "not yours" in apart.answer({"ask": "finish", "entry": "N2"})["told"]
    assert apart.answer({"ask": "undo"})["assigned"]["N1"] == "done"


def test_a_round_is_closed_without_those_who_are_not_done_only_when_they_are_named_and_why(apart: DeskSession) -> None:
    by(apart, "R1", *(finish("Q1", "N1", coder=coder) for coder in ("K2", "K9")))
    left = apart.answer({"ask": "rounds"})["rounds"][0]["unfinished"]
    asked = {"ask": "close round", "round": "Q1"}

    assert "2 are not" in apart.answer(asked)["told"]
    assert "some words are required" in apart.answer({**asked, "unfinished": left})["told"]
    assert apart.answer({**asked, "unfinished": left, "reason": "K2 är sjuk."})["anew"]
    told = apart.answer({"ask": "compare", "round": "Q1"})
    assert (told["entries"], told["left_out"]) == (1, 1)


def test_nothing_is_compared_while_the_round_is_open(apart: DeskSession) -> None:
    for ask in ("compare", "numbers", "agree"):
        assert "is open" in apart.answer({"ask": ask, "round": "Q1"})["told"]
        assert "is not there" in apart.answer({"ask": ask, "round": "Q9"})["told"]


def test_what_was_read_apart_is_told_place_by_place(apart: DeskSession) -> None:
    closed(apart)
    told = apart.answer({"ask": "compare", "round": "Q1"})

    assert [(one["entry"], one["start"], one["end"], one["how"], one["quote"]) for one in told["places"]] == [
        ("N1", 3, 11, "other ends", "vågade 🙂"), ("N1", 12, 20, "right only", "säga nej"),
        ("N3", 0, 6, "left only", "Chefen"),
    ]  # fmt: skip
    assert told["places"][0]["coders"] == ["K2", "K9"]
    [left], [right] = told["places"][0]["left"], told["places"][0]["right"]
    assert (left["quote"], right["quote"]) == ("vågade 🙂", "vågade")
    assert told["places"][1]["left"] == []
    assert (told["alike"], told["to_agree"], told["left_out"], told["stance"]) == (1, 1, 0, "codebook")


def test_codings_beside_the_same_one_are_one_place(apart: DeskSession) -> None:
    by(apart, "K9", code_span("N3", 0, 3, "COND"), code_span("N3", 4, 6, "COND"))
    closed(apart)
    place = apart_places(apart)[-1]

    assert [one["quote"] for one in place["left"]] == ["Chefen"]
    assert [one["quote"] for one in place["right"]] == ["Che", "en"]
    assert len(apart_places(apart)) == 3


def test_other_words_and_another_code_settle_that_place_alone(apart: DeskSession) -> None:
    closed(apart)
    readings = [[12, 20, "COND"]]
    asked = {"entry": "N1", "readings": readings, "taken": [[0, 21, "FEEL"]], "text": "Det är en känsla."}
    apart.answer({"ask": "adjudicate", "round": "Q1", **asked})

    assert [one["decided"] is not None for one in apart_places(apart)] == [False, True, False]
    assert agreed(apart) == [("N1", 0, 21, "FEEL")]


def test_an_entry_in_another_round_that_is_open_is_not_compared(apart: DeskSession) -> None:
    by(apart, "R1", open_round("Om igen", {"N1": ["K5", "K6"]}))
    closed(apart)
    told = apart.answer({"ask": "compare", "round": "Q1"})

    assert {place["entry"] for place in told["places"]} == {"N3"}
    assert told["left_out"] == 1


def test_agreement_is_told_with_what_it_rests_on(apart: DeskSession) -> None:
    closed(apart)
    [row] = apart.answer({"ask": "numbers", "round": "Q1"})["rows"]

    assert (row["code"], row["n"], row["positive"]) == ("COND", 3, 2)
    assert row["alpha"] is not None


def test_agreement_is_of_the_codings_as_they_were_when_the_round_was_closed(apart: DeskSession) -> None:
    closed(apart)
    before = apart.answer({"ask": "numbers", "round": "Q1"})
    [one] = [row for row in apart.live.find("codings", coder="K9") if row["start"] == 12]
    apart.answer({"ask": "remove", "coding": one["coding"]})
    by(apart, "K2", code_span("N3", 0, 6, "FEEL"), remove_coding("C2"), correct_entry("N1", text="Vi vågade säga nej."))
    by(apart, "R1", merge_codes(["FEEL"], "COND", reason="Lika."))

    assert apart.answer({"ask": "numbers", "round": "Q1"}) == before
    assert len(apart_places(apart)) == 2


def test_a_reflexive_codebook_has_no_numbers(begin: Begin) -> None:
    session = DeskSession(begin(reflexive_study()), coder="K9")
    by(session, "R1", open_round("Läser vi lika?", READ, round_code="Q1"))
    closed(session)

    assert session.answer({"ask": "compare", "round": "Q1"})["stance"] == "reflexive"
    assert "talked over, not measured" in session.answer({"ask": "numbers", "round": "Q1"})["told"]
    session.close()


def test_a_reading_is_taken_and_another_instead(apart: DeskSession) -> None:
    closed(apart)
    place = apart_places(apart)[0]
    readings = [[one["start"], one["end"], "COND"] for side in ("left", "right") for one in place[side]]
    asked = {"ask": "adjudicate", "round": "Q1", "entry": "N1", "readings": readings}
    first = apart.answer({**asked, "taken": readings[:1], "text": "Leendet hör till."})

    assert agreed(apart) == [("N1", 3, 11, "COND")]
    assert apart_places(apart)[0]["decided"]["text"] == "Leendet hör till."
    assert [one["outcome"] for one in first["decisions"]] == ["agreed"]
    apart.answer({**asked, "taken": readings[1:], "text": "Nej."})
    assert agreed(apart) == [("N1", 3, 9, "COND")]
    apart.answer({**asked, "taken": [], "text": "Inget av dem."})
    assert agreed(apart) == []
    apart.answer({"ask": "undo"})
    assert agreed(apart) == [("N1", 3, 9, "COND")]
    assert apart_places(apart)[0]["decided"]["text"] == "Nej."


def test_both_readings_may_stand(apart: DeskSession) -> None:
    closed(apart)
    place = apart_places(apart)[1]
    asked = {name: place[name] for name in ("entry", "start", "end", "code")}
    apart.answer({"ask": "decide", "round": "Q1", **asked, "outcome": "apart", "text": "Båda går att läsa."})

    assert [one["decided"] and one["decided"]["outcome"] for one in apart_places(apart)] == [None, "apart", None]
    assert agreed(apart) == []


def test_what_was_read_alike_is_agreed_on_as_one_act(apart: DeskSession) -> None:
    closed(apart)
    assert apart.answer({"ask": "agree", "round": "Q1"})["ok"]

    assert agreed(apart) == [("N1", 0, 2, "COND")]
    assert "agreed on already" in apart.answer({"ask": "agree", "round": "Q1"})["told"]
    assert apart.answer({"ask": "undo"})["ok"]
    assert agreed(apart) == []


def test_a_closing_that_is_undone_makes_the_round_blind_again(apart: DeskSession) -> None:
    closed(apart)
    assert {one["coder"] for one in apart.answer({"ask": "open", "entry": "N3"})["codings"]} == {"K1", "K2"}
    assert apart.answer({"ask": "undo"})["anew"]

    assert apart.answer({"ask": "open", "entry": "N3"})["codings"] == []
    assert "is open" in apart.answer({"ask": "compare", "round": "Q1"})["told"]
