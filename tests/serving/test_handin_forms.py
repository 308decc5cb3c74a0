"""What can be handed in: what each form asks, what is wrong with an answer, and which act it makes."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tiny import tiny_study
from workbench.acts.consents import consent, withdraw
from workbench.acts.entries import hand_in
from workbench.drafts.draft import Draft
from workbench.language import translator
from workbench.opening import open_study
from workbench.serving.acting import CannotActError, Studied, words_for
from workbench.serving.demo import make_live
from workbench.serving.handin import FORMS
from workbench.serving.handin_fields import Choice, Field, faults_in
from workbench.serving.handin_forms import Asked, NotYoursError
from workbench.serving.handin_front import deed_lines, draft_lines, text_lines, to_rate
from workbench.store.creating import create_study
from workbench.study import Study

DRAFT = "0123456789abcdef"
TEXT = {"way": "free", "text": "Hej.\nVi prövade 🙂.", "occasion": "T1", "phase": "home", "visibility": "researchers"}
DESIGN = {
    "title": "Ring först",
    "kind": "improve",
    "assumption": "Om vi ringer",
    "test": "Två samtal",
    "components": "I3",
    "occasion": "T1",
}
FILLED = {
    "reflection": TEXT,
    "rating": {"occasion": "T2", "component": "I3", "now": "3", "now_text": "Så här.", "visibility": "organisation"},
    "experiment": DESIGN,
    "definition": {"component": "I3", "name": "Att gå före", "text": "Att någon börjar.", "occasion": "T1"},
    "component": {"name_sv": "Får vi?", "text": "Vad lagen medger.", "arena": "internal", "occasion": "T1"},
    "practice": {"practice": "routine", "title": "Ring", "text": "Vi ringer först.", "status": "in_use"},
    "text": {"entry": "N1", "text": "Vi vågade 🙂 säga nej.\nSedan gick vi ut.", "visibility": "network"},
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a live study once, to be copied."""
    folder = tmp_path_factory.mktemp("live")
    create_study(folder, tiny_study(), actor="K1")
    return folder / "study.db"


@pytest.fixture
def studied(begun: Path, tmp_path: Path) -> Studied:
    """Serve a live study of the test's own."""
    (tmp_path / "study.db").write_bytes(begun.read_bytes())
    return Studied(str(tmp_path))


Ask = Callable[..., Asked]


@pytest.fixture
def ask(studied: Studied) -> Ask:
    """Fill in a form: ``ask(text="…")``, as P-1 unless told otherwise."""

    def make(person: str = "P-1", draft: str = DRAFT, today: str = "2025-04-01", **values: str) -> Asked:
        filled = {name: [value] for name, value in values.items()}
        return Asked(studied.slice_of(person), person, "en", today, filled, draft)

    return make


def faults(kind: str, asked: Asked) -> dict[str, str]:
    form = FORMS[kind]
    return faults_in(form.fields(asked), asked.values, translator("en")) | form.faults(asked)


def test_no_field_is_called_what_a_draft_is_told_by() -> None:
    assert not {"form", "seen", "do", "draft", "_xsrf"} & {name for form in FORMS.values() for name in form.names}


@pytest.mark.parametrize("kind", FORMS)
def test_a_draft_keeps_every_field_there_is(kind: str, ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["experiment"].act(ask(**DESIGN)))
    about = {"experiment": f"H-{DRAFT}", "component": "I3", "entry": "N1"}
    for way in ("questions", "ab", "free"):
        assert {field.name for field in FORMS[kind].fields(ask(way=way, **about))} <= set(FORMS[kind].names)


@pytest.mark.parametrize("kind", FILLED)
def test_a_form_that_is_filled_in_becomes_one_act_of_the_person_s_own(kind: str, ask: Ask, studied: Studied) -> None:
    asked = ask(**FILLED[kind])
    assert faults(kind, asked) == {}
    before = len(studied.deeds_of("P-1"))
    studied.do("P-1", FORMS[kind].act(asked))
    assert len(studied.deeds_of("P-1")) == before + 1
    assert deed_lines(studied.deeds_of("P-1"), translator("en"))


