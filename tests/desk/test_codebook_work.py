"""What a coder asks of the codebook, and is answered, without a screen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.desk.conftest import Begin
from tests.tiny import tiny_study
from workbench.acts.memos import write_memo
from workbench.codebook import make_codebook
from workbench.desk.session import DeskSession
from workbench.reading import parse_mapping
from workbench.store.live import LiveStudy
from workbench.store.verify import verify

WHY = {"reason": "they mean the same"}


def ask(session: DeskSession, what: str, **asked: object) -> dict[str, Any]:
    answer = session.answer({"ask": what, **asked})
    json.dumps(answer)
    return answer


def row(session: DeskSession, code: str) -> dict[str, Any]:
    [found] = session.live.find("codes", code=code)
    return dict(found)


def code_of(session: DeskSession, coding: str) -> object:
    return session.live.find("codings", coding=coding)[0]["code"]


def coded(session: DeskSession, entry: str, start: int, end: int, code: str) -> str:
    return str(ask(session, "code", entry=entry, start=start, end=end, code=code)["come"][0]["coding"])


def undone(session: DeskSession) -> None:
    assert ask(session, "undo")["ok"]
    assert verify(session.live.database.path.parent) == []


def edit(session: DeskSession, code: str = "COND_TIME", **words: str | None) -> dict[str, Any]:
    was = {name: row(session, code)[name] for name in words}
    return ask(session, "edit code", code=code, words=words, was=was, reason="clearer")


def test_a_codes_page_tells_what_it_is_how_it_came_and_who_uses_it_when(session: DeskSession) -> None:
    ask(session, "memo", code="COND_TIME", text="Whose time?", kind="theory")
    page = ask(session, "code page", code="COND_TIME")

    assert page["code"]["name_sv"] == "Tid"
    assert (page["used"], page["writers"], page["coders"]) == (2, 2, [("K1", 2)])
    assert page["occasions"] == [("T1", 2), ("T2", 0)]
    assert [memo["text"] for memo in page["memos"]] == ["Whose time?"]
    assert "COND_TIME" in ask(session, "code page", code="COND")["children"]


def test_a_codes_lineage_is_told_step_by_step_with_its_reasons(session: DeskSession) -> None:
    edit(session, name_sv="Arbetstid")
    ask(session, "move code", code="COND_TIME", parent=None, **WHY)
    steps = ask(session, "code page", code="COND_TIME")["steps"]

    assert [(step["act"], step["reason"]) for step in steps[-2:]] == [("rename", "clearer"), ("move", WHY["reason"])]


def test_what_a_coder_may_not_see_is_in_no_count_and_no_list(begin: Begin) -> None:
    class Blind(DeskSession):
        def seen(self, codings: list[Any]) -> list[Any]:
            return [coding for coding in codings if coding["coder"] == self.coder]

    session = Blind(begin(tiny_study()), coder="K9")
    own = coded(session, "N1", 0, 2, "COND_TIME")

    assert ask(session, "code page", code="COND_TIME")["coders"] == [("K9", 1)]
    assert [one["coding"] for one in ask(session, "split list", code="COND_TIME")["rows"]] == [own]
    assert len(ask(session, "merge preview", sources=["COND_TIME"], into="COND_MONEY")["rows"]) == 1
    assert len(ask(session, "examples", code="COND_TIME", alone=True)["quotes"]) == 1
    session.close()


def test_names_and_words_are_edited_in_one_act_and_undone_as_one(session: DeskSession) -> None:
    before = row(session, "COND_TIME")
    answer = edit(session, name_sv="Arbetstid", definition_sv="Tid att utveckla.", exclude_en="")
    after = row(session, "COND_TIME")

    assert answer["act"] == "edit code"
    assert (after["name_sv"], after["definition_sv"], after["exclude_en"]) == ("Arbetstid", "Tid att utveckla.", None)
    undone(session)
    assert row(session, "COND_TIME") == before


def test_only_a_name_or_only_words_are_the_act_they_are(session: DeskSession) -> None:
    assert edit(session, name_en="Hours")["act"] == "rename code"
    assert edit(session, example_sv="Vi hann inte.")["act"] == "redefine code"


def test_what_somebody_changed_meanwhile_is_not_written_over(session: DeskSession) -> None:
    edit(session, definition_sv="Ny.")
    answer = ask(
        session, "edit code", code="COND_TIME", words={"definition_sv": "Min."}, was={"definition_sv": "Gammal."}, **WHY
    )

    assert "changed this meanwhile" in answer["told"]
    assert row(session, "COND_TIME")["definition_sv"] == "Ny."


def test_examples_are_quotes_of_several_people(session: DeskSession) -> None:
    quotes = ask(session, "examples", code="COND_TIME")["quotes"]

    assert {one["quote"] for one in quotes} == {"🙂 säga nej.", "Chefen"}
    assert {one["visibility"] for one in quotes} == {"organisation", "network"}
    coded(session, "N1", 0, 2, "COND")
    assert "of 1 writers" in ask(session, "examples", code="COND")["told"]
    assert len(ask(session, "examples", code="COND", alone=True)["quotes"]) == 1


def test_a_merge_is_shown_coding_by_coding_and_then_done_so(session: DeskSession) -> None:
    doubled = ask(session, "code", entry="N3", start=0, end=6, code="COND_TIME")["come"][0]["coding"]
    stays = coded(session, "N3", 0, 6, "COND_MONEY")
    asked = {"sources": ["COND_TIME"], "into": "COND_MONEY"}
    shown = ask(session, "merge preview", **asked)

    assert {one["coding"]: one["alike"] for one in shown["rows"]} == {"C1": None, "C2": None, doubled: stays}
    assert ask(session, "merge codes", **asked, **WHY)["ok"]
    assert [code_of(session, one) for one in ("C1", "C2")] == ["COND_MONEY"] * 2
    assert session.live.find("codings", coding=doubled) == []
    undone(session)
    assert code_of(session, doubled) == "COND_TIME"


def test_a_merge_tells_what_else_comes_along(session: DeskSession) -> None:
    ask(session, "memo", code="COND", text="Too wide?")
    shown = ask(session, "merge preview", sources=["COND"], into="EXP")

    assert "COND_TIME" in shown["children"]
    assert shown["memos"] == 1


def test_a_code_is_split_into_new_and_old_ones_and_undone_as_one(session: DeskSession) -> None:
    codes = session.live.find("codes")
    asked = {"code": "COND_TIME", "names": ["Egen tid"], "sorted": {"C1": "new:0", "C2": "COND_MONEY"}}
    answer = ask(session, "split code", **asked, reason="two things")
    new = code_of(session, "C1")

    assert answer["ok"]
    assert (row(session, str(new))["name_sv"], row(session, str(new))["parent"]) == ("Egen tid", "COND")
    assert code_of(session, "C2") == "COND_MONEY"
    undone(session)
    assert session.live.find("codes") == codes


@pytest.mark.parametrize("rest", ["COND_TIME", "new:0", "COND_MONEY"])
def test_the_rest_of_a_split_goes_where_it_is_said_to(session: DeskSession, rest: str) -> None:
    asked = {"code": "COND_TIME", "names": ["Egen tid"], "sorted": {"C1": "new:0"}, "rest": rest}
    assert ask(session, "split code", **asked, **WHY)["ok"]

    new = code_of(session, "C1")
    assert code_of(session, "C2") == (new if rest == "new:0" else rest)


def test_nothing_is_split_until_all_is_sorted_or_the_rest_is_named(session: DeskSession) -> None:
    answer = ask(session, "split code", code="COND_TIME", names=["Egen tid"], sorted={"C1": "new:0"}, **WHY)

    assert "1 of 2 codings are not sorted" in answer["told"]
    assert code_of(session, "C1") == "COND_TIME"


def test_a_code_is_moved_retired_with_an_heir_and_restored(session: DeskSession) -> None:
    assert ask(session, "move code", code="COND_TIME", parent="EXP", **WHY)["ok"]
    assert ask(session, "retire code", code="COND_TIME", heir="COND_MONEY", **WHY)["ok"]
    retired = row(session, "COND_TIME")

    assert (retired["parent"], retired["status"], retired["replaced_by"]) == ("EXP", "retired", "COND_MONEY")
    assert ask(session, "restore code", code="COND_TIME", **WHY)["ok"]
    assert row(session, "COND_TIME")["status"] == "active"
    for _ in range(3):
        undone(session)
    assert row(session, "COND_TIME")["parent"] == "COND"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"ask": "code page", "code": "NO"}, "no code NO"),
        ({"ask": "merge preview", "sources": ["COND_TIME"], "into": "COND_TIME"}, "leave it out"),
        ({"ask": "merge codes", "sources": ["COND_TIME"], "into": "COND_MONEY"}, "has a reason"),
        ({"ask": "merge codes", "sources": [], "into": "COND_MONEY", **WHY}, "name at least one"),
        ({"ask": "split code", "code": "COND_TIME", "names": [], "sorted": {"C9": "EXP"}, "rest": "EXP", **WHY}, "C9"),
        ({"ask": "split code", "code": "COND_TIME", "names": [], "sorted": {}, "rest": "COND_TIME", **WHY}, "at least"),
        ({"ask": "move code", "code": "COND", "parent": "COND_TIME", **WHY}, "cannot lie in itself"),
        ({"ask": "retire code", "code": "COND", "heir": None, **WHY}, "move or retire it first"),
        ({"ask": "restore code", "code": "COND", **WHY}, "to restore a code changes it"),
        ({"ask": "edit code", "code": "COND", "words": {"name_sv": ""}, "was": {"name_sv": "Villkor"}, **WHY}, "words"),
        ({"ask": "edit code", "code": "COND", "words": {}, "was": {}, **WHY}, "no change"),
        ({"ask": "codebook diff", "old": "0.1.0", "new": "1.2.0"}, "the log has the codebook in 1.2.0"),
        ({"ask": "codebook read", "text": "codes: ["}, "is no YAML"),
        ({"ask": "codebook read", "text": "[]"}, "cannot be taken in"),
        ({"ask": "codebook take", "text": "", "version": "0"}, "changed meanwhile"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_nothing_is_changed(
    session: DeskSession, asked: dict[str, Any], told: str
) -> None:
    before = session.live.read()
    answer = session.answer(asked)

    assert not answer["ok"]
    assert told in answer["told"]
    assert session.live.read().codes.equals(before.codes)
    assert session.live.read().codings.equals(before.codings)


def test_the_codebook_goes_out_and_its_file_changes_nothing(session: DeskSession) -> None:
    out = ask(session, "codebook")
    book, _ = make_codebook(parse_mapping("codebook.yaml", out["text"]))

    assert book is not None
    assert list(book.codes["code"]) == list(session.study.codes["code"])
    assert out["version"] == "1.2.0"
    assert ask(session, "codebook read", text=out["text"])["changes"] == 0


def mended(text: str) -> str:
    """Edit a codebook's file as somebody would: a name, a word, a family, a code retired, a code added."""
    text = text.replace("sv: Tid\n", "sv: Arbetstid\n").replace("sv: Pengar och resurser\n", "sv: Pengar\n")
    code = "- code: COND_SPACE\n  parent: COND\n  sv: Lokaler\n  en: Rooms\n  since: 1.3.0\n  status: active\n"
    return text.replace("history:", f"{code}history:")


