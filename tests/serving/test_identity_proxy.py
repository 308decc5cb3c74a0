"""A proxy's word on who asks is taken from the proxy alone, and nobody else's, however it is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import get_args

import pytest

from workbench.access.rules import Kind
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.names import Names
from workbench.serving.identity_elsewhere import account_named
from workbench.serving.identity_settings import ByHub, ByProxy
from workbench.serving.processes import free_port
from workbench.serving.visitor import Visitor

from .conftest import CHEAP
from .elsewhere import add_people, arguments_of, serve_elsewhere
from .living import Living
from .naming_proxy import HEADER, SOURCE, NamingProxy, naming_proxy
from .raw import request
from .test_rules import asks_first, make, walked

SETTINGS = f"""
from = "proxy"
header = "{HEADER}"
proxies = ["{SOURCE}"]
log_out = "/sign-out"
"""
KEYED = SETTINGS + 'key_header = "X-Proxy-Key"\nkey_file = "key"\n'
OWN = {HEADER: "anna", "X-Proxy-Key": "a key of the proxy's own"}


@pytest.fixture(scope="module")
def served() -> Iterator[Living]:
    with serve_elsewhere(SETTINGS) as served:
        yield served


@pytest.fixture
def proxy(served: Living) -> Iterator[NamingProxy]:
    with naming_proxy(served.url) as proxy:
        yield proxy


def visit(proxy: NamingProxy, name: str) -> Visitor:
    proxy.name = name
    return Visitor(proxy.url, language="en")


def noted(served: Living, code: str) -> list[tuple[str, bool]]:
    log = AccountStore(served.state / "accounts.sqlite", hasher=CHEAP).log
    return [(line.did, line.allowed) for line in log.all(code=code) if line.kind == "account"]


pytestmark = pytest.mark.slow


def test_who_is_named_is_in_their_own_page_with_our_role(proxy: NamingProxy) -> None:
    anna = visit(proxy, "anna")
    page = anna.ask("min-resa")
    assert page.is_whole and page.kernel_id
    assert anna.open_channels(page.kernel_id) == 101
    assert anna.ask("research").status == 404
    assert anna.ask("login?next=/account").url == proxy.url + "account"
    cia = visit(proxy, "cia")
    assert cia.ask("research").status == 200  # "Cia", and a researcher: our accounts say so
    assert cia.ask("min-resa").status == 404


def test_one_named_person_does_not_reach_another_s_kernel(proxy: NamingProxy, served: Living) -> None:
    anna = visit(proxy, "anna")
    kernel_id = anna.ask("min-resa").kernel_id
    with naming_proxy(served.url) as another:
        bo = visit(another, "bo")
        assert bo.ask("min-resa").is_whole
        assert bo.ask(f"api/kernels/{kernel_id}").status == 404
        assert bo.status(f"voila/api/shutdown/{kernel_id}", method="POST", key=bo.form_key("logout")) == 404
        assert bo.open_channels(kernel_id) == 404
    assert anna.ask(f"api/kernels/{kernel_id}").status == 200


def test_every_way_of_saying_it_oneself_is_nobody_s_word(served: Living, proxy: NamingProxy) -> None:
    """The header, its spellings and what tells of other addresses, said on a connection that is not the proxy's."""
    spellings = [HEADER, HEADER.lower(), HEADER.upper(), HEADER.replace("-", "_"), "Remote-User", "X-Remote-User"]
    for spelling in spellings:
        for more in ({}, {"X-Real-IP": SOURCE}, {"X-Forwarded-For": SOURCE}, {"Forwarded": f"for={SOURCE}"}):
            found = request(served.url, "/min-resa", headers={spelling: "anna", **more})
            assert found.status == 302 and "/login" in found.header("Location")[0], (spelling, more)
            assert not [line for line in found.header("Set-Cookie") if "workbench-session" in line]
            assert request(served.url, "/api/kernels/" + "0" * 8, headers={spelling: "anna", **more}).status == 404
    # and what the asker says through the proxy is taken away by it, as a proxy must
    proxy.name = "bo"
    assert "Bo" not in request(proxy.url, "/account", headers=OWN).data.decode()
    assert "<dd>bo</dd>" in request(proxy.url, "/account", headers=OWN).data.decode()


