"""Requests made to reach another's, or to bring the server down: each line of a table is one try.

What goes on below the request, as half of one or two in one, is in `test_attacks_bytes`; websockets and kernels have
files of their own, and who reaches which address is `test_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.serving.visitor import Visitor

from .conftest import CHEAP, Enter, Running
from .raw import Reply, request
from .test_rules import ADDRESSES

pytestmark = pytest.mark.slow
CSS = "voila/templates/workbench/static/"
FAULTS = re.compile(rb"Traceback \(most|root:x:|SQLite format|the words of P00[2-5]|cookie_secret|site-packages")


@pytest.fixture
def store(server: Running) -> AccountStore:
    return AccountStore(server.state / "accounts.sqlite", hasher=CHEAP)


class Log:
    """What the server complains of from now on."""

    def __init__(self, server: Running) -> None:
        self._path = server.state / "log"
        self._before = self._path.stat().st_size

    def complaints(self) -> list[str]:
        told = self._path.read_bytes()[self._before :].decode(errors="replace")
        return re.findall(r"Uncaught exception.*|Traceback.*", told)


def ask(server: Running, path: str, visitor: Visitor | None = None, **how: object) -> Reply:
    """Ask for an address as it is written, with a visitor's cookies; no answer tells of the machine or of others."""
    headers = dict(how.pop("headers", {}))  # type: ignore[call-overload]
    if visitor and "Cookie" not in headers:
        headers["Cookie"] = visitor.cookie_header()
    reply = request(server.url, f"/{path}", headers=headers, **how)  # type: ignore[arg-type]
    assert not FAULTS.search(reply.data)
    return reply


# What a proxy, or somebody who makes believe to be one, says of who asks.
CLAIMS: list[Mapping[str, str]] = [
    {"X-Forwarded-For": "10.0.0.1"},
    {"X-Real-IP": "10.0.0.1"},
    {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https"},
    {"Forwarded": "for=10.0.0.1;host=elsewhere.example;proto=https"},
    {"Remote-User": "cia"},
    {"X-Remote-User": "cia", "X-Forwarded-User": "cia", "X-WEBAUTH-USER": "cia", "X-Auth-Request-User": "cia"},
    {"REMOTE_USER": "cia", "Remote_User": "cia"},
    {"Authorization": "Basic Y2lhOnBhc3N3b3JkIG9mIGNpYQ=="},
    {"Authorization": "Bearer cia"},
    {"X-Original-URL": "/research", "X-Rewrite-URL": "/research"},
    {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"},
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)))
def test_what_a_header_claims_of_who_asks_is_not_believed(server: Running, claim: Mapping[str, str]) -> None:
    for path in ("research", "min-resa", "key", "account"):
        reply = ask(server, path, headers=claim)
        assert reply.status == 302
        assert reply.header("Location")[0].startswith("/login?")
        assert "elsewhere" not in reply.head


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)))
def test_a_header_gives_nobody_more_than_the_session_does(
    enter: Enter, server: Running, claim: Mapping[str, str]
) -> None:
    anna = enter("anna")
    assert [ask(server, path, anna, headers=claim).status for path in ("research", "key", "account")] == [404, 404, 200]


def test_tries_are_counted_by_the_real_address_whatever_a_header_says(server: Running, store: AccountStore) -> None:
    for number in range(3):
        headers = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"}
        assert ask(server, "invitation/made-up", headers=headers).status == 404
    assert store.tries.note({"invitations of 127.0.0.1": 4})
    assert not store.tries.note({"invitations of 127.0.0.1": 4})


@pytest.mark.parametrize("host", [
    "elsewhere.example", "", "localhost:1, elsewhere.example", "127.0.0.1@elsewhere.example", "[::1", "localhost.",
    "127.0.0.1.elsewhere.example", "10.0.0.1", "a" * 5000, "localhost%00", "localhost/../elsewhere",
])  # fmt: skip
def test_another_host_s_name_is_refused(server: Running, host: str) -> None:
    assert ask(server, "login", headers={"Host": host}).status in {400, 403}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get", "M" * 5000, "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "login", "account", "me/copy", "nowhere", CSS + "workbench.css"])
def test_a_method_that_nothing_here_has_is_refused_in_words(
    enter: Enter, server: Running, method: str, path: str
) -> None:
    assert ask(server, path, enter("anna"), method=method).status in {403, 404, 405}


ODD = [
    "..", "../", ".", "..;/", "%2e%2e", "%2e%2e/%2e%2e", "%252e%252e%252f", "..%2f..%2faccounts.sqlite",
    "..%252f..%252faccounts.sqlite", "..%255c..%255caccounts.sqlite", "..%5c..%5caccounts.sqlite",
    "..\\..\\accounts.sqlite", "....//....//accounts.sqlite", "%00", "x%00", "workbench.css%00.png", "01_counts%00",
    "01_counts%0a", "reflection%0a", "0123456789abcdef%0a", "%c0%ae%c0%ae%c0%afetc%c0%afpasswd", "%ff", "%", "%zz",
    "%ef%bc%8e%ef%bc%8e%ef%bc%8fetc", "%e2%80%ae", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd", "C:%5cwindows%5cwin.ini", "~root/.bashrc", "a" * 5000,
    "'%20or%201=1%20--",
]  # fmt: skip
PLACES = [pattern for pattern in ADDRESSES if "(" in pattern and "plotly" not in pattern]


