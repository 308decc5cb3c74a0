"""What must come of each awkward file comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.loaders.awkward import AWKWARD, Awkward, awkward_study
from workbench.loaders.imported import Import
from workbench.study import Study

TRAPS = """
å ä ö, emoji, NFC, NFD, NFD file name, CRLF, BOM, cp1252, UTF-16, Mac Roman, mojibake, semicolon, tab, comma,
quoted line break, sep=;, ragged rows, duplicate headings, no headings, headings in row 4, merged cells,
formulas with cached values, formulas without cached values, dates as numbers, hidden sheet, hidden rows,
error cells, two tables and a help sheet, ODS, tables, tracked changes, footnotes, lists, comments, content
controls, ODT, 200-page PDF, page heads, soft hyphens, PDF of pictures, password PDF, VTT, SRT, speakers and
times, LimeSurvey, REDCap, Microsoft Forms, Google Forms, JSON Lines with a broken line, e-mail with quoted
mail, front matter, corrupted ZIP, ZIP bomb, ZIP with ../ path, ZIP in ZIP in ZIP, 0-byte file, not what its
name says, file that changes while read, unreadable file, directory named x.csv, symlink, empty template,
level 7, -1, 99, vet ej, 3-4, blank, four date styles, 3/4/2025 ambiguous, occasion 2 (mars), occasion with
junk, 3 eller 4, two files for one occasion, same text under two people, copied > 60 %, personal identity
number, e-mail, phone, name in text, unknown person, withdrawn person, person of another organisation, both
level and missing, mixed languages, file name pattern, occasion from a folder, occasion from a heading,
occasion from a date, unknown columns
"""


@pytest.fixture(scope="module")
def study() -> Study:
    return awkward_study()


@pytest.mark.parametrize("case", AWKWARD, ids=lambda case: case.name)
def test_what_must_come_of_it_comes_of_it(
    case: Awkward, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = case.write(tmp_path)
    _disturb(case, monkeypatch)
    found = case.load(home, study)

    assert tuple(found.totals[name] for name in ("taken", "there", "refused")) == case.account
    assert tuple(found.entries["text"]) == case.texts
    assert tuple(_levels(found)) == case.levels
    assert _untold(found, case, weights={"refused"}) == ([], [])
    assert _untold(found, case, weights={"changed", "flag"}) == ([], [])


def _levels(found: Import) -> list[str]:
    rows = found.ratings.astype("object").where(found.ratings.notna(), None).itertuples()
    return sorted(
        f"{row.person or row.organisation} {row.occasion} {row.frame} {row.missing if row.level is None else row.level}"
        for row in rows
    )


def _untold(found: Import, case: Awkward, *, weights: set[str]) -> tuple[list[str], list[str]]:
    """List what should have been told and was not, and what was told and should not."""
    rules = [str(problem.rule) for problem in found.problems if problem.weight in weights]
    expected = case.refused if weights == {"refused"} else case.told
    untold = [words for words in expected if not any(rule.startswith(words) for rule in rules)]
    return untold, [rule for rule in rules if not rule.startswith(expected)] if expected else rules


def _disturb(case: Awkward, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write to a file while it is read, or let it not be read."""
    read = Path.read_bytes

    def grow(path: Path) -> bytes:
        data = read(path)
        with path.open("ab") as file:
            file.write(b" Och sedan?")
        return data

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    disturbed = {"file that changes while read": grow, "unreadable file": refuse}
    for trap in case.traps & disturbed.keys():
        monkeypatch.setattr(Path, "read_bytes", disturbed[trap])


def test_there_are_many_awkward_files_with_every_trap_among_them() -> None:
    assert len(AWKWARD) >= 45
    named = {" ".join(trap.split()) for trap in TRAPS.split(",")}
    assert sorted(named.difference(*(case.traps for case in AWKWARD))) == []


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in AWKWARD}) == len(AWKWARD)
