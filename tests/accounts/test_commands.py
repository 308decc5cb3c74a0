"""The commands of whoever runs the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench.accounts.account import Account, Role
from workbench.accounts.store import AccountStore
from workbench.cli import main
from workbench.serving.state import note_study, served_study

from .conftest import ANNA, CHEAP, RIGHT

URL = "https://workbench.example.se"
Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, *argv: object) -> str:
    """Run a command that must go well, and give what it says."""
    assert main([str(word) for word in argv]) == 0
    return capsys.readouterr().out


def refused(capsys: Capture, *argv: object) -> str:
    """Run a command that must fail in a sentence, and give it."""
    assert main([str(word) for word in argv]) == 1
    return capsys.readouterr().err


def invited(capsys: Capture, *argv: object) -> dict[str, str]:
    """Run `workbench invite`, and give each code's token."""
    said = told(capsys, "invite", *argv, "--url", URL)
    return dict(re.findall(rf"^(\S+) +{URL}/invitation/([\w-]{{43}})$", said, re.MULTILINE))


def test_new_people_are_invited_before_there_is_a_server(tmp_path: Path, capsys: Capture) -> None:
    tokens = invited(capsys, tmp_path, "P001", "P002", "--role", "participant")
    store = AccountStore(tmp_path / "accounts.sqlite", hasher=CHEAP)
    assert {code: store.invitations.find(token) for code, token in tokens.items()} == {
        code: Account(code, "participant", code, "sv") for code in ("P001", "P002")
    }
    assert (tmp_path / "accounts.sqlite").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("role", "given", "person"),
    [
        ("researcher", [], ""),
        ("key_custodian", [], ""),
        ("sponsor", [], "new"),
        ("participant", ["--person", "P7"], "P7"),
        ("facilitator", ["--person", "P7"], "P7"),
    ],
)
def test_a_new_account_is_given_its_person(
    tmp_path: Path, capsys: Capture, role: Role, given: list[str], person: str
) -> None:
    invited(capsys, tmp_path, "new", "--role", role, "--language", "en", *given)
    store = AccountStore(tmp_path / "accounts.sqlite", hasher=CHEAP)
    assert store.accounts.find("new") == Account("new", role, person, "en")


def test_who_has_forgotten_the_password_is_invited_anew(path: Path, store: AccountStore, capsys: Capture) -> None:
    token = invited(capsys, path, "anna")["anna"]
    assert store.accounts.check("anna", RIGHT) == ANNA
    store.invitations.spend(token, "some other words")
    assert store.accounts.check("anna", RIGHT) is None


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["eve", "--url", URL], "eve: there is no such account yet. Cure: give it a role"),
        (["anna", "--url", URL, "--role", "reviewer"], "anna is participant, P001 in the study. Cure: change that"),
        (["anna", "--url", URL, "--person", "P2"], "change that with `workbench roles`"),
        (["eve", "anna", "--url", URL, "--role", "participant", "--person", "P2"], "one by one"),
        (["eve", "--url", "http://workbench.example.se", "--role", "sponsor"], "a link needs https://"),
        (["eve", "--url", "workbench.example.se", "--role", "sponsor"], "a link needs https://"),
        (["eve", "--url", URL, "--role", "sponsor", "--days", "0"], "cannot last 0 days. Cure:"),
        (["eve", "--url", URL, "--role", "sponsor", "--language", "fi"], "no language 'fi'. Cure:"),
        (["eve", "--url", URL, "--role", "development_lead", "--person", ""], "must be somebody in the study. Cure:"),
        (["eve", "eve@example.se", "--url", URL, "--role", "sponsor"], "cannot be a code. Cure:"),
        (["eve", "bo", "--url", URL, "--role", "development_lead"], "bo is disabled. Cure: `workbench enable`"),
    ],
)
def test_who_cannot_be_invited_is_told_and_nobody_is(
    path: Path, store: AccountStore, capsys: Capture, argv: list[str], words: str
) -> None:
    store.accounts.set_disabled("bo", disabled=True)
    before = store.accounts.all()
    assert words in refused(capsys, "invite", path, *argv)
    assert (store.accounts.all(), store.invitations.open()) == (before, {})


@pytest.mark.parametrize("how", ["named", "served last"])
def test_who_is_not_in_the_study_is_not_invited(tmp_path: Path, capsys: Capture, tiny_folder: Path, how: str) -> None:
    state = tmp_path / "state"
    state.mkdir()
    if how == "served last":
        note_study(state, str(tiny_folder))
    study = ["--study", tiny_folder] if how == "named" else []
    lead = ["--role", "development_lead", *study]
    said = refused(capsys, "invite", state, "P-1", "P-9", "--url", URL, *lead)
    assert "P-9: 'P-9' is nobody in demo. Allowed: a pseudonym of one of its 3 people, such as P-" in said
    assert AccountStore(state / "accounts.sqlite", hasher=CHEAP).accounts.all() == []
    assert set(invited(capsys, state, "P-1", "P-2", *lead)) == {"P-1", "P-2"}
    invited(capsys, state, "guide", "--role", "facilitator", *study)
    assert "'P-9' is nobody" in refused(capsys, "roles", state, "P-2", "sponsor", "--person", "P-9", *study)
    assert "must be somebody" in refused(capsys, "roles", state, "guide", "sponsor", *study)
    assert "Nobody was held" not in told(capsys, "roles", state, "P-2", "sponsor", *study)