@pytest.mark.parametrize("pattern", PLACES)
@pytest.mark.parametrize("code", ["anna", "cia", ""])
def test_nothing_odd_in_an_address_leads_anywhere(enter: Enter, server: Running, pattern: str, code: str) -> None:
    visitor, log = enter(code), Log(server)
    place = pattern.replace(r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)", "(k)").lstrip("/")
    found = {}
    server.forget_tries()
    for odd in ODD:
        before, after = re.split(r"\([^)]*\)", place)
        reply = ask(server, before + odd + after, visitor)
        found[odd] = 404 if reply.header("Location")[:1] and not code else reply.status  # led to the log-in
    assert set(found.values()) <= {400, 403, 404}, found
    assert log.complaints() == []


QUERIES = [
    "lang=%ff", "lang=..%2f..%2f", "lang=sv&lang=en", "lang=xx", "next=%ff", "next=%00", "next=//elsewhere.example",
    "theme=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "template=lab", "voila-template=lab", "token=the-lab-token",
    "draft=..%2f..%2f", "draft=%00", "component=%00", "entry=%27%20or%201=1", "occasion=" + "a" * 5000, "way=x",
    "done=%3Cscript%3Ealert(1)%3C/script%3E", "sent=%3Cscript%3Ealert(1)%3C/script%3E", "follows=%00",
    "person=P002", "participant=P002", "code=cia", "role=researcher", "v=..%2f", "&".join(["a=1"] * 900),
]  # fmt: skip


@pytest.mark.parametrize("code", ["anna", "cia", ""])
def test_nothing_in_a_query_makes_a_page_another(enter: Enter, server: Running, code: str) -> None:
    visitor = enter(code)
    for pattern, path in ADDRESSES.items():
        if (
            pattern in {"/min-resa", "/organisation", "/network", "/research/answers"}
            or "analysis" in pattern
            or "plotly" in path
        ):
            continue  # those run a kernel, or need a whole study: their own tests try the queries that count
        plain = ask(server, path, visitor).status
        for query in QUERIES:
            if "invitation" in path:
                server.forget_tries()
            reply = ask(server, f"{path}?{query}", visitor)
            assert reply.status in {plain, 400}, (path, query)
            assert b"<script>alert" not in reply.data
            assert b'"><script' not in reply.data
            assert not any(re.match(r"//|http", place) for place in reply.header("Location"))


def session_of(visitor: Visitor) -> str:
    return next(str(cookie.value) for cookie in visitor.cookies if cookie.name == "workbench-session")


def test_a_session_s_cookie_that_was_tampered_with_is_nobody_s(enter: Enter, server: Running) -> None:
    mine = session_of(enter("anna"))
    tampered = [
        "", "x", '""', "anna", "2|1:0|10:0|17:workbench-session|4:YW5uYQ==|" + "0" * 64, mine[:-3], mine + "x",
        mine.upper(), mine[::-1], mine.replace("|", "%7C"), "a" * 8000, f"{mine}, {mine}", "\xff\xfe", "null",
        mine.replace("workbench-session", "workbench-xsrf"),
    ]  # fmt: skip
    for value in tampered:
        reply = ask(server, "account", headers={"Cookie": f"workbench-session={value}"})
        assert reply.status in {302, 400}, value


def test_a_cookie_under_another_s_name_or_beside_another_gives_no_more(enter: Enter, server: Running) -> None:
    anna, cia = session_of(enter("anna")), session_of(enter("cia"))
    for cookie in (
        f"username-127-0-0-1={cia}",
        f"_xsrf={cia}",
        f"workbench-language={cia}",
        f"Workbench-Session={cia}",
    ):
        assert ask(server, "research", headers={"Cookie": cookie}).status == 302
    both = f"workbench-session={anna}; workbench-session={cia}"  # one of the two it is, and never both
    found = {path: ask(server, path, headers={"Cookie": both}).status for path in ("research", "review", "hand-in")}
    assert found in ({"research": 200, "review": 200, "hand-in": 404}, {"research": 404, "review": 404, "hand-in": 200})


def test_very_many_cookies_are_borne_or_refused(server: Running) -> None:
    some = "; ".join(f"c{number}=x" for number in range(1000))
    assert ask(server, "developer", headers={"Cookie": some}).status == 200
    assert ask(server, "developer", headers={"Cookie": some * 20}).status in {0, 400, 431}
    assert ask(server, "developer", headers={f"X-{number}": "x" for number in range(5000)}).status in {0, 400, 431}


