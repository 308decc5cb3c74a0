"""Every address there is has a rule, and answers each role as the rule says: walked in the running application."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from tornado.routing import Router, Rule
from tornado.web import RequestHandler

from workbench.access.rules import Kind
from workbench.accounts.account import ROLES
from workbench.serving.app import Place, WorkbenchVoila, make_app
from workbench.serving.guard import Guarded
from workbench.serving.routes import PAGES
from workbench.serving.visitor import Visitor

from .conftest import PEOPLE, Enter, Running

HERE = Path(__file__).parent


def rules_of(router: Router) -> Iterator[tuple[str, type[RequestHandler]]]:
    """Walk every rule of an application, of whatever host, down to its handlers."""
    for rule in router.rules:
        if isinstance(rule.target, Router):
            yield from rules_of(rule.target)
        else:
            yield _pattern(rule), rule.target


def _pattern(rule: Rule) -> str:
    regex = getattr(rule.matcher, "regex", None)
    return regex.pattern.removesuffix("$") if regex else repr(rule.matcher)


def make(state: Path, **more: str) -> WorkbenchVoila:
    """Make the server, without letting it listen."""
    notebooks, journey = HERE / "notebooks", HERE / "dashboards" / "min_resa.ipynb"
    place = Place(study=str(HERE / "study"), state=state, notebooks=notebooks, journey=journey, port=0, **more)

    async def make_all() -> WorkbenchVoila:
        made = make_app(place, lambda _page, _who, _folder: None, lambda _person: "")
        made.make_application()
        return made

    before = signal.getsignal(signal.SIGTERM)
    try:
        return asyncio.run(make_all())
    finally:
        signal.signal(signal.SIGTERM, before)  # Voilà takes it for the process that it thinks is its own


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WorkbenchVoila:
    return make(tmp_path_factory.mktemp("state"))


def walked(app: WorkbenchVoila) -> list[tuple[str, type[RequestHandler]]]:
    routers = (app.app.default_router, app.app.wildcard_router)
    default = ("anything else", app.app.settings["default_handler_class"])
    return [*dict.fromkeys(rule for router in routers for rule in rules_of(router)), default]


# Rules are known here by where they lead to; each has an address to try. A rule without one fails below.
STATIC = "/voila/templates/workbench/static/"
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
ADDRESSES = {
    "/": "",
    "/developer": "developer",
    "/accessibility": "accessibility",
    "/data": "data",
    "/min-resa": "min-resa",
    "/organisation": "organisation",
    "/network": "network",
    "/account": "account",
    "/hand-in": "hand-in",
    "/hand-in/([a-z]+)": "hand-in/reflection",
    "/drafts/([0-9a-f]{16})": "drafts/0123456789abcdef",
    "/consensus": "consensus",
    "/consensus/(form)": "consensus/form",
    "/key": "key",
    "/me": "me",
    "/me/copy": "me/copy",
    "/me/consent": "me/consent",
    "/me/findings": "me/findings",
    "/me/withdrawal": "me/withdrawal",
    "/research/answers": "research/answers",
    "/invitation/([^/]*)": "invitation/made-up",
    "/research": "research",
    "/review": "review",
    "/analysis/([A-Za-z0-9_-]+)": "analysis/01_counts",
    f"/api/kernels/{KERNEL}": "api/kernels/{kernel}",
    f"/api/kernels/{KERNEL}/channels": "api/kernels/{kernel}/channels",
    f"/voila/api/shutdown/{KERNEL}": "voila/api/shutdown/{kernel}",
    f"{STATIC}(plotly.min.js)": f"{STATIC[1:]}plotly.min.js",
    f"{STATIC}(.*)": f"{STATIC[1:]}workbench.css",
    "/login": "login",
    "/logout": "logout",
    "anything else": "nowhere",
}


def test_no_rule_is_without_an_address_to_try(app: WorkbenchVoila) -> None:
    assert {pattern for pattern, _ in walked(app)} == set(ADDRESSES)


def test_every_handler_says_what_it_opens_and_asks_before_it_does(app: WorkbenchVoila) -> None:
    for pattern, handler in walked(app):
        assert getattr(handler, "resource", None) in get_args(Kind), pattern
        assert issubclass(handler, Guarded), pattern
        if pattern != "anything else":  # that one refuses everybody, without a look
            assert asks_first(handler), pattern


def asks_first(handler: type[RequestHandler]) -> bool:
    """Whether the first `prepare` that is found is the guard's."""
    return next(cls for cls in handler.__mro__ if "prepare" in vars(cls)) is Guarded


def test_pages_are_known_by_the_kind_that_their_handler_opens(app: WorkbenchVoila) -> None:
    named = {pattern.split("/")[1]: handler.resource for pattern, handler in walked(app) if "/" in pattern}
    assert {page: named[page] for page in PAGES} == PAGES
    assert {page for page, kind in named.items() if kind not in {"front", "kernel", "draft"}} == set(PAGES)


def test_a_handler_that_forgets_to_say_what_it_opens_opens_nothing() -> None:
    class Forgetful(Guarded):
        """Says nothing."""

    with pytest.raises(AttributeError):
        Forgetful().asked_for()


