"""What is declared once stays in step with what is made from it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.tiny import DEMO, MUNICIPALITIES, ROOT
from workbench.exchange.dictionary import data_dictionary
from workbench.exchange.package import describe
from workbench.tables import TABLES


def test_the_data_dictionary_is_current() -> None:
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == data_dictionary()


def test_every_column_has_a_meaning_in_both_languages() -> None:
    lacking = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if not column.en or not column.sv
    ]

    assert lacking == []


def test_a_table_refers_only_to_tables_declared_before_it_or_itself() -> None:
    seen: set[str] = set()
    for table in TABLES.values():
        seen.add(table.name)
        for column in table.columns:
            if column.refers:
                name, field = column.refers.split(".")
                assert name in seen
                assert TABLES[name][field]


@pytest.mark.parametrize("folder", [DEMO, MUNICIPALITIES], ids=lambda folder: folder.name)
def test_the_committed_package_describes_the_files_as_they_are(folder: Path) -> None:
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8")) == describe(folder)


def test_conda_s_environment_asks_for_what_pyproject_declares() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = ",".join(project["optional-dependencies"])

    assert environment["name"] == project["name"]
    assert f"python{project['requires-python']}" in environment["dependencies"]
    assert {"pip": [f"-e .[{extras}]"]} in environment["dependencies"]


def test_the_lock_names_every_declared_package_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        line
        for part in ([project["dependencies"]], project["optional-dependencies"].values())
        for lines in part
        for line in lines
    ]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith(" ")}

    names = {re.split(r"[\[>]", line)[0].lower() for line in declared}
    assert names - {project["name"]} <= locked
    assert "://" not in lock
