from __future__ import annotations

from typing import Any

import pandas as pd

from tests.coding.logs import ENTRY_ROWS, LOG, coded
from tests.frames import rows, table
from workbench.coding.disagreement import confusions, dialogue, disagreements
from workbench.tables import ASSIGNMENTS, DECISIONS

BOTH = ("K1", "K2")


def other(*marks: tuple[str, str, str]) -> pd.DataFrame:
    """Codings D1, D2 … of the second coder."""
    codings = coded(*marks, coder="K2")
    return codings.assign(coding=codings["coding"].str.replace("C", "D"))


LEFT = coded(
    ("N1", "TIME", "ont om tid"), ("N1", "LEAD", "Chefen frågar inte."), ("N2", "ASK", "frågade"),
    ("N4", "TIME", "stöd"),
)  # fmt: skip
RIGHT = other(
    ("N1", "TIME", "ont om tid"), ("N1", "ASK", "frågar"), ("N1", "DARE", "inte"), ("N2", "ASK", "Chefen frågade")
)
CODINGS = pd.concat([LEFT, RIGHT])


def test_disagreements_are_what_is_not_the_same_with_each_ones_words(kind: Any) -> None:
    found = disagreements(kind(CODINGS), kind(ENTRY_ROWS), BOTH)

    assert type(found) is type(kind(CODINGS))
    assert rows(found, "entry", "code", "how", "quote_left", "quote_right", "instead") == [
        ("N1", "LEAD", "left only", "Chefen frågar inte.", None, "ASK, DARE"),
        ("N1", "ASK", "right only", None, "frågar", "LEAD"),
        ("N1", "DARE", "right only", None, "inte", "LEAD"),
        ("N2", "ASK", "other ends", "frågade", "Chefen frågade", None),
        ("N4", "TIME", "left only", "stöd", None, None),
    ]


def test_the_quote_of_a_place_is_its_text() -> None:
    found = disagreements(CODINGS, ENTRY_ROWS, BOTH)

    assert all(
        LOG[entry][-1][start:end] == quote for entry, start, end, quote in rows(found, "entry", "start", "end", "quote")
    )
    assert rows(found, "quote")[3] == ("Chefen frågade",)


def test_confusions_count_each_pair_of_codings_once(kind: Any) -> None:
    assert rows(confusions(kind(CODINGS), kind(ENTRY_ROWS), BOTH)) == [
        ("LEAD", "ASK", 1), ("LEAD", "DARE", 1), ("TIME", None, 1),
    ]  # fmt: skip


def test_confusions_come_the_most_frequent_first() -> None:
    codings = coded(*(("N1", "TIME", word) for word in ("Vi", "har")), ("N1", "ASK", "Chefen"))
    told = pd.concat([codings, other(("N1", "DARE", "Chefen"))])

    assert rows(confusions(told, ENTRY_ROWS, BOTH)) == [("TIME", None, 2), ("ASK", "DARE", 1)]


def test_coders_who_read_alike_have_nothing_to_talk_over() -> None:
    codings = pd.concat([LEFT, LEFT.assign(coder="K2")])

    assert rows(disagreements(codings, ENTRY_ROWS, BOTH)) == rows(confusions(codings, ENTRY_ROWS, BOTH)) == []


ASSIGNED = table(ASSIGNMENTS, [{"round": "O1", "entry": entry, "coder": c} for entry in ("N1", "N2") for c in BOTH])


def decided(decision: str, entry: str, quote: str, code: str | None, outcome: str) -> dict[str, Any]:
    start = LOG[entry][-1].index(quote)
    return {
        "decision": decision, "round": "O1", "entry": entry, "start": start, "end": start + len(quote), "code": code,
        "outcome": outcome, "author": "K1", "text": "Vi talade om det.",
    }  # fmt: skip


def test_the_dialogue_tells_the_words_both_readings_and_what_was_decided(kind: Any) -> None:
    decisions = table(
        DECISIONS,
        [decided("D2", "N2", "frågade", "ASK", "agreed"), decided("D1", "N1", "Chefen frågar inte.", None, "apart"),
         decided("D3", "N2", "Tiden", "TIME", "open")],
    )  # fmt: skip

    log = dialogue(kind(decisions), kind(ASSIGNED), kind(CODINGS), kind(ENTRY_ROWS))

    assert type(log) is type(kind(decisions))
    assert rows(log, "decision", "quote", "code", "readings", "outcome", "text") == [
        ("D1", "Chefen frågar inte.", None, "K1: LEAD; K2: ASK, DARE", "apart", "Vi talade om det."),
        ("D3", "Tiden", "TIME", "K1: nothing; K2: nothing", "open", "Vi talade om det."),
        ("D2", "frågade", "ASK", "K1: ASK; K2: ASK", "agreed", "Vi talade om det."),
    ]


def test_without_decisions_the_dialogue_is_empty(kind: Any) -> None:
    log = dialogue(kind(table(DECISIONS, [])), kind(ASSIGNED), kind(CODINGS), kind(ENTRY_ROWS))

    assert rows(log) == []
