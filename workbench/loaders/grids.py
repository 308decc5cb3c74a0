"""The rows of a table as items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.loaders.cellplace import column_letters
from workbench.loaders.headings import QUESTION, Sheet
from workbench.loaders.item import Cell, Item, Rated, Said
from workbench.loaders.mapping import ATTRIBUTE, LEFT_OUT, Meaning
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import headings, normal

EXPERIMENT = {
    "title", "experiment kind", "assumption", "test", "sign", "status", "not_done_reason", "started", "ended",
    "happened", "learning_innovation", "learning_leading", "result", "decision", "decided", "follows",
}  # fmt: skip
BESIDE = ("evidence", "confidence", "target", "missing")  # said of the level they stand beside
_NEVER = {"private", LEFT_OUT}
_PREPRINTED = {"component"}
NOT_KNOWN = tell("The study has no column for it. It is kept with each text of its row, under its heading.")
NAME_IT = tell("Name what it is in a mapping, if it is something the study knows.")
PRIVATE = tell("It may tell who somebody is, and is not taken in.")
NOTHING_TO_DO = tell("Nothing needs to be done.")


def items_of(file: str, sheet: Sheet, name: str, inferred: Mapping[str, str]) -> tuple[list[Item], list[Problem]]:
    """Make an item of every row below the headings; a row with nothing in it but what a template prints is none.

    Parameters
    ----------
    file, name : str
        Path of the file and name of its sheet.
    sheet : Sheet
    inferred : mapping of str to str
        What the path tells.

    Returns
    -------
    items : list of Item
    problems : list of Problem
        Rows longer than the headings, headings repeated among the rows; and which columns are kept as attributes
        or left out.
    """
    above, problems = _head(sheet)
    said = {**inferred, **{field: cell.words for field, cell in above.items()}}
    items: list[Item] = []
    read = Columns(sheet)
    for number, cells in sheet.rows:
        if list(cells[: len(sheet.names)]) == list(sheet.names):
            continue  # a heading repeated, as where several exports were put into one file
        if extra := [cell for cell in cells[len(sheet.names) :] if cell.strip()]:
            problems.append(_too_long(number, extra[0], len(sheet.names)))
        item = read.item(file, name, number, cells, said)
        if item is not None:
            items.append(item)
    return items, [*problems, *_told_columns(sheet)]


def _head(sheet: Sheet) -> tuple[dict[str, Cell], list[Problem]]:
    """Read what stands above the headings: known labels say what holds for every row, others are told."""
    said, problems = {}, []
    for row, label, value in sheet.head:
        field = headings().get(normal(label))
        if field is None:
            rule = tell("Above the table stands something that is not read.")
            cure = tell("If it matters, give it a column of its own.")
            problems.append(Problem("", "", row, label[:40], value[:40], rule, cure, "flag"))
        else:
            said[field] = Cell(value, label)
    return said, problems


class Columns:
    """Columns by what they are for, to read many rows with."""

    def __init__(self, sheet: Sheet) -> None:
        self.names = sheet.names
        self.kept = _names_apart(sheet.names)
        self.open_questions = sum(one.field == "text" and not one.frame for one in sheet.meanings) > 1
        self.columns = [(place, meaning) for place, meaning in enumerate(sheet.meanings) if meaning.field not in _NEVER]
        self.levels = [place for place, meaning in self.columns if meaning.field == "level"]
        self.beside = {place: self._level_of(place) for place, meaning in self.columns if meaning.field in BESIDE}

    def _level_of(self, place: int) -> int:
        """Tell which level a column such as "how sure" is about: the nearest on its left, else the first."""
        return max((level for level in self.levels if level < place), default=min(self.levels, default=-1))

    def item(self, file: str, sheet: str, row: int, cells: Sequence[str], inferred: Mapping[str, str]) -> Item | None:
        """Make a row's item."""
        filled = [
            (place, meaning) for place, meaning in self.columns if place < len(cells) and _is_filled(cells[place])
        ]
        if not any(meaning.field not in _PREPRINTED for _, meaning in filled):
            return None
        by_field: dict[str, list[tuple[int, Meaning, Cell]]] = {}
        for place, meaning in filled:
            by_field.setdefault(meaning.field, []).append((place, meaning, Cell(cells[place], self.names[place])))
        return Item(
            file,
            sheet,
            row,
            fields={name: found[0][2] for name, found in by_field.items() if name not in _LISTED},
            components=tuple(cell for _, _, cell in by_field.get("component", ())),
            said=tuple(self._said(by_field)),
            rated=tuple(self._rated(by_field)),
            attributes={self.kept[place]: cell.words for place, _, cell in by_field.get(ATTRIBUTE, ())},
            inferred=inferred,
        )

    def _said(self, found: dict[str, list[tuple[int, Meaning, Cell]]]) -> Iterator[Said]:
        for _, meaning, cell in found.get("prompt", ()):
            yield Said(cell, meaning.component, meaning.frame, prompt=True)
        for _, meaning, cell in found.get("text", ()):
            yield Said(cell, meaning.component, meaning.frame, apart=self.open_questions)
        for _, _, cell in found.get(QUESTION, ()):
            yield Said(cell, apart=True)

    def _rated(self, found: dict[str, list[tuple[int, Meaning, Cell]]]) -> Iterator[Rated]:
        beside = [(place, name, cell) for name in BESIDE for place, _, cell in found.get(name, ())]
        levels = {place: (meaning, cell) for place, meaning, cell in found.get("level", ())}
        asked = [place for place in self.levels if place in levels or self._is_missing(place, beside)]
        for place in asked:
            meaning, cell = levels.get(place, (Meaning("level"), Cell("", self.names[place])))
            mine = tuple((name, one) for where, name, one in beside if self.beside[where] == place)
            yield Rated(cell, meaning.component, meaning.frame, mine)
        if not self.levels and (missing := found.get("missing")):
            yield Rated(Cell("", ""), beside=(("missing", missing[0][2]),))

    def _is_missing(self, place: int, beside: list[tuple[int, str, Cell]]) -> bool:
        return any(name == "missing" and self.beside[where] == place for where, name, _ in beside)


