"""Nobody reaches what is another's: each line of the tables is one try."""

from __future__ import annotations

import pytest

from workbench.accounts.store import AccountStore
from workbench.accounts.tries import MAX_TRIES, MAX_TRIES_OF_ADDRESS
from workbench.serving.visitor import Visitor

from .conftest import SECRET, Enter, Running

pytestmark = pytest.mark.slow
NOWHERE = "00000000-0000-0000-0000-000000000000"
STATIC = "voila/templates/workbench/static/"


Kernels = dict[str, tuple[Visitor, str, str]]


@pytest.fixture(scope="module")
def kernels(running: Running) -> Kernels:
    """Anna's and Bo's pages, open: visitor, kernel id, text."""
    opened = {}
    for code in ("anna", "bo"):
        visitor = Visitor(running.url)
        running.forget_tries()
        page = visitor.log_in(code, f"password of {code}")
        opened[code] = (visitor, page.kernel_id, page.text)
    return opened


def test_a_page_shows_its_owners_words_and_no_one_elses(kernels: Kernels) -> None:
    assert "the words of P001" in kernels["anna"][2]
    assert "P002" not in kernels["anna"][2]
    assert "the words of P002" in kernels["bo"][2]
    assert "P001" not in kernels["bo"][2]


def test_a_kernel_knows_nothing_of_the_servers_environment(kernels: Kernels) -> None:
    text = kernels["anna"][2]
    assert "WORKBENCH_STUDY" in text
    assert SECRET not in text
    assert "WORKBENCH_LAB_URL" not in text
    assert "VOILA_REQUEST_URL" not in text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "api/kernels/{bo}"),
        ("DELETE", "api/kernels/{bo}"),
        ("POST", "voila/api/shutdown/{bo}"),
        ("GET", f"api/kernels/{NOWHERE}"),
        ("POST", f"voila/api/shutdown/{NOWHERE}"),
        ("GET", "api/kernels"),
        ("POST", "api/kernels"),
        ("POST", "api/kernels/{anna}/interrupt"),
        ("GET", "api/sessions"),
        ("GET", "api/contents"),
        ("GET", "api/contents/accounts.sqlite"),
        ("POST", "api/terminals"),
        ("GET", "api/me"),
        ("GET", "metrics"),
        ("GET", "files/entries.csv"),
        ("GET", "voila/files/entries.csv"),
        ("GET", "voila/tree"),
        ("GET", "voila/api/contents"),
        ("GET", "voila/render/notebooks/01_counts.ipynb"),
        ("GET", "voila/query/{bo}"),
        ("GET", "voila/execution/{bo}"),
        ("GET", "voila/static/voila.js"),
        ("GET", "voila/labextensions/"),
        ("GET", "voila/api/themes/"),
        ("GET", "research"),
        ("GET", "review"),
        ("GET", "analysis/01_counts"),
        ("GET", "analysis/../min-resa"),
        ("GET", "min-resa/entries.csv"),
        ("GET", "min-resa/../research"),
        ("GET", STATIC),
        ("GET", STATIC + "../index.html.j2"),
        ("GET", STATIC + "..%2findex.html.j2"),
        ("GET", STATIC + "%2e%2e/%2e%2e/accounts.py"),
        ("GET", STATIC + "/etc/passwd"),
    ],
)
def test_a_participant_is_told_that_it_is_not_here(kernels: Kernels, method: str, path: str) -> None:
    visitor = kernels["anna"][0]
    ids = {code: kernel_id for code, (_, kernel_id, _) in kernels.items()}
    key = visitor.form_key("logout")
    form = {"_xsrf": key} if method == "POST" else None
    answer = visitor.ask(path.format(**ids), method=method, form=form, headers={"X-XSRFToken": key})

    assert answer.status in {403, 404}
    assert "P002" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("min-resa", 200),
        ("research", 200),
        ("review", 200),
        ("analysis/01_counts", 200),
        ("analysis/nowhere", 200),
    ],
)
def test_a_stranger_is_led_to_the_log_in(server: Running, path: str, wanted: int) -> None:
    answer = Visitor(server.url).ask(path)
    assert (answer.status, answer.url.split("?")[0]) == (wanted, server.url + "login")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_strangers_word_about_a_kernel_is_refused(server: Running, kernels: Kernels, method: str) -> None:
    assert Visitor(server.url).ask(f"api/kernels/{kernels['bo'][1]}", method=method).status == 403


@pytest.mark.parametrize("way", ["address", "header"])
def test_a_key_in_an_address_or_a_header_is_no_way_in(server: Running, way: str) -> None:
    path = "min-resa?token=the-lab-token" if way == "address" else "min-resa"
    answer = Visitor(server.url).ask(path, headers={"Authorization": "token the-lab-token"})
    assert "login" in answer.url


@pytest.mark.parametrize(
    ("who", "kernel", "how", "wanted"),
    [
        ("anna", "anna", {}, 101),
        ("anna", "bo", {}, 404),
        ("anna", "anna", {"protocol": None}, 400),
        ("anna", "anna", {"protocol": "v0.other"}, 400),
        ("anna", "anna", {"origin": "http://elsewhere.example"}, 403),
        ("", "bo", {}, 403),
    ],
)
def test_a_websocket_opens_for_the_owner_alone_and_in_the_new_protocol(
    kernels: Kernels, who: str, kernel: str, how: dict[str, str], wanted: int
) -> None:
    visitor = kernels[who][0] if who else Visitor(kernels["anna"][0].base)
    assert visitor.open_channels(kernels[kernel][1], **how) == wanted


