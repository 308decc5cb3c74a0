"""What the columns of a table are for, by what stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping, Meaning, split_state
from workbench.loaders.reading import Grid
from workbench.loaders.vocabulary import heading_order, headings, normal

OFTEN = {"text", "level", "prompt", "component", "evidence", "confidence", "target", "missing"}
OFTEN |= {"private", ATTRIBUTE, "leave out", "question"}  # fields that several columns may have
QUESTION = "question"  # an open question that is not in any list: each answer is an entry
_SENTENCE, _SHORT = 8, 3  # words an answer has on average, and one to a heading that ends with a question mark
_WHO = re.compile(
    r"e-?post|e-?mail|\bmejl|kontaktperson|contact person|telefon|phone|mobil(?:nr|nummer)|\bip\b|ip-|personnummer"
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|(?:\d{1,3}\.){3}\d{1,3}|(?:\+46|0)[\d\s()-]{7,14}|\d{6,8}[-+]\d{4}")
_OF_LEVELS = {"evidence", "confidence", "target", "present", "returning", "basis"}  # nothing to a table without any
_PAIR = ({"person", "name", "email", "component"}, {"text", "prompt", "level", "written", "occasion"})
_BRIEF = 60  # letters of a heading that stands in a list
_LOOKED = 500  # rows that are looked at for it
_DEEPEST = 40  # rows among which the heading row is looked for
_LONGEST = 1_000  # letters of a heading in which a component is looked for; what is longer is a text
_BRACKETED = re.compile(r"(?P<outer>.*?)\s*[\[(](?P<inner>[^\[\]()]+)[\])]\s*", re.DOTALL)
_PARTED = re.compile(r"\s+[-–—:|/]+\s+|[:_|]\s*|\.(?=\w)")  # noqa: RUF001  dashes
_GAP = re.compile(r"\s+|(?<=\w)-(?=\w)")
_FEW = 3  # words that tell of a state
_STATES = {
    "desired": re.compile(r"önska|desired|to.be\b|målbild|\bmål\b|\bbör\b|\bvill\b|wanted|target"),
    "then": re.compile(r"\bdå\b|\bthen\b|från början|vid start|at the start"),
    "now": re.compile(r"\bnu\b|nuläge|i ?dag\b|\bnow\b|current|today|as.is\b|present"),
}
_FIELDS = {
    "text": re.compile(r"text|kommentar|comment|beskriv|describ|motiver|explain|berätta"),
    "evidence": re.compile(r"evidens|vilar på|evidence|rests on"),
    "confidence": re.compile(r"säker|confiden|\bsure\b"),
}


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are understood.

    Attributes
    ----------
    heading_row : int
        Number of the row of headings.
    names : tuple of str
        The headings as they stand.
    meanings : tuple of Meaning
        One a column.
    head : tuple of (int, str, str)
        Row, label and value of what stands above the headings; of a title, no value.
    rows : sequence of (int, sequence of str)
        What stands below.
    """

    heading_row: int
    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    head: tuple[tuple[int, str, str], ...]
    rows: Sequence[tuple[int, Sequence[str]]]


def understand(grid: Grid, mapping: ImportMapping, known: Known) -> Sheet | None:
    """Find the row of headings and what its columns are for; None when no row looks like one."""
    top = list(grid.rows[:_DEEPEST])
    scores = [sum(meaning.field != ATTRIBUTE for meaning in _meanings(cells, mapping, known)) for _, cells in top]
    if not scores or not (best := max(scores)) or (best == 1 and not scores[0]):
        return None
    place = scores.index(best) if best > 1 else 0
    place = next((at for at, (_, cells) in enumerate(top[:place]) if is_heading_row(cells)), place)
    number, cells = top[place]
    head = tuple(_head(top[:place]))
    below = grid.rows[place + 1 :]
    meanings = list(_once(cells, _meanings(cells, mapping, known)))
    asked = [
        at for at, name in enumerate(cells) if normal(name) not in mapping.columns and _is_question(at, name, below)
    ]
    for at, meaning in enumerate(meanings):
        if meaning.field == ATTRIBUTE and normal(cells[at]) not in mapping.columns and tells_who(cells[at], at, below):
            meanings[at] = Meaning("private")
    for at in asked:
        meanings[at] = Meaning(QUESTION) if meanings[at].field == ATTRIBUTE else meanings[at]
    if not any(one.field in {"level", "missing"} for one in meanings):
        meanings = [Meaning(ATTRIBUTE) if one.field in _OF_LEVELS else one for one in meanings]
    return Sheet(number, tuple(cells), tuple(meanings), head, below)


def is_heading_row(cells: Sequence[str]) -> bool:
    """Tell whether a row holds nothing but known headings: three or more, or who and what."""
    filled = dict.fromkeys(takewhile(_is_heading, filter(str.strip, cells)))
    if len(filled) < len(_PAIR) or not all(_is_heading(cell) for cell in cells if cell.strip()):
        return False
    fields = [split_state(headings()[normal(cell)])[0] for cell in filled]
    return len(filled) > len(_PAIR) or all(field in of for field, of in zip(fields, _PAIR, strict=True))


