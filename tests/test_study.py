"""Opening a study: what comes back, and what is said of a broken one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tiny import DEMO, EMOJI_TEXT, MUNICIPALITIES, ROOT, tiny_study
from workbench.errors import Fault, StudyError
from workbench.exchange.frozen import save_study, seal
from workbench.opening import open_study
from workbench.study import Study
from workbench.tables import TABLES


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(StudyError) as raised:
        open_study(folder)
    return raised.value.faults


def replace(folder: Path, name: str, old: str, new: str, *, sealed: bool = True) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    if sealed:
        seal(folder)


def test_every_table_is_an_attribute_with_its_declared_columns_and_dtypes(tiny_folder: Path) -> None:
    study = open_study(tiny_folder)

    assert set(Study.__annotations__) == set(TABLES)
    for name, table in TABLES.items():
        assert dict(getattr(study, name).dtypes.astype(str)) == {column.name: column.dtype for column in table.columns}


def test_a_study_saved_and_opened_is_the_same(tiny: Study, tiny_folder: Path) -> None:
    opened = open_study(tiny_folder)

    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(opened, name), getattr(tiny, name))


def test_changing_a_returned_frame_leaves_the_study_as_it_was(tiny: Study) -> None:
    entries = tiny.entries
    entries.loc[0, "text"] = "ändrat"

    assert tiny.entries.loc[0, "text"] == EMOJI_TEXT


def test_a_table_that_is_not_there_is_named(tiny: Study) -> None:
    with pytest.raises(AttributeError, match="no table 'reflections'; it has organisations"):
        tiny.reflections  # noqa: B018 - the look-up is the test


def test_tidy_codings_joins_who_when_and_where(tiny: Study) -> None:
    row = tiny.tidy_codings("en").iloc[0]

    assert row["quote"] == "🙂 säga nej."
    assert row["path"] == "Conditions / " + tiny.codes.set_index("code").loc["COND_TIME", "name_en"]
    assert (row["coder"], row["organisation"], row["person"], row["number"], row["kind"]) == (
        "K1", "A1", "P-1", 1, "reflection",
    )  # fmt: skip


BROKEN: list[tuple[str, str, str, str, str, int, str, str]] = [
    # file, old, new, then the fault's file, column, row, found, and words of its cure
    ("ratings.csv", ",individual,2,", ",individual,7,", "ratings.csv", "level", 2, "7", "mend the number"),
    ("ratings.csv", ",individual,2,", ",individual,2.5,", "ratings.csv", "level", 2, "2.5", "whole number"),
    ("ratings.csv", ",individual,2,", ",individual,,", "ratings.csv", "level", 2, "nothing", "give a level or a code"),
    ("ratings.csv", ",individual,2,,", ",individual,2,DK,", "ratings.csv", "level", 2, "2", "remove one of the two"),
    ("ratings.csv", "now,consensus", "now,konsensus", "ratings.csv", "basis", 4, "konsensus", "choose one"),
    ("ratings.csv", "A1,,T1", "A1,P-2,T1", "ratings.csv", "person", 4, "P-2", "mend person or basis"),
    ("ratings.csv", "A2,P-3", "A1,P-3", "ratings.csv", "organisation", 5, "A1", "mend one of the two"),
    ("people.csv", "P-2,A1", "P-1,A1", "people.csv", "person", 3, "P-1", "key of its own"),
    ("people.csv", "P-2,A1", "P-2,A9", "people.csv", "organisation", 3, "A9", "organisations.csv"),
    ("people.csv", "2025-02-05", "5 februari", "people.csv", "joined", 2, "5 februari", "2025-02-05"),
    ("entries.csv", "2025-03-02T09:00:00Z", "2025-03-02", "entries.csv", "written", 3, "2025-03-02", "T14:10:00Z"),
    ("entries.csv", "Hemligt.", "", "entries.csv", "text", 3, "nothing", "fill in text"),
    ("codings.csv", "10,21", "11,22", "codings.csv", "quote", 2, "🙂 säga nej.", "stands at 10 to 21"),
    ("codings.csv", "10,21", "10,2100", "codings.csv", "end", 2, "10 to 2100", "mend start and end"),
    ("codings.csv", "COND_TIME,K1", "COND_TID,K1", "codings.csv", "code", 2, "COND_TID", "codebook.yaml"),
    ("occasions.csv", "2025-02-06", "2025-02-01", "occasions.csv", "ends", 2, "2025-02-01", "mend one of the two"),
    ("components.csv", "I3,", "X9,", "components.csv", "component", 2, "X9", "add its owner"),
    ("codings.csv", "quote,", "citat,", "codings.csv", "quote", 1, "no such column", "add column quote"),
    ("instrument.yaml", 'en: "Absent"', 'en: ""', "instrument.yaml", "scale.levels.0.en", 0, "nothing", "write it"),
    ("codebook.yaml", "parent: COND\n", "parent: KOND\n", "codebook.yaml", "codes.COND_TIME.parent", 0, "KOND", "mend"),
    ("study.toml", 'version = "', 'edition = "', "study.toml", "version", 0, "nothing", "add version"),
]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case[3]}-{case[4]}-{case[6]}")
def test_a_fault_is_named_with_file_row_column_value_and_cure(case: tuple, tiny_folder: Path) -> None:
    file, old, new, where, column, row, found, cure = case
    replace(tiny_folder, file, old, new, sealed=file != "study.toml")  # nothing seals a study that has no name

    matching = [
        fault
        for fault in faults_of(tiny_folder)
        if (fault.file, fault.row, fault.column, fault.found) == (where, row, column, found) and cure in fault.cure
    ]  # fmt: skip

    assert matching


def test_all_faults_are_told_at_once(tiny_folder: Path) -> None:
    replace(tiny_folder, "ratings.csv", ",individual,2,", ",individual,9,")
    replace(tiny_folder, "people.csv", "P-2,A1", "P-2,A9")
    (tiny_folder / "memos.csv").unlink()

    found = {(fault.file, fault.column) for fault in faults_of(tiny_folder)}

    assert {("ratings.csv", "level"), ("people.csv", "organisation"), ("memos.csv", "")} <= found


def test_a_file_changed_after_sealing_is_noticed(tiny_folder: Path) -> None:
    replace(tiny_folder, "entries.csv", "Hemligt.", "Hemligt!", sealed=False)

    (fault,) = faults_of(tiny_folder)

    assert (fault.file, fault.found) == ("entries.csv", "changed since the study was sealed")
    assert "workbench seal" in fault.cure


def test_a_file_in_another_encoding_is_refused_and_named(tiny_folder: Path) -> None:
    path = tiny_folder / "organisations.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Ena", "Ähna").encode("cp1252"))

    assert any(fault.file == "organisations.csv" and "UTF-8" in fault.rule for fault in faults_of(tiny_folder))


def test_a_folder_that_is_not_there_says_how_to_name_one(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "ingenstans")

    assert "WORKBENCH_STUDY" in fault.cure


def test_a_study_is_never_saved_over_another(tiny: Study, tiny_folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in tiny_folder.iterdir()}

    with pytest.raises(Exception, match="is there already"):
        save_study(tiny, tiny_folder)

    assert {path.name: path.read_bytes() for path in tiny_folder.iterdir()} == before


def test_a_save_that_fails_leaves_nothing_behind(tiny: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise OSError("full")

    monkeypatch.setattr("workbench.exchange.frozen.seal", fail)

    with pytest.raises(OSError, match="full"):
        save_study(tiny, tmp_path / "new")

    assert list(tmp_path.iterdir()) == []


SCRIPT = """
import hashlib, sys
from workbench.opening import open_study
study = open_study(sys.argv[1])
tables = [frame.to_csv() + str(dict(frame.dtypes)) for frame in (*study.frames.values(), study.tidy_codings())]
print(hashlib.sha256("".join(tables).encode()).hexdigest())
"""

# So that Python really takes the locale's encoding; POSIX is ASCII, and is there where sv_SE and de_DE may not be.
NOT_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.slow
def test_locale_time_zone_and_hash_seed_change_nothing() -> None:
    settings = [
        ("C", "UTC", "0"),
        ("POSIX", "Asia/Kathmandu", "7"),
        ("sv_SE.UTF-8", "Pacific/Kiritimati", "1"),
        ("de_DE.UTF-8", "America/St_Johns", "42"),
    ]
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(DEMO)],
            env={**os.environ, "LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed, **NOT_UTF8},
            capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout
        for locale, zone, seed in settings
    }  # fmt: skip

    assert len(printed) == 1


@pytest.mark.parametrize("folder", [DEMO, MUNICIPALITIES], ids=lambda folder: folder.name)
def test_both_demo_studies_open(folder: Path) -> None:
    assert len(open_study(folder).entries) > 0


Broken = Callable[[str], str]
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1)


@given(text=texts.filter(lambda text: text.strip()), cut=st.tuples(st.integers(0, 50), st.integers(1, 50)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_text_and_span_survive_saving(
    text: str, cut: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    start = min(cut[0], len(text) - 1)
    end = min(start + cut[1], len(text))
    study = tiny_study()
    entries, codings = study.entries, study.codings.iloc[:1].copy()
    entries.loc[0, "text"] = text
    codings[["start", "end", "quote"]] = [[start, end, text[start:end]]]
    codings = codings.astype({"start": "Int64", "end": "Int64", "quote": "str"})
    folder = tmp_path_factory.mktemp("any") / "study"

    save_study(study.with_frames(study.frames | {"entries": entries, "codings": codings}), folder)

    assert open_study(folder).entries.loc[0, "text"] == text