# What each role is answered: participant, development_lead, sponsor, facilitator, researcher, reviewer,
# key_custodian, stranger. A stranger is led to the log-in (302) or refused (403).
STATUSES = """
GET    /                                     200 200 200 200 200 200 200 200
GET    /developer                            200 200 200 200 200 200 200 200
GET    /accessibility                        200 200 200 200 200 200 200 200
GET    /data                                 200 200 200 200 200 200 200 200
GET    /login                                302 302 302 302 302 302 302 200
GET    /logout                               200 200 200 200 200 200 200 200
GET    /invitation/([^/]*)                   404 404 404 404 404 404 404 404
GET    anything                              404 404 404 404 404 404 404 404
GET    /account                              200 200 200 200 200 200 200 302
GET    /min-resa                             200 200 404 404 404 404 404 302
GET    /research                             404 404 404 404 200 404 404 302
GET    /review                               404 404 404 404 200 200 404 302
GET    /analysis/([A-Za-z0-9_-]+)            404 404 404 404 200 200 404 302
GET    /me                                   200 200 200 404 404 404 404 302
GET    /me/copy                              200 200 200 404 404 404 404 302
GET    /hand-in                              200 200 404 404 404 404 404 302
GET    /hand-in/([a-z]+)                     200 200 404 404 404 404 404 302
POST   /hand-in/([a-z]+)                     409 409 404 404 404 404 404 403
GET    /drafts/([0-9a-f]{16})                200 200 404 404 404 404 404 302
POST   /drafts/([0-9a-f]{16})                400 400 404 404 404 404 404 403
GET    /consensus                            404 200 404 404 404 404 404 302
GET    /consensus/(form)                     404 200 404 404 404 404 404 302
POST   /consensus/(form)                     404 409 404 404 404 404 404 403
GET    /me/consent                           200 200 200 404 404 404 404 302
GET    /me/findings                          200 200 200 404 404 404 404 302
GET    /research/answers                     404 404 404 404 503 404 404 302
POST   /research/answers                     404 404 404 404 503 404 404 403
GET    /me/withdrawal                        200 200 200 404 404 404 404 302
GET    /key                                  404 404 404 404 404 404 200 302
POST   /key                                  404 404 404 404 404 404 200 403
POST   /invitation/([^/]*)                   404 404 404 404 404 404 404 404
POST   /login                                401 401 401 401 401 401 401 401
GET    /organisation                         404 200 200 404 404 404 404 302
GET    /network                              404 404 404 200 200 404 404 302
POST   /min-resa                             404 404 404 404 404 404 404 403
POST   anything                              404 404 404 404 404 404 404 404
GET    KERNEL                                404 404 404 404 404 404 404 403
DELETE KERNEL                                404 404 404 404 404 404 404 403
GET    KERNEL/channels                       404 404 404 404 404 404 404 403
POST   SHUTDOWN                              404 404 404 404 404 404 404 403
GET    STATIC(plotly.min.js)                 200 200 200 200 200 200 200 200
GET    STATIC(.*)                            200 200 200 200 200 200 200 200
POST   STATIC(.*)                            405 405 405 405 405 405 405 405
POST   /logout                               302 302 302 302 302 302 302 302
"""
SHORT = {
    "anything": "anything else",
    "KERNEL": f"/api/kernels/{KERNEL}",
    "KERNEL/channels": f"/api/kernels/{KERNEL}/channels",
    "SHUTDOWN": f"/voila/api/shutdown/{KERNEL}",
    "STATIC(plotly.min.js)": f"{STATIC}(plotly.min.js)",
    "STATIC(.*)": f"{STATIC}(.*)",
}
TRIES = [
    (method, SHORT.get(pattern, pattern), dict(zip((*ROLES, ""), map(int, statuses), strict=True)))
    for method, pattern, *statuses in (line.split() for line in STATUSES.strip().splitlines())
]
CODES = {role: next(account.code for account in PEOPLE if account.role == role) for role in ROLES} | {"": ""}


def test_every_rule_is_tried() -> None:
    assert {pattern for _, pattern, _ in TRIES} == set(ADDRESSES)


@pytest.fixture(scope="module")
def eva(running: Running) -> tuple[Visitor, str]:
    """Give one who has a page open, and the id of its kernel, which is nobody's of those who try."""
    running.forget_tries()
    visitor = Visitor(running.url)
    return visitor, visitor.log_in("eva", "password of eva").kernel_id


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_role_is_answered_as_the_rules_say(role: str, enter: Enter, eva: tuple[Visitor, str]) -> None:
    visitor = enter(CODES[role])
    key = visitor.form_key("logout")
    found = {}
    for method, pattern, _ in TRIES:
        path = ADDRESSES[pattern].format(kernel=eva[1])
        found[method, pattern] = visitor.status(path, method=method, key=key)
    assert found == {(method, pattern): statuses[role] for method, pattern, statuses in TRIES}


@pytest.mark.slow
def test_that_kernel_is_still_its_owner_s_after_all_that(eva: tuple[Visitor, str]) -> None:
    assert eva[0].ask(f"api/kernels/{eva[1]}").status == 200


@pytest.mark.parametrize(("public_host", "secure"), [("workbench.example.se", True), ("", False)])
def test_behind_a_proxy_every_cookie_keeps_to_https(tmp_path: Path, public_host: str, secure: bool) -> None:  # noqa: FBT001 -- a parameter
    app = make(tmp_path, public_host=public_host)
    assert app.identity_provider.secure_cookie is secure
    assert app.app.settings["xsrf_cookie_kwargs"]["secure"] is secure
    assert app.app.settings["behind_proxy"] is secure
