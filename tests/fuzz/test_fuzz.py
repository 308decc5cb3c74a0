"""A few damaged files of every kind, always the same; ``make fuzz`` reads others, for as long as one likes."""

import pytest

from tests.fuzz.damage import damaged_file
from tests.fuzz.judging import Judge
from tests.fuzz.running import watch
from tests.fuzz.seeds import KINDS
from workbench.loaders import kinds

FILES = {"docx": 30, "odt": 60, "xlsx": 60, "ods": 100, "zip": 60}  # these take longer to make
OTHERS = 200
SMALL = 20_000  # bytes; what takes longer to read is for the command


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(autouse=True)
def _watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_PDF", kinds._PDF)  # noqa: SLF001 - as it was, afterwards
    monkeypatch.setattr(kinds, "_WORKBOOK", kinds._WORKBOOK)  # noqa: SLF001
    watch()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_in_words(kind: str, judge: Judge) -> None:
    files = (damaged_file(kind, 1, number) for number in range(1, FILES.get(kind, OTHERS)))
    said = [judge.judge(file) for file in files if len(file.data) < SMALL]

    assert "read" in said and len(set(said)) > 1  # damage so slight that it is read, and so great that it is refused