def test_a_file_is_shown_as_what_it_would_change_and_taken_in_as_one_act(session: DeskSession) -> None:
    text = mended(ask(session, "codebook")["text"])
    shown = ask(session, "codebook read", text=text)

    assert "+ COND_SPACE (Rooms)" in shown["told"]
    assert "      + Arbetstid" in shown["told"]
    taken = ask(session, "codebook take", text=text, version=shown["version"], reason="the spring review")
    assert taken["ok"]
    assert row(session, "COND_TIME")["name_sv"] == "Arbetstid"
    assert row(session, "COND_SPACE")["since"] == "1.3.0"
    assert {step["reason"] for step in session.live.find("lineage")[-3:]} == {"the spring review"}
    undone(session)
    assert ask(session, "codebook")["version"] == "1.2.0"


def test_a_file_gives_the_reasons_that_its_own_history_has(session: DeskSession) -> None:
    text = mended(ask(session, "codebook")["text"])
    text += "- version: 1.3.1\n  date: 2026-03-01\n  act: rename\n  from: [COND_TIME]\n  to: [COND_TIME]\n"
    text += "  reason: as they say\n"
    version = ask(session, "codebook read", text=text)["version"]
    ask(session, "codebook take", text=text, version=version, reason="the spring review")
    reasons = {step["targets"]: step["reason"] for step in session.live.find("lineage")[-3:]}

    assert reasons["COND_TIME"] == "as they say"
    assert reasons["COND_MONEY"] == "the spring review"