@pytest.mark.parametrize("kind", ["reflection", "rating", "experiment", "definition", "component", "practice"])
def test_sent_twice_it_is_there_once(kind: str, ask: Ask, studied: Studied) -> None:
    assert not FORMS[kind].is_there(ask(**FILLED[kind]))
    studied.do("P-1", FORMS[kind].act(ask(**FILLED[kind])))
    assert FORMS[kind].is_there(ask(**FILLED[kind]))


@pytest.mark.parametrize(
    "kind", [kind for kind in FORMS if kind not in {"log", "outcome", "text", "rating", "consensus"}]
)
def test_an_empty_form_says_beside_each_field_what_is_lacking(kind: str, ask: Ask) -> None:
    asked = ask()
    required = {field.name for field in FORMS[kind].fields(asked) if field.required}
    assert required
    assert required <= set(faults(kind, asked))


def test_a_reflection_keeps_its_words_and_stands_with_its_questions(ask: Ask, studied: Studied) -> None:
    asked = ask(**{**TEXT, "way": "ab", "a": "Här.", "ab": "Genom att gå."})
    studied.do("P-1", FORMS["reflection"].act(asked))
    row = studied.slice_of("P-1").entries.set_index("entry").loc[f"H-{DRAFT}"]
    assert row["text"] == "A: Where are we?\nHär.\n\nA→B: How do we get there?\nGenom att gå."
    assert (row["person"], row["visibility"], row["language"], row["kind"]) == (
        "P-1",
        "researchers",
        "en",
        "reflection",
    )


def test_words_written_in_another_way_are_not_handed_in_unseen(ask: Ask) -> None:
    assert "happened" in faults("reflection", ask(**{**TEXT, "way": "questions"}))


def test_a_rating_takes_words_and_levels_of_both_states_in_one_act(ask: Ask, studied: Studied) -> None:
    more = {"desired": "5", "desired_text": "Dit.", "target": "2026-01-31", "evidence": "B1", "confidence": "2"}
    asked = ask(**FILLED["rating"], **more)
    assert faults("rating", asked) == {}
    studied.do("P-1", FORMS["rating"].act(asked))
    mine = studied.slice_of("P-1")
    rated = mine.ratings[(mine.ratings["person"] == "P-1") & (mine.ratings["occasion"] == "T2")].set_index("frame")
    assert rated["level"].to_dict() == {"now": 3, "desired": 5}
    assert (rated.loc["now", "evidence"], rated.loc["now", "confidence"]) == ("B1", 2)
    assert f"{rated.loc['desired', 'target']:%Y-%m-%d}" == "2026-01-31"
    assert set(mine.entries.loc[mine.entries["kind"] == "state_description", "frame"]) == {"now", "desired"}


def test_who_does_not_know_says_so(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["rating"].act(ask(occasion="T2", component="I3", now="DK")))
    mine = studied.slice_of("P-1").ratings
    assert mine.loc[(mine["person"] == "P-1") & (mine["occasion"] == "T2"), "missing"].to_list() == ["DK"]


def test_a_rating_shows_the_sentence_of_each_level_and_what_was_rated(ask: Ask) -> None:
    asked = ask(occasion="T1", component="I3")
    now = next(field for field in FORMS["rating"].fields(asked) if field.name == "now")
    assert now.choices[3].hint == "Management asks for trials, gives room and receives the results."
    assert [choice.value for choice in now.choices] == ["0", "1", "2", "3", "4", "5", "DK", "NA"]
    assert FORMS["rating"].before(asked)["now"] == ["2"]
    assert "rated this" in FORMS["rating"].told(asked)[0].title


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"now": ""}, "now"),
        ({"now": "6"}, "now"),
        ({"now": "WD"}, "now"),
        ({"visibility": ""}, "visibility"),
        ({"visibility": "everybody"}, "visibility"),
        ({"target": "2026-01-31"}, "desired"),
        ({"desired": "4", "target": "soon"}, "target"),
        ({"now_text": "x" * 5000}, "now_text"),
        ({"now_text": "a\0b"}, "now_text"),
    ],
)
def test_what_is_wrong_with_a_rating_is_said_beside_its_field(ask: Ask, more: dict[str, str], field: str) -> None:
    assert list(faults("rating", ask(**{**FILLED["rating"], **more}))) == [field]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", {"entry": "N2"}),
        ("text", {"entry": "N3"}),
        ("text", {"entry": ""}),
        ("rating", {"component": "X9"}),
        ("rating", {"component": "I3", "occasion": "T9"}),
        ("rating", {"component": "I3", "occasion": "T2", "today": "2025-02-10"}),
        ("log", {"experiment": "A2-X1"}),
        ("outcome", {"experiment": ""}),
    ],
)
def test_what_is_not_one_s_own_is_not_there(ask: Ask, kind: str, values: dict[str, str]) -> None:
    with pytest.raises(NotYoursError):
        FORMS[kind].fields(ask(**values))


