"""What stands beside a level: what it rests on, how sure, how many; and what people write behind what they chose."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.language import LANGUAGES
from workbench.loaders.items.item import Cell
from workbench.loaders.judging.case import Case
from workbench.loaders.templates.choices import FIXED
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal
from workbench.tables import RATINGS

_FIRST = re.compile(r"(\w+)(?:[.,]0+(?!\d))?(.*)", re.DOTALL)
_CLAUSE = re.compile(r"([^,;:.(]+?)\s*(?:[,;:.(]|\s[-–—]\s)(.*)", re.DOTALL)  # noqa: RUF001  dashes
_COUNTED = {"st", "personer", "person", "people", "persons"}
_BETWEEN = " \t\n\xa0.,:;!-–—/("  # noqa: RUF001  dashes
_MOST = len("9999")


def read_evidence(case: Case, cell: Cell | None) -> str | None:
    """Read what a level rests on."""
    if cell is None:
        return None
    told = case.known.study.instrument.evidence
    named = {normal(words): code for name in LANGUAGES for words, code in zip(told[name], told["code"], strict=True)}
    found = _chosen(case, "evidence", cell, named)
    if found is None:
        rule = tell("It must be one of: {allowed}.", allowed=", ".join(told["code"]))
        case.tell(cell, rule, tell("Choose one of them, or say in a mapping what it stands for."))
    return found


def read_confidence(case: Case, cell: Cell | None) -> int | None:
    """Read how sure somebody is of a level."""
    if cell is None:
        return None
    labels = [(label.told(language), value) for value, label in FIXED["sure"] for language in LANGUAGES]
    named = {normal(label.partition(" ")[2].strip(_BETWEEN)): value for label, value in labels}
    found = _chosen(case, "confidence", cell, named)
    if found is None:
        _tell_number(case, cell, "confidence")
    return int(found) if found else None


def read_count(case: Case, name: str) -> int | None:
    """Read how many agreed, as the row says it or what stands above the table."""
    cell = case.cell(name)
    if not cell.words:
        return None
    match = _FIRST.fullmatch(cell.words)
    rest = match[2].lstrip(_BETWEEN) if match else ""
    if match is None or not match[1].isdecimal() or len(match[1]) > _MOST or rest[:1].isdigit():
        _tell_number(case, cell, name)
        return None
    if rest and normal(rest) not in _COUNTED:
        _leave(case, cell, rest)
    return int(match[1])


def _chosen(case: Case, name: str, cell: Cell, named: Mapping[str, str]) -> str | None:
    """Read one of a few: its code, its words, or its code with words behind it; None when it is none, or two."""
    words = case.mapped(name, cell.words).strip()
    codes = {normal(code): code for code in named.values()}
    every = {**named, **codes}
    first, clause = _FIRST.fullmatch(words), _CLAUSE.fullmatch(words)
    if first and (found := codes.get(normal(first[1]))):
        rest = first[2].lstrip(_BETWEEN)
    elif found := named.get(normal(words)):
        return found
    elif clause and (found := named.get(normal(clause[1]))):
        rest = clause[2].lstrip(_BETWEEN)
    else:
        return None
    if every.get(normal(rest), found) != found or _begins_anew(rest, found, codes):
        return None
    if rest and normal(rest) not in every:
        _leave(case, cell, rest)
    return found


def _begins_anew(rest: str, found: str, codes: Mapping[str, str]) -> bool:
    """Tell whether behind one choice another begins: 2-3, B2/B3."""
    second = _FIRST.fullmatch(rest)
    other = codes.get(normal(second[1]), found) if second else found
    return other != found or (found.isdigit() and rest[:1].isdigit())


def _leave(case: Case, cell: Cell, rest: str) -> None:
    case.leave(cell, rest, tell("Behind what was chosen stands something that is not read."))


def _tell_number(case: Case, cell: Cell, name: str) -> None:
    column = RATINGS[name]
    highest = "…" if column.highest is None else str(column.highest)
    rule = tell("It must be a whole number from {lowest} to {highest}.", lowest=column.lowest, highest=highest)
    case.tell(cell, rule, tell("Mend the number."))
