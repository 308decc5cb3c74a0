"""A few damaged files of every kind, always the same; ``make fuzz`` reads others, for as long as one likes."""

import pytest

from tests.fuzz.damage import damaged_file
from tests.fuzz.judging import Judge
from tests.fuzz.running import watch
from tests.fuzz.seeds import KINDS
from workbench.loaders import kinds

FILES = {"docx": 30, "xlsx": 30, "pdf": 30, "zip": 50}  # the larger take longer
OTHERS = 100


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
    said = [judge.judge(damaged_file(kind, 1, number)) for number in range(1, FILES.get(kind, OTHERS))]

    assert "read" in said and len(set(said)) > 1  # damage so slight that it is read, and so great that it is refused
