"""The commands on what is handed in."""
# ruff: noqa: RUF001  dashes

from __future__ import annotations

import datetime as dt
import io
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from tests.loaders.test_quarantine import ROWS, STRANGER
from tests.loaders.test_taking import handed_in
from tests.store.test_live_commands import ran
from tests.test_commands import said
from workbench.cli import main
from workbench.names import Names
from workbench.opening import open_study
from workbench.store.live import LiveStudy


@pytest.fixture
def study(handed_to: LiveStudy) -> str:
    """Give the folder of a live study."""
    handed_to.close()
    return handed_to.database.place


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Hand in a file of which one row can be taken."""
    return str(handed_in(tmp_path / "in", {"a.csv": ROWS}))


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Run a command that refuses something, and give what it says."""
    capsys.readouterr()
    assert main(argv) == 1
    return capsys.readouterr().out


def digests(folder: str) -> dict[str, str]:
    """Give every file's digest, but of what a database keeps for as long as somebody reads it."""
    paths = [path for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.suffix != ".db-shm"]
    paths = [path for path in paths if path.stat().st_size or path.suffix != ".db-wal"]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in paths}


def test_an_import_tells_the_account_and_how_to_take_it_back(
    study: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = told(capsys, "import", study, folder, "--actor", "K1")

    assert "<Import of 1 files: 3 rows, 1 taken, 0 there, 2 refused>" in words
    assert "It is event 3. To take it back: workbench undo" in words
    assert "a.csv, 3, Nivå nu: '9': A level is one whole number from 0 to 5." in words
    assert "Vi ringde." in set(open_study(study).entries["text"])


def test_an_import_of_which_all_is_taken_ends_well(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = handed_in(tmp_path / "in", {"a.csv": "Person,Datum,Text\nP-1,2025-03-28,Vi gick hem.\n"}) / "a.csv"

    assert "1 taken" in ran(capsys, "import", study, str(file), "--actor", "K1")
    assert "Nothing was changed: there is nothing new in it." in ran(
        capsys, "import", study, str(file), "--actor", "K1"
    )


def test_a_dry_run_changes_no_byte(study: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(study), digests(folder)
    words = told(capsys, "import", study, folder, "--dry-run")

    assert "1 taken, 0 there, 2 refused" in words
    assert "Nothing was changed: this was a dry run." in words
    assert (digests(study), digests(folder)) == before


def test_a_frozen_study_can_be_tried_but_not_imported_to(
    tiny_folder: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "1 taken" in told(capsys, "import", str(tiny_folder), folder, "--dry-run")
    assert main(["import", str(tiny_folder), folder, "--actor", "K1"]) == 1


def test_an_import_is_somebodys(study: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "add --actor CODE" in said(capsys, "import", study, folder)


@pytest.mark.parametrize("more", [["nope"], ["--mapping", "nope.yaml"], ["--names", "nope.db"]])
def test_a_path_that_is_not_there_is_told(
    more: list[str], study: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nope" in said(capsys, "import", study, folder, *more, "--actor", "K1")


def test_a_report_has_every_problem_to_send_back(
    study: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "import", study, folder, "--dry-run", "--report", str(tmp_path / "svar.xlsx"), "--language", "en")
    book = openpyxl.load_workbook(tmp_path / "svar.xlsx")
    cells = {cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}

    assert {"Nobody in the study is known by that.", "A level is one whole number from 0 to 5."} <= cells


def test_a_letter_is_written_for_each_file(
    study: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed_in(Path(folder), {"b.csv": "Person,Datum,Text\nP-1,2025-03-28,Hej.\n"})
    told(capsys, "import", study, folder, "--dry-run", "--letters", str(tmp_path / "brev"))
    letters = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "brev").glob("*.md"))]

    assert len(letters) == 2
    assert all(letter.strip() for letter in letters)


def test_beside_a_letter_lies_a_workbook_of_that_file_alone(
    study: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed_in(Path(folder), {"b.csv": "Person,Datum,Text\nP-9,2025-03-28,Hej.\n"})
    told(capsys, "import", study, folder, "--dry-run", "--letters", str(tmp_path / "brev"), "--language", "en")
    book = openpyxl.load_workbook(next((tmp_path / "brev").glob("*b.csv.xlsx")))
    cells = {str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}

    assert any(cell.endswith("b.csv") for cell in cells)
    assert not any(cell.endswith("a.csv") for cell in cells)
    assert "P-9" in cells


def test_people_are_known_by_the_names_kept_with_the_accounts(
    study: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Names(tmp_path / "accounts.db").add("P-3", STRANGER, "")
    words = told(capsys, "import", study, folder, "--actor", "K1", "--names", str(tmp_path / "accounts.db"))

    assert "2 taken, 0 there, 1 refused" in words


def test_a_mapping_is_read_from_its_file(study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mapping.yaml").write_text("columns: {Vem det är: person}\n", encoding="utf-8")
    file = handed_in(tmp_path / "in", {"a.csv": "Vem det är,Datum,Text\nP-1,2025-03-28,Vi gick hem.\n"}) / "a.csv"

    words = ran(capsys, "import", study, str(file), "--actor", "K1", "--mapping", str(tmp_path / "mapping.yaml"))
    assert "1 taken" in words


def test_the_quarantine_is_listed_mended_and_dropped(
    study: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "import", study, folder, "--actor", "K1")
    listed = ran(capsys, "quarantine", study, "--to", str(tmp_path / "lagas.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "lagas.xlsx")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.value = {"9": "2"}.get(cell.value, cell.value)
    book.save(tmp_path / "lagas.xlsx")
    told(capsys, "import", study, str(tmp_path / "lagas.xlsx"), "--actor", "K1")
    left = ran(capsys, "quarantine", study)

    assert listed.count("a.csv") == 2
    assert "Nivå nu" in listed and "Nivå nu" not in left
    assert "Vi stannade." in set(open_study(study).entries["text"])
    held = [line.split()[0] for line in left.splitlines() if not line.startswith(" ")]
    assert "add --actor CODE" in said(capsys, "quarantine", study, "--drop", *held)
    assert "The quarantine is empty." in ran(capsys, "quarantine", study, "--drop", *held, "--actor", "K1")


def test_a_template_is_written_filled_in_and_imported(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "skattning.xlsx"
    ran(capsys, "template", study, "--for", "ratings", "--person", "P-1", "--occasion", "T2", "--to", str(place))
    book = openpyxl.load_workbook(io.BytesIO(place.read_bytes()))
    sheet = book.worksheets[0]
    sheet["B4"], sheet["B9"], sheet["C9"], sheet["G9"] = (
        dt.date(2025, 3, 28),
        "Så är det 🙂.",
        "3 – Etablerat",
        "Vet ej",
    )
    book.save(place)
    ran(capsys, "import", study, str(place), "--actor", "K1")
    found = open_study(study)

    assert "Så är det 🙂." in set(found.entries["text"])
    new = found.ratings[(found.ratings["occasion"] == "T2") & (found.ratings["person"] == "P-1")]
    assert {(row.frame, row.level, row.missing) for row in new.astype("object").fillna("").itertuples()} == {
        ("now", 3, ""), ("desired", "", "DK"),
    }  # fmt: skip


def test_a_template_is_written_as_workbook_and_document(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert ran(capsys, "template", study, "--for", "reflection") == "reflection-sv.xlsx\nreflection-sv.docx\n"
    assert "must" not in ran(capsys, "template", study, "--for", "experiment", "--lang", "en", "--to", "x.docx")
    assert "a template is a .xlsx or a .docx" in said(capsys, "template", study, "--for", "ratings", "--to", "x.pdf")
    assert "P-99" in said(capsys, "template", study, "--for", "ratings", "--person", "P-99", "--to", "x.xlsx")
