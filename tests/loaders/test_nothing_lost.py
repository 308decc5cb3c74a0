"""Not a word is lost: whatever is handed in is taken, there already or refused, and what is taken is in the study."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.loaders.awkward import AWKWARD, NAMES, Awkward, awkward_study
from tests.loaders.awkward.workbooks import filled
from workbench.exchange.frozen import save_study
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.taking import take_in_import
from workbench.opening import open_study
from workbench.store.live import LiveStudy
from workbench.store.verify import verify
from workbench.study import Study

STUDY = awkward_study()
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufffe\uffff\ufeff")
WORDS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
PEOPLE = st.sampled_from(["P-1", "P-2", "P-3", "Anna Ek", "P-4", "Okänd", ""])
DAYS = st.sampled_from(["2025-03-28", "28 mars 2025", "3/4/2025", "inte än", ""])
ROWS = st.lists(st.tuples(PEOPLE, DAYS, PARAGRAPHS), min_size=1, max_size=8)
HEADINGS = ("Person", "Datum", "Text")
Row = tuple[str, str, str]


@pytest.fixture(scope="module")
def one_study(begun_awkward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStudy]:
    """Open one live study for test after test: each leaves it as it was, but for its log."""
    place = shutil.copytree(begun_awkward, tmp_path_factory.mktemp("one") / "study")
    with LiveStudy(place, actor="K1") as live:
        yield live


@pytest.fixture(scope="module")
def begun(one_study: LiveStudy) -> Study:
    """Read it as it is before and after each test."""
    return one_study.read()


@pytest.mark.parametrize("case", AWKWARD, ids=lambda case: case.name)
def test_what_is_taken_is_in_the_study_once_and_can_be_taken_back(
    case: Awkward, one_study: LiveStudy, begun: Study, tmp_path: Path
) -> None:
    home = case.write(tmp_path)
    found = case.load(home, begun)
    done = take_in_import(one_study, found)
    study = one_study.read()
    again = case.load(home, study)

    assert words_taken(found) <= words_kept(study)
    assert len(found.rows) == sum(found.totals[name] for name in ("taken", "there", "refused"))
    assert (again.totals["taken"], again.totals["refused"]) == (0, found.totals["refused"])
    assert take_in_import(one_study, again) is None
    if done:
        one_study.undo()
    assert unlike(one_study.read(), begun) == []


def words_taken(found: Import) -> set[str]:
    """List every word of every row that was taken, as the file had it."""
    new = [one for one in found.taken if any(row.table == "entries" for row in one.rows)]
    texts = [said.cell.words for one in found.taken for said in one.item.said]
    kept = [value for one in new for value in one.item.attributes.values()]
    return {word for words in (*texts, *kept) for word in words.split()}


def words_kept(study: Study) -> set[str]:
    return {word for words in (*study.entries["text"], *study.attributes["value"]) for word in words.split()}


def unlike(one: Study, other: Study) -> list[str]:
    """List the tables that differ, but for the log."""
    return [name for name in one.frames if name != "events" and not one.frames[name].equals(other.frames[name])]


def test_all_of_it_at_once_is_taken_once_and_leaves_the_study_whole(awkward_files: Path, handed_to: LiveStudy) -> None:
    before = handed_to.read()
    found = load_entries(awkward_files, study=before, people=NAMES)
    done = take_in_import(handed_to, found)
    study = handed_to.read()
    again = load_entries(awkward_files, study=study, people=NAMES)

    assert done
    assert words_taken(found) <= words_kept(study)
    assert again.totals == {**found.totals, "taken": 0, "there": found.totals["taken"] + found.totals["there"]}
    assert take_in_import(handed_to, again) is None
    assert len(handed_to.read().events) == done.sequence
    assert verify(handed_to.database.place) == []
    handed_to.undo()
    assert unlike(handed_to.read(), before) == []


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_files_come_the_same_texts_come_of_them(awkward_files: Path, seed: int) -> None:
    """Levels that contradict each other are left out here: of those, the first file's are taken."""
    folders = [awkward_files / case.name for case in AWKWARD if not case.levels]
    one = load_entries(folders, study=STUDY, people=NAMES)
    random.Random(seed).shuffle(folders)  # noqa: S311  no secret
    other = load_entries(folders, study=STUDY, people=NAMES)

    assert _keys(one) == _keys(other)
    assert one.totals == other.totals


def _keys(found: Import) -> list[tuple[object, ...]]:
    return sorted(found.entries[["entry", "text"]].itertuples(index=False, name=None))


