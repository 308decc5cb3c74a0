"""One item held against what the study knows: who, where, when, what; and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from workbench.loaders.items.days import home_day, last_day_of, read_day
from workbench.loaders.items.item import Cell, Item
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.problem import Problem, Weight
from workbench.loaders.told import Told, tell
from workbench.loaders.vocabulary import allowed_for, normal, words_for

_NOON = dt.time(12, tzinfo=dt.UTC)
_SHORT = 60  # characters of what was found that are shown


@dataclass
class Case:
    """An item being judged.

    Attributes
    ----------
    style : str or None
        Whether its table writes the day or the month first.
    problems : list of Problem
        What was found so far; an item with one that is refused is not taken.
    kept : dict of str to str
        By heading: words that have no place in the study, and are kept with the item's texts.
    is_answered : bool
        Whether something stands for no answer: then there is nothing to take, and nothing to mend.
    """

    item: Item
    known: Known
    mapping: ImportMapping
    style: str | None = None
    problems: list[Problem] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    is_answered: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether anything keeps it from being taken."""
        return bool(self.problems) and any(problem.weight == "refused" for problem in self.problems)

    def tell(self, cell: Cell, rule: Told, cure: Told, weight: Weight = "refused") -> None:
        """Note a problem with a cell."""
        found = cell.words if len(cell.words) <= _SHORT else cell.words[:_SHORT] + "…"
        item = self.item
        self.problems.append(Problem(item.file, item.sheet, item.row, cell.heading, found, rule, cure, weight))

    def leave(self, cell: Cell, left: str, rule: Told, cure: Told | None = None) -> None:
        """Keep words of a cell that have no place in the study with the row's texts; where it has none, say so."""
        if any(one.cell.words.strip() for one in self.item.said):
            heading = cell.heading
            while heading in self.item.attributes or self.kept.get(heading, cell.words) != cell.words:
                heading += " "
            self.kept[heading] = cell.words
            self.tell(Cell(left, cell.heading), rule, tell("It is kept with the text of the row."), "flag")
        else:
            cure = cure or tell("If it matters, write it in a column of texts.")
            self.tell(Cell(left, cell.heading), rule, cure, "changed")

    def mapped(self, name: str, words: str) -> str:
        """Return what the mapping makes of a cell's words."""
        return self.mapping.values.get(name, {}).get(normal(words), words)

    def cell(self, name: str) -> Cell:
        """Return what is said of a field, by the item or by where it lay."""
        return Cell(self.item.words(name).strip(), self.item.heading(name))

    def __post_init__(self) -> None:
        """Gather every field's words, or what the mapping makes of them: fourteen are asked for of each row."""
        told = {**self.mapping.defaults, **self.item.inferred}
        for name, cell in self.item.fields.items():
            if words := cell.words.strip():
                told[name] = words
        for name, values in self.mapping.values.items():
            if name in told:
                told[name] = values.get(normal(told[name]), told[name])
        self._values = told

    def value(self, name: str) -> str:
        """Return a field's words, what the mapping makes of them, or what it says where nothing is said."""
        return self._values.get(name, "")

    def choice(self, name: str, default: str | None = None) -> str | None:
        """Return one of a field's allowed values."""
        words = self._values.get(name)
        if words is None:
            return default
        found = words_for(name).get(normal(words))
        if found is None:
            rule = tell("It must be one of: {allowed}.", allowed=allowed_for(name))
            self.tell(self.cell(name), rule, tell("Choose one of them, or say in a mapping what it stands for."))
        return found

    def moment(self) -> dt.datetime | None:
        """Return when it was written, in UTC; None when nobody says."""
        words = self.value("written")
        if not words:
            return None
        cell = self.cell("written")
        moment, unclear = read_day(words, self.style)
        if unclear:
            rule = tell("It can be one of two days.")
            self.tell(cell, rule, tell("Write the year first: 2025-04-03."))
        elif moment is None:
            self.tell(
                cell, tell("It is no day that can be read."), tell("Write it as 2025-04-03, with a time if you like.")
            )
        elif words.replace(".", "", 1).isdigit() and len(words.partition(".")[0]) < len("20250403"):
            rule = tell("It is a spreadsheet's number for a day.")
            self.tell(cell, rule, tell("It was read as {day}.", day=f"{home_day(moment)}"), "changed")
        return moment

    def day(self, cell: Cell | None) -> str | None:
        """Return the day that a cell tells, in ISO 8601."""
        if cell is None:
            return None
        if (end := last_day_of(cell.words)) is not None:
            rule = tell("It is a month or a year, and no day.")
            self.tell(cell, rule, tell("It was taken as its last day, {day}.", day=f"{end}"), "changed")
            return end.isoformat()
        moment, _ = read_day(cell.words, self.style)
        if moment is None:
            self.tell(cell, tell("It is no day that can be read."), tell("Write it as 2025-04-03."))
        return home_day(moment).isoformat() if moment else None

    def occasion(self, moment: dt.datetime | None) -> str | None:
        """Return the occasion it was written at, or at home after: as named, else by the day."""
        words = self.value("occasion")
        if not words:
            return self._occasion_by_day(moment)
        cell = self.cell("occasion")
        found, rest = self.known.find_occasion(words)
        if found is None:
            rule = tell("The study has no such occasion.")
            self.tell(cell, rule, tell("Write its number, such as 3, or its title as the study has it."))
        elif rest:
            rule = tell("Behind the number stands something that is not read.")
            self.tell(cell, rule, tell("It was taken as occasion {number}.", number=found), "changed")
        elif (
            moment
            and self.known.occasion_at(home_day(moment)) != found
            and self.known.last_day(found) > home_day(moment)
        ):
            rule = tell("It was written before that occasion.")
            self.tell(cell, rule, tell("Look whether the day or the occasion is right."), "flag")
        return found

    def _occasion_by_day(self, moment: dt.datetime | None) -> str | None:
        found = self.known.occasion_at(home_day(moment)) if moment else None
        if found is None and not any(problem.column == self.item.heading("written") for problem in self.problems):
            rule = tell("Nothing tells which occasion it belongs to.")
            cure = tell("Write the occasion's number, or the day, in a column, above the table or in the file's name.")
            self.tell(self.cell("written"), rule, cure)
        return found

    def written(self, moment: dt.datetime | None, occasion: str) -> dt.datetime:
        """Return when it was written; where nobody says, noon of the occasion's last day, and that is told."""
        if moment is not None:
            return moment
        day = self.known.last_day(occasion)
        rule = tell("Nothing tells when it was written.")
        cure = tell("It was given the occasion's last day, {day}.", day=f"{day}")
        if not any(problem.rule == rule for problem in self.problems):
            self.tell(Cell("", ""), rule, cure, "changed")
        return dt.datetime.combine(day, _NOON)

    def component(self, cell: Cell, organisation: str | None) -> str | None:
        """Return a component by what it is called."""
        found = self.known.find_component(self.mapped("component", cell.words), organisation)
        if found is None:
            rule = tell("The study has no such component, or it is another organisation's.")
            self.tell(cell, rule, tell("Write its name or code as the study has it."))
        return found

    def experiment(self, name: str, organisation: str | None) -> str | None:
        """Return an experiment of the organisation by its title or code."""
        words = self.value(name)
        found = self.known.experiments.get((organisation or "", normal(words))) if words else None
        if words and found is None:
            rule = tell("The organisation has no such experiment.")
            self.tell(self.cell(name), rule, tell("Write its title as it was when it was designed, or its code."))
        return found
