"""While a round is open nothing that the desk answers depends on what others made of its entries."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.desk.conftest import Begin
from tests.tiny import EMOJI_TEXT, tiny_study
from workbench.acts.codes import add_code
from workbench.acts.codings import code_span, remove_coding
from workbench.acts.memos import write_memo
from workbench.acts.rounds import close_round, finish, open_round
from workbench.desk.session import DeskSession
from workbench.store.creating import create_study
from workbench.store.draft import Act
from workbench.store.live import LiveStudy

TEXTS = {"N1": EMOJI_TEXT, "N2": "Hemligt.", "N3": "Chefen gick.", "N4": "Utan chefen."}
CODES = ["COND", "COND_TIME", "FEEL"]
APART = {"N1": ["K2", "K9"], "N3": ["K2", "K3"]}  # K9, who looks, is to code the first and not the second
_MADE = re.compile(r"[a-z][0-9a-f]{27}")  # a code made at random
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")


@st.composite
def readings(draw: st.DrawFn) -> list[tuple[str, Act]]:
    """Draw what K2 and K3 make of the entries that are coded apart: codings and memos."""
    made: dict[tuple[Any, ...], Act] = {}
    for _ in range(draw(st.integers(2, 5))):
        entry, coder = draw(st.sampled_from([("N1", "K2"), ("N3", "K2"), ("N3", "K3"), ("N1", "K3")]))
        start = draw(st.integers(0, len(TEXTS[entry]) - 1))
        end, code = draw(st.integers(start + 1, len(TEXTS[entry]))), draw(st.sampled_from(CODES))
        made[coder, entry, start, end, code] = code_span(entry, start, end, code)
        if draw(st.booleans()):
            made[coder, entry, draw(st.integers())] = write_memo("theory", "Vad är detta?", entry=entry, code=code)
    return [(key[0], act) for key, act in made.items()]


def questions(entry: str, code: str) -> list[dict[str, Any]]:
    """Ask for all there is: what is shown, what is searched, the codebook, the rounds, and changes of one's own."""
    other = next(one for one in CODES if one != code)
    return [
        {"ask": "begin"}, {"ask": "open", "entry": entry}, {"ask": "texts", "entries": list(TEXTS)},
        {"ask": "rounds"}, {"ask": "suggest", "entry": entry},
        {"ask": "code page", "code": code}, {"ask": "examples", "code": code, "alone": True},
        {"ask": "merge preview", "sources": [code], "into": other}, {"ask": "split list", "code": code},
        {"ask": "codebook"}, {"ask": "codebook news", "version": "0"}, {"ask": "compare", "round": "Q1"},
        {"ask": "numbers", "round": "Q1"}, {"ask": "agree", "round": "Q1"},
        {"ask": "decide", "round": "Q1", "entry": entry, "start": 0, "end": 1, "outcome": "open", "text": "Nej."},
        {"ask": "adjudicate", "round": "Q1", "entry": entry, "readings": [], "taken": [[0, 1, code]], "text": "Nej."},
        {"ask": "close round", "round": "Q1"}, {"ask": "code", "entry": entry, "start": 0, "end": 6, "code": code},
        {"ask": "memo", "entry": entry, "text": "Mitt."}, {"ask": "open", "entry": entry},
        {"ask": "news", "since": 2},
        {"ask": "finish", "entry": entry}, {"ask": "reopen", "entry": entry}, {"ask": "undo"}, {"ask": "undo"},
        {"ask": "redo"}, {"ask": "code page", "code": code}, {"ask": "code page", "code": other},
        {"ask": "merge codes", "sources": [code], "into": other, "reason": "Lika."}, {"ask": "code page", "code": code},
        {"ask": "open", "entry": entry}, {"ask": "undo"}, {"ask": "begin"}, {"ask": "news", "since": 1},
    ]  # fmt: skip


def asked_of(session: DeskSession, asked: dict[str, Any]) -> Any:
    if asked["ask"] == "news":  # of what was asked for last: numbers of events differ from study to study
        asked = {**asked, "since": session.answer({"ask": "begin"})["sequence"] - asked["since"]}
    answer = session.answer(asked)
    if asked["ask"] == "suggest":
        session.suggestions.wait()
        answer = session.answer(asked)
    return told(answer)


