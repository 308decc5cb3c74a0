"""What must hold of every file, however damaged: it is read, or refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from tests.fuzz.damage import Damaged
from tests.fuzz.watched import MASKED
from tests.loaders.awkward import NAMES, awkward_study
from workbench.loaders.collecting import Collected, collect
from workbench.loaders.door import load_entries
from workbench.loaders.files import HandedIn
from workbench.loaders.imported import Import
from workbench.loaders.items.known import Known, names_in_normal_form
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.kinds import read_file
from workbench.loaders.letter import write_letter
from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers.zipped import open_zip
from workbench.loaders.reading import Document, Reading
from workbench.loaders.taking import held_rows
from workbench.records import storable
from workbench.study import Study

WHOLE = 100  # every so many files are put on a disk and imported


class WrongError(AssertionError):
    """What came of a file is not what may come of one."""


@dataclass
class Judge:
    """Reads damaged files, and looks at what comes of them.

    Attributes
    ----------
    folder : Path
        Where a file is put to be imported from.
    """

    folder: Path
    mapping: ImportMapping = field(default_factory=ImportMapping)

    @cached_property
    def study(self) -> Study:
        """The study that the files are handed in to."""
        return awkward_study()

    @cached_property
    def known(self) -> Known:
        """What it knows."""
        return Known(self.study, names_in_normal_form(NAMES))

    def judge(self, file: Damaged) -> str:
        """Read a file.

        Returns
        -------
        str
            "read", or the rule it was refused by.

        Raises
        ------
        WrongError
            Something came of it that must not.
        Exception
            Whatever else the loaders raise.
        """
        if not file.data:
            return "read"
        kept = True
        refused = ""
        try:
            members = self._members(file)
        except UnreadableError as error:
            members, refused = [], _refused(error)
        for path, data in members:
            try:
                kept = self._look(path, data) and kept
            except UnreadableError as error:
                refused = _refused(error)
        if not kept or file.number % WHOLE == 0:
            self._import(file)
        return refused or "read"

    def _members(self, file: Damaged) -> list[tuple[str, bytes]]:
        if file.kind != "zip":
            return [(file.path, file.data)]
        files, problems = open_zip(file.data)
        _check_problems(problems)
        return [(f"{file.path}/{name}", data) for name, data in files]

    def _look(self, path: str, data: bytes) -> bool:
        """Read a file, make items of it, and tell whether all its words can be stored."""
        reading = read_file(path, data, self.mapping)
        _check_collected(collect(HandedIn(path, data), self.mapping, self.known))
        _check_reading(reading)
        return all(map(storable, _words(reading)))

    def _import(self, file: Damaged) -> None:
        """Import it from a disk; what is taken must be fit for a database, and every row accounted for."""
        place = self.folder / file.path.rpartition("/")[2]
        place.write_bytes(file.data)
        try:
            found = load_entries(place, study=self.study, people=NAMES)
            _check_import(found)
        finally:
            place.unlink()


def _refused(error: UnreadableError) -> str:
    _check_problems([error.problem])
    return error.problem.rule.words


def _check_import(found: Import) -> None:
    for table in (found.entries, found.ratings, found.experiments):
        _require(list(table.columns) != [], "a table without columns")
    for one in found.taken:
        for row in one.rows:
            values = [value for value in row.record.values() if isinstance(value, str)]
            _require(all(map(storable, [*values, *row.attributes, *row.attributes.values()])), f"taken: {values!a}")
    totals = found.totals
    _require(totals["rows"] == totals["taken"] + totals["there"] + totals["refused"], f"does not add up: {totals}")
    _require(len(found.rows) == totals["rows"], "rows that are in no file's account")
    told = {problem.file for problem in found.problems}
    counted = set(found.rows["file"])
    files = {one.file.path for one in found.collected if one.kind != "zip"}
    _require(files <= told | counted, "a file of which nothing is told")
    held_rows(found)
    for language in ("sv", "en"):
        write_letter(found.account, found.problems, language=language)
    _check_problems(found.problems)
    found.faults("sv")


def _check_collected(collected: Collected) -> None:
    _check_problems(collected.problems)
    places = [(item.sheet, item.row, item.inferred.get("place", "")) for item in collected.items]
    _require(all(isinstance(row, int) and row >= 0 for _, row, _ in places), "a row without a number")
    _require(bool(collected.items or collected.problems), "nothing came of it, and nothing is told")


def _check_problems(problems: Iterable[Problem]) -> None:
    for one in problems:
        _require(not one.found.startswith(MASKED), one.found)
        _require(isinstance(one, Problem), f"no problem: {one!a}")
        _require(one.weight in {"refused", "changed", "flag"}, f"weight {one.weight!a}")
        _require(bool(one.rule.told("sv").strip() and one.rule.told("en").strip()), "a problem without a rule")
        _require(one.weight != "refused" or bool(one.cure.told("sv").strip()), f"no cure: {one.rule}")
        one.told("sv")


def _check_reading(reading: Reading) -> None:
    _require(bool(reading.kind), "no kind")
    _check_problems(reading.problems)
    for grid in reading.grids:
        _check_rows(grid.rows)
    for document in reading.documents:
        _check_document(document)


def _check_rows(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    numbers = [number for number, _ in rows]
    _require(all(before < after for before, after in pairwise(numbers)), "rows out of order")
    cells = [cell for _, row in rows for cell in row]
    _require(all(isinstance(cell, str) for cell in cells), "a cell that is no text")
    _require(all(any(row) for _, row in rows), "an empty row")
    _require(not any("\r" in cell for cell in cells), "a line end that is not LF")


def _check_document(document: Document) -> None:
    text = document.text
    _require(text == text.strip(), f"more than words at its ends: {text[:20]!a} … {text[-20:]!a}")
    _require("\r" not in text, "a line end that is not LF")
    _require(all(isinstance(one, str) for pair in document.fields.items() for one in pair), "a field that is no text")
    for at, words in document.headings:
        _require(0 <= at <= len(text) and (at == 0 or text[at - 1] == "\n"), f"a heading within a line: {words[:40]!a}")


def _words(reading: Reading) -> Iterator[str]:
    yield from (cell for grid in reading.grids for _, row in grid.rows for cell in row)
    yield from (grid.sheet for grid in reading.grids)
    for document in reading.documents:
        yield document.text
        yield from document.speakers
        for label, value in document.fields.items():
            yield label
            yield value


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what an assertion says
    if not holds:
        raise WrongError(otherwise)
