"""What we agree on: a development lead hands it in, whole or not at all, and sees answers only as small cells allow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tiny import tiny_study
from workbench.access.pages import organisation_slice
from workbench.acts.bulk import bulk
from workbench.acts.consents import withdraw
from workbench.acts.ratings import rate
from workbench.acts.rows import add_row
from workbench.apps.journey import Page
from workbench.apps.spread import from_each_to_agreed
from workbench.language import translator
from workbench.serving.acting import CannotActError, Studied
from workbench.serving.consensus_pages import lines
from workbench.serving.handin import FORMS
from workbench.serving.handin_fields import faults_in
from workbench.serving.handin_forms import Asked, NotYoursError
from workbench.serving.visitor import Answer, Visitor
from workbench.store.creating import create_study
from workbench.store.draft import Act
from workbench.store.live import LiveStudy
from workbench.study import Study

from .living import Living, serve_living

DRAFT = "0123456789abcdef"
FORM = FORMS["consensus"]
HERE = {"occasion": "T2", "component": "I3", "phase": "meeting"}
WHOLE = HERE | {
    "now": "3",
    "evidence": "B2",
    "why": "Vi såg det 🙂 i fyra fall.",
    "apart": "En av oss ville säga 2.",
    "desired": "4",
    "target": "2026-01-31",
    "present": "5",
    "returning": "4",
    "visibility": "organisation",
}
Ask = Callable[..., Asked]


@pytest.fixture
def studied(tmp_path: Path) -> Studied:
    create_study(tmp_path, tiny_study(), actor="K1")
    return Studied(str(tmp_path))


@pytest.fixture
def ask(studied: Studied) -> Ask:
    """Fill in the form, as P-2 unless told otherwise."""

    def make(person: str = "P-2", today: str = "2025-04-01", **values: str) -> Asked:
        filled = {name: [value] for name, value in values.items()}
        return Asked(studied.slice_of(person), person, "en", today, filled, DRAFT)

    return make


def faults(asked: Asked) -> set[str]:
    return set(faults_in(FORM.fields(asked), asked.values, translator("en")) | FORM.faults(asked))


def agreed(studied: Studied) -> dict[str, object]:
    ratings = studied.study().ratings
    mine = ratings[(ratings["basis"] == "consensus") & (ratings["occasion"] == "T2")]
    return dict(zip(mine["frame"], mine["level"], strict=True))


def test_level_reasons_and_the_minority_view_are_handed_in_as_one_act(ask: Ask, studied: Studied) -> None:
    assert faults(ask(**WHOLE)) == set()
    before = len(studied.study().events)
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    study = studied.study()
    assert len(study.events) == before + 1
    assert agreed(studied) == {"now": 3, "desired": 4}
    row = study.ratings[(study.ratings["basis"] == "consensus") & (study.ratings["frame"] == "now")].iloc[-1]
    assert (row["organisation"], row["evidence"], row["present"], row["returning"]) == ("A1", "B2", 5, 4)
    told = study.entries[study.entries["component"] == "I3"]
    assert set(told["text"]) == {WHOLE["why"], WHOLE["apart"]}
    assert told["person"].isna().all()
    assert set(told["kind"]) == {"discussion"}


def test_what_is_handed_in_is_the_organisation_s_and_no_other_s(ask: Ask, studied: Studied) -> None:
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    assert "🙂 i fyra fall" in str(studied.slice_of("P-1").entries["text"].to_list())
    assert "🙂 i fyra fall" not in str(studied.slice_of("P-3").entries["text"].to_list())


def test_it_begins_with_what_stands_and_sent_twice_it_is_there_once(ask: Ask, studied: Studied) -> None:
    assert not FORM.is_there(ask(**WHOLE))
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    asked = ask(**WHOLE)
    assert {name: values[0] for name, values in FORM.before(asked).items()} == WHOLE
    assert FORM.is_there(asked)


def test_a_correction_keeps_what_was_and_shows_it(ask: Ask, studied: Studied) -> None:
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    studied.do("P-2", FORM.act(ask(**{**WHOLE, "now": "2", "why": "Vi såg det i tre fall."})))
    asked = ask(**HERE)
    versions = [version for table, key in FORM.traces(asked) for version in studied.versions(table, *key)]
    (told,) = FORM.told(replace(asked, versions=versions))
    assert {words for _, words in told.lines} == {"Now: Established", WHOLE["why"]}
    assert agreed(studied) == {"now": 2, "desired": 4}


def test_who_no_longer_agree_on_a_level_have_none_and_say_why(ask: Ask, studied: Studied) -> None:
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    assert faults(ask(**HERE, now="open")) >= {"apart"}
    studied.do("P-2", FORM.act(ask(**{**WHOLE, "now": "open"})))
    assert agreed(studied) == {"desired": 4}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"now": ""}, "now"),
        ({"now": "6"}, "now"),
        ({"now": "WD"}, "now"),
        ({"desired": "open", "target": ""}, ""),
        ({"desired": "open"}, "desired"),
        ({"visibility": ""}, "visibility"),
        ({"visibility": "researchers"}, "visibility"),
        ({"present": "many"}, "present"),
        ({"present": "0", "returning": ""}, "present"),
        ({"present": "3"}, "returning"),
        ({"present": "²"}, "present"),
        ({"phase": ""}, "phase"),
        ({"target": "soon"}, "target"),
        ({"why": "x" * 5000}, "why"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(ask: Ask, more: dict[str, str], field: str) -> None:
    assert faults(ask(**{**WHOLE, **more})) == ({field} if field else set())


def test_words_that_stand_are_changed_and_not_silently_left(ask: Ask, studied: Studied) -> None:
    studied.do("P-2", FORM.act(ask(**WHOLE)))
    assert faults(ask(**{**WHOLE, "why": ""})) == {"why"}


@pytest.mark.parametrize("more", [{"component": "X9"}, {"occasion": "T9"}, {"today": "2025-02-10"}])
def test_what_is_not_there_yet_or_not_one_s_own_is_not_there(ask: Ask, more: dict[str, str]) -> None:
    with pytest.raises(NotYoursError):
        FORM.fields(ask(**{**HERE, **more}))


def test_who_has_left_hands_nothing_in(ask: Ask, studied: Studied) -> None:
    act = FORM.act(ask(**WHOLE))
    studied.do("P-2", withdraw("P-2", information="1"))
    with pytest.raises(CannotActError) as refused:
        studied.do("P-2", act)
    assert refused.value.why == "left"


def test_components_are_listed_with_what_is_agreed_on(ask: Ask) -> None:
    assert [(line.name, line.in_focus, line.now, line.desired) for line in lines(ask(), "T1")] == [
        ("Leadership", True, "Ad hoc", "")
    ]
    assert [line.now for line in lines(ask(), "T2")] == [""]


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """Serve a live study in which A1 has enough people for a spread at T1 and too few at T2."""
    with serve_living() as server:
        with LiveStudy(server.place, actor="K1") as live:
            live.do(bulk("fill", crowd()))
        yield server


def crowd() -> Iterator[Act]:
    for number in range(10, 16):
        code = f"P-{number}"
        yield add_row("people", person=code, organisation="A1", role="participant", joined="2025-02-05")
        yield rate("T1", "I3", "now", person=code, level=4 if number % 2 else 1)
    yield rate("T2", "I3", "now", person="P-10", level=5)


def open_form(visitor: Visitor, **where: str) -> Answer:
    where = {**HERE, **where}
    return visitor.ask(f"consensus/form?occasion={where['occasion']}&component={where['component']}")


def send(visitor: Visitor, **fields: str) -> Answer:
    key = visitor.form_key("consensus/form?occasion=T2&component=I3")
    return visitor.ask("consensus/form", form={"_xsrf": key, "draft": DRAFT, **fields})


@pytest.mark.slow
def test_the_spread_is_shown_where_many_have_answered_and_never_who(living: Living) -> None:
    page = open_form(living.enter("bo"), occasion="T1").text
    counts = re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)', page)
    assert [int(count) for _, count in counts] == [0, 3, 1, 0, 3, 0]
    assert not re.findall(r"P-1\d|P-1\b", page)


@pytest.mark.slow
def test_with_few_answers_the_reason_is_said_instead(living: Living) -> None:
    page = open_form(living.enter("bo")).text
    assert "at least 5 people have chosen a level" in page
    assert 'class="spread"' not in page


@pytest.mark.slow
@pytest.mark.parametrize("code", ["anna", "eva", "cia"])
def test_nobody_but_the_lead_reaches_it(living: Living, code: str) -> None:
    visitor = living.enter(code)
    before = len(living.study.events)
    for path in ("consensus", "consensus/form?occasion=T2&component=I3", "hand-in/consensus?occasion=T2&component=I3"):
        assert visitor.ask(path).status == 404
    form = {"_xsrf": visitor.form_key("logout"), "draft": DRAFT, **WHOLE}
    for path in ("consensus/form", "hand-in/consensus"):
        assert visitor.ask(path, form=form).status == 404
    assert len(living.study.events) == before


@pytest.mark.slow
def test_it_is_kept_as_typed_then_handed_in_then_corrected(living: Living) -> None:
    bo = living.enter("bo")
    page = send(bo, **{**WHOLE, "now": ""})
    assert (page.status, "En av oss ville" in page.text) == (400, True)
    assert f"consensus/form?draft={DRAFT}" in bo.ask("consensus").text
    assert f"consensus/form?draft={DRAFT}" in bo.ask("hand-in").text
    assert "En av oss ville" in bo.ask(f"consensus/form?draft={DRAFT}").text
    page = send(bo, **WHOLE)
    assert (page.status, "Thank you" in page.text) == (200, True)
    assert "now: Established" in page.text
    assert f"draft={DRAFT}" not in bo.ask("consensus").text
    assert "Thank you" in send(bo, **WHOLE).text
    send(bo, **{**WHOLE, "now": "4"})
    assert "Now: Established" in open_form(bo).text
    row = living.study.events.iloc[-1]
    assert (row["actor"], row["act"]) == ("P-2", "agree on levels")
    assert "Told what you agree on" in bo.ask("hand-in").text


def test_the_organisation_s_page_leads_its_lead_there(demo: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    part = organisation_slice(demo, "A1", day=dt.date(2026, 11, 22))
    for served in (False, True):
        if served:
            monkeypatch.setenv("WORKBENCH_ROLE", "development_lead")
        page = Page(part.study, "en", part.counts)
        assert ('href="consensus"' in from_each_to_agreed(page, "", "T1").words) is served