def test_what_a_file_cannot_do_and_what_it_turns_back_is_said(session: DeskSession) -> None:
    text = ask(session, "codebook")["text"]
    edit(session, name_sv="Arbetstid")
    text += "- version: 1.3.0\n  date: 2026-03-01\n  act: merge\n  from: [EXP]\n  to: [EXP]\n  reason: so\n"
    notes = ask(session, "codebook read", text=text)["notes"]

    assert "has a merge" in notes[0]
    assert "does not know (1)" in notes[1]


def test_all_that_is_wrong_with_a_file_is_told_at_once(session: DeskSession) -> None:
    text = ask(session, "codebook")["text"]
    wrong = text.replace("stance: codebook", "stance: reflexive").replace("id: codebook-default", "id: another")
    told = ask(session, "codebook read", text=wrong.replace("since: 1.0.0", "since: 0.9.0", 1))["told"]

    assert all(part in told for part in ("3 rules are broken", "stance", "column id", "codes.COND.since"))


def test_a_file_shown_before_somebody_changed_the_codebook_is_not_taken_in(session: DeskSession) -> None:
    text = mended(ask(session, "codebook")["text"])
    version = ask(session, "codebook read", text=text)["version"]
    edit(session, name_sv="Timmar")
    answer = ask(session, "codebook take", text=text, version=version, **WHY)

    assert "changed meanwhile" in answer["told"]
    assert row(session, "COND_TIME")["name_sv"] == "Timmar"


