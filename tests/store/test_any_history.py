"""Whatever is done to a study: its log is sound, tells of every moment, and leads back to the start."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.store.postgresql import Server
from tests.tiny import tiny_study
from workbench.acts.codes import add_code, merge_codes, rename_code, retire_code
from workbench.acts.codings import code_span, code_spans, recode, remove_coding
from workbench.acts.consents import withdraw
from workbench.acts.entries import correct_entry, hand_in
from workbench.acts.ratings import rate
from workbench.store.backup import back_up
from workbench.store.creating import create_study
from workbench.store.draft import Act
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.store.merging import merge_act, plan_merge
from workbench.store.verify import verify
from workbench.study import Study
from workbench.tables import TABLES

WHO = st.sampled_from(["K1", "K2"])
PLACE = st.integers(0, 30)
WORDS = st.text("aåö 🙂\n.", min_size=1, max_size=6)
STEPS = settings(
    max_examples=6,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make one smaller takes longer than to read it
)


class AnyHistory(RuleBasedStateMachine):
    """Two coders at one study, and a third at a copy of it."""

    place: str
    around: Path  # where copies are put
    fresh: Callable[[], str]  # begins a study for each history

    @initialize()
    def begin(self) -> None:
        self.place = self.fresh()
        self.live = {actor: LiveStudy(self.place, actor=actor) for actor in ("K1", "K2")}
        self.study = self.live["K1"].read()
        self.states = {2: self.study}
        self.copy: Path | None = None

    def do(self, who: str, act: Act) -> None:
        self.note(lambda: self.live[who].do(act))

    def note(self, deed: Any) -> None:
        with contextlib.suppress(RefusedError):
            done = deed()
            self.study = self.live["K2"].read()
            self.states[done.sequence] = self.study

    def one(self, table: str, place: int, column: str) -> str:
        values = getattr(self.study, table)[column].to_list()
        return str(values[place % len(values)]) if values else "nothing"

    @rule(who=WHO, entry=PLACE, start=st.integers(0, 12), length=st.integers(0, 9), code=PLACE)
    def code(self, who: str, entry: int, start: int, length: int, code: int) -> None:
        found = self.one("codes", code, "code")
        self.do(who, code_span(self.one("entries", entry, "entry"), start, start + length, found))

    @rule(who=WHO, count=st.integers(1, 5), entry=PLACE)
    def code_by_rule(self, who: str, count: int, entry: int) -> None:
        spans = pd.DataFrame(
            [{"entry": self.one("entries", entry, "entry"), "start": 0, "end": n + 1} for n in range(count)]
        )
        self.do(who, code_spans(spans.assign(code="COND_TIME"), coder="a rule"))

    @rule(who=WHO, coding=PLACE, code=PLACE)
    def recode(self, who: str, coding: int, code: int) -> None:
        self.do(who, recode(self.one("codings", coding, "coding"), self.one("codes", code, "code")))

    @rule(who=WHO, coding=PLACE)
    def uncode(self, who: str, coding: int) -> None:
        self.do(who, remove_coding(self.one("codings", coding, "coding")))

    @rule(who=WHO, name=st.sampled_from(["mod", "tid", "tillit"]))
    def add_a_code(self, who: str, name: str) -> None:
        self.do(who, add_code(name, reason="needed"))

    @rule(who=WHO, first=PLACE, second=PLACE)
    def merge_two_codes(self, who: str, first: int, second: int) -> None:
        one, other = self.one("codes", first, "code"), self.one("codes", second, "code")
        self.do(who, merge_codes([one], other, reason="the same"))

    @rule(who=WHO, code=PLACE, name=st.sampled_from(["nytt", "annat"]))
    def rename_a_code(self, who: str, code: int, name: str) -> None:
        self.do(who, rename_code(self.one("codes", code, "code"), name_sv=name, name_en=name, reason="clearer"))

    @rule(who=WHO, code=PLACE)
    def retire_a_code(self, who: str, code: int) -> None:
        self.do(who, retire_code(self.one("codes", code, "code"), reason="unused"))

    @rule(who=WHO, entry=PLACE, place=PLACE, words=WORDS)
    def correct(self, who: str, entry: int, place: int, words: str) -> None:
        found, text = self.one("entries", entry, "entry"), self.one("entries", entry, "text")
        self.do(who, correct_entry(found, text=text[:place] + words + text[place + 1 :]))

    @rule(who=WHO, person=PLACE, words=WORDS)
    def write(self, who: str, person: int, words: str) -> None:
        self.do(who, hand_in(words, occasion="T2", kind="reflection", person=self.one("people", person, "person")))

    @rule(who=WHO, person=PLACE, level=st.integers(0, 6))
    def rate(self, who: str, person: int, level: int) -> None:
        self.do(who, rate("T1", "I3", "now", person=self.one("people", person, "person"), level=level))

    @rule(who=WHO, person=PLACE)
    def withdraw(self, who: str, person: int) -> None:
        self.do(who, withdraw(self.one("people", person, "person")))

    @rule(entry=PLACE, start=st.integers(0, 12), code=PLACE, place=PLACE, words=WORDS)
    def work_at_a_copy(self, entry: int, start: int, code: int, place: int, words: str) -> None:
        if self.copy is None:
            self.copy = back_up(
                self.live["K1"].database, "apart", to=Path(tempfile.mkdtemp(dir=self.around)) / "copy.db"
            )
        found, text = self.one("entries", entry, "entry"), self.one("entries", entry, "text")
        acts = [
            code_span(found, start, start + 3, self.one("codes", code, "code")),
            correct_entry(found, text=text[:place] + words + text[place + 1 :]),
        ]
        with LiveStudy(self.copy, actor="K3") as apart:
            for act in acts:
                with contextlib.suppress(RefusedError):
                    apart.do(act)

    @rule(who=WHO, side=st.sampled_from(["ours", "theirs"]))
    def merge_the_copy(self, who: str, side: str) -> None:
        if self.copy is not None:
            decisions: dict[str, str] = {}
            while open_ones := [
                one.id for one in plan_merge(self.place, self.copy, decisions=decisions).conflicts if not one.decision
            ]:
                decisions |= dict.fromkeys(open_ones, side)
            self.do(who, merge_act(plan_merge(self.place, self.copy, decisions=decisions), decisions))
            self.copy = None

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.note(self.live[who].undo)

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.note(self.live[who].redo)

    def teardown(self) -> None:
        if hasattr(self, "live"):
            assert verify(self.place) == []
            for sequence, was in self.states.items():
                same_rows(self.study.as_of(sequence), was)
            for sequence in reversed(standing(self.study.events)):
                self.live["K1"].undo(sequence)
            same_rows(self.live["K1"].read(), self.states[2])
            assert verify(self.place) == []
            for live in self.live.values():
                live.close()


def standing(events: pd.DataFrame) -> list[int]:
    """Name the acts that stand, as a reader of the log would."""
    undone: set[int] = set()
    for event in events.itertuples():
        if event.act in {"undo", "redo"}:
            (undone.add if event.act == "undo" else undone.discard)(int(event.concerns))
    acts = events[~events["act"].isin(["undo", "redo"]) & (events["sequence"] > 2)]
    return [sequence for sequence in acts["sequence"].to_list() if sequence not in undone]


def same_rows(one: Study, other: Study) -> None:
    for name in TABLES:
        if name != "events":
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "study"
    create_study(folder, tiny_study(), actor="R1")
    return folder


def test_any_history_in_sqlite_is_sound_and_leads_back(begun: Path, tmp_path: Path) -> None:
    class InSqlite(AnyHistory):
        around = tmp_path

        def fresh(self) -> str:
            return str(shutil.copytree(begun, Path(tempfile.mkdtemp(dir=tmp_path)) / "study"))

    run_state_machine_as_test(InSqlite, settings=STEPS)


def test_any_history_in_postgresql_is_sound_and_leads_back(postgresql: Server, tmp_path: Path) -> None:
    class InPostgresql(AnyHistory):
        around = tmp_path

        def fresh(self) -> str:
            self.database = postgresql.database()
            url = self.database.__enter__()
            create_study(url, tiny_study(), actor="R1")
            return url

        def teardown(self) -> None:
            super().teardown()
            self.database.__exit__(None, None, None)

    run_state_machine_as_test(InPostgresql, settings=settings(STEPS, max_examples=2))