def test_a_session_s_cookie_opens_nothing_without_the_proxy_s_word(served: Living, proxy: NamingProxy) -> None:
    anna = visit(proxy, "anna")
    kernel_id = anna.ask("min-resa").kernel_id
    cookies = anna.cookie_header()
    proxy.name = ""
    for url in (served.url, proxy.url):
        anna.base = url
        assert request(url, "/min-resa", headers={"Cookie": cookies}).status == 302
        assert request(url, f"/api/kernels/{kernel_id}", headers={"Cookie": cookies}).status == 403
        assert anna.open_channels(kernel_id) == 403
    proxy.name = "anna"
    assert anna.ask(f"api/kernels/{kernel_id}").status == 200


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([f"{HEADER}: anna", f"{HEADER}: bo"], 400),
        ([f"{HEADER}: anna", f"{HEADER}: anna"], 400),
        ([f"{HEADER}: anna", f"{HEADER.replace('-', '_')}: bo"], 400),
        ([f"{HEADER.replace('-', '_')}: anna"], 400),
        ([f"{HEADER}: anna", f"{HEADER} : bo"], 400),
        ([f"{HEADER}: anna", " bo"], 400),
        ([f"{HEADER}: anna", f"{HEADER}: "], 400),
        ([f"{HEADER}: anna, bo"], 400),
        ([f"{HEADER}: anna bo"], 400),
        ([f"{HEADER}: \xe5ke"], 400),
        ([f"{HEADER}: " + "a" * 255], 400),
        ([f"{HEADER}: anna\x00"], 400),
        ([f"{HEADER}:"], 302),
        ([], 302),
        ([f"{HEADER}: nobody"], 302),
        ([f"{HEADER}: dan"], 302),  # disabled
        ([f"{HEADER}: P-1"], 302),  # her pseudonym, not her code
        ([f"{HEADER}: ANNA"], 200),
        ([f"{HEADER.lower()}:   anna  "], 200),
    ],
)
def test_the_proxy_s_own_word_is_taken_when_it_is_one_clear_name(
    proxy: NamingProxy, lines: list[str], status: int
) -> None:
    proxy.lines = lines
    assert request(proxy.url, "/account").status == status


def test_when_another_is_named_the_session_and_its_pages_end(served: Living, proxy: NamingProxy) -> None:
    visitor = visit(proxy, "anna")
    kernel_id = visitor.ask("min-resa").kernel_id
    before = visitor.cookie_header()
    proxy.name = "bo"
    assert "<dd>bo</dd>" in visitor.ask("account?lang=en").text
    proxy.name = "anna"
    after = request(proxy.url, f"/api/kernels/{kernel_id}", headers={"Cookie": before})
    assert after.status == 404  # ended, though the old cookie came back
    sessions = AccountStore(served.state / "accounts.sqlite", hasher=CHEAP).sessions
    assert "anna" in {session.code for session in sessions.all()}  # the new one of the line before


def test_one_browser_is_one_session(served: Living, proxy: NamingProxy) -> None:
    bo = visit(proxy, "bo")
    sessions = AccountStore(served.state / "accounts.sqlite", hasher=CHEAP).sessions
    sessions.end_of("bo")
    for path in ("account", "me", "account", "min-resa"):
        assert bo.ask(path).status == 200
    assert [session.code for session in sessions.all()].count("bo") == 1


def test_who_is_named_but_not_invited_is_told_so_and_it_is_written_down(served: Living, proxy: NamingProxy) -> None:
    before = noted(served, "").count(("log in", False))
    page = visit(proxy, "stranger").ask("min-resa")
    assert (page.status, page.url.split("?")[0]) == (403, proxy.url + "login")
    assert "nobody has been invited here under that name" in page.text
    assert noted(served, "").count(("log in", False)) == before + 1
    page = visit(proxy, "").ask("login")
    assert "You log in here with your organisation" in page.text
    assert noted(served, "").count(("log in", False)) == before + 1


def test_no_password_and_no_invitation_is_a_way_in(served: Living, proxy: NamingProxy) -> None:
    store = AccountStore(served.state / "accounts.sqlite", hasher=CHEAP)
    store.accounts.set_password("anna", "password of anna")
    token = store.invitations.make("bo")
    visitor = visit(proxy, "")
    key = visitor.form_key("logout")
    form = {"_xsrf": key, "code": "anna", "password": "password of anna", "next": "/"}
    assert visitor.post_only("login", form) == 403
    assert visitor.status("account") == 302
    assert visitor.status(f"invitation/{token}") == 404
    assert 'name="password"' not in visitor.ask("login").text


