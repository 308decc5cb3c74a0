"""Questions to the codings, by code, by who and when, and by how codings stand to each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import CODE_ROWS, CODING_ROWS, ENTRY_ROWS, coded
from tests.frames import rows, table
from workbench.coding import query, retrieve
from workbench.coding.query import (
    Query,
    QueryError,
    about,
    around,
    attribute,
    code,
    coder,
    during,
    earlier_than,
    followed_by,
    in_entry_with,
    later_than,
    near,
    organisation,
    overlapping,
    person,
    phase,
    preceded_by,
    saying,
    under,
    within,
    written,
)
from workbench.coding.query import (
    kind as of_kind,
)
from workbench.tables import ATTRIBUTES, CODINGS

ATTRIBUTE_ROWS = table(
    ATTRIBUTES,
    [{"entry": "N1", "name": "Enhet", "value": "IT"}, {"entry": "N4", "name": "Enhet", "value": "HR"}],
)


def asked(question: Query, codings: pd.DataFrame = CODING_ROWS) -> str:
    """Name the codings that answer yes, by their numbers."""
    found = retrieve(codings, ENTRY_ROWS, question, codes=CODE_ROWS, attributes=ATTRIBUTE_ROWS)
    return " ".join(name.removeprefix("C") for name in found["coding"])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (code("TIME"), "1 5 7 8 10"),
        (code("TIME", "DARE"), "1 4 5 7 8 10"),
        (under("LEAD"), "2 3 6 9"),
        (organisation("A2"), "8 9 10"),
        (person("P1", "P3"), "1 2 3 4 5 6 10"),
        (person(None), "7"),
        (during("T2"), "5 6 7 10"),
        (phase("home"), ""),
        (of_kind("discussion"), "7"),
        (about("I4"), "8 9 10"),
        (about(None), "7"),
        (coder("K1") & ~coder("K2"), "1 2 3 4 5 6 7 8 9 10"),
        (attribute("Enhet"), "1 2 3 4 8 9"),
        (attribute("Enhet", "HR", "Juridik"), "8 9"),
        (written(since="2025-03-27"), "7 10"),
        (written(until="2025-02-06"), "1 2 3 4 8 9"),
        (written("2025-03-26", "2025-03-27"), "5 6 7"),
        (saying("om"), "1 8 9"),
        (saying("tid.*", regex=True), "1 5 7 8 10"),
        (code("TIME") & during("T1"), "1 8"),
        (code("TIME") & ~during("T1") | code("DARE"), "4 5 7 10"),
        (~(code("TIME") | under("LEAD")), "4"),
        (in_entry_with(code("DARE")), "1 2 3"),
        (code("TIME") & ~in_entry_with(under("LEAD")), "7 10"),
        (overlapping(code("ASK")), "2"),
        (within(code("LEAD")), "3"),
        (around(code("ASK")), "2"),
        (code("TIME") & followed_by(code("LEAD")), "1 8"),
        (code("TIME") & followed_by(code("LEAD"), words=0), "1"),
        (code("TIME") & followed_by(code("LEAD"), words=1), "1 8"),
        (code("TIME") & followed_by(code("LEAD"), characters=2), "1"),
        (preceded_by(code("TIME"), characters=5), "2 9"),
        (near(code("DARE"), characters=2), "2"),
        (near(code("DARE"), words=1), "2 3"),
        (near(code("ASK"), words=0), "2"),
        (code("TIME") & earlier_than(code("ASK")), "1"),
        (code("ASK") & later_than(code("DARE")), "6"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_question_finds_the_codings_it_reads_as(question: Query, answer: str) -> None:
    """All checked against the texts by eye."""
    assert asked(question) == answer


def test_what_is_found_tells_who_said_it_when(kind: Any) -> None:
    found = retrieve(kind(CODING_ROWS), kind(ENTRY_ROWS), code("DARE"))

    assert list(found.columns) == [
        "coding", "quote", "code", "coder", "organisation", "person", "occasion", "written", "kind", "component",
        "entry", "start", "end",
    ]  # fmt: skip
    told = ("coding", "quote", "code", "coder", "organisation", "person", "occasion", "component", "entry", "start")
    assert rows(found, *told) == [("C4", "Jag vågade säga nej.", "DARE", "K1", "A1", "P1", "T1", "I3", "N1", 40)]


@pytest.mark.parametrize("question", [code("TIME"), under("LEAD") & during("T1"), code("NONE_SUCH")], ids=repr)
def test_any_kind_of_frame_answers_alike(kind: Any, question: Query) -> None:
    codes = None if "NONE" in repr(question) else kind(CODE_ROWS)

    found = rows(retrieve(kind(CODING_ROWS), kind(ENTRY_ROWS), question, codes=codes))

    assert found == rows(retrieve(CODING_ROWS, ENTRY_ROWS, question, codes=None if codes is None else CODE_ROWS))


def test_a_coding_is_never_its_own_other() -> None:
    assert asked(overlapping(code("TIME"))) == ""


def test_two_codings_of_the_same_words_lie_within_each_other() -> None:
    twice = coded(("N3", "TIME", "mer tid"), ("N3", "DARE", "mer tid"))

    assert asked(within(code("TIME", "DARE")) & around(code("TIME", "DARE")), twice) == "1 2"


def test_another_coders_codings_count_unless_only_ones_own_may() -> None:
    second = coded(("N1", "ASK", "frågar inte"), coder="K2").assign(coding="C9")
    both = pd.concat([CODING_ROWS.query("code == 'LEAD'"), second])

    assert asked(overlapping(code("ASK")), both) == "2"
    assert asked(overlapping(code("ASK"), same_coder=True), both) == ""


def test_codings_of_entries_that_are_not_given_are_left_out() -> None:
    assert list(retrieve(CODING_ROWS, ENTRY_ROWS.iloc[:2], code("TIME"))["coding"]) == ["C1", "C5"]


def test_a_question_is_printed_as_it_was_asked() -> None:
    asked_so = "(code('TIME') | under('LEAD')) & ~near(code('ASK'), words=0) & within(person(None), same_coder=True)"

    assert repr(eval(asked_so, vars(query))) == asked_so  # noqa: S307


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: code("TIME") and during("T1"), "Cure: write &, | or ~"),
        (lambda: code("TIME") & "T1", "parts are such as code"),
        (code, "asks for nothing"),
        (lambda: near(code("TIME")), "has no distance"),
        (lambda: near(code("TIME"), words=1, characters=2), "one distance"),
        (lambda: followed_by(code("TIME"), words=-1), "0 or more"),
        (lambda: written("i maj"), "a day is written as"),
    ],
)
def test_a_question_that_says_nothing_is_refused_where_it_is_written(ask: Any, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        ask()


def test_a_code_that_the_codebook_lacks_is_told_of_with_what_is_alike() -> None:
    with pytest.raises(QueryError, match="did you mean TIME"):
        asked(overlapping(code("TIMES")))


def test_what_a_question_needs_must_be_given() -> None:
    with pytest.raises(QueryError, match=r"codes=study\.codes"):
        retrieve(CODING_ROWS, ENTRY_ROWS, under("LEAD"))
    with pytest.raises(QueryError, match=r"attributes=study\.attributes"):
        retrieve(CODING_ROWS, ENTRY_ROWS, attribute("Enhet"))
    with pytest.raises(QueryError, match=r"there are \['Enhet'\]"):
        asked(attribute("Avdelning"))


SPANS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 20), st.integers(1, 8)), max_size=8)


@given(SPANS, st.integers(0, 5))
def test_every_relation_is_what_its_definition_says(spans: list[tuple[str, int, int]], distance: int) -> None:
    """Whatever the spans: each relation against the comparison of every pair."""
    made = [{"coding": f"C{k}", "entry": "N1", "code": name, "coder": "K1", "start": start, "end": start + size,
             "quote": "-"} for k, (name, start, size) in enumerate(spans)]  # fmt: skip
    definitions = {
        overlapping(code("B")): lambda a, b, c, d: a < d and c < b,
        within(code("B")): lambda a, b, c, d: c <= a and b <= d,
        around(code("B")): lambda a, b, c, d: a <= c and d <= b,
        near(code("B"), characters=distance): lambda a, b, c, d: max(c - b, a - d) <= distance,
        followed_by(code("B"), characters=distance): lambda _a, b, c, _d: 0 <= c - b <= distance,
        preceded_by(code("B"), characters=distance): lambda a, _b, _c, d: 0 <= a - d <= distance,
        in_entry_with(code("B")): lambda _a, _b, _c, _d: True,
    }
    for question, holds in definitions.items():
        found = retrieve(table(CODINGS, made), ENTRY_ROWS, question)["coding"].tolist()
        wanted = [
            one["coding"] for one in made
            if any(one is not two and two["code"] == "B" and holds(one["start"], one["end"], two["start"], two["end"])
                   for two in made)
        ]  # fmt: skip
        assert found == wanted, question


@given(st.sampled_from(["TIME", "LEAD", "ASK"]), st.sampled_from(["T1", "T2", "T3"]))
def test_not_both_is_one_of_them_not(name: str, occasion: str) -> None:
    """De Morgan's law, whatever the parts."""
    one, two = code(name), during(occasion)

    assert asked(~(one & two)) == asked(~one | ~two)
    assert asked(~(one | two)) == asked(~one & ~two)
