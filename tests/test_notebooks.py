"""The analysis notebooks: their shape, and that whoever reruns them gets the same."""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tiny import DEMO, MUNICIPALITIES, ROOT
from workbench.exchange.frozen import seal
from workbench.rerun import run_notebook

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ORDER = [
    "00_start", "01_what_came_in", "02_read_the_log", "03_now_and_desired", "04_trajectories", "05_experiments",
    "06_codes_over_time", "07_import_check", "08_coding_desk", "09_codebook", "10_retrieve", "11_agreement",
]  # fmt: skip


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def rerun(*paths: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-o", "addopts=", "-W", "default"]
    plain = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:cov"]
    return subprocess.run(
        [*command, *plain, *map(str, paths)],
        env=os.environ | environment, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


def test_the_notebooks_are_there_in_reading_order() -> None:
    assert [path.stem for path in NOTEBOOKS] == ORDER


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_answers_and_says_what_it_does_not_show(path: Path) -> None:
    told = "\n".join(source(cell) for cell in cells(path, "markdown"))

    assert told.startswith("# ")
    for part in ("**Question.**", "**For**", "## What this does not show"):
        assert part in told
    assert "## What came of it" in told or path.stem == "00_start"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_once_only_the_workbench_and_defines_nothing(path: Path) -> None:
    trees = [ast.parse(source(cell)) for cell in cells(path, "code")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    defined = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]

    assert {(node.module or "").split(".")[0] for node in imports if isinstance(node, ast.ImportFrom)} == {"workbench"}
    assert all(any(node is inner for inner in ast.walk(trees[0])) for node in imports)
    assert defined == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_executed_and_stripped_of_what_is_volatile(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))

    assert set(notebook["metadata"]) == {"kernelspec", "title"}
    assert [cell["execution_count"] for cell in cells(path, "code")] == list(range(1, len(cells(path, "code")) + 1))
    assert [cell["id"] for cell in notebook["cells"]] == [f"cell-{n:02d}" for n in range(len(notebook["cells"]))]
    kinds = {output["output_type"] for cell in cells(path, "code") for output in cell["outputs"]}
    assert kinds <= {"stream", "display_data", "execute_result"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "environment"),
    [
        (1, {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "7"}),
        (2, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Kiritimati"}),
    ],
    ids=["plain", "another locale and time zone"],
)
def test_rerun_in_any_order_every_notebook_gives_the_same(seed: int, environment: dict[str, str]) -> None:
    shuffled = random.Random(seed).sample(NOTEBOOKS, len(NOTEBOOKS))  # noqa: S311 - an order, no secret

    ended = rerun(*shuffled, **environment)

    assert ended.returncode == 0, ended.stdout[-3000:]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_a_study_of_two_organisations(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_STUDY", str(MUNICIPALITIES))
    (tmp_path / "data").symlink_to(ROOT / "data")  # as from the repository
    (tmp_path / "notebooks").mkdir()
    copy = Path(shutil.copy(path, tmp_path / "notebooks"))

    run_notebook(copy)

    assert "Granviks kommun" in copy.read_text(encoding="utf-8") or path.stem != "00_start"
    assert [cell["execution_count"] for cell in cells(copy, "code")] == list(range(1, len(cells(copy, "code")) + 1))


@pytest.mark.slow
def test_one_changed_rating_is_noticed_by_a_rerun(tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(DEMO, study)
    path = study / "ratings.csv"
    first, second, *rest = path.read_text(encoding="utf-8").split("\n")
    before, level, after = second.partition(",individual,")[0], second.split(",")[6], second.split(",")[7:]
    changed = ",".join([before, "individual", str((int(level) + 1) % 6), *after])
    path.write_text("\n".join([first, changed, *rest]), encoding="utf-8", newline="")
    seal(study)

    ended = rerun(ROOT / "notebooks" / "04_trajectories.ipynb", WORKBENCH_STUDY=str(study))

    assert ended.returncode == 1
    assert "mismatch" in ended.stdout


@pytest.mark.slow
def test_one_changed_digit_in_a_kept_output_is_noticed(tmp_path: Path) -> None:
    tampered = tmp_path / "05_experiments.ipynb"
    notebook = json.loads((ROOT / "notebooks" / tampered.name).read_text(encoding="utf-8"))
    kept = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", []) if "data" in output]
    table = next(data for data in kept if any("0.67" in line for line in data["text/plain"]))
    table["text/plain"] = [line.replace("0.67", "0.68") for line in table["text/plain"]]
    tampered.write_text(json.dumps(notebook), encoding="utf-8")

    ended = rerun(tampered, WORKBENCH_STUDY=str(DEMO))

    assert ended.returncode == 1
    assert "1 failed" in ended.stdout