def test_log_out_ends_the_session_and_leads_where_it_is_set_to(served: Living, proxy: NamingProxy) -> None:
    anna = visit(proxy, "anna")
    kernel_id = anna.ask("min-resa").kernel_id
    key, cookies = anna.form_key("logout"), anna.cookie_header()
    body = f"_xsrf={key}".replace("|", "%7C").encode()
    form = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    found = request(proxy.url, "/logout", method="POST", headers=form, body=body)
    assert (found.status, found.header("Refresh")) == (200, ["0; url=/sign-out"])
    assert 'href="/sign-out"' in found.data.decode()
    assert anna.ask(f"api/kernels/{kernel_id}").status == 404
    assert ("log out", True) in noted(served, "anna")


def test_a_disabled_account_s_open_page_ends(served: Living, proxy: NamingProxy) -> None:
    bo = visit(proxy, "bo")
    assert bo.ask("account").status == 200
    accounts = AccountStore(served.state / "accounts.sqlite", hasher=CHEAP).accounts
    accounts.set_disabled("bo", disabled=True)
    try:
        assert bo.ask("account").status == 403
    finally:
        accounts.set_disabled("bo", disabled=False)


def test_a_form_from_another_site_is_refused_whoever_is_named(proxy: NamingProxy) -> None:
    anna = visit(proxy, "anna")
    assert anna.ask("account").status == 200
    assert anna.post_only("logout", {"_xsrf": "made up"}) == 403
    found = request(proxy.url, "/logout", method="POST", headers={"Origin": "http://elsewhere.example"}, body=b"a=b")
    assert found.status in {403, 404}


def test_a_proxy_with_a_key_is_believed_by_its_key_alone() -> None:
    with serve_elsewhere(KEYED) as served, naming_proxy(served.url) as proxy:
        word = f"{HEADER}: anna"
        key = "X-Proxy-Key: a key of the proxy's own"
        said = [
            ([word], 302),
            ([word, "X-Proxy-Key: another key, as long"], 302),
            ([word, key, key], 302),
            ([word, key], 200),
        ]
        for lines, status in said:
            proxy.lines = lines
            assert request(proxy.url, "/account").status == status, lines
        assert request(served.url, "/account", headers=OWN).status == 302  # the right key, from elsewhere


def test_a_server_with_unsound_settings_says_why_and_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "identity.toml").write_text('from = "proxy"\nheader = "X-User"\nproxies = ["0.0.0.0/0"]\n')
    arguments = arguments_of(tmp_path, tmp_path / "study", free_port())
    ended = subprocess.run(
        [sys.executable, "-m", "workbench.serving", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "anybody could say who they are" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_address_means_the_one_account_that_the_key_has_it_for(tmp_path: Path) -> None:
    store = add_people(tmp_path)
    names = Names(store.path)
    names.add("P-1", "Anna Ek", "Anna.Ek@agency.example")
    names.add("P-2", "Bo Ek", "ek@agency.example")
    names.add("P-3", "Dan Ek", "dan@agency.example")
    names.add("Cia", "Cia Ek", "ek@agency.example")
    found = {}
    for name in ("anna.ek@agency.example", "ek@agency.example", "dan@agency.example", "Anna Ek", "anna", ""):
        account = account_named(store, name, "address")
        found[name] = account.code if account else None
    assert found == dict.fromkeys(found) | {"anna.ek@agency.example": "anna"}


@pytest.mark.parametrize(
    "elsewhere",
    [ByProxy(HEADER, (ip_network(SOURCE),)), ByHub("/services/workbench/", "a token")],
    ids=["proxy", "hub"],
)
def test_every_address_of_such_a_server_asks_the_guard_and_none_takes_a_password(
    tmp_path: Path, elsewhere: ByProxy | ByHub
) -> None:
    found = {
        pattern.removeprefix(elsewhere.prefix.rstrip("/")): handler
        for pattern, handler in walked(make(tmp_path, elsewhere=elsewhere))
    }
    assert {"/login", "/logout", "/min-resa"} <= set(found)
    assert ("/oauth_callback" in found) == isinstance(elsewhere, ByHub)
    assert not {pattern for pattern in found if "invitation" in pattern}
    for pattern, handler in found.items():
        assert getattr(handler, "resource", None) in get_args(Kind), pattern
        assert pattern == "anything else" or asks_first(handler), pattern


def test_codes_that_differ_in_capitals_alone_are_nobody_s_name(tmp_path: Path) -> None:
    store = add_people(tmp_path)
    assert account_named(store, "ANNA", "code") == store.accounts.find("anna")
    store.accounts.add(Account("ANNA", "researcher", "", "en"))
    assert [account_named(store, name, "code") for name in ("anna", "ANNA", "Anna")] == [None] * 3
