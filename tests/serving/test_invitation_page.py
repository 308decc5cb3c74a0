"""The page of an invitation: who looks spends nothing, who sends the form comes in, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest

from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.accounts.tries import MAX_TRIES_OF_ADDRESS
from workbench.serving.visitor import Answer, Visitor

from .conftest import CHEAP, Enter, Running

pytestmark = pytest.mark.slow
CHOSEN = "four words chosen here"
NUMBERS = count(1)

Invite = Callable[..., tuple[str, str]]


@pytest.fixture
def store(server: Running) -> AccountStore:
    """Open the file that the server has."""
    return AccountStore(server.state / "accounts.sqlite", hasher=CHEAP)


@pytest.fixture
def invite(store: AccountStore) -> Invite:
    """Invite somebody new, or again: gives the code and the link's path."""

    def make(code: str = "") -> tuple[str, str]:
        if not code:
            code = f"new-{next(NUMBERS)}"
            store.accounts.add(Account(code, "participant", "P001", "sv"))
        return code, f"invitation/{store.invitations.make(code)}"

    return make


def send(visitor: Visitor, path: str, password: str = CHOSEN) -> Answer:
    """Fill in the form."""
    return visitor.ask(path, form={"_xsrf": visitor.form_key(path), "password": password})


def without_keys(answer: Answer, path: str) -> tuple[int, str]:
    """Give what two answers have in common when nothing but the link and the form's key differs."""
    return answer.status, re.sub(r'(name="_xsrf" value=")[^"]+', r"\1", answer.text).replace(path, "")


def test_the_link_leads_to_a_password_and_the_password_to_one_s_own_page(server: Running, invite: Invite) -> None:
    code, path = invite()
    page = send(Visitor(server.url), path)
    assert (page.url, page.is_whole) == (server.url + "min-resa", True)
    assert "the words of P001" in page.text
    assert Visitor(server.url).log_in(code, CHOSEN).is_whole


def test_whoever_looks_spends_nothing(server: Running, invite: Invite) -> None:
    code, path = invite()
    for _ in range(3):
        page = Visitor(server.url).ask(path)
        assert (page.status, f'value="{code}"' in page.text) == (200, True)
    assert send(Visitor(server.url), path).is_whole


def test_a_link_that_was_used_one_that_has_ended_and_one_that_never_was_look_the_same(
    server: Running, invite: Invite, store: AccountStore
) -> None:
    (_, used), (code, ended) = invite(), invite()
    send(Visitor(server.url), used)
    invite(code)  # ends the one before
    seen = set()
    for path in (used, ended, "invitation/made-up"):
        visitor = Visitor(server.url)
        seen.add(without_keys(visitor.ask(path), path))
        answer = visitor.ask(path, form={"_xsrf": visitor.form_key(), "password": CHOSEN})
        seen.add(without_keys(answer, path))
    assert [status for status, _ in seen] == [404]


def test_a_form_from_elsewhere_spends_nothing(server: Running, invite: Invite, store: AccountStore) -> None:
    code, path = invite()
    assert Visitor(server.url).ask(path, form={"_xsrf": "made up", "password": CHOSEN}).status == 403
    assert store.invitations.find(path.split("/")[1]).code == code


@pytest.mark.parametrize("password", ["", "elva tecken", "x" * 129, "password1234"])
def test_a_password_that_will_not_do_is_asked_for_again(server: Running, invite: Invite, password: str) -> None:
    _, path = invite()
    visitor = Visitor(server.url)
    page = send(visitor, path, password)
    assert (page.status, 'role="alert"' in page.text) == (400, True)
    assert 'aria-invalid="true"' in page.text
    assert not password or password not in page.text
    assert send(visitor, path).is_whole


def test_a_new_password_ends_at_once_what_was_open_under_the_old_one(enter: Enter, invite: Invite) -> None:
    before = enter("fia")
    kernel_id = before.ask("min-resa").kernel_id
    _, path = invite("fia")
    assert before.ask("account").status == 200

    after = Visitor(before.base)
    assert send(after, path, "password of fia").is_whole
    assert "login" in before.ask("account").url
    assert after.ask(f"api/kernels/{kernel_id}").status == 404


def test_who_was_logged_in_in_that_browser_no_longer_is(enter: Enter, invite: Invite) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id
    code, path = invite()
    assert send(visitor, path).is_whole
    assert f"<dd>{code}</dd>" in visitor.ask("account").text
    assert visitor.ask(f"api/kernels/{kernel_id}").status == 404


def test_an_address_that_makes_up_links_is_shut_out(server: Running, store: AccountStore, invite: Invite) -> None:
    _, path = invite()
    for _ in range(MAX_TRIES_OF_ADDRESS - 1):
        store.tries.note({"invitations of 127.0.0.1": MAX_TRIES_OF_ADDRESS})
    visitor = Visitor(server.url)
    assert [visitor.ask(it).status for it in (path, path, "invitation/made-up", "invitation/more", path)] == [
        *(200, 200),
        404,
        *(429, 429),
    ]
    server.forget_tries()
    assert visitor.ask(path).status == 200


def test_no_link_is_in_what_the_server_writes(server: Running, invite: Invite) -> None:
    _, path = invite()
    visitor = Visitor(server.url)
    visitor.ask(path, form={"_xsrf": "made up"})
    send(visitor, path, "short")
    written = (server.state / "log").read_text(encoding="utf-8")
    assert "invitation/…" in written
    assert path.split("/")[1] not in written


def test_the_page_of_a_link_is_in_english_when_asked(server: Running, invite: Invite) -> None:
    _, path = invite()
    page = Visitor(server.url).ask(path + "?lang=en")
    assert "Choose a password" in page.text
    assert f'href="/{path}?lang=sv"' in page.text
