"""What a coder is suggested at the desk, and what becomes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.desk.conftest import Begin
from tests.suggest.taught import taught_study
from workbench.acts.rounds import close_round, finish, open_round
from workbench.desk.session import DeskSession
from workbench.store.live import LiveStudy
from workbench.store.verify import verify

LAST = "N00-2"
Sit = Callable[..., DeskSession]


@pytest.fixture
def sit(begin: Begin) -> Iterator[Sit]:
    """Let a coder sit down where K1 has coded much: ``sit(coder)``."""
    place = begin(taught_study())
    sessions: list[DeskSession] = []

    def sat(coder: str = "K1") -> DeskSession:
        sessions.append(DeskSession(place, coder=coder))
        return sessions[-1]

    yield sat
    for session in sessions:
        session.close()


def suggested(session: DeskSession, entry: str = LAST, **asked: object) -> dict[str, Any]:
    """Ask, wait until it is learnt, and ask again."""
    session.answer({"ask": "suggest", "entry": entry})
    session.suggestions.wait()
    return session.answer({"ask": "suggest", "entry": entry, **asked})


def answered(session: DeskSession, act: str, one: dict[str, Any]) -> dict[str, Any]:
    return session.answer({"ask": act, **{name: one[name] for name in ("entry", "start", "end", "code")}})


def test_the_desk_answers_at_once_while_it_learns(sit: Sit) -> None:
    session = sit()
    first = session.answer({"ask": "suggest", "entry": LAST})

    assert first["state"] == "learning"
    assert first["words"].startswith("Learning from your 48 codings:")
    assert session.answer({"ask": "open", "entry": LAST})["ok"]
    assert suggested(session)["state"] == "ready"


def test_each_suggestion_says_how_often_such_were_right_and_of_how_many(sit: Sit) -> None:
    answer = suggested(sit())

    assert [one["code"] for one in answer["suggestions"]] == ["COND_CULTURE", "COND_TIME"]
    assert answer["suggestions"][0]["words"] == "suggested 0.93, about 10 of 10 like this were right, n = 22"
    assert answer["threshold"] == 0.2
    assert answer["thresholds"][0]["words"] == "48 of 48 were right (100%, 95 % 93% to 100%)"
    json.dumps(answer)


def test_what_is_accepted_is_the_coders_own_coding_and_the_answer_stands_beside_it(sit: Sit) -> None:
    session = sit()
    one = suggested(session)["suggestions"][0]
    answer = answered(session, "accept", one)
    [coding] = session.live.find("codings", entry=LAST)
    [row] = session.live.find("suggestions")

    assert answer["come"][0]["coding"] == coding["coding"]
    assert suggested(session)["words"].endswith("1 of your codings came by accepting suggestions, and count as right.")
    assert (coding["coder"], coding["quote"]) == ("K1", "Kulturen kring rapporten är tyst om avtalet.")
    assert (row["answer"], row["percent"], row["coder"]) == ("accepted", 93, "K1")
    assert row["model"] == "characters 2-5, version 1; 48 codings, 2 codes, 24 entries"
    assert verify(session.live.database.path.parent) == []


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_what_is_answered_is_not_suggested_again_until_it_is_undone(sit: Sit, act: str) -> None:
    session = sit()
    before = suggested(session)["suggestions"]
    assert answered(session, act, before[0])["ok"]

    assert suggested(session)["suggestions"] == before[1:]
    assert session.answer({"ask": "undo"})["ok"]
    assert suggested(session)["suggestions"] == before
    assert session.live.find("suggestions") == session.live.find("codings", entry=LAST) == []
    assert session.answer({"ask": "redo"})["ok"]
    assert suggested(session)["suggestions"] == before[1:]


def test_what_is_rejected_leaves_no_coding(sit: Sit) -> None:
    session = sit()
    answered(session, "reject", suggested(session)["suggestions"][0])

    assert session.live.find("codings", entry=LAST) == []
    assert [row["answer"] for row in session.live.find("suggestions")] == ["rejected"]


def test_what_the_coder_has_coded_is_not_suggested(sit: Sit) -> None:
    session = sit()
    one = suggested(session)["suggestions"][0]
    session.answer({"ask": "code", "entry": LAST, "start": one["start"] + 3, "end": one["end"], "code": one["code"]})

    assert [other["code"] for other in suggested(session)["suggestions"]] == ["COND_TIME"]


def test_a_code_that_was_retired_is_not_suggested_meanwhile(sit: Sit) -> None:
    session = sit()
    suggested(session)
    session.answer({"ask": "retire code", "code": "COND_TIME", "heir": None, "reason": "För vid."})

    answer = session.answer({"ask": "suggest", "entry": LAST})
    assert [one["code"] for one in answer["suggestions"]] == ["COND_CULTURE"]


def test_only_thresholds_that_are_worth_using_show_anything(sit: Sit) -> None:
    answer = suggested(sit(), threshold=0.9)

    assert [one["threshold"] for one in answer["thresholds"] if not one["worth"]] == [0.9]
    assert answer["suggestions"] == []
    assert len(suggested(sit(), threshold=0.8)["suggestions"]) == 2


def test_a_coder_who_has_coded_little_is_told_that_it_is_not_worth_it_yet(sit: Sit) -> None:
    answer = suggested(sit("K2"))

    assert answer["suggestions"] == []
    assert answer["words"].startswith("K2 has 1 codings, and no code in 10 sentences by 3 people or groups. Cure:")
    assert answer["state"] == "none"


def test_nothing_is_learnt_anew_for_a_coding_or_two_but_for_a_tenth_more(sit: Sit) -> None:
    session = sit()
    first = suggested(session)["model"]
    for number, last in enumerate(["N01-2", "N02-2", "N03-2", "N04-2", "N05-2"], 1):
        session.answer({"ask": "code", "entry": last, "start": 0, "end": 8, "code": "COND_TIME"})
        again = suggested(session)["model"]
        assert (again != first) == (number == 5)


def test_what_was_not_suggested_is_not_answered(sit: Sit) -> None:
    asked = {"ask": "accept", "entry": LAST, "start": 0, "end": 5, "code": "COND_TIME"}

    assert not sit().answer(asked)["ok"]


def test_in_a_blind_round_nothing_is_suggested_until_it_is_closed(sit: Sit) -> None:
    session = sit()
    one = suggested(session)["suggestions"][0]
    with LiveStudy(session.live.database.path.parent, actor="R1") as lead:
        lead.do(open_round("Läser vi lika?", {LAST: ["K1", "K2"]}, round_code="Q1"))
        waiting = suggested(session)
        refused = [answered(session, act, one) for act in ("accept", "reject")]
        elsewhere = suggested(session, "N01-2")
        lead.do(finish("Q1", LAST, coder="K1"))
        done = suggested(session)
        lead.do(close_round("Q1", without={LAST: ["K2"]}, reason="Hann inte."))

    assert (waiting["state"], waiting["suggestions"]) == ("waiting", [])
    assert "thresholds" not in waiting
    assert not any(answer["ok"] for answer in refused)
    assert "suggestions wait while K1 codes N00-2 apart in round Q1" in refused[0]["told"]
    assert elsewhere["suggestions"]
    assert done == waiting  # what were accepted now would be compared
    assert one in suggested(session)["suggestions"]


def test_who_is_not_in_a_round_is_suggested_for_as_before(sit: Sit) -> None:
    session = sit()
    with LiveStudy(session.live.database.path.parent, actor="R1") as lead:
        lead.do(open_round("Läser vi lika?", {LAST: ["K2", "K3"]}, round_code="Q1"))

    assert suggested(session)["suggestions"]