def test_at_the_last_occasion_the_start_is_rated_as_it_is_seen_today(ask: Ask, studied: Studied) -> None:
    last, first = ask(occasion="T2", component="I3", now="3", then="1"), ask(occasion="T1", component="I3")
    colleague = ask("P-2", occasion="T2", component="I3")
    studied.do("P-1", FORMS["rating"].act(last))
    mine = studied.slice_of("P-1").ratings
    assert mine.loc[(mine["person"] == "P-1") & (mine["frame"] == "then"), "level"].to_list() == [1]
    assert FORMS["rating"].before(ask(occasion="T2", component="I3"))["then"] == ["1"]
    asked_for = [{field.name for field in FORMS["rating"].fields(asked)} for asked in (last, first, colleague)]
    assert [("then" in names) for names in asked_for] == [True, False, True]


def test_an_experiment_is_designed_then_logged_then_told_and_its_sign_stands(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["experiment"].act(ask(**DESIGN, sign="Färre brev")))
    tried = f"H-{DRAFT}"
    log = ask(draft="f" * 16, experiment=tried, text="Första samtalet.", occasion="T2", visibility="organisation")
    assert faults("log", log) == {}
    studied.do("P-1", FORMS["log"].act(log))
    told = ask(experiment=tried, status="partly", decision="adapt", happened="Ett samtal.", result="partly")
    assert set(faults("outcome", told)) == {"not_done_reason"}
    told = replace(told, values={**told.values, "not_done_reason": ["Sjukdom"], "started": ["2025-03-01"]})
    assert faults("outcome", told) == {}
    studied.do("P-1", FORMS["outcome"].act(told))
    row = studied.slice_of("P-2").experiments.set_index("experiment").loc[tried]  # a colleague sees it
    assert (row["sign"], row["status"], row["decision"], row["result"]) == ("Färre brev", "partly", "adapt", "partly")
    assert FORMS["outcome"].before(ask(experiment=tried))["status"] == ["partly"]
    assert "Första samtalet." in str(FORMS["log"].told(ask(experiment=tried)))


def test_days_and_result_of_an_experiment_are_held_together(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["experiment"].act(ask(**DESIGN)))
    days = {"started": "2025-03-02", "ended": "2025-03-01"}
    asked = ask(experiment=f"H-{DRAFT}", status="planned", decision="none", result="supported", **days)
    assert set(faults("outcome", asked)) == {"ended", "result"}


def test_a_definition_is_the_next_version_and_the_earlier_is_shown(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["definition"].act(ask(**FILLED["definition"])))
    again = ask(draft="f" * 16, **{**FILLED["definition"], "text": "Att flera börjar."})
    studied.do("P-2", FORMS["definition"].act(again))
    form, asked = FORMS["definition"], ask(component="I3")
    assert [words for _, words in form.told(asked)[0].lines] == ["Att flera börjar.", "Att någon börjar."]
    assert form.before(asked)["text"] == ["Att flera börjar."]
    assert form.told(ask("P-3", component="I3")) == []