def _names_apart(headings: Sequence[str]) -> list[str]:
    """Name each column as none before it; one without a heading by its letters."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading.strip() or column_letters(place)
        names.append(name if name not in names else f"{name} ({column_letters(place)})")
    return names


def _is_filled(cell: str) -> bool:
    return bool(cell) and not cell.isspace()  # which, unlike strip, makes no copy of a long text


_LISTED = {"component", "prompt", "text", "level", QUESTION, ATTRIBUTE, *BESIDE}


def _too_long(row: int, found: str, width: int) -> Problem:
    rule = tell("The row has more cells than the {width} headings.", width=width)
    cure = tell("Give every column a heading; in a CSV file, put a text with a comma or a semicolon in double quotes.")
    return Problem("", "", row, "", found[:40], rule, cure)


def _told_columns(sheet: Sheet) -> Iterator[Problem]:
    """Say which columns are kept as they are, and which are not kept."""
    for place, (name, meaning) in enumerate(zip(_names_apart(sheet.names), sheet.meanings, strict=True)):
        if not sheet.names[place].strip() and not any(
            _is_filled("".join(cells[place:][:1])) for _, cells in sheet.rows
        ):
            continue
        if meaning.field == ATTRIBUTE:
            yield Problem("", "", sheet.heading_row, name[:80], "", NOT_KNOWN, NAME_IT, "flag")
        elif meaning.field == QUESTION:
            rule = tell("It was taken for an open question: each answer is a text of its own.")
            cure = tell("Say in a mapping that it is an attribute, if it is none.")
            yield Problem("", "", sheet.heading_row, name[:80], "", rule, cure, "flag")
        elif meaning.field == "private":
            yield Problem("", "", sheet.heading_row, name[:80], "", PRIVATE, NOTHING_TO_DO, "changed")
