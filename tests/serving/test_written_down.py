"""What is written down of who saw what, and what is not; the key, and an end to all sessions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from workbench.accounts.accesslog import Access
from workbench.accounts.store import AccountStore
from workbench.names import Entry, Names
from workbench.serving.key import key_table
from workbench.serving.visitor import Visitor

from .conftest import CHEAP, Enter, Running

slow = pytest.mark.slow


class Log:
    """The lines written since it was made."""

    def __init__(self, store: AccountStore) -> None:
        self._store = store
        self._before = len(store.log.all())

    def lines(self) -> list[Access]:
        return self._store.log.all()[self._before :]

    def told(self, kernel_id: str = "") -> list[tuple[str, str, str, str, bool]]:
        """Tell lines without their times; of kernels one alone, since others end when it suits them."""
        told = [line for line in self.lines() if line.kind != "kernel" or line.what == kernel_id]
        return [(line.code, line.role, line.did, line.kind, line.allowed) for line in told]


@pytest.fixture
def store(server: Running) -> AccountStore:
    return AccountStore(server.state / "accounts.sqlite", hasher=CHEAP)


@pytest.fixture
def log(store: AccountStore) -> Log:
    return Log(store)


@pytest.fixture
def names(server: Running) -> Iterator[Names]:
    names = Names(server.state / "accounts.sqlite")
    names.add("P001", "Anna Hemlig", "anna@example.se")
    names.add("P002", "=SUM(A1)", "")
    yield names
    names.remove("P001")
    names.remove("P002")


@slow
def test_a_wrong_password_is_written_down_with_the_code_it_was_tried_on(server: Running, log: Log) -> None:
    Visitor(server.url).log_in("fia", "a wrong one")
    assert log.told() == [("fia", "participant", "log in", "account", False)]


@slow
def test_a_password_typed_as_the_code_is_not_written_down(server: Running, log: Log) -> None:
    Visitor(server.url).log_in("password-of-fia", "fia")
    assert log.told() == [("", "", "log in", "account", False)]


@slow
def test_a_refused_page_is_written_down_and_one_that_is_not_there_is_not(enter: Enter, log: Log) -> None:
    visitor = enter("fia")
    for path in ("research", "analysis/01_counts", "analysis/nowhere", "nowhere", "key"):
        assert visitor.ask(path).status == 404
    fia = ("fia", "participant")
    assert log.told() == [
        (*fia, "log in", "account", True),
        (*fia, "see", "research", False),
        (*fia, "see", "analysis", False),
        (*fia, "see", "key", False),
    ]
    assert log.lines()[2].what == "01_counts"


@slow
def test_a_dashboard_its_kernel_and_the_log_out_are_written_down(enter: Enter, log: Log) -> None:
    visitor = enter("fia")
    kernel_id = visitor.ask("min-resa").kernel_id
    visitor.post_only("logout", {"_xsrf": visitor.form_key("logout")})
    fia = ("fia", "participant")
    assert log.told(kernel_id) == [
        (*fia, "log in", "account", True),
        (*fia, "see", "journey", True),
        (*fia, "open", "kernel", True),
        (*fia, "log out", "account", True),
        (*fia, "close", "kernel", True),
    ]


@slow
def test_one_who_asks_for_another_s_kernel_is_written_down(enter: Enter, log: Log) -> None:
    kernel_id = enter("eva").ask("min-resa").kernel_id
    other = enter("fia")
    other.ask(f"api/kernels/{kernel_id}")
    other.ask("api/kernels/" + "-".join(["made"] * 5))
    refused = [(line.code, line.kind, line.what) for line in log.lines() if not line.allowed]
    assert refused == [("fia", "kernel", kernel_id), ("fia", "kernel", "")]


@slow
def test_an_invitation_is_written_down_when_it_is_used_and_when_it_is_none(
    server: Running, store: AccountStore, log: Log
) -> None:
    path = f"invitation/{store.invitations.make('fia')}"
    visitor = Visitor(server.url)
    visitor.ask(path, form={"_xsrf": visitor.form_key(path), "password": "password of fia"})
    visitor.ask(path)
    lines = [line for line in log.told() if line[2] == "choose password"]
    assert lines == [
        ("fia", "participant", "choose password", "account", True),
        ("", "", "choose password", "account", False),
    ]


@slow
def test_neither_words_nor_passwords_nor_keys_are_in_the_whole_log(enter: Enter, server: Running) -> None:
    visitor = enter("anna")
    visitor.ask("min-resa")
    visitor.ask("min-resa?words=secret")
    session = next(cookie.value for cookie in visitor.cookies if cookie.name == "workbench-session")
    with closing(sqlite3.connect(server.state / "accounts.sqlite")) as db:
        written = repr(db.execute("select * from access").fetchall())
    for secret in ("the words of", "password of", "secret", "min-resa", "127.0.0.1", str(session)):
        assert secret not in written


@slow
def test_the_key_custodian_takes_the_key_and_it_is_written_down_first(enter: Enter, names: Names, log: Log) -> None:
    visitor = enter("kim")
    page = visitor.ask("key")
    assert "Hemlig" not in page.text
    taken = visitor.ask("key", form={"_xsrf": visitor.form_key("key")})
    assert taken.text.splitlines() == ["\ufeffperson,name,email", "P001,Anna Hemlig,anna@example.se", "P002,'=SUM(A1),"]
    assert log.told()[-1] == ("kim", "key_custodian", "take", "key", True)
    assert "Hemlig" not in repr(log.lines())


@slow
@pytest.mark.parametrize("code", ["anna", "bo", "cia", "dan", "hal", "ida"])
def test_nobody_else_takes_the_key(enter: Enter, names: Names, log: Log, code: str) -> None:
    visitor = enter(code)
    answers = [visitor.ask("key"), visitor.ask("key", form={"_xsrf": visitor.form_key("logout")})]
    assert [answer.status for answer in answers] == [404, 404]
    assert not any("Hemlig" in answer.text for answer in answers)
    assert [line[2:] for line in log.told()[-2:]] == [("see", "key", False), ("take", "key", False)]


@slow
def test_one_logs_out_everywhere_at_once(enter: Enter, store: AccountStore) -> None:
    store.sessions.end_of("fia")
    one, other = enter("fia"), enter("fia")
    kernel_id = other.ask("min-resa").kernel_id
    assert "this one included: 2" in one.ask("account?lang=en").text

    assert one.post_only("account", {"_xsrf": one.form_key("account")}) == 302
    assert "login" in one.ask("account").url
    assert "login" in other.ask("account").url
    assert enter("fia").ask(f"api/kernels/{kernel_id}").status == 404


@slow
def test_a_shut_way_in_is_shut_at_the_next_request_and_its_kernel_soon_ends(
    enter: Enter, store: AccountStore, server: Running
) -> None:
    visitor = enter("fia")
    kernel_id = visitor.ask("min-resa").kernel_id
    store.accounts.set_disabled("fia", disabled=True)
    try:
        assert "login" in visitor.ask("account").url
        assert Visitor(server.url).log_in("fia", "password of fia").status == 401
    finally:
        store.accounts.set_disabled("fia", disabled=False)
    assert visitor.ask(f"api/kernels/{kernel_id}").status == 403


def test_a_name_that_a_spreadsheet_would_calculate_stays_a_name() -> None:
    table = key_table([Entry("P001", "+46 Anna", "@anna"), Entry("P002", "Ek, Bo", "")]).decode("utf-8-sig")
    assert table.splitlines() == ["person,name,email", "P001,'+46 Anna,'@anna", 'P002,"Ek, Bo",']
