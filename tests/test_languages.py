"""Every string a person sees is there in Swedish and in English."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.tiny import ROOT

PACKAGE = ROOT / "workbench"
CATALOGUE = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "workbench.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.j2", "jinja2")]
FIELD = re.compile(r"{\w*}")


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def extracted() -> set[str]:
    said = {"_": None, "tell": None}
    found = extract_from_dir(PACKAGE, METHODS, options_map={"**": {"encoding": "utf-8"}}, keywords=said)
    return {message for _file, _line, message, _comments, _context in found if isinstance(message, str)}


def test_every_string_has_its_swedish() -> None:
    known = {message.id for message in catalogue() if message.id and message.string and not message.fuzzy}

    assert extracted() - known == set()


def test_no_translation_is_left_over() -> None:
    assert {message.id for message in catalogue() if message.id} - extracted() == set()


def test_a_translation_has_the_same_fields_as_its_source() -> None:
    differing = [
        message.id
        for message in catalogue()
        if message.id and sorted(FIELD.findall(message.id)) != sorted(FIELD.findall(str(message.string)))
    ]

    assert differing == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}

    assert compiled == {message.id: message.string for message in catalogue() if message.id}


def test_no_translatable_string_hides_in_an_f_string() -> None:
    """The extractor cannot see them there."""
    hidden = re.compile(r"""f["'][^"'\n]*\{[^}\n]*\b_\(['"]""")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(Path(PACKAGE).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if hidden.search(line)
    ]

    assert found == []
