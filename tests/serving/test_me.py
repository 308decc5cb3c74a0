"""About me: a participant's own matters, on a server over a live study."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from tests.serving.conftest import CHEAP, Running, private_folder, started
from tests.tiny import tiny_study
from workbench.access.information import choices
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.acts.findings import give_feedback, state_finding
from workbench.drafts.draft import new_id
from workbench.drafts.drafts import FILE as DRAFTS_FILE
from workbench.drafts.drafts import Drafts
from workbench.opening import open_study
from workbench.serving.visitor import Answer, Visitor
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy

pytestmark = pytest.mark.slow
PEOPLE = [
    Account("ada", "participant", "P-1", "en"),
    Account("ben", "participant", "P-2", "en"),
    Account("cyd", "development_lead", "P-3", "en"),
    Account("res", "researcher", "", "en"),
]


@pytest.fixture(scope="module")
def live() -> Iterator[Running]:
    """Serve a live study of three people; all that is changed stays in it for the module's next test."""
    with private_folder() as state:
        create_study(state / "study", tiny_study(), actor="K1")
        with started(state, PEOPLE, state / "study") as live:
            yield live


@pytest.fixture
def store(live: Running) -> AccountStore:
    return AccountStore(live.state / "accounts.sqlite", hasher=CHEAP)


def enter(live: Running, code: str) -> Visitor:
    """Log a person in, whose pages are in English."""
    live.forget_tries()
    visitor = Visitor(live.url, language="en")
    form = {"_xsrf": visitor.form_key(), "code": code, "password": f"password of {code}", "next": "/"}
    assert visitor.post_only("login", form) == 302
    return visitor


def copy_of(visitor: Visitor) -> dict[str, str]:
    """Take the copy: path in it → words."""
    body = visitor.take("me/copy", {"_xsrf": visitor.form_key("me/copy")})
    with zipfile.ZipFile(io.BytesIO(body)) as copy:
        return {name: copy.read(name).decode("utf-8-sig") for name in copy.namelist()}


def test_the_page_about_me_leads_to_all_that_is_mine(live: Running) -> None:
    page = enter(live, "ada").ask("me").text
    assert 'href="/me/copy"' in page
    assert '<a href="/me">About me</a>' in page


def test_one_click_gives_everything_about_me_and_nothing_of_anybody_else(live: Running) -> None:
    copy = copy_of(enter(live, "ada"))
    assert "Vi vågade 🙂 säga nej." in copy["csv/entries.csv"]
    assert "Vi vågade 🙂 säga nej." in copy["index.html"]
    assert "participant" in copy["csv/account.csv"]
    assert "Everything about P-1" in copy["README.txt"]
    assert copy["csv/sessions.csv"].count("\nada,") >= 1
    everything = "".join(copy.values())
    assert [word for word in ("Hemligt.", "Chefen gick.", "P-2", "P-3", "\nben,", "argon2") if word in everything] == []


def test_that_the_copy_was_taken_is_in_the_access_log_and_in_the_next_copy(live: Running, store: AccountStore) -> None:
    visitor = enter(live, "cyd")
    copy_of(visitor)
    last = store.log.all(code="cyd")[-1]
    assert (last.did, last.kind, last.what, last.allowed) == ("take", "me", "copy", True)
    assert ",take,me,copy,true" in copy_of(visitor)["csv/access_log.csv"]


def test_the_copy_is_asked_for_by_its_form_and_by_nobody_else(live: Running) -> None:
    assert enter(live, "ada").status("me/copy", method="POST", key="made up") == 403
    researcher = enter(live, "res")
    assert researcher.status("me/copy", method="POST", key=researcher.form_key("logout")) == 404


def test_markup_in_words_is_words_in_the_readable_page(live: Running) -> None:
    copy = copy_of(enter(live, "ada"))
    assert "<script" not in copy["index.html"]
    assert "src=" not in copy["index.html"]
    assert '<html lang="en">' in copy["index.html"]


def test_a_draft_is_in_its_writer_s_copy_alone(live: Running) -> None:
    drafts = Drafts(live.state / DRAFTS_FILE)
    drafts.save("P-1", new_id(), "reflection", {"text": ["Halvfärdigt."]}, seen=0)
    assert "Halvfärdigt." in copy_of(enter(live, "ada"))["csv/drafts.csv"]
    assert "csv/drafts.csv" not in copy_of(enter(live, "cyd"))


def test_what_will_change_is_shown_before_and_a_wrong_code_changes_nothing(live: Running) -> None:
    visitor = enter(live, "cyd")
    page = visitor.ask("me/withdrawal").text
    assert "Your texts: 1" in page
    assert "Chefen gick. (codings: 1)" in page
    answer = visitor.ask("me/withdrawal", form={"_xsrf": visitor.form_key("me/withdrawal"), "code": "ben"})
    assert (answer.status, "Nothing has been changed." in answer.text) == (400, True)
    assert "P-3" in set(open_study(live.state / "study").entries["person"])


def test_who_leaves_is_let_out_everywhere_and_told_what_stays(live: Running, store: AccountStore) -> None:
    drafts = Drafts(live.state / DRAFTS_FILE)
    drafts.save("P-2", new_id(), "reflection", {"text": ["Halvfärdigt."]}, seen=0)
    visitor, elsewhere, colleague = enter(live, "ben"), enter(live, "ben"), enter(live, "ada")
    kernel_id = colleague.ask("min-resa").kernel_id
    answer = visitor.ask("me/withdrawal", form={"_xsrf": visitor.form_key("me/withdrawal"), "code": "ben"})

    assert (answer.status, "You have left the study" in answer.text) == (200, True)
    assert "/logout" not in answer.text
    assert "login" in visitor.ask("me").url
    assert "login" in elsewhere.ask("me").url
    assert elsewhere.log_in("ben", "password of ben").status == 401
    assert "ben" not in {session.code for session in store.sessions.all()}
    assert store.accounts.find("ben").disabled
    assert drafts.of("P-2") == []
    assert colleague.ask(f"api/kernels/{kernel_id}").status == 404
    study = open_study(live.state / "study")
    assert "Hemligt." not in set(study.entries["text"])
    assert ("change", "me", "withdrawal") in {(line.did, line.kind, line.what) for line in store.log.all(code="ben")}