def _is_heading(cell: str) -> bool:
    return len(cell) <= _BRIEF and normal(cell) in headings()


def tells_who(heading: str, place: int, rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Tell whether a column nobody knows holds names, addresses or numbers of people, by its heading or its cells."""
    if _WHO.search(normal(heading)):
        return True
    cells = [row[place].strip() for _, row in rows[:_LOOKED] if place < len(row) and row[place].strip()]
    return bool(cells) and sum(bool(_ADDRESS.fullmatch(cell)) for cell in cells) * 2 > len(cells)


def _is_question(place: int, heading: str, rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Tell whether people write sentences in a column; below a question, a few words are enough."""
    answers = [cells[place].split() for _, cells in rows[:_LOOKED] if place < len(cells) and cells[place].strip()]
    words = sum(map(len, answers)) / len(answers) if answers else 0
    return words >= (_SHORT if heading.strip().endswith("?") else _SENTENCE)


def _head(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, str, str]]:
    """Read what stands above the table: a label, and its value right of it or behind a colon in the same cell."""
    for number, cells in rows:
        filled = [cell.strip() for cell in cells if cell.strip()]
        filled = list(dict.fromkeys(filled))  # a merged area has its words in every cell
        if len(filled) == 1 or all(_is_labelled(cell) for cell in filled):
            filled = [part.strip() for cell in filled for part in cell.split(":", maxsplit=1)]
        for label, value in zip_longest(filled[::2], filled[1::2], fillvalue=""):
            if value or normal(label) not in headings():  # a template's label with nothing beside it says nothing
                yield number, label, value


def _is_labelled(cell: str) -> bool:
    label, _, value = cell.partition(":")
    return bool(value.strip()) and normal(label) in headings()


def _meanings(cells: Sequence[str], mapping: ImportMapping, known: Known) -> list[Meaning]:
    return [meaning_of(cell, mapping, known) for cell in cells]


def meaning_of(heading: str, mapping: ImportMapping, known: Known) -> Meaning:
    """Tell what a column is for: by the mapping, by its heading, or by the component its heading names."""
    plain = normal(heading)
    if plain in mapping.columns:
        return mapping.columns[plain]
    if plain in headings():
        base, state = split_state(headings()[plain])
        return Meaning(base, "", state)
    return _of_component(heading, known) or Meaning(ATTRIBUTE)


def _of_component(heading: str, known: Known) -> Meaning | None:
    for name, rest in _partings(heading) if len(heading) <= _LONGEST else ():
        if component := known.components.get(normal(name)):
            about = component[0] if len(component) == 1 else name
            return Meaning(_found(_FIELDS, rest) or "level", about, _found(_STATES, rest))
    return None


def _found(patterns: dict[str, re.Pattern[str]], words: str) -> str:
    return next((name for name, pattern in patterns.items() if pattern.search(normal(words))), "")


def _partings(heading: str) -> Iterator[tuple[str, str]]:
    """Part a heading in a name and the rest, in every way that survey tools write them."""
    yield heading, ""
    if match := _BRACKETED.fullmatch(heading):
        yield match["inner"], match["outer"]
        yield match["outer"], match["inner"]
    for match in _PARTED.finditer(heading):
        yield heading[: match.start()], heading[match.end() :]
        yield heading[match.end() :], heading[: match.start()]
    for name, rest in _worded(heading):
        if _found(_STATES, rest) or _found(_FIELDS, rest):
            yield name, rest


def _worded(heading: str) -> Iterator[tuple[str, str]]:
    """Part a heading between its words, a few from either end: "I3 nu", "önskat läge Ledarskap"."""
    gaps = [(match.start(), match.end()) for match in _GAP.finditer(heading)]
    for start, end in gaps[-_FEW:]:
        yield heading[:start], heading[end:]
    for start, end in gaps[:_FEW]:
        yield heading[end:], heading[:start]


def _once(cells: Sequence[str], meanings: Sequence[Meaning]) -> Iterator[Meaning]:
    """Leave a field that is said once to the best of several columns; the others are kept as attributes."""
    best: dict[str, int] = {}
    for place, meaning in enumerate(meanings):
        if meaning.field not in OFTEN and _rank(cells, place) < _rank(cells, best.get(meaning.field, -1)):
            best[meaning.field] = place
    for place, meaning in enumerate(meanings):
        lost = meaning.field not in OFTEN and best[meaning.field] != place
        other = "private" if meaning.field in {"name", "email"} else ATTRIBUTE
        yield Meaning(other) if lost else meaning


def _rank(cells: Sequence[str], place: int) -> tuple[int, int]:
    if place < 0:
        return (10**6, 0)
    return (heading_order().get(normal(cells[place]), -1), place)
