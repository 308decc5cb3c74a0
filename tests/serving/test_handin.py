"""Handing in on the pages, as a browser without scripts does it: what is typed is never lost, and never another's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from workbench.accounts.store import AccountStore
from workbench.serving.visitor import Answer, Visitor

from .living import Living, serve_living

pytestmark = pytest.mark.slow
WORDS = "Vi prövade 🙂 & <b>fet</b> åäö."
REFLECTION = {"way": "free", "text": WORDS, "occasion": "T1", "phase": "home", "visibility": "researchers"}


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """One server for the module."""
    with serve_living() as server:
        yield server


@pytest.fixture(scope="module")
def anna(living: Living) -> Visitor:
    return living.enter("anna")


@pytest.fixture(scope="module")
def bo(living: Living) -> Visitor:
    return living.enter("bo")


def draft_of(page: Answer) -> str:
    """Read the draft's id that a form carries."""
    return re.search(r'name="draft" value="([0-9a-f]{16})"', page.text).group(1)


def send(visitor: Visitor, kind: str, draft: str = "", /, **fields: str) -> Answer:
    """Open a form, fill it in and send it."""
    page = visitor.ask(f"hand-in/{kind}")
    key = visitor.form_key("hand-in/reflection")
    return visitor.ask(f"hand-in/{kind}", form={"_xsrf": key, "draft": draft or draft_of(page), **fields})


def save(visitor: Visitor, draft: str, seen: int, **fields: str) -> tuple[int, int]:
    """Save a draft as the page's script does; gives status and version."""
    form = {"_xsrf": visitor.form_key("hand-in/reflection"), "form": "reflection", "seen": str(seen), **fields}
    answer = visitor.ask(f"drafts/{draft}", form=form)
    return answer.status, json.loads(answer.text)["version"]


def test_a_reflection_is_handed_in_and_listed_with_when(living: Living, anna: Visitor) -> None:
    page = send(anna, "reflection", "1111111111111111", **REFLECTION)
    assert (page.status, page.url.split("?")[0]) == (200, living.url + "hand-in")
    assert "Thank you" in page.text
    assert "Vi prövade 🙂 &amp; &lt;b&gt;fet&lt;/b&gt; åäö." in page.text
    assert "Text handed in" in page.text
    row = living.study.entries.set_index("entry").loc["H-1111111111111111"]
    assert (row["person"], row["text"]) == ("P-1", WORDS)
    assert living.study.events["actor"].iloc[-1] == "P-1"


def test_it_reaches_nobody_else(bo: Visitor) -> None:
    assert "Vi prövade" not in bo.ask("hand-in").text


def test_the_same_form_sent_twice_hands_in_once(living: Living, anna: Visitor) -> None:
    draft = "aaaaaaaaaaaaaaaa"
    for _ in range(2):
        assert "Thank you" in send(anna, "reflection", draft, **REFLECTION).text
    assert (living.study.entries["entry"] == f"H-{draft}").sum() == 1
    assert f"reflection?draft={draft}" not in anna.ask("hand-in").text


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(anna: Visitor) -> None:
    page = send(anna, "reflection", **{**REFLECTION, "visibility": ""})
    assert page.status == 400
    assert 'id="visibility-fault"' in page.text
    assert "Vi prövade 🙂 &amp; &lt;b&gt;fet" in page.text
    draft = draft_of(page)
    assert f"hand-in/reflection?draft={draft}" in anna.ask("hand-in").text
    assert "Vi prövade 🙂 &amp; &lt;b&gt;fet" in anna.ask(f"hand-in/reflection?draft={draft}").text


def test_a_change_of_way_keeps_what_was_written_in_the_other(anna: Visitor) -> None:
    page = send(anna, "reflection", way="free", text="In free words", do="ab")
    assert 'id="ab"' in page.text
    assert '<input type="hidden" name="text" value="In free words">' in page.text


def test_nobody_yet_keeps_a_draft_and_hands_nothing_in(living: Living, anna: Visitor) -> None:
    before = len(living.study.events)
    page = send(anna, "reflection", **{**REFLECTION, "text": "Not yet", "visibility": "draft"})
    assert "kept as a draft" in page.text
    assert "Not yet" in page.text
    assert len(living.study.events) == before


