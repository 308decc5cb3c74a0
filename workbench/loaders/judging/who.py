"""Whose an item is: the person, or the organisation together."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.loaders.items.item import Cell
from workbench.loaders.judging.case import Case
from workbench.loaders.problem import Problem
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal, words_for

NAMING = ("person", "email", "name")
Named = tuple[str, str | None]  # a field of `NAMING`, and the code of whom its words mean


def whose(case: Case) -> tuple[str | None, str | None]:
    """Return the codes of who wrote or rated (None for what is joint), and of the organisation."""
    person = _person(case)
    return person, _organisation(case, person)


def _person(case: Case) -> str | None:
    """Return whom the item names; where it names nobody who is known, whom its file or sheet names."""
    own, outer = _named(case)
    decisive = own if _codes(own) or any(name == "person" for name, _ in own) else [*own, *outer]
    codes = _codes(decisive)
    if len(codes) > 1:
        _tell_two(case, [name for name, code in decisive if code])
        return None
    if not codes:
        if decisive:
            _tell_nobody(case, decisive[0][0])
        return None
    for name in [name for name, code in decisive if code is None]:
        _tell_beside(case, name, codes[0])
    if codes[0] in case.known.withdrawn:
        _tell_withdrawn(case, next(name for name, code in decisive if code))
    return codes[0]


def _named(case: Case) -> tuple[list[Named], list[Named]]:
    """List who is named, by the item itself and by where it lay."""
    said = {name: words for name in NAMING if (words := case.value(name))}
    own = [name for name in said if case.item.fields.get(name, Cell("", "")).words.strip()]
    outer = [name for name in said if name not in own]
    if case.item.heading("organisation") and not own:
        outer = [name for name in outer if name != "name"]  # a file's name may be its keeper's
    found = {name: case.known.find_person(words) for name, words in said.items()}
    return [(name, found[name]) for name in own], [(name, found[name]) for name in outer]


def _codes(named: Sequence[Named]) -> list[str]:
    return list(dict.fromkeys(code for _, code in named if code))


def _tell_two(case: Case, names: Sequence[str]) -> None:
    both = " | ".join(dict.fromkeys(case.value(name) for name in names))
    heading = next((case.item.heading(name) for name in names if case.item.heading(name)), "")
    rule = tell("The code and the name, or the address, are of two different people.")
    case.tell(Cell(both, heading), rule, tell("Mend one of the two."))


def _tell_nobody(case: Case, name: str) -> None:
    rule = tell("Nobody in the study is known by that.")
    cure = tell("Add the person to the study, and the name or address to the names kept with the accounts.")
    case.tell(case.cell(name), rule, cure)


def _tell_beside(case: Case, name: str, code: str) -> None:
    """Tell of words that name nobody who is known beside some that do; of a whole column where no names are kept."""
    item = case.item
    if normal(case.value(name)) in words_for("nobody"):
        return
    if name == "person" or case.known.people:
        rule = tell("Nobody in the study is known by that, but by what stands beside it.")
        cure = tell("It was taken as {person}'s. Mend the one that is wrong.", person=code)
        case.tell(case.cell(name), rule, cure, "changed")
        return
    rule = tell("No names are kept with the accounts: it was not compared with the code beside it.")
    cure = tell("Nothing needs to be done if the codes are right.")
    case.problems.append(Problem(item.file, item.sheet, 0, item.heading(name), "", rule, cure, "changed"))


def _tell_withdrawn(case: Case, name: str) -> None:
    rule = tell("The person has withdrawn from the study, and nothing more is taken in.")
    cure = tell("Ask for a new consent first, if the person wants to take part.")
    case.tell(case.cell(name), rule, cure)


def _organisation(case: Case, person: str | None) -> str | None:
    """Return whose it is: the person's organisation, or the one that is named."""
    words, home = case.value("organisation"), case.known.homes.get(person or "")
    found = case.known.find_organisation(words) if words else home
    if words and found is None and (home is None or case.item.heading("organisation")):
        rule = tell("The study has no such organisation.")
        case.tell(case.cell("organisation"), rule, tell("Write its name or code as the study has it."))
    elif home and found != home and case.item.heading("organisation"):
        rule = tell("The person belongs to {home}.", home=home)
        case.tell(case.cell("organisation"), rule, tell("Mend one of the two."))
    elif found is None and not any(case.value(name) for name in NAMING):
        rule = tell("Nothing tells who wrote it, or for which organisation.")
        cure = tell("Write the person's code, or the organisation, in a column, above the table or in the file's name.")
        case.tell(Cell("", ""), rule, cure)
    return home or found