def test_a_correction_keeps_what_was_and_codings_follow(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["text"].act(ask(**FILLED["text"])))
    versions = studied.versions("entries", "N1")
    assert [(version.actor, version.was["text"][-5:]) for version in versions if version.was] == [("P-1", " hem.")]
    asked = replace(ask(entry="N1"), versions=versions)
    assert "gick vi hem." in FORMS["text"].told(asked)[0].lines[0][1]
    assert studied.slice_of("P-1").codings["quote"].to_list() == ["🙂 säga nej."]


def test_what_has_been_handed_in_is_read_at_once_and_by_nobody_it_is_not_for(ask: Ask, studied: Studied) -> None:
    assert "Hej." not in str(text_lines(ask()))
    studied.do("P-1", FORMS["reflection"].act(ask(**TEXT)))
    assert "Hej." in str(text_lines(ask()))
    assert "Hej." not in str(studied.slice_of("P-2").frames["entries"].to_dict())


def test_who_would_read_a_text_given_to_the_network_is_told_as_it_is(ask: Ask, studied: Studied) -> None:
    def told() -> str:
        (asked,) = (field for field in FORMS["reflection"].fields(ask(**TEXT)) if field.name == "visibility")
        return next(choice.hint for choice in asked.choices if choice.value == "network")

    assert "You have not said yes to sharing" in told()
    studied.do("P-1", consent("P-1", "shared_in_network", given=True, information="1.0"))
    assert "You have not said yes to sharing" not in told()


def test_components_in_focus_come_first_and_those_not_rated_are_left(ask: Ask) -> None:
    assert to_rate(ask(occasion="T1")).left == []
    assert to_rate(ask(occasion="T2")).left == [("I3", "Leadership", False)]
    assert to_rate(ask(occasion="T9")).occasion == "T2"


def test_what_a_researcher_wrote_down_is_listed_and_not_corrected_by_who_spoke(ask: Ask, studied: Studied) -> None:
    spoken = hand_in("Ja.", occasion="T1", kind="interview", person="P-1", recorder="K1", entry="N9")
    studied.do("K1", spoken)
    assert [line.link for line in text_lines(ask()) if line.words == "Ja."] == [""]
    with pytest.raises(NotYoursError):
        FORMS["text"].fields(ask(entry="N9"))


def test_drafts_are_listed_with_where_to_go_on() -> None:
    drafts = [Draft(DRAFT, "reflection", {"text": ["Hej"]}, 1, 0), Draft(DRAFT, "gone", {}, 1, 0)]
    (line,) = draft_lines(drafts, FORMS, translator("en"))
    assert (line.words, line.link) == ("Hej", f"hand-in/reflection?draft={DRAFT}")


def test_who_has_left_is_told_so_in_plain_words(ask: Ask, studied: Studied) -> None:
    act = FORMS["reflection"].act(ask(**TEXT))
    studied.do("P-1", withdraw("P-1", information="1"))
    with pytest.raises(CannotActError) as refused:
        studied.do("P-1", act)
    assert refused.value.why == "left"
    assert "left the study" in words_for("left", translator("en"))


def test_what_changes_nothing_and_what_breaks_a_rule_are_told_apart(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["rating"].act(ask(occasion="T2", component="I3", now="3")))
    with pytest.raises(CannotActError) as same:
        studied.do("P-1", FORMS["rating"].act(ask(occasion="T2", component="I3", now="3")))
    act = FORMS["reflection"].act(ask(**TEXT))
    studied.do("P-1", act)
    with pytest.raises(CannotActError) as rule:
        studied.do("P-1", act)
    assert (same.value.why, rule.value.why) == ("same", "rule")


def test_a_frozen_study_takes_nothing_in(sound: Path) -> None:
    studied = Studied(str(sound))
    assert not studied.is_live
    with pytest.raises(CannotActError) as refused:
        studied.do("P-1", hand_in("x", occasion="T1", kind="reflection", person="P-1"))
    assert refused.value.why == "closed"
    assert studied.deeds_of("P-1") == []
    assert len(studied.slice_of("P-1").entries)


def test_a_study_that_cannot_be_written_says_try_again(studied: Studied) -> None:
    place = Path(studied.place) / "study.db"
    place.write_bytes(b"not a database " * 100)
    with pytest.raises(CannotActError) as refused:
        studied.do("P-1", hand_in("x", occasion="T1", kind="reflection", person="P-1"))
    assert refused.value.why == "unwritable"