def test_before_a_server_has_run_it_is_said_that_nobody_was_held_against_a_study(
    tmp_path: Path, capsys: Capture
) -> None:
    said = told(capsys, "invite", tmp_path, "P-9", "--role", "participant", "--url", URL)
    assert "Nobody was held against a study" in said
    assert "Nobody was held" not in told(capsys, "invite", tmp_path, "r", "--role", "researcher", "--url", URL)


def test_an_address_with_a_password_is_not_kept(tmp_path: Path) -> None:
    note_study(tmp_path, "study")
    assert served_study(tmp_path) == str(Path("study").resolve())
    note_study(tmp_path, "postgresql://who:secret@host/study")
    assert served_study(tmp_path) == ""


def test_a_link_to_this_machine_needs_no_https(path: Path, store: AccountStore, capsys: Capture) -> None:
    said = told(capsys, "invite", path, "bo", "--url", "http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/invitation/" in said


def test_accounts_are_listed_with_what_state_they_are_in(path: Path, store: AccountStore, capsys: Capture) -> None:
    store.accounts.add(Account("dan", "reviewer", "", "sv"))
    store.accounts.set_disabled("dan", disabled=True)
    store.invitations.make("bo")
    said = [line.split() for line in told(capsys, "roles", path).splitlines()]
    assert [line[:3] for line in said] == [
        ["code", "role", "person"],
        ["anna", "participant", "P001"],
        ["bo", "development_lead", "P002"],
        ["dan", "reviewer", "-"],
    ]
    assert [" ".join(line[3:6]) for line in said] == ["state", "has a password", "has no password,", "disabled"]
    assert "invited until" in " ".join(said[2])


def test_a_role_is_changed_and_what_was_open_ends(path: Path, store: AccountStore, capsys: Capture) -> None:
    session = store.sessions.open("bo")
    said = told(capsys, "roles", path, "bo", "participant")
    assert "bo was development_lead, P002 in the study; is participant, P002" in said
    assert store.sessions.find(session) is None
    told(capsys, "roles", path, "bo", "facilitator", "--person", "")
    assert store.accounts.find("bo") == Account("bo", "facilitator", "", "en")


def test_a_way_in_is_shut_and_opened(path: Path, store: AccountStore, capsys: Capture) -> None:
    session = store.sessions.open("anna")
    assert "can no longer log in" in told(capsys, "disable", path, "anna")
    assert (store.sessions.find(session), store.accounts.check("anna", RIGHT)) == (None, None)
    assert "can log in again" in told(capsys, "enable", path, "anna")
    assert store.accounts.check("anna", RIGHT) == ANNA


def test_who_is_logged_in_is_listed_without_what_would_let_one_in(
    path: Path, store: AccountStore, capsys: Capture
) -> None:
    assert "Nobody is logged in" in told(capsys, "sessions", path)
    session = store.sessions.open("anna")
    said = told(capsys, "sessions", path)
    assert "anna" in said
    assert session not in said


@pytest.mark.parametrize(("end", "left"), [("one", ["anna", "bo"]), ("anna", ["bo"]), ("all", [])])
def test_sessions_are_ended(path: Path, store: AccountStore, capsys: Capture, end: str, left: list[str]) -> None:
    for code in ("anna", "anna", "bo"):
        store.sessions.open(code)
    first = store.sessions.all()[0].id
    how = {"one": ("--end", first), "anna": ("--end-of", "anna"), "all": ("--end-all",)}[end]
    told(capsys, "sessions", path, *how)
    assert [session.code for session in store.sessions.all()] == left


def test_the_access_log_is_told_of_all_or_of_one(path: Path, store: AccountStore, capsys: Capture) -> None:
    assert "Nothing is written down" in told(capsys, "accesslog", path)
    store.log.note(("anna", "participant"), "see", "analysis", "01_counts", allowed=False)
    store.log.note(("", ""), "log in", "account", allowed=False)
    said = told(capsys, "accesslog", path).splitlines()
    assert len(said) == 3
    assert re.search(r"anna  participant  see     analysis 01_counts  refused$", said[1])
    assert len(told(capsys, "accesslog", path, "anna").splitlines()) == 2


@pytest.mark.parametrize("command", ["roles eve reviewer", "disable eve", "enable eve"])
def test_nobody_s_code_is_told(path: Path, store: AccountStore, capsys: Capture, command: str) -> None:
    name, *rest = command.split()
    assert "No account has the code 'eve'. Cure:" in refused(capsys, name, path, *rest)


def test_a_role_must_be_said(path: Path, store: AccountStore, capsys: Capture) -> None:
    assert "no role was given. Cure:" in refused(capsys, "roles", path, "anna")


def test_a_session_that_is_not_there_is_told(path: Path, store: AccountStore, capsys: Capture) -> None:
    assert "No open session is '123'. Cure:" in refused(capsys, "sessions", path, "--end", "123")


@pytest.mark.parametrize("command", ["roles", "sessions", "accesslog", "disable anna"])
def test_a_wrong_path_is_told_and_not_made(tmp_path: Path, capsys: Capture, command: str) -> None:
    name, *rest = command.split()
    assert "Cure: mend the path" in refused(capsys, name, tmp_path / "nope", *rest)
    assert "Cure: mend the path" in refused(capsys, name, tmp_path, *rest)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_holds_something_else_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "notes.txt").write_text("notes " * 100)
    assert "not a database" in refused(capsys, "roles", tmp_path / "notes.txt")