def test_the_owner_still_has_the_kernel_after_all_that(kernels: Kernels) -> None:
    for visitor, kernel_id, _ in kernels.values():
        assert visitor.ask(f"api/kernels/{kernel_id}").status == 200


@pytest.mark.parametrize("query", ['theme="><script>alert(1)</script>', "template=lab", "voila-template=lab"])
def test_themes_and_templates_are_not_taken_from_the_address(enter: Enter, query: str) -> None:
    page = enter("eva").ask("min-resa?" + query.replace(" ", "%20").replace('"', "%22").replace("<", "%3C"))
    assert page.is_whole
    assert "alert(1)" not in page.text
    assert "jupyterlab" not in page.text.lower()


def test_a_reviewer_has_the_analyses_but_not_the_researchers_page(enter: Enter) -> None:
    reviewer = enter("dan")
    assert reviewer.ask("review").status == 200
    assert reviewer.ask("research").status == 404
    assert reviewer.ask("min-resa").status == 404


def test_a_researcher_is_shown_the_way_to_jupyterlab_and_sees_all_rows(enter: Enter) -> None:
    researcher = enter("cia")
    assert "the-lab-token" in researcher.ask("research").text
    assert "the words of P002" in researcher.ask("analysis/01_counts").text
    assert researcher.ask("min-resa").status == 404


def test_the_way_to_jupyterlab_is_shown_to_no_one_else(enter: Enter) -> None:
    for code in ("anna", "dan"):
        for path in ("", "review", "developer", "research"):
            assert "the-lab-token" not in enter(code).ask(path).text


def test_after_log_out_neither_the_session_nor_the_kernel_is_there(enter: Enter, server: Running) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id
    before = visitor.cookie_header()

    assert visitor.post_only("logout", {"_xsrf": visitor.form_key("logout")}) == 302

    again = Visitor(server.url).ask(f"api/kernels/{kernel_id}", headers={"Cookie": before})
    assert again.status == 403
    assert enter("eva").ask(f"api/kernels/{kernel_id}").status == 404


def test_the_fourth_page_ends_the_first_ones_kernel(enter: Enter) -> None:
    visitor = enter("cia")
    kernels = [visitor.ask("analysis/01_counts").kernel_id for _ in range(4)]
    found = [visitor.ask(f"api/kernels/{kernel_id}").status for kernel_id in kernels]
    assert found == [404, 200, 200, 200]


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(server: Running) -> None:
    visitor = Visitor(server.url)
    answers = [visitor.log_in("bo", "wrong").status for _ in range(MAX_TRIES)]
    assert answers == [401] * MAX_TRIES
    assert visitor.log_in("bo", "password of bo").status == 429


def test_one_persons_wrong_passwords_leave_the_door_open_to_the_others_in_the_room(server: Running) -> None:
    for _ in range(MAX_TRIES + 1):
        Visitor(server.url).log_in("bo", "wrong")
    assert Visitor(server.url).log_in("eva", "password of eva").is_whole


def test_an_address_that_tries_code_after_code_is_shut_out(server: Running) -> None:
    store = AccountStore(server.state / "accounts.sqlite")
    for number in range(MAX_TRIES_OF_ADDRESS - 1):
        store.tries.note({f"code:guess-{number}": 1, "address:127.0.0.1": MAX_TRIES_OF_ADDRESS})
    visitor = Visitor(server.url)
    assert [visitor.log_in(code, "wrong").status for code in ("one", "more")] == [401, 429]


@pytest.mark.parametrize("wanted", ["//elsewhere.example/", "https://elsewhere.example", "/\\elsewhere", "/research"])
def test_log_in_leads_to_ones_own_page_whatever_was_wanted(server: Running, wanted: str) -> None:
    answer = Visitor(server.url).log_in("fia", "password of fia", wanted=wanted)
    assert answer.url == server.url + "min-resa"


def test_a_form_from_elsewhere_is_refused(server: Running) -> None:
    form = {"_xsrf": "made up", "code": "anna", "password": "password of anna"}
    assert Visitor(server.url).ask("login", form=form).status == 403


def test_a_foreign_host_name_is_refused(server: Running) -> None:
    assert Visitor(server.url).ask("", headers={"Host": "rebound.example"}).status == 403


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(enter: Enter) -> None:
    cookie = next(cookie for cookie in enter("eva").cookies if cookie.name == "workbench-session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Strict"


def test_a_failed_cell_says_so_kindly_and_keeps_the_reason_to_itself(enter: Enter) -> None:
    page = enter("cia").ask("analysis/02_broken")
    assert "data-cell-failed" in page.text
    assert "Kör notebooken i JupyterLab för att se varför." in page.text
    assert "Traceback" not in page.text
    assert "ValueError: a name" not in page.text


def test_when_ones_own_part_cannot_be_written_one_reads_what_to_do_and_nothing_of_anothers(enter: Enter) -> None:
    page = enter("gil").ask("min-resa")
    assert "Sidan kunde inte göras färdig. Ladda om den. Säg till forskargruppen" in page.text
    assert "P001" not in page.text
    assert "Traceback" not in page.text
    assert page.kernel_id == ""
    assert not page.is_whole
