"""Odd values: what a live study takes can be read, and frozen; what it cannot keep is refused in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.store.deeds import add_memos, change
from workbench.acts.bulk import bulk
from workbench.acts.codes import add_code
from workbench.acts.codings import code_span, code_spans
from workbench.acts.consents import consent
from workbench.acts.entries import correct_entry
from workbench.acts.memos import write_memo
from workbench.acts.rows import add_row, change_row, remove_row
from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.store.draft import Act, Draft
from workbench.store.errors import RefusedError, StoreError
from workbench.store.live import LiveStudy
from workbench.tables import TABLES

SPANS = pd.DataFrame({"entry": ["N1"], "start": [0], "end": [2], "code": ["COND_TIME"]})
NANOSECONDS = pd.Timestamp("2025-03-01T09:00:00.000001002Z")


def same_when_frozen(live: LiveStudy, folder: Path) -> None:
    study = live.read()
    save_study(study, folder)
    for name, frame in open_study(folder).frames.items():
        pd.testing.assert_frame_equal(frame, getattr(study, name))


def test_a_text_of_no_characters_is_none(live_place: str, tmp_path: Path) -> None:
    """A CSV file cannot tell the two apart; so where words are required, they are refused."""
    with LiveStudy(live_place, actor="K1") as live:
        live.do(change_row("organisations", "A1", about="Något."))
        live.do(change_row("organisations", "A1", about=""), reason="")
        with pytest.raises(RefusedError, match="a value is required"):
            live.do(change_row("organisations", "A1", name=""))
        with pytest.raises(RefusedError, match="a value is required"):
            live.do(add_row("organisations", organisation="", name="Tom", kind="agency", joined="2025-02-05"))

        assert live.read().organisations["about"].isna().all()
        same_when_frozen(live, tmp_path / "frozen")


def test_so_it_is_in_many_rows_at_once(live_place: str, tmp_path: Path) -> None:
    memos = pd.DataFrame({"kind": ["theory"] * 2, "author": "K1", "written": "2025-04-01T09:00:00Z", "text": "Så."})

    def plan(draft: Draft) -> None:
        draft.add_frame("memos", memos.assign(entry=["", "N1"]))

    with LiveStudy(live_place, actor="K1") as live:
        live.do(Act("add memos", plan))

        assert live.read().memos["entry"].isna().to_list() == [True, False]
        same_when_frozen(live, tmp_path / "frozen")


def test_odd_words_stay_as_they_are_when_a_study_is_frozen(live_place: str, tmp_path: Path) -> None:
    """A carriage return alone ended the row of a CSV file; in YAML, other line ends than LF became spaces."""
    odd = ["a\rb", "\r", "a\r\nb", "\ufeffa", "\x01", "\x85", "\u2028", "~", "NA", "%s", "'; DROP TABLE events"]
    with LiveStudy(live_place, actor="K1") as live:
        for words in odd:
            live.do(code_span("N1", 0, 2, "COND_TIME", coder=words), reason=words)
            live.do(add_code("Mod", definition_sv=f"{words}.", reason=f"{words}."))

        assert live.read().codings["coder"].to_list()[-len(odd) :] == odd
        same_when_frozen(live, tmp_path / "frozen")


def test_a_code_has_a_name_in_english_too(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match="give name_en"):
        live.do(add_code("Mod", name_en=" ", reason="Saknas."))


def test_what_is_smaller_than_a_microsecond_is_left_out_of_a_moment(live_place: str, tmp_path: Path) -> None:
    """Kept, it made the whole study one that nobody could read."""
    with LiveStudy(live_place, actor="K1") as live:
        live.do(correct_entry("N1", written=NANOSECONDS))

        assert live.read().entries["written"].iloc[0] == NANOSECONDS.floor("us")
        same_when_frozen(live, tmp_path / "frozen")


@pytest.mark.parametrize("number", [float("inf"), Decimal("NaN"), 10**15, 2**70, dt.date(2025, 1, 1), [1, 2]], ids=str)
def test_what_is_no_whole_number_is_refused(live_place: str, number: object) -> None:
    """So is one longer than a frozen study can hold."""
    with LiveStudy(live_place, actor="K1") as live:
        with pytest.raises(RefusedError, match="a whole number, such as 3"):
            live.do(change("organisations", "A1", employees=number))
        with pytest.raises(RefusedError, match=r"whole number|no such row"):
            live.do(code_span("N1", number, 5, "COND_TIME"))  # type: ignore[arg-type]


def test_no_number_too_long_comes_in_with_many_rows(live_place: str) -> None:
    frame = pd.DataFrame({"organisation": ["A3"], "name": "Stor", "kind": "agency", "joined": "2025-02-05"})

    def plan(draft: Draft) -> None:
        draft.add_frame("organisations", frame.assign(employees=pd.array([10**15], dtype="Int64")))

    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match="a whole number, such as 3"):
        live.do(Act("add organisations", plan))


def test_spans_without_end_are_refused(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match="whole numbers"):
        live.do(code_spans(SPANS.assign(end=float("inf"))))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_moment_that_has_no_year_in_utc_is_refused(live_place: str, moment: str) -> None:
    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match="a moment with its time zone"):
        live.do(correct_entry("N1", written=moment))


def test_a_day_can_be_given_in_words(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        for given in (True, False):
            live.do(consent("P-1", "be_quoted", given=given, information="1", decided="2025-03-01"))  # type: ignore[arg-type]
        with pytest.raises(RefusedError, match="must be a day"):
            live.do(consent("P-1", "be_quoted", given=True, information="1", decided=3))  # type: ignore[arg-type]

        assert live.read().consents["given"].to_list() == [False]


@pytest.mark.parametrize("code", ["\ud800", "a\x00b", 5, 2**70, 1.5], ids=ascii)
def test_a_key_that_no_row_can_have_is_of_no_row(live_place: str, code: str) -> None:
    """A driver that is asked for it fails, each in its own way."""
    with LiveStudy(live_place, actor="K1") as live:
        for act in (code_span("N1", 0, 2, code), code_span(code, 0, 2, "COND_TIME"), remove_row("people", code)):
            with pytest.raises(RefusedError, match="there is no such row"):
                live.do(act)


@pytest.mark.parametrize("words", ["\ud800", "a\x00b"], ids=ascii)
def test_an_event_tells_only_what_every_database_keeps(live_place: str, words: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        with pytest.raises(RefusedError, match=r"events, column reason.*Unicode"):
            live.do(add_memos(1), reason=words)
        with pytest.raises(RefusedError, match=r"events, column act.*Unicode"):
            live.do(bulk(words, [write_memo("theory", "Så.")]))
        for act in (code_span("N1", 0, 2, "COND_TIME", coder=words), code_spans(SPANS, coder=words)):
            with pytest.raises(RefusedError, match=r"codings.*Unicode"):
                live.do(act)
    with pytest.raises(StoreError, match="An act has an actor"):
        LiveStudy(live_place, actor=words)


def test_an_act_has_a_name(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match=r"events, column act.*required"):
        live.do(bulk("", [write_memo("theory", "Så.")]))


def test_no_event_has_a_number_longer_than_the_log(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live, pytest.raises(RefusedError, match="there is such an event"):
        live.undo(2**70)


def test_every_table_has_a_key_of_text() -> None:
    """On this rests that a number is a key of no row."""
    kinds = {table[column].dtype for table in TABLES.values() if table.name != "events" for column in table.key}

    assert kinds == {"str", "datetime64[us]"}
