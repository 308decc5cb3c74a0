"""What one coder does is told to the others, as it is now, without the study read anew."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from tests.tiny import EMOJI_TEXT
from workbench.acts.bulk import bulk
from workbench.acts.codings import code_spans
from workbench.desk.news import MOST, News
from workbench.desk.session import DeskSession
from workbench.records import Record
from workbench.store.creating import take_in


def begun(session: DeskSession) -> int:
    return int(session.answer({"ask": "begin"})["sequence"])


def news(session: DeskSession, since: int) -> dict[str, Any]:
    told = session.answer({"ask": "news", "since": since})
    assert told["ok"]
    json.dumps(told)
    return told


def code(session: DeskSession, start: int, end: int) -> dict[str, Any]:
    asked = {"ask": "code", "entry": "N1", "start": start, "end": end, "code": "COND"}
    made: dict[str, Any] = session.answer(asked)["come"][0]
    return made


def test_where_nothing_is_new_only_the_last_event_is_told(session: DeskSession) -> None:
    since = begun(session)

    assert news(session, since) == {"ok": True, "sequence": since}


def test_a_coding_of_another_is_told_with_who_coded_that_entry_how_often(
    session: DeskSession, other: DeskSession
) -> None:
    since = begun(session)
    made = code(other, 0, 2)
    told = news(session, since)

    assert (told["gone"], told["come"]) == ([], [made])
    assert told["coded"] == {"N1": {"K1": 1, "K8": 1}}
    assert news(session, told["sequence"]) == {"ok": True, "sequence": told["sequence"]}


def test_what_changed_several_times_is_told_as_it_is_now(session: DeskSession, other: DeskSession) -> None:
    since = begun(session)
    moved, removed = code(other, 0, 2), code(other, 3, 9)
    other.answer({"ask": "move", "coding": moved["coding"], "start": 0, "end": 9})
    other.answer({"ask": "remove", "coding": removed["coding"]})
    told = news(session, since)

    assert [(one["coding"], one["end"]) for one in told["come"]] == [(moved["coding"], 9)]
    assert {one["coding"] for one in told["gone"]} == {moved["coding"], removed["coding"]}


def test_codes_and_memos_of_another_are_told(session: DeskSession, other: DeskSession) -> None:
    since = begun(session)
    other.answer({"ask": "new code", "name": "Att våga"})
    other.answer({"ask": "memo", "entry": "N1", "text": "Vilka är vi?"})
    told = news(session, since)

    assert "Att våga" in {one["name_sv"] for one in told["codes"]}
    assert [one["text"] for one in told["memos"]["come"]] == ["Vilka är vi?"]
    assert told["tables"] == ["codes", "lineage", "memos"]


def test_what_a_coder_may_not_see_is_not_news(session: DeskSession, other: DeskSession) -> None:
    def own(rows: list[Record]) -> list[Record]:
        return [row for row in rows if row["coder"] == "K9"]

    since = begun(session)
    code(other, 0, 2)
    told = News(session.live, own).answers["news"]({"since": since})

    assert (told["gone"], told["come"], told["coded"]) == ([], [], {})


def test_where_very_much_is_new_all_is_to_be_told_anew(session: DeskSession, other: DeskSession) -> None:
    since = begun(session)
    spans = [("N1", start, end, "COND") for start in range(len(EMOJI_TEXT)) for end in range(start + 1, start + 20)]
    frame = pd.DataFrame(spans, columns=["entry", "start", "end", "code"])
    kept = frame[frame["end"] <= len(EMOJI_TEXT)].head(MOST + 1)
    other.live.do(code_spans(kept, coder="rule"))

    assert len(kept) > MOST
    assert news(session, since)["anew"]


def test_new_entries_are_told_by_beginning_anew(session: DeskSession, other: DeskSession) -> None:
    since = begun(session)
    entry = session.study.entries.head(1).assign(entry=pd.array(["N9"], dtype="str"))
    other.live.do(bulk("two acts", [take_in({"entries": entry})]))

    assert news(session, since)["anew"]
    assert "N9" in {one["entry"] for one in session.answer({"ask": "begin"})["entries"]}


def test_an_older_study_brought_back_is_told_anew(session: DeskSession) -> None:
    assert news(session, begun(session) + 5)["anew"]
