"""What holds of every live study, in a folder and in PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from tests.store.deeds import add, change, raise_number, remove
from tests.store.postgresql import Server
from tests.tiny import EMOJI_TEXT
from workbench.acts.codings import code_span
from workbench.errors import WorkbenchError
from workbench.opening import open_study
from workbench.store import log
from workbench.store.creating import create_study, take_in
from workbench.store.database import Database
from workbench.store.draft import Act, Draft
from workbench.store.errors import RefusedError, StoreError
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import TABLES

RATING = {
    "organisation": "A1", "person": "P-1", "occasion": "T2", "component": "I3", "frame": "now", "basis": "individual",
}  # fmt: skip
MEMO = {"memo": "M1", "kind": "theory", "author": "K1", "written": "2025-04-01T09:00:00Z", "text": "Ett memo."}
TEXT = "  två  blanka,\n\tå a\u030a '\"\\ 🙂 %s :x {} \u2028 \ufeff"
SPAN = {"coding": "C3", "entry": "N1", "code": "COND_TIME", "coder": "K1", "coded": "2025-04-01T09:00:00Z"}


def rows(place: str, table: str) -> int:
    return len(getattr(open_study(place), table))


@pytest.mark.parametrize("kind", ["tiny", "demo"])
def test_a_study_made_live_has_the_tables_of_the_frozen_one(
    place: str, kind: str, request: pytest.FixtureRequest
) -> None:
    frozen: Study = request.getfixturevalue(kind)

    create_study(place, frozen, actor="K1")

    opened = open_study(place)
    for name in set(TABLES) - {"events"}:
        assert_frame_equal(getattr(opened, name), getattr(frozen, name), obj=name)
    assert opened.about == frozen.about
    assert opened.codebook.version == frozen.codebook.version
    assert opened.events["act"].to_list() == ["create study", "take in"]


def test_a_study_begun_without_rows_keeps_the_codebook_only(place: str, tiny: Study) -> None:
    create_study(place, tiny, actor="K1", rows=False)

    opened = open_study(place)
    assert_frame_equal(opened.codes, tiny.codes)
    assert opened.entries.empty
    assert_frame_equal(opened.entries, tiny.entries.iloc[:0])


def test_two_studies_never_mix(live_place: str, tiny: Study) -> None:
    before = open_study(live_place)

    with pytest.raises(StoreError, match=r"there already|holds a study already"):
        create_study(live_place, tiny, actor="K2")

    after = open_study(live_place)
    assert all(before.frames[name].equals(after.frames[name]) for name in TABLES)


def test_of_two_who_begin_a_study_in_the_same_place_one_does(place: str, tiny: Study) -> None:
    refused: list[StoreError] = []

    def begin(actor: str) -> None:
        try:
            create_study(place, tiny, actor=actor)
        except StoreError as error:
            refused.append(error)

    both = [threading.Thread(target=begin, args=(actor,)) for actor in ("K1", "K2")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(refused) == 1
    assert "Cure: choose" in str(refused[0])
    assert len(open_study(place).events) == 2


def test_an_act_is_there_when_it_returns_and_the_study_opened_before_stays_as_it_was(live_place: str) -> None:
    before = open_study(live_place)

    with LiveStudy(live_place, actor="K2") as live:
        done = live.do(change("organisations", "A2", name="Nya verket"), reason="it was renamed")

    after = open_study(live_place)
    assert before.organisations["name"].to_list() == ["Ena verket", "Andra verket"]
    assert after.organisations["name"].to_list() == ["Ena verket", "Nya verket"]
    last = after.events.iloc[-1]
    assert (last["sequence"], last["actor"], last["reason"]) == (3, "K2", "it was renamed")
    assert last["hash"] == done.hash
    assert len(before.events) == 2, "the log of a study is read when it is asked for, and told as of its opening"


def test_every_kind_of_value_comes_back_as_it_was_given(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        live.do(add("consents", person="P-1", purpose="be_quoted", given=False, decided="2025-02-05", information="1"))
        live.do(add("consents", person="P-2", purpose="be_quoted", given=True, decided="2025-02-05", information="1"))
        live.do(add("ratings", **RATING, level=5, target=dt.date(2026, 1, 31)))
        live.do(add("memos", **{**MEMO, "written": "2025-04-01T09:00:00.000001Z", "text": TEXT}))

    study = open_study(live_place)
    assert study.consents["given"].to_list() == [False, True]
    assert study.ratings["target"].iloc[-1] == pd.Timestamp("2026-01-31")
    assert study.memos["written"].iloc[0] == pd.Timestamp("2025-04-01T09:00:00.000001Z")
    assert study.memos["text"].iloc[0] == TEXT
    for name, table in TABLES.items():
        assert study.frames[name].dtypes.astype(str).to_dict() == {c.name: c.dtype for c in table.columns}, name


def test_positions_count_an_emoji_as_one(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        live.do(code_span("N1", 10, 20, "COND_TIME"))

    last = open_study(live_place).codings.iloc[-1]
    assert last["quote"] == "🙂 säga nej" == EMOJI_TEXT[last["start"] : last["end"]]


REFUSED: dict[str, tuple[Act, str]] = {
    "a value that is not allowed": (add("memos", **{**MEMO, "kind": "poem"}), "allowed are theory, method"),
    "a value that is lacking": (add("memos", **{**MEMO, "text": None}), "a value is required"),
    "a reference that leads nowhere": (add("memos", **MEMO, entry="N9"), "must be a entry of entries"),
    "a key that is taken": (add("people", person="P-1", organisation="A1", role="sponsor", joined="2025-02-05"),
                            "person must be unique"),
    "a number that is taken": (add("components", component="X1", position=1, name_sv="x", name_en="x",
                                   arena="internal", organisation="A1"), "position must be unique"),
    "a rating given twice": (add("ratings", **{**RATING, "occasion": "T1"}, level=3), "must be unique"),
    "a consensus given twice": (add("ratings", **{**RATING, "occasion": "T1", "basis": "consensus", "person": None},
                                    level=3), "must be unique"),
    "a span outside its text": (add("codings", **SPAN, start=40, end=80, quote="hem."), "a span lies inside its text"),
    "a quote that is not its span's": (add("codings", **SPAN, start=0, end=2, quote="vi"), "must equal its span"),
    "a level and a missing code": (add("ratings", **RATING, level=2, missing="DK"), "never both, never neither"),
    "neither level nor missing code": (add("ratings", **RATING), "never both, never neither"),
    "a level beyond the ladder": (add("ratings", **RATING, level=6), "allowed is 0 to 5"),
    "NUL in a text": (add("memos", **{**MEMO, "text": "a\x00b"}), "without NUL or half characters"),
    "half a character in a text": (add("memos", **{**MEMO, "text": "a\ud83d"}), "without NUL or half characters"),
    "NUL in a key": (add("memos", **{**MEMO, "memo": "a\x00b"}), "without NUL or half characters"),
    "a number for a text": (add("memos", **{**MEMO, "text": 3}), "must be text in Unicode"),
    "a text for a number": (add("ratings", **RATING, level="3"), "must be a whole number"),
    "a number that is not whole": (add("ratings", **RATING, level=2.5), "must be a whole number"),
    "a number no database holds": (add("organisations", organisation="A9", name="x", kind="agency",
                                       joined="2025-02-05", employees=2**70), "must be a whole number"),
    "a day that is none": (add("consents", person="P-1", purpose="be_quoted", given=True, decided="2025-02-30",
                               information="1"), "must be a day"),
    "a moment without its time zone": (add("memos", **{**MEMO, "written": "2025-04-01T09:00:00"}),
                                       "with its time zone"),
    "a column there is not": (add("memos", **MEMO, colour="red"), "columns are memo"),
    "a row there is not": (change("memos", "M9", text="x"), "there is no such row"),
    "taking away what others refer to": (remove("people", "P-1"), "still have it as person"),
    "a key that changes": (change("people", "P-1", person="P-9"), "a key never changes"),
    "a change that changes nothing": (change("people", "P-1", role="participant"), "an act changes something"),
    "many rows, one of them wrong": (
        take_in({"memos": pd.DataFrame([{**MEMO, "memo": "M8"}, {**MEMO, "kind": "poem"}])}), "allowed are theory"
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def unchanged(request: pytest.FixtureRequest) -> Iterator[LiveStudy]:
    """Open a study that stays as it is."""
    if request.param == "sqlite":
        with LiveStudy(request.getfixturevalue("begun_folder"), actor="K1") as live:
            yield live
        return
    like = request.getfixturevalue("begun_database")
    with request.getfixturevalue("postgresql").database(like) as url, LiveStudy(url, actor="K1") as live:
        yield live


@pytest.mark.parametrize("broken", REFUSED)
def test_an_act_that_breaks_a_rule_changes_nothing_and_says_which(
    unchanged: LiveStudy, tiny: Study, broken: str
) -> None:
    act, rule = REFUSED[broken]

    with pytest.raises(RefusedError, match="Nothing was changed") as refused:
        unchanged.do(act)

    assert rule in str(refused.value)
    assert refused.value.faults
    after = unchanged.read()
    assert len(after.events) == 2
    assert all(after.frames[name].equals(getattr(tiny, name)) for name in set(TABLES) - {"events"})


def test_an_act_whose_plan_fails_changes_nothing(live_place: str) -> None:
    def plan(draft: Draft) -> None:
        draft.change("organisations", ("A1",), name="Nya verket")
        raise ZeroDivisionError

    with LiveStudy(live_place, actor="K1") as live:
        with pytest.raises(ZeroDivisionError):
            live.do(Act("fail", plan))
        assert live.do(raise_number()).sequence == 3

    assert open_study(live_place).organisations["name"].to_list() == ["Ena verket", "Andra verket"]


def test_each_actor_goes_back_through_their_own_acts_and_forward_again(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        one.do(code_span("N4", 0, 1, "COND_TIME"))
        other.do(code_span("N4", 0, 2, "COND_TIME"))
        one.do(code_span("N4", 0, 3, "COND_TIME"))
        other.do(code_span("N4", 0, 4, "COND_TIME"))
        one.undo()
        one.undo()
        assert open_study(live_place).codings["end"].to_list() == [21, 6, 2, 4]

    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        other.undo()
        one.redo()
        assert open_study(live_place).codings["end"].to_list() == [21, 6, 1, 2]
        one.redo()
        other.redo()
        assert open_study(live_place).codings["end"].to_list() == [21, 6, 1, 2, 3, 4], "in the order of their making"
        for live in (one, other):
            with pytest.raises(RefusedError, match="there is something to redo"):
                live.redo()


def test_all_acts_can_be_undone_and_then_there_is_nothing_to_undo(live_place: str) -> None:
    start = open_study(live_place)
    with LiveStudy(live_place, actor="K2") as live:
        for _ in range(5):
            live.do(raise_number())
        for _ in range(5):
            live.undo()
        with pytest.raises(RefusedError, match="there is something to undo"):
            live.undo()

    end = open_study(live_place)
    for name in set(TABLES) - {"events"}:
        assert_frame_equal(getattr(end, name), getattr(start, name))


def test_an_act_after_an_undone_one_ends_its_redoing(live_place: str) -> None:
    with LiveStudy(live_place, actor="K2") as live:
        live.do(raise_number())
        live.undo()
        live.do(change("organisations", "A1", name="Nya verket"))
        with pytest.raises(RefusedError, match="there is something to redo"):
            live.redo()


def test_undoing_what_others_have_built_on_names_what_to_undo_first(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        added = one.do(add("memos", **MEMO))
        later = [other.do(change("memos", "M1", text=text)).sequence for text in ("Två.", "Tre.")]
        with pytest.raises(RefusedError, match=f"event {later[0]} \\(change memos by K2\\)") as refused:
            one.undo()
        assert refused.value.first == (later[1], later[0]), "the latest first"
        for sequence in refused.value.first:
            other.undo(sequence)
        assert one.undo().sequence == added.sequence + 5

    assert rows(live_place, "memos") == 0


def test_undoing_a_row_that_others_refer_to_names_their_events(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as one, LiveStudy(live_place, actor="K2") as other:
        one.do(add("people", person="P-9", organisation="A1", role="sponsor", joined="2025-02-05"))
        rated = other.do(add("ratings", **{**RATING, "person": "P-9"}, level=2)).sequence
        with pytest.raises(RefusedError, match="1 ratings still have it as person") as refused:
            one.undo()
        assert refused.value.first == (rated,)
        other.undo(rated)
        one.undo()

    assert rows(live_place, "people") == 3


def test_a_study_is_shown_as_it_was_at_a_moment_and_after_an_event(live_place: str) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        live.do(raise_number())
        between = live.do(add("memos", **MEMO))
        live.do(change("memos", "M1", text="Två."))
        live.do(remove("memos", "M1"))
        study = live.read()

    assert study.as_of(2).frames["memos"].empty
    assert study.as_of(4).memos["text"].to_list() == ["Ett memo."]
    assert study.as_of(dt.datetime.fromisoformat(between.at)).memos["text"].to_list() == ["Ett memo."]
    assert study.as_of(5).memos["text"].to_list() == ["Två."]
    assert study.as_of(6).memos.empty
    for name in set(TABLES) - {"events"}:
        assert_frame_equal(getattr(study.as_of(6), name), getattr(study, name))
    with pytest.raises(WorkbenchError, match="Nothing is known"):
        study.as_of(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(WorkbenchError, match="no time zone"):
        study.as_of(dt.datetime(2030, 1, 1))  # noqa: DTZ001


def test_the_history_of_a_row_tells_each_change_with_its_reason(live_place: str) -> None:
    with LiveStudy(live_place, actor="K2") as live:
        live.do(change("organisations", "A1", employees=7), reason="they told us")
        live.undo()

    told = open_study(live_place).history("organisations", "A1").query("column == 'employees'")
    assert told[["actor", "act", "reason"]].fillna("").to_numpy().tolist() == [
        ["K2", "change organisations", "they told us"],
        ["K2", "undo", ""],
    ]
    assert told["after"].to_list()[0] == "7"


def test_a_clock_set_back_never_sets_the_log_back(live_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with LiveStudy(live_place, actor="K1") as live:
        first = live.do(raise_number())
        monkeypatch.setattr(log, "dt", _Clock(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
        second = live.do(raise_number())

    assert second.at == first.at
    assert open_study(live_place).events["at"].is_monotonic_increasing


class _Clock:
    """The module `datetime`, its clock standing still."""

    def __init__(self, now: dt.datetime) -> None:
        class Still(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> Any:
                return now.astimezone(tz)

        self.datetime, self.UTC = Still, dt.UTC


def test_a_study_opened_to_read_cannot_be_written_to(live_place: str) -> None:
    study = open_study(live_place)
    assert not hasattr(study, "do")

    database = Database(live_place, writes=False)
    with pytest.raises(StoreError, match=r"(?i)read-?only"), database.writing() as connection:
        connection.execute(sa.text("DELETE FROM codings"))
    database.close()

    assert rows(live_place, "codings") == 2


def test_an_actor_is_named(live_place: str) -> None:
    with pytest.raises(StoreError, match="An act has an actor"):
        LiveStudy(live_place, actor=" ")


def test_where_there_is_no_live_study_that_is_said(place: str) -> None:
    with pytest.raises(StoreError, match="Cure: mend the path"):
        LiveStudy(place, actor="K1")


def test_closing_a_study_leaves_no_connection(live_place: str, postgresql: Server) -> None:
    live = LiveStudy(live_place, actor="K1")
    live.do(raise_number())
    live.read()
    open_study(live_place)
    live.close()

    if "://" in live_place:
        connected = postgresql.run("SELECT datname FROM pg_stat_activity")
        assert (sa.make_url(live_place).database,) not in connected
    else:
        with closing(sqlite3.connect(Path(live_place) / "study.db")) as alone:
            assert alone.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",), "only who is alone may"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_database_is_found_by_any_of_its_addresses(postgresql: Server, begun_database: str, scheme: str) -> None:
    with postgresql.database(begun_database) as url:
        address = url.replace("postgresql", scheme, 1)
        with LiveStudy(address, actor="K1") as live:
            live.do(raise_number())
        assert len(open_study(address).events) == 3


@pytest.mark.parametrize("reach", [open_study, lambda place: LiveStudy(place, actor="K1")])
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:hemligt@127.0.0.1:1/study",
        "postgresql://anna:hemligt@localhost:1/study?connect_timeout=2",
        "postgresql://anna@localhost:1/study?password=hemligt",
        "postgresql://anna:hemligt@localhost:port/study",
        "mysql://anna:hemligt@localhost/study",
        "postgresql+oracle://anna:hemligt@localhost/study",
        "://anna:hemligt@localhost/study",
    ],
)
def test_no_error_shows_a_password(reach: Callable[[str], Any], address: str) -> None:
    with pytest.raises(StoreError) as told:
        reach(address)

    shown: BaseException | None = told.value
    while shown is not None:
        assert "hemligt" not in str(shown)
        shown = None if shown.__suppress_context__ and shown.__cause__ is None else shown.__cause__ or shown.__context__
    assert "Cure: " in str(told.value)


def test_a_live_study_is_found_by_its_folder_or_its_file(begun_folder: Path, tmp_path: Path) -> None:
    odd = tmp_path / "åäö 100% #1?"
    shutil.copytree(begun_folder, odd)
    with LiveStudy(odd, actor="K1") as live:
        live.do(raise_number())

    assert len(open_study(odd).events) == 3
    with LiveStudy(odd / "study.db", actor="K1") as live:
        assert len(live.read().events) == 3


def test_a_study_that_was_closed_takes_no_more_acts(live_place: str) -> None:
    live = LiveStudy(live_place, actor="K1")
    live.close()

    for use in (lambda: live.do(raise_number()), live.undo, live.read):
        with pytest.raises(StoreError, match="Cure: open the study anew"):
            use()