def test_drafts_are_saved_as_typed_and_the_later_window_wins(anna: Visitor) -> None:
    draft = "bbbbbbbbbbbbbbbb"
    assert save(anna, draft, 0, way="free", text="one") == (200, 1)
    assert save(anna, draft, 1, way="free", text="two") == (200, 2)
    assert save(anna, draft, 1, way="free", text="late") == (409, 2)
    assert ">\ntwo</textarea>" in anna.ask(f"hand-in/reflection?draft={draft}").text
    assert json.loads(anna.ask(f"drafts/{draft}").text)["version"] == 2


def test_drafts_are_nobody_elses_and_researchers_reach_none(living: Living, anna: Visitor, bo: Visitor) -> None:
    draft = "cccccccccccccccc"
    save(anna, draft, 0, way="free", text="a secret of mine")
    assert json.loads(bo.ask(f"drafts/{draft}").text)["version"] == 0
    assert "a secret of mine" not in bo.ask(f"hand-in/reflection?draft={draft}").text
    bo.ask(f"drafts/{draft}", form={"_xsrf": bo.form_key("hand-in/reflection"), "do": "remove"})
    researcher = living.enter("cia")
    for path in ("hand-in", f"hand-in/reflection?draft={draft}", f"drafts/{draft}"):
        assert researcher.ask(path).status == 404
    assert "a secret of mine" in anna.ask(f"hand-in/reflection?draft={draft}").text


def test_a_draft_is_thrown_away(anna: Visitor) -> None:
    draft = "dddddddddddddddd"
    save(anna, draft, 0, way="free", text="rubbish")
    page = anna.ask(f"drafts/{draft}", form={"_xsrf": anna.form_key("hand-in/reflection"), "do": "remove"})
    assert page.status == 200
    assert "rubbish" not in page.text
    assert save(anna, draft, 1, way="free", text="rubbish") == (409, 0)


def test_a_draft_of_no_known_form_is_refused(anna: Visitor) -> None:
    form = {"_xsrf": anna.form_key("hand-in/reflection"), "form": "letter", "seen": "0"}
    assert anna.ask("drafts/eeeeeeeeeeeeeeee", form=form).status == 400


def test_a_form_from_elsewhere_saves_and_hands_in_nothing(living: Living, anna: Visitor) -> None:
    before = len(living.study.events)
    form = {"_xsrf": "made up", "form": "reflection", "seen": "0", **REFLECTION}
    assert anna.ask("drafts/eeeeeeeeeeeeeeee", form=form).status == 403
    assert anna.ask("hand-in/reflection", form=form).status == 403
    assert json.loads(anna.ask("drafts/eeeeeeeeeeeeeeee").text)["version"] == 0
    assert len(living.study.events) == before


def test_a_rating_leads_on_to_what_is_left(living: Living, anna: Visitor) -> None:
    page = anna.ask("hand-in/rating?occasion=T2&component=I3")
    assert "Management asks for trials, gives room and receives the results." in page.text
    fields = {"occasion": "T2", "component": "I3", "now": "3", "desired": "4", "now_text": "", "desired_text": ""}
    page = send_rating(anna, page, fields)
    assert "Component rated" in page.text
    mine = living.study.ratings
    mine = mine[(mine["person"] == "P-1") & (mine["occasion"] == "T2")]
    assert mine.set_index("frame")["level"].to_dict() == {"now": 3, "desired": 4}
    again = send_rating(anna, anna.ask("hand-in/rating?occasion=T2&component=I3"), fields)
    assert (again.status, "Nothing differs" in again.text) == (409, True)


def send_rating(visitor: Visitor, page: Answer, fields: dict[str, str]) -> Answer:
    key = visitor.form_key("hand-in/reflection")
    return visitor.ask("hand-in/rating", form={"_xsrf": key, "draft": draft_of(page), **fields})