def test_any_two_versions_are_compared(session: DeskSession) -> None:
    edit(session, name_sv="Arbetstid")
    edit(session, definition_sv="Ny.")
    versions = ask(session, "codebook")["versions"]
    diff = ask(session, "codebook diff", old="1.2.0", new="1.2.1")

    assert versions == ["1.2.0", "1.2.1", "1.2.2"]
    assert "Arbetstid" in diff["told"]
    assert "Ny." not in diff["told"]
    assert ask(session, "codebook diff", old="1.2.2", new="1.2.1")["changes"] == 2


def test_a_memo_about_a_code_is_revised_and_taken_away(session: DeskSession) -> None:
    [memo] = ask(session, "memo", code="COND", text="Wide.")["memos"]["come"]
    ask(session, "revise memo", memo=memo["memo"], text="Too wide.")

    assert [one["text"] for one in ask(session, "code page", code="COND")["memos"]] == ["Too wide."]
    ask(session, "remove memo", memo=memo["memo"])
    assert ask(session, "code page", code="COND")["memos"] == []


def test_anothers_memo_is_not_changed_from_the_desk(session: DeskSession) -> None:
    with LiveStudy(str(session.live.database.path.parent), actor="K2") as live:
        live.do(write_memo("theory", "Wide.", code="COND", memo="M1"))
    for asked in ({"ask": "revise memo", "text": "Narrow."}, {"ask": "remove memo"}):
        assert "It is K2's memo" in session.answer({**asked, "memo": "M1"})["told"]

    assert [one["text"] for one in ask(session, "code page", code="COND")["memos"]] == ["Wide."]