def _csv(rows: Sequence[Row]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([HEADINGS, *rows])
    return stream.getvalue().encode()


def _xlsx(rows: Sequence[Row]) -> bytes:
    book = openpyxl.Workbook()
    for line, row in enumerate([HEADINGS, *rows], start=1):
        for column, words in enumerate(row, start=1):
            if words:
                book.active.cell(line, column).value = words
                book.active.cell(line, column).data_type = "s"  # also where it begins with =
    return _saved(book)


def _jsonl(rows: Sequence[Row]) -> bytes:
    return "\n".join(json.dumps(dict(zip(HEADINGS, row, strict=True))) for row in rows).encode()


def _saved(made: object) -> bytes:
    stream = io.BytesIO()
    made.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


@pytest.mark.parametrize(("name", "write"), [("a.csv", _csv), ("a.xlsx", _xlsx), ("a.jsonl", _jsonl)])
@given(rows=ROWS)
@settings(max_examples=20, deadline=None)
def test_each_row_is_accounted_for_and_what_is_taken_is_as_it_was_written(
    name: str, write: Callable[[Sequence[Row]], bytes], rows: list[Row]
) -> None:
    found = _loaded({name: write(rows)})

    assert found.totals["rows"] == len(rows)
    assert [one.item.said[0].cell.words for one in found.sorted] == [text for _, _, text in rows]
    assert set(found.entries["text"]) <= {text for _, _, text in rows}
    assert all(one.problems for one in found.sorted if one.outcome == "refused")
    assert _outcomes(found) == [_expected(row) for row in rows]


def _outcomes(found: Import) -> list[bool]:
    return [one.outcome != "refused" for one in found.sorted]


def _expected(row: Row) -> bool:
    """Tell whether a row can be taken: someone who takes part, a day that is one."""
    return row[0] in {"P-1", "P-2", "P-3", "Anna Ek"} and row[1] in {"2025-03-28", "28 mars 2025"}


def _loaded(files: dict[str, bytes]) -> Import:
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        return load_entries(folder, study=STUDY, people=NAMES)


def _txt(text: str) -> bytes:
    return f"Person: P-1\nDatum: 2025-03-28\n\n{text}".encode()


def _docx(text: str) -> bytes:
    made = docx.Document()
    for words in text.split("\n"):
        made.add_paragraph().add_run(words)
    return _saved(made)


@given(texts=st.lists(PARAGRAPHS, min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_documents_are_taken_as_they_were_written(texts: list[str]) -> None:
    files = {f"{place} P-1 2025-03-28.docx": _docx(text) for place, text in enumerate(texts)}
    found = _loaded({**files, **{f"{place} anteckning.txt": _txt(text) for place, text in enumerate(texts)}})

    assert found.totals["rows"] == 2 * len(texts)
    assert set(found.entries["text"]) == set(texts)


def _template(text: str) -> bytes:
    return filled("reflection", {"K7": text}, person="P-1", occasion="T2")


ODD = 'Vi vågade "nej"; och\u00a0sedan, å 🙂 👩🏽‍💻.\n\nA\u030a och Å\u00ad= <b>\\n\n=1+1\t–\u2028.'  # noqa: RUF001
WAYS = {
    "a.csv": lambda text: _csv([("P-1", "2025-03-28", text)]),
    "a.xlsx": lambda text: _xlsx([("P-1", "2025-03-28", text)]),
    "mall.xlsx": _template,
    "a.jsonl": lambda text: _jsonl([("P-1", "2025-03-28", text)]),
    "a.txt": _txt,
    "P-1 2025-03-28.docx": _docx,
}


@pytest.mark.parametrize("name", WAYS)
def test_a_text_survives_from_the_file_to_a_study_that_was_frozen_and_opened_again(
    name: str, handed_to: LiveStudy, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(WAYS[name](ODD))
    take_in_import(handed_to, load_entries(tmp_path / name, study=handed_to.read()))
    save_study(open_study(handed_to.database.place), tmp_path / "frozen")

    assert ODD in set(handed_to.read().entries["text"])
    assert ODD in set(open_study(tmp_path / "frozen").entries["text"])


@given(text=PARAGRAPHS.filter(lambda text: not text.startswith("=")))  # which would be a formula
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_template_gives_back_what_was_written_in_it(text: str) -> None:
    data = filled("reflection", {"K7": text}, person="P-1", occasion="T2")

    assert [*_loaded({"mall.xlsx": data}).entries["text"]] == [text]