def test_an_experiment_is_the_organisations_and_nobody_elses(living: Living, anna: Visitor, bo: Visitor) -> None:
    design = {"title": "Ring först", "kind": "improve", "assumption": "Om", "test": "Två", "components": "I3"}
    page = send(anna, "experiment", "abababababababab", occasion="T2", **design)
    assert "Ring först" in page.text
    assert "Ring först" in bo.ask("hand-in").text
    assert bo.ask("hand-in/outcome?experiment=H-abababababababab").status == 200
    eva = living.enter("eva")
    for kind in ("log", "outcome"):
        assert eva.ask(f"hand-in/{kind}?experiment=H-abababababababab").status == 404
        key = eva.form_key("hand-in/reflection")
        form = {"_xsrf": key, "draft": "abababababababab", "experiment": "H-abababababababab", "status": "done"}
        assert eva.ask(f"hand-in/{kind}", form={**form, "decision": "none", "text": "x"}).status == 404
    assert living.study.experiments.set_index("experiment").loc["H-abababababababab", "status"] == "planned"


def test_a_correction_is_an_act_and_shows_what_was(living: Living, anna: Visitor) -> None:
    page = anna.ask("hand-in/text?entry=N1")
    form = {"_xsrf": anna.form_key("hand-in/reflection"), "draft": draft_of(page), "entry": "N1"}
    page = anna.ask("hand-in/text", form={**form, "text": "Vi vågade 🙂 säga nej.", "visibility": "organisation"})
    assert "Corrected" in page.text
    assert "Sedan gick vi hem." in anna.ask("hand-in/text?entry=N1").text
    assert living.study.entries.set_index("entry").loc["N1", "text"] == "Vi vågade 🙂 säga nej."


@pytest.mark.parametrize("entry", ["N2", "N3", "N4", "nowhere"])
def test_nobody_corrects_anothers_text(living: Living, anna: Visitor, entry: str) -> None:
    before = len(living.study.events)
    form = {"_xsrf": anna.form_key("hand-in/reflection"), "entry": entry, "text": "Mitt.", "visibility": "network"}
    assert anna.ask(f"hand-in/text?entry={entry}").status == 404
    assert anna.ask("hand-in/text", form=form).status == 404
    assert len(living.study.events) == before


def test_what_is_handed_in_is_on_ones_own_page_and_the_researchers_at_once(living: Living, anna: Visitor) -> None:
    send(anna, "reflection", **{**REFLECTION, "text": "Alldeles nyss."})
    assert "Alldeles nyss." in anna.ask("hand-in").text
    assert "Alldeles nyss." in living.study.entries["text"].to_list()


def test_forms_are_written_down_in_the_access_log_and_typing_is_not(living: Living, anna: Visitor) -> None:
    store = AccountStore(living.state / "accounts.sqlite")
    before = len(list(store.log.all()))
    save(anna, "abcdabcdabcdabcd", 0, way="free", text="x")
    told = list(store.log.all())[before:]
    assert {(line.did, line.kind, line.what) for line in told} == {("see", "handin", "reflection")}  # of the form's key


def test_no_form_that_is_not_there_is_there(anna: Visitor) -> None:
    assert anna.ask("hand-in/letter").status == 404
    assert anna.ask("drafts/short").status == 404


def test_a_form_that_is_full_of_the_longest_characters_is_kept_and_what_is_too_much_is_told(anna: Visitor) -> None:
    full = dict.fromkeys(("happened", "felt", "worked", "assumed", "next"), "🙂" * 4_000)
    status, page = send_whole(anna, {**REFLECTION, **full, "way": "questions", "text": "🙂" * 12_001, "visibility": ""})
    assert status == 400
    assert page.count("🙂" * 4_000) == 5 + 3  # and the other way's, which is not shown
    status, page = send_whole(anna, {**REFLECTION, "text": "🙂" * 12_001})
    assert (status, "At most 12000 characters fit here; there are 12001." in page) == (400, True)


def send_whole(visitor: Visitor, fields: dict[str, str]) -> tuple[int, str]:
    """Send a form as a browser does, each character in its own bytes: the answer's status and text."""
    given = {"_xsrf": visitor.form_key("hand-in/reflection"), "draft": "f0" * 8, **fields}
    parts = [f'--e\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{words}' for name, words in given.items()]
    body = "\r\n".join([*parts, "--e--\r\n"]).encode()
    headers = {"Content-Type": "multipart/form-data; boundary=e", "Cookie": visitor.cookie_header()}
    request = Request(visitor.base + "hand-in/reflection", data=body, headers=headers | {"Accept-Language": "en"})  # noqa: S310 -- ours
    with pytest.raises(HTTPError) as refused:
        urlopen(request)  # noqa: S310 -- as above
    with refused.value as answer:
        return answer.code, answer.read().decode()