def choose(visitor: Visitor, **chosen: str) -> Answer:
    return visitor.ask("me/consent", form={"_xsrf": visitor.form_key("me/consent"), **chosen})


def log_in(live: Running, code: str) -> Answer:
    """Log in by the form and go where it leads."""
    live.forget_tries()
    return Visitor(live.url, language="en").log_in(code, f"password of {code}")


def test_a_choice_is_an_act_of_one_s_own_and_what_is_not_chosen_stays_unsaid(live: Running) -> None:
    visitor = enter(live, "ada")
    answer = choose(visitor, take_part="yes", be_quoted="no", deep_dive="perhaps")
    assert "Your choices are saved" in answer.text
    assert "You take part." in answer.text
    study = open_study(live.state / "study")
    assert choices(study.consents, "P-1") == {"take_part": True, "be_quoted": False}
    last = study.events.iloc[-1]
    assert (last["actor"], last["act"]) == ("P-1", "consent")

    choose(visitor, be_quoted="yes")
    study = open_study(live.state / "study")
    assert choices(study.consents, "P-1") == {"take_part": True, "be_quoted": True}
    choose(visitor, be_quoted="yes")
    assert len(open_study(live.state / "study").events) == len(study.events)


def test_not_to_take_part_is_not_a_choice_of_this_form(live: Running) -> None:
    visitor = enter(live, "cyd")
    choose(visitor, take_part="no", contact_again="no")
    assert "take_part" not in choices(open_study(live.state / "study").consents, "P-3")


def test_the_first_log_in_leads_to_the_choices_once(live: Running, store: AccountStore) -> None:
    store.accounts.add(Account("dee", "participant", "P-3", "en"))
    store.accounts.set_password("dee", "password of dee")
    first = log_in(live, "dee")
    assert first.url.endswith("/me/consent")
    assert "Information, version 1.0" in first.text
    assert log_in(live, "dee").url.endswith("/min-resa")
    assert log_in(live, "res").url.endswith("/research")


def give_back(live: Running) -> str:
    """Give a finding back to P-1's organisation; the feedback's code."""
    with LiveStudy(live.state / "study", actor="K1") as study:
        study.do(state_finding(title_sv="Mod", title_en="Courage", text_sv="Om <b>mod</b>.", evidence=["N1"]))
        finding = str(study.find("findings")[-1]["finding"])
        study.do(give_feedback(finding, "A1", "T2", channel="workshop"))
        return str(study.find("feedback", finding=finding)[0]["feedback"])


def test_an_answer_is_handed_in_shown_and_read_by_the_researchers(live: Running) -> None:
    visitor, feedback = enter(live, "ada"), give_back(live)
    page = visitor.ask("me/findings").text
    assert "Om &lt;b&gt;mod&lt;/b&gt;." in page
    form = {"_xsrf": visitor.form_key("me/findings"), "feedback": feedback, "stance": "disputes"}
    assert visitor.ask("me/findings", form={**form, "text": " "}).status == 400
    answer = visitor.ask("me/findings", form={**form, "text": "Så var det <i>inte</i>."})
    assert "Thank you. Your answer is handed in." in answer.text
    assert "Så var det &lt;i&gt;inte&lt;/i&gt;." in answer.text
    read = enter(live, "res").ask("research/answers").text
    assert "Så var det &lt;i&gt;inte&lt;/i&gt;." in read
    assert "Waiting: say what became of it" in read


def test_a_link_from_min_resa_opens_the_form_with_its_answer_chosen(live: Running) -> None:
    visitor, feedback = enter(live, "ada"), give_back(live)
    chosen = 'value="differs" required checked'
    assert chosen not in visitor.ask("me/findings").text
    page = visitor.ask(f"me/findings?feedback={feedback}&stance=differs").text
    assert page.count(chosen) == page.count("<details open>") == 1
    assert visitor.ask("me/findings?feedback=<b>&stance=<i>").text.count(" checked") == 0


def test_what_was_given_back_elsewhere_is_not_answered_here(live: Running) -> None:
    visitor, feedback = enter(live, "cyd"), give_back(live)
    before = len(open_study(live.state / "study").responses)
    form = {"_xsrf": visitor.form_key("me/findings"), "feedback": feedback, "stance": "agrees", "text": "Ja."}
    answer = visitor.ask("me/findings", form=form)
    assert (answer.status, "Nothing was saved." in answer.text) == (400, True)
    assert len(open_study(live.state / "study").responses) == before


@pytest.mark.parametrize(("path", "says"), [("accessibility", "WCAG 2.1"), ("data", "articles 15 and 20")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_how_it_can_be_used_and_how_data_are_handled_is_told_to_anybody(
    live: Running, path: str, says: str, language: str
) -> None:
    page = Visitor(live.url, language=language).ask(path)
    assert (page.status, f'<html lang="{language}">' in page.text) == (200, True)
    assert says in page.text or language == "sv"
    assert f'href="/{path}"' in Visitor(live.url).ask("login").text