ORIGINS = [
    "null",
    "http://elsewhere.example",
    "https://127.0.0.1",
    "http://127.0.0.1.elsewhere.example",
    "file://",
    "x",
]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("path", ["login", "logout", "account", "hand-in/reflection", "me/withdrawal", "me/copy"])
def test_a_form_sent_by_another_site_s_page_does_nothing(enter: Enter, server: Running, origin: str, path: str) -> None:
    anna = enter("anna")
    headers = {
        "Origin": origin,
        "Sec-Fetch-Site": "cross-site",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for body in (b"a=b", b"_xsrf=made-up&a=b", b"_xsrf=%ff", b"_xsrf="):
        assert ask(server, path, anna, method="POST", headers=headers, body=body).status in {400, 403, 404}
    assert ask(server, "account", anna).status == 200


def test_a_key_of_one_s_own_is_no_key_to_another_s_form(enter: Enter) -> None:
    anna, eva = enter("anna"), enter("eva")
    stolen = eva.form_key("logout")
    assert anna.post_only("logout", {"_xsrf": stolen}) == 403


def test_no_answer_lets_another_site_read_it(enter: Enter, server: Running) -> None:
    for path in ADDRESSES.values():
        if "kernel" in path or "min-resa" in path or path in {"organisation", "network", "analysis/01_counts"}:
            continue
        reply = ask(server, path, enter("anna"), headers={"Origin": "http://elsewhere.example"})
        assert not re.search(r"(?i)access-control-allow", reply.head), path


def test_a_page_of_any_status_tells_the_browser_to_load_from_here_alone(enter: Enter, server: Running) -> None:
    anna = enter("anna")
    asked = [
        ("GET", ""),
        ("GET", "nowhere"),
        ("GET", "key"),
        ("TRACE", "login"),
        ("GET", "invitation/%ff"),
        ("POST", "me"),
    ]
    for method, path in asked:
        reply = ask(server, path.removeprefix("/"), anna, method=method)
        assert "default-src 'none'" in reply.header("Content-Security-Policy")[0]
        assert reply.header("X-Content-Type-Options") == ["nosniff"]
        assert reply.header("Cache-Control") == ["no-store"]
        assert b"<h1" in reply.data


# An invitation, and a session, that was used before.


def invite(store: AccountStore, code: str) -> str:
    if store.accounts.find(code) is None:
        store.accounts.add(Account(code, "reviewer", "", "en"))
    return f"invitation/{store.invitations.make(code)}"


def test_of_ten_who_send_one_invitation_s_form_at_once_one_gets_in(server: Running, store: AccountStore) -> None:
    path = invite(store, "guest-of-ten")
    visitors = [Visitor(server.url, language="en") for _ in range(10)]
    forms = [
        {"_xsrf": visitor.form_key(path), "password": f"the words of number {number}"}
        for number, visitor in enumerate(visitors)
    ]
    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(lambda pair: pair[0].post_only(path, pair[1]), zip(visitors, forms, strict=True)))

    assert sorted(found) == [302, *[404] * 9]
    assert [visitor.status("account") for visitor in visitors].count(200) == 1
    winner = found.index(302)
    for number in range(10):
        server.forget_tries()
        status = Visitor(server.url).log_in("guest-of-ten", f"the words of number {number}").status
        assert status == (200 if number == winner else 401)


def test_a_used_or_replaced_invitation_opens_nothing(server: Running, store: AccountStore) -> None:
    first, second = invite(store, "guest-twice"), invite(store, "guest-twice")
    visitor = Visitor(server.url)
    form = {"_xsrf": visitor.form_key(), "password": "five words that are mine"}
    found = [visitor.post_only(path, form) for path in (first, second, second, first)]
    assert found == [404, 302, 404, 404]


@pytest.mark.parametrize("how", ["log-out", "a shut way in", "a new password", "another role", "an end by hand"])
def test_a_session_s_cookie_opens_nothing_after(enter: Enter, server: Running, store: AccountStore, how: str) -> None:
    fia = enter("fia")
    before = {"Cookie": fia.cookie_header()}
    assert ask(server, "account", headers=before).status == 200
    match how:
        case "log-out":
            fia.post_only("logout", {"_xsrf": fia.form_key("logout")})
        case "a shut way in":
            store.accounts.set_disabled("fia", disabled=True)
        case "a new password":
            store.accounts.set_password("fia", "password of fia")
        case "another role":
            store.accounts.set_role("fia", "participant", "P004")
        case _:
            store.sessions.end_of("fia")
    try:
        assert [ask(server, path, headers=before).status for path in ("account", "hand-in", "me/copy")] == [302] * 3
    finally:
        store.accounts.set_disabled("fia", disabled=False)
    assert ask(server, "account", headers=before).status == 302  # opened again, it stays ended
