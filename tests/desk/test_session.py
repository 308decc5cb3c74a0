"""What a coder asks for, and is answered, without a screen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.desk.conftest import Begin
from tests.tiny import EMOJI_TEXT, tiny_study
from workbench.desk.session import DeskSession
from workbench.store.verify import verify


def coded(session: DeskSession, entry: str, start: int, end: int, code: str = "COND") -> dict[str, Any]:
    return session.answer({"ask": "code", "entry": entry, "start": start, "end": end, "code": code})


def test_the_desk_begins_with_the_entries_the_codebook_and_what_to_choose_by(session: DeskSession) -> None:
    begun = session.answer({"ask": "begin"})

    assert [one["entry"] for one in begun["entries"]] == ["N1", "N2", "N3", "N4"]
    assert begun["entries"][0]["begins"].startswith("Vi vågade 🙂")
    assert begun["choices"]["occasion"] == {"T1": "Start", "T2": "Slut"}
    assert {one["code"] for one in begun["codes"]} == set(session.study.codes["code"])
    json.dumps(begun)


def test_an_entry_opens_with_its_codings_and_what_stands_around_it(session: DeskSession) -> None:
    opened = session.answer({"ask": "open", "entry": "N1"})

    assert opened["entry"]["text"] == EMOJI_TEXT
    assert {"component": "I3", "frame": "now", "level": 2, "missing": None} in opened["levels"]
    assert opened["previous"] is None


def test_a_coding_is_in_the_study_when_the_desk_answers(session: DeskSession) -> None:
    answer = coded(session, "N1", 10, 11)
    [row] = session.live.find("codings", coder="K9")

    assert answer["ok"]
    assert (row["quote"], row["code"]) == ("🙂", "COND")
    assert answer["come"][0]["coding"] == row["coding"]


def test_what_is_undone_and_done_again_is_told_coding_by_coding(session: DeskSession) -> None:
    made = coded(session, "N1", 0, 2)["come"]

    assert session.answer({"ask": "undo"})["gone"] == made
    assert session.answer({"ask": "redo"})["come"] == made
    assert verify(session.live.database.path.parent) == []


def test_a_new_code_in_place_is_one_act_and_undone_as_one(session: DeskSession) -> None:
    asked = {"ask": "new code", "name": "säga \n nej", "entry": "N1", "start": 12, "end": 20, "reason": "in vivo"}
    answer = session.answer(asked)
    names = {one["name_sv"] for one in answer["codes"]}
    undone = session.answer({"ask": "undo"})

    assert "säga nej" in names
    assert answer["come"][0]["code"] in {one["code"] for one in answer["codes"]}
    assert "säga nej" not in {one["name_sv"] for one in undone["codes"]}
    assert undone["gone"] == answer["come"]


def test_the_beginning_of_a_study_is_not_undone_from_the_desk(begin: Begin) -> None:
    founder = DeskSession(begin(tiny_study()), coder="R1")
    answer = founder.answer({"ask": "undo"})

    assert "not undone from the desk" in answer["told"]
    assert len(founder.live.read().entries) == 4
    founder.close()


def test_several_rows_are_coded_whole_as_one_act(session: DeskSession) -> None:
    answer = session.answer({"ask": "code rows", "entries": ["N1", "N3"], "code": "COND"})

    assert [(one["entry"], one["start"], one["end"]) for one in answer["come"]] == [
        ("N1", 0, len(EMOJI_TEXT)), ("N3", 0, len("Chefen gick.")),
    ]  # fmt: skip
    assert len(session.answer({"ask": "undo"})["gone"]) == 2


def test_a_boundary_a_code_and_a_coding_are_changed_each_by_its_act(session: DeskSession) -> None:
    [made] = coded(session, "N1", 0, 2)["come"]
    moved = session.answer({"ask": "move", "coding": made["coding"], "start": 3, "end": 9})
    removed = session.answer({"ask": "remove", "coding": made["coding"]})

    assert moved["gone"] == [made]
    assert (moved["come"][0]["start"], moved["come"][0]["end"]) == (3, 9)
    assert removed["gone"] == moved["come"]


def test_texts_are_searched_in_any_form_of_a_word(session: DeskSession) -> None:
    found = session.answer({"ask": "find", "words": "chef"})

    assert set(found["entries"]) == {"N3", "N4"}
    assert session.answer({"ask": "find", "words": '"utan slut'})["ok"] is False


def test_a_memo_is_told_with_the_entry_it_is_about(session: DeskSession) -> None:
    answer = session.answer({"ask": "memo", "entry": "N1", "text": "Vad är det de vågar?", "kind": "theory"})

    assert [memo["text"] for memo in answer["memos"]["come"]] == ["Vad är det de vågar?"]
    assert session.answer({"ask": "open", "entry": "N1"})["memos"] == answer["memos"]["come"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"ask": "fly"}, "cannot fly"),
        ({"ask": "code", "entry": "N1"}, "did not understand"),
        ({"ask": "open", "entry": "N99"}, "no entry N99"),
        ({"ask": "code", "entry": "N1", "start": 0, "end": 9_000, "code": "COND"}, "Cure"),
        ({"ask": "undo"}, "nothing of yours to undo"),
        ({"ask": "redo"}, "there is something to redo"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_changed(
    session: DeskSession, asked: dict[str, Any], told: str
) -> None:
    before = session.live.read().codings
    answer = session.answer(asked)

    assert not answer["ok"]
    assert told in answer["told"]
    assert session.live.read().codings.equals(before)


@pytest.mark.parametrize("one", [None, "", "x", -1, 10**30, 0.5, [], [["x"]], {}, {"a": None}, True])
def test_whatever_a_page_sends_is_answered(session: DeskSession, one: object) -> None:
    asked = {"entry": "N1", "start": one, "end": one, "code": one, "coding": one, "entries": one, "text": one}

    for ask in ("code", "open", "texts", "code rows", "move", "recode", "remove", "new code", "memo", one):
        assert session.answer({"ask": ask, **asked})["ok"] in {True, False}
    assert session.answer({"ask": "code", **asked})["ok"] is False
    assert verify(session.live.database.path.parent) == []