def told(answer: dict[str, Any]) -> Any:
    """Give an answer without what is new each time: codes made, moments, numbers of the study's events."""
    kept = {name: value for name, value in answer.items() if name not in {"sequence", "tables"}}
    return json.loads(_MOMENT.sub("then", _MADE.sub("made", json.dumps(kept, sort_keys=True))))


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a study with an open round, for each example to copy."""
    place = tmp_path_factory.mktemp("apart") / "live"
    create_study(place, tiny_study(), actor="R1")
    with LiveStudy(place, actor="R1") as live:
        live.do(open_round("Läser vi lika?", APART, round_code="Q1"))
        live.do(add_code("Mod", reason="Saknas.", code="MOD"))
    return place


@contextmanager
def copied(place: Path, to: Path, acts: list[tuple[str, Act]]) -> Iterator[DeskSession]:
    """Let K9 sit at a copy of a study in which others have done some acts."""
    shutil.copytree(place, to)
    for coder, act in acts:
        with LiveStudy(to, actor=coder) as live:
            live.do(act)
    session = DeskSession(to, coder="K9")
    try:
        yield session
    finally:
        session.close()
        shutil.rmtree(to)


@pytest.fixture(scope="module")
def answered(apart: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """Give what is answered where others have done some acts: ``answered(entry, code, acts)``."""
    folder = tmp_path_factory.mktemp("answered")

    @cache
    def answers(entry: str, code: str, acts: tuple[tuple[str, Act], ...] = ()) -> list[Any]:
        with copied(apart, folder / "live", list(acts)) as session:
            return [(asked["ask"], asked_of(session, asked)) for asked in questions(entry, code)]

    return answers


@settings(
    max_examples=6,
    phases=(Phase.explicit, Phase.generate),  # a study is begun for each: making examples smaller would take long
)
@given(made=readings(), entry=st.sampled_from(["N1", "N3"]), code=st.sampled_from(CODES))
def test_whatever_others_code_the_answers_are_the_same(
    answered: Callable[..., list[Any]], made: list[tuple[str, Act]], entry: str, code: str
) -> None:
    assert answered(entry, code, tuple(made)) == answered(entry, code)


def test_a_search_finds_what_it_would_find_had_others_coded_nothing(apart: Path, tmp_path: Path) -> None:
    made = [("K2", code_span("N3", 0, 6, "COND")), ("K2", write_memo("theory", "Chefen!", entry="N3"))]
    asked = {"ask": "find", "words": "chef"}
    with copied(apart, tmp_path / "one", made) as here, copied(apart, tmp_path / "other", []) as there:
        assert told(here.answer(asked)) == told(there.answer(asked))


def test_codings_made_before_the_round_are_hidden_too_and_shown_when_it_is_closed(begin: Begin) -> None:
    place = begin(tiny_study())
    session = DeskSession(place, coder="K9")
    before = session.answer({"ask": "open", "entry": "N1"})["codings"]
    with LiveStudy(place, actor="R1") as live:
        live.do(open_round("Läser vi lika?", APART, round_code="Q1"))
        assert session.answer({"ask": "open", "entry": "N1"})["codings"] == []
        [listed] = [one for one in session.answer({"ask": "begin"})["entries"] if one["entry"] == "N1"]
        assert listed["coded"] == {}
        assert session.codings.empty
        for entry, coders in APART.items():
            for coder in coders:
                live.do(finish("Q1", entry, coder=coder))
        assert session.answer({"ask": "open", "entry": "N1"})["codings"] == []
        live.do(close_round("Q1"))
        assert session.answer({"ask": "open", "entry": "N1"})["codings"] == before != []
        live.undo()
        assert session.answer({"ask": "open", "entry": "N1"})["codings"] == []
    session.close()


@pytest.mark.parametrize(
    "asked",
    [{"ask": "remove"}, {"ask": "recode", "code": "COND"}, {"ask": "move", "start": 0, "end": 2}],
)
def test_a_hidden_coding_is_not_there_for_who_names_it(begin: Begin, asked: dict[str, Any]) -> None:
    place = begin(tiny_study())
    with LiveStudy(place, actor="R1") as live:
        live.do(open_round("Läser vi lika?", APART))
    session = DeskSession(place, coder="K9")

    hidden, missing = (session.answer({**asked, "coding": coding})["told"] for coding in ("C1", "C9"))
    assert hidden.replace("C1", "C9") == missing
    assert len(session.live.find("codings", coding="C1")) == 1
    session.close()


def test_what_stands_in_the_way_is_not_told_where_it_is_hidden(begin: Begin) -> None:
    place = begin(tiny_study())
    session = DeskSession(place, coder="K9")
    session.answer({"ask": "new code", "name": "Mod"})
    [made] = session.live.find("codes", name_sv="Mod")
    with LiveStudy(place, actor="K2") as live:
        live.do(open_round("Läser vi lika?", APART))
        live.do(code_span("N1", 0, 2, str(made["code"])))
        [coding] = live.find("codings", coder="K2")
    answer = session.answer({"ask": "undo"})

    assert not answer["ok"]
    assert "is not shown while the round is open" in answer["told"]
    assert str(coding["coding"]) not in answer["told"]
    assert "K2" not in answer["told"]
    session.close()


def test_undoing_a_merge_tells_nothing_of_hidden_codings_that_have_gone_since(begin: Begin) -> None:
    place = begin(tiny_study())
    session = DeskSession(place, coder="K9")
    assert session.answer({"ask": "merge codes", "sources": ["COND_TIME"], "into": "COND", "reason": "Lika."})["ok"]
    with LiveStudy(place, actor="K2") as live:
        live.do(open_round("Läser vi lika?", APART))
        live.do(remove_coding("C1"))
    told = session.answer({"ask": "undo"})["told"]

    assert "is not shown while the round is open" in told
    assert "C1" not in told
    session.close()
