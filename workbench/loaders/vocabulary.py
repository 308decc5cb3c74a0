"""The words people write above columns and in cells, and the study's words for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from workbench.language import LANGUAGES
from workbench.loaders.templates.choices import FIXED
from workbench.loaders.templates.fields import FIELDS, HEADS, TemplateField
from workbench.loaders.templates.guide import GUIDES
from workbench.loaders.told import Both
from workbench.reading import read_mapping

FILE = Path(__file__).with_name("vocabulary.yaml")
_NUMBERING = re.compile(r"^(?:(?:fråga|question|q)\s*)?\d{1,3}\s*[.):]\s*")
_HINT = re.compile(r"\s*\((?:valfri\w*|frivillig\w*|obligatorisk\w*|optional|required|max[^()]*)\)$")
_ENDS = " \t:;?*.…!\"'”“"
_LISTS = {"entry kinds": "kind", "visibility": "visibility", "experiment kinds": "experiment kind",
          "statuses": "status", "results": "result", "decisions": "decision"}  # fmt: skip


@lru_cache(maxsize=100_000)  # the same words stand in thousands of cells
def normal(words: str) -> str:
    """Write words as they are compared: no capitals, one space, nothing for show around them."""
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return _HINT.sub("", _NUMBERING.sub("", plain).strip(_ENDS)).strip(_ENDS) or plain


@cache
def headings() -> dict[str, str]:
    """Return each known heading in its normal form with the field it stands for, templates' headings first.

    Returns
    -------
    dict of str to str
        The study's word, "experiment kind" among them, "text" and "level" with a state behind ("level now"),
        "prompt", or "name", "email" and "private", which are never kept.
    """
    known = {normal(heading): field for heading, field in _of_templates()}
    for field, words in _content()["headings"].items():
        for word in (field, *words):
            known.setdefault(normal(word), field)
    return known


def is_help(name: str, lines: Iterable[str]) -> bool:
    """Tell whether a sheet or a part of a document is our templates' help: it is called so, and holds their words."""
    return is_called_help(name) and any(line.strip().endswith(_guides()) for line in lines)


def is_called_help(name: str) -> bool:
    """Tell whether a sheet is called help."""
    return normal(name) in {"hjälp", "help"}


@cache
def _guides() -> tuple[str, ...]:
    return tuple(sentence.told(language) for sentence in GUIDES for language in LANGUAGES)


@cache
def heading_order() -> dict[str, int]:
    """Return the place of each heading in its list: of two columns for one field, the earlier one is meant."""
    return {normal(word): place for words in _content()["headings"].values() for place, word in enumerate(words)}


@cache
def words_for(field: str) -> dict[str, str]:
    """Return what people write for each value of a field, in its normal form; empty for a field without a list."""
    listed = _content()["values"].get(field, {})
    if isinstance(listed, list):
        return {normal(word): "" for word in listed}
    known = {normal(word): value for value, words in listed.items() for word in (value, *words)}
    labels = (pair for name, pairs in FIXED.items() if _LISTS.get(name) == field for pair in pairs)
    return known | {normal(label.told(language)): value for value, label in labels for language in LANGUAGES}


def allowed_for(field: str) -> Both:
    """List what a field may hold, in the words of either language."""
    values = {value: words[0] if words else value for value, words in _content()["values"].get(field, {}).items()}
    return Both(", ".join(map(str, values.values())), ", ".join(values))


def _of_templates() -> Iterator[tuple[str, str]]:
    for fields in (*HEADS.values(), *FIELDS.values()):
        for field in fields:
            for language in LANGUAGES:
                yield field.heading.told(language), field_of(field)


def field_of(asked: TemplateField) -> str:
    """Return the field that a template's field stands for, as `headings` names it."""
    if asked.prompt:
        return "prompt"
    if asked.table == "experiments" and asked.name == "kind":
        return "experiment kind"
    stated = asked.name in {"text", "level"} and asked.frame
    return f"{asked.name} {asked.frame}" if stated else asked.name


@cache
def _content() -> dict[str, Any]:
    content, faults = read_mapping(FILE)
    if faults:
        raise ValueError(faults[0])  # a file of ours
    return content
