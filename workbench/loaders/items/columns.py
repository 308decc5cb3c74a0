"""The columns of a table, ready to read many rows with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.loaders.items.headings import QUESTION, Sheet
from workbench.loaders.items.item import Cell, Item, Rated, Said
from workbench.loaders.items.mapping import ATTRIBUTE, LEFT_OUT, Meaning
from workbench.loaders.readers.cellplace import column_letters

BESIDE = ("evidence", "confidence", "target", "missing")  # said of the level they stand beside
_NEVER = {"private", LEFT_OUT}
_PREPRINTED = {"component"}
_SAID = ("prompt", "text", QUESTION)
_LISTED = {"component", "level", ATTRIBUTE, *_SAID, *BESIDE}
At = Mapping[int, Cell]  # what is filled in, by column


class Columns:
    """What each column is for, sorted out once.

    Parameters
    ----------
    sheet : Sheet
    """

    def __init__(self, sheet: Sheet) -> None:
        self.names, self.meanings = sheet.names, sheet.meanings
        kept = names_apart(sheet.names)
        self.places = [place for place, meaning in enumerate(sheet.meanings) if meaning.field not in _NEVER]
        self.single = [(place, field) for place in self.places if (field := self._field(place)) not in _LISTED]
        self.preprinted = {place for place in self.places if self._field(place) in _PREPRINTED}
        self.components = self._of("component")
        self.said = [self._as_said(place) for field in _SAID for place in self._of(field)]
        self.attributes = [(place, kept[place]) for place in self._of(ATTRIBUTE)]
        self.levels = self._of("level")
        self.beside = [(place, name, self._level_of(place)) for name in BESIDE for place in self._of(name)]

    def _field(self, place: int) -> str:
        return self.meanings[place].field

    def _of(self, field: str) -> list[int]:
        return [place for place in self.places if self._field(place) == field]

    def _as_said(self, place: int) -> tuple[int, Meaning, bool, bool]:
        """Tell of a column of texts whether it is a prompt's, and whether each text in it is an entry of its own."""
        open_questions = sum(one.field == "text" and not one.frame for one in self.meanings) > 1
        field = self._field(place)
        return place, self.meanings[place], field == "prompt", field == QUESTION or (field == "text" and open_questions)

    def _level_of(self, place: int) -> int:
        """Tell which level a column such as "how sure" is about: the nearest on its left, else the first."""
        return max((level for level in self.levels if level < place), default=min(self.levels, default=-1))

    def item(self, file: str, sheet: str, row: int, cells: Sequence[str], inferred: Mapping[str, str]) -> Item | None:
        """Make a row's item; None when nothing is filled in but what a template prints."""
        at = self._filled(cells)
        if at.keys() <= self.preprinted:
            return None
        return Item(
            file,
            sheet,
            row,
            {field: at[place] for place, field in self.single if place in at},
            tuple([at[place] for place in self.components if place in at]),
            tuple([Said(at[place], about.component, about.frame, prompt, apart)
                   for place, about, prompt, apart in self.said if place in at]),
            tuple(self._rated(at)) if self.levels or self.beside else (),
            {name: at[place].words for place, name in self.attributes if place in at},
            inferred,
        )  # fmt: skip

    def _filled(self, cells: Sequence[str]) -> dict[int, Cell]:
        width, at = len(cells), {}
        for place in self.places:
            words = cells[place] if place < width else ""
            if words and not words.isspace():  # which, unlike strip, makes no copy of a long text
                at[place] = Cell(words, self.names[place])
        return at

    def _rated(self, at: At) -> Iterator[Rated]:
        for place in self.levels:
            beside = tuple((name, at[where]) for where, name, level in self.beside if level == place and where in at)
            if place in at or beside:
                about = self.meanings[place]
                yield Rated(at.get(place, Cell("", self.names[place])), about.component, about.frame, beside)
        if not self.levels and (alone := tuple((name, at[where]) for where, name, _ in self.beside if where in at)):
            yield Rated(Cell("", ""), beside=alone)


def names_apart(headings: Sequence[str]) -> list[str]:
    """Name each column as none before it; one without a heading by its letters."""
    names: dict[str, None] = {}
    for place, heading in enumerate(headings, start=1):
        name = heading.strip() or column_letters(place)
        while name in names:
            name = f"{name} ({column_letters(place)})"
        names[name] = None
    return list(names)