def test_what_is_read_is_kept_until_the_log_has_moved_on(studied: Studied, ask: Ask) -> None:
    first = studied.slice_of("P-1")
    assert studied.slice_of("P-1") is first
    studied.do("P-1", FORMS["reflection"].act(ask(**TEXT)))
    assert studied.slice_of("P-1") is not first


def test_the_demonstration_serves_a_live_copy_that_nobody_else_can_enter(tiny: Study, tmp_path: Path) -> None:
    place = make_live(tiny, tmp_path / "copy")
    studied = Studied(str(place))
    assert studied.is_live
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {name: len(frame) for name, frame in studied.study().frames.items() if name != "events"} == {
        name: len(frame) for name, frame in tiny.frames.items() if name != "events"
    }


def test_those_who_wait_share_what_is_read_and_each_finds_their_own_deed(
    studied: Studied, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def read_slowly(place: str) -> Study:
        time.sleep(0.2)  # until all the others wait
        reads.append(place)
        return open_study(place)

    monkeypatch.setattr("workbench.serving.acting.open_study", read_slowly)

    def hand_in_and_look(number: int) -> bool:
        act = hand_in("x", occasion="T1", kind="reflection", person="P-1", entry=f"E{number}")
        studied.do("P-1", act)
        return f"E{number}" in studied.slice_of("P-1").entries["entry"].to_list()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(hand_in_and_look, range(8)))
    assert len(reads) < 8


def test_a_study_brought_back_from_a_backup_is_read_anew(studied: Studied, begun: Path) -> None:
    studied.do("P-1", hand_in("x", occasion="T1", kind="reflection", person="P-1", entry="E1"))
    assert "E1" in studied.slice_of("P-1").entries["entry"].to_list()
    for left in Path(studied.place).glob("study.db*"):
        left.unlink()
    (Path(studied.place) / "study.db").write_bytes(begun.read_bytes())
    assert "E1" not in studied.slice_of("P-1").entries["entry"].to_list()


@pytest.mark.parametrize("kind", ["one", "some", "choose"])
def test_a_choice_that_is_not_listed_is_refused(kind: str) -> None:
    field = Field("x", "X", kind, choices=(Choice("a", "A"),))  # type: ignore[arg-type]
    assert faults_in([field], {"x": ["b"]}, translator("en"))
    assert not faults_in([field], {"x": ["a"]}, translator("en"))
    assert not faults_in([field], {}, translator("en"))


def test_a_component_of_its_own_is_rated_and_defined_by_its_organisation_alone(ask: Ask, studied: Studied) -> None:
    studied.do("P-1", FORMS["component"].act(ask(**FILLED["component"], component="I3")))
    code = f"H-{DRAFT}"
    asked = ask("P-2", occasion="T2", component=code, now="2")
    assert faults("rating", asked) == {}
    studied.do("P-2", FORMS["rating"].act(asked))
    row = studied.slice_of("P-2").components.set_index("component").loc[code]
    assert (row["name_sv"], row["name_en"], row["builds_on"], row["organisation"]) == ("Får vi?", "Får vi?", "I3", "A1")
    assert "Vad lagen medger." in str(FORMS["definition"].told(ask("P-2", component=code)))
    assert code not in set(studied.slice_of("P-3").components["component"])
    assert set(faults("component", ask(draft="f" * 16, **FILLED["component"]))) == {"name_sv"}


def test_a_way_of_working_is_the_organisation_s_and_begins_today_unless_another_day_is_told(
    ask: Ask, studied: Studied
) -> None:
    studied.do("P-1", FORMS["practice"].act(ask(**FILLED["practice"])))
    row = studied.slice_of("P-2").practices.set_index("practice").loc[f"H-{DRAFT}"]
    assert (row["kind"], row["status"], row["description"]) == ("routine", "in_use", "Vi ringer först.")
    assert studied.slice_of("P-3").practices.empty
    assert set(faults("practice", ask(**{**FILLED["practice"], "since": "soon"}))) == {"since"}
