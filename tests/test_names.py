"""Names and addresses: kept with the accounts, matched however they are written, never told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_commands import said
from workbench import cli
from workbench.cli import main
from workbench.commands.names import NAMES
from workbench.names import COLUMNS, Names, NamesError, as_written
from workbench.store.creating import create_study
from workbench.study import Study

NFD_ASA = "A\N{COMBINING RING ABOVE}sa O\N{COMBINING DIAERESIS}berg"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.sqlite"


@pytest.fixture
def names(file: Path) -> Names:
    return Names(file)


@pytest.fixture
def _command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the command on the command line."""
    monkeypatch.setattr(cli, "COMMANDS", {**cli.COMMANDS, **NAMES})


def frame(*rows: tuple[str | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_a_person_is_known_however_the_name_is_written(names: Names) -> None:
    names.add("P-1", "Åsa  Öberg", "Asa.Oberg@Example.se")

    assert names.people() == {"åsa öberg": "P-1", "öberg, åsa": "P-1", "asa.oberg@example.se": "P-1"}
    assert names.people()[as_written(NFD_ASA.upper())] == "P-1"


def test_a_name_of_several_words_may_be_turned_at_any_of_them(names: Names) -> None:
    names.add("P-1", "Eva von Essen", "")

    assert set(names.people()) == {"eva von essen", "von essen, eva", "essen, eva von"}


def test_a_name_given_with_the_surname_first_is_known_the_other_way_too(names: Names) -> None:
    names.add("P-1", "von Essen, Eva", "")

    assert {"eva von essen", "von essen, eva"} <= set(names.people())


def test_a_person_may_have_had_several_names(names: Names) -> None:
    for name in ("Eva Ek", "Eva Lind", "Eva Lind"):
        names.add("P-1", name, "eva@example.se")

    assert names.people()["eva ek"] == names.people()["eva lind"] == names.people()["eva@example.se"] == "P-1"


def test_what_could_mean_two_people_means_nobody_and_is_told(names: Names) -> None:
    names.take(frame(("P-2", "Eva Ek", "b@example.se"), ("P-1", "EVA EK", "a@example.se")))

    assert names.people() == {"a@example.se": "P-1", "b@example.se": "P-2"}
    assert names.shared() == {"eva ek": ["P-1", "P-2"], "ek, eva": ["P-1", "P-2"]}


def test_a_person_who_is_removed_is_known_no_more_and_no_byte_of_the_name_is_left(names: Names, file: Path) -> None:
    names.add("P-1", "Eva Ek", "eva@example.se")
    names.add("P-2", "Bo Al", "")
    names.remove("P-1")

    assert set(names.people().values()) == {"P-2"}
    assert b"Eva" not in file.read_bytes()
    assert list(file.parent.iterdir()) == [file]


def test_only_the_owner_may_read_the_file(names: Names, file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_names_lie_in_the_file_of_the_accounts_and_leave_these_as_they_are(file: Path) -> None:
    from workbench.accounts.account import Account  # noqa: PLC0415  one test wants them
    from workbench.accounts.store import AccountStore  # noqa: PLC0415

    anna = Account("anna", "participant", "P-1", "sv")
    AccountStore(file).accounts.add(anna)
    AccountStore(file).accounts.set_password("anna", "long and right")
    Names(file).add("P-1", "Anna Ek", "")

    assert AccountStore(file).accounts.check("anna", "long and right") == anna
    assert Names(file).people()["anna ek"] == "P-1"


def test_all_faults_are_told_at_once_without_a_name_and_nothing_is_taken(names: Names) -> None:
    rows = frame(
        ("P-1", "Eva Ek", "eva@example.se"),
        (None, "Bo Hemlig", ""),
        ("P-3", "", None),
        ("P-4", "Siv Hemlig", "hemlig"),
        ("siv hemlig", "Siv Hemlig", ""),
    )

    with pytest.raises(NamesError) as error:
        names.take(rows)

    assert [(fault.row, fault.column) for fault in error.value.faults] == [
        (3, "person"), (4, "name"), (5, "email"), (6, "person"),
    ]  # fmt: skip
    assert "hemlig" not in str(error.value).lower()
    assert names.people() == {}


def test_columns_are_those_and_no_other(names: Names) -> None:
    with pytest.raises(NamesError) as error:
        names.take(pd.DataFrame([["P-1", "Eva", "070"]], columns=["person", "name", "phone"]))

    assert [(fault.column, fault.found) for fault in error.value.faults] == [
        ("email", "0 times"), ("", "1 other columns"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"person,name,email\n", b"no database at all" * 99])
def test_another_file_is_left_as_it_is(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    file.chmod(0o644)

    with pytest.raises(NamesError, match=r"not a database\. Cure: "):
        Names(file)
    assert file.read_bytes() == content
    assert file.stat().st_mode & 0o777 == 0o644


def test_no_name_comes_into_a_study(tmp_path: Path, tiny: Study) -> None:
    create_study(tmp_path / "study", tiny, actor="K1")
    before = (tmp_path / "study" / "study.db").read_bytes()

    for wrong in (tmp_path / "study" / "study.db", tmp_path / "study"):
        mode = wrong.stat().st_mode
        with pytest.raises(NamesError, match="Cure: "):
            Names(wrong)
        assert wrong.stat().st_mode == mode
    assert (tmp_path / "study" / "study.db").read_bytes() == before


@given(st.text())
def test_what_is_written_alike_stays_so(words: str) -> None:
    assert as_written(as_written(words)) == as_written(words)
    assert as_written(f" {words.upper()} ") == as_written(words.upper())


@pytest.mark.usefixtures("_command")
def test_the_command_takes_a_file_of_a_swedish_excel_and_counts_without_naming(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Person;Name;Email\r\nP-1;Åsa Öberg;asa@example.se\r\nP-2;Bo Ek;\r\nP-3;Bo Ek\r\n"
    (tmp_path / "names.csv").write_bytes(text.encode("cp1252"))

    assert main(["names", str(file), str(tmp_path / "names.csv")]) == 0
    assert "parted by the semicolon" in capsys.readouterr().out
    assert main(["names", str(file)]) == 0
    told = capsys.readouterr().out

    assert told.splitlines() == [
        "People: 3. Ways of writing them: 3.",
        "Ways that could mean several people, and so mean nobody: 2, of P-2, P-3.",
    ]
    assert Names(file).people()["åsa öberg"] == "P-1"


@pytest.mark.usefixtures("_command")
def test_the_command_tells_rows_as_the_file_has_them(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "names.csv").write_text("person,name,email\nP-1,Eva Ek,\n\n,Bo Al,\n", encoding="utf-8")

    assert "row 4, column person: found 'nothing'" in said(capsys, "names", str(file), str(tmp_path / "names.csv"))


@pytest.mark.usefixtures("_command")
def test_the_command_makes_no_file_of_accounts_by_mistake(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No such file" in said(capsys, "names", str(file))
    assert "No such file" in said(capsys, "names", str(file), str(tmp_path / "nope.csv"))
    assert not file.exists()


def test_a_file_that_others_hold_is_told(names: Names, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.names.PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(NamesError, match=r"locked\. Cure: "):
            names.add("P-1", "Eva Ek", "")
