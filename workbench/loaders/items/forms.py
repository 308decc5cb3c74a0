"""A document that is a filled-in form: each heading with the words below it is read as a column with its cell."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.loaders.items.columns import Columns
from workbench.loaders.items.grids import EXPERIMENT
from workbench.loaders.items.headings import OFTEN, QUESTION, Sheet, meaning_of
from workbench.loaders.items.item import Cell, Item, Said
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping, Meaning
from workbench.loaders.items.sections import Section, body_of
from workbench.loaders.vocabulary import is_help

_FORM = 3  # so many headings of an experiment make a document one
Answer = tuple[Section, Meaning]


def form_items(item: Item, sections: Sequence[Section], mapping: ImportMapping, known: Known) -> list[Item] | None:
    """Read a form; None when the document is none.

    A form asks prompts, tells of an experiment, has a text for a state (A and B, now and desired) or levels. Below a
    heading that names a component, everything is about that component, and is an item of its own; so is what follows
    where a heading comes once more that is answered once. What stands under a heading that no form has is a text of
    its own.
    """
    asked = [section for section in sections if not is_help(section.heading, section.words.split("\n"))]
    answers = [(section, _meaning(section, mapping, known)) for section in asked]
    if not _is_form([meaning for _, meaning in answers]):
        return None
    items = [
        _item(item, part, about)
        for about, whole in _by_component(answers)
        for part in _filled_in_again(whole)
        if any(body_of(one).strip() for one, _ in part)
    ]
    return [one for one in items if one is not None]


def _meaning(section: Section, mapping: ImportMapping, known: Known) -> Meaning:
    found = meaning_of(section.heading, mapping, known) if section.heading else Meaning(ATTRIBUTE)
    return Meaning(QUESTION) if found.field == ATTRIBUTE and section.heading else found


def _is_form(meanings: Sequence[Meaning]) -> bool:
    stated = any(one.field == "text" and one.frame for one in meanings)
    levels = any(one.field == "level" and not one.component for one in meanings)
    experiment = sum(one.field in EXPERIMENT for one in meanings) >= _FORM
    return stated or levels or experiment or any(one.field == "prompt" for one in meanings)


def _by_component(answers: Sequence[Answer]) -> list[tuple[Section | None, list[Answer]]]:
    """Part a form at the headings that name a component and have nothing below them but other headings."""
    parts: list[tuple[Section | None, list[Answer]]] = [(None, [])]
    for section, meaning in answers:
        if meaning.component and not body_of(section).strip():
            parts.append((section, []))
        else:
            parts[-1][1].append((section, meaning))
    return parts


def _filled_in_again(answers: Sequence[Answer]) -> list[list[Answer]]:
    """Part a form where a heading comes once more that is answered once, as the title of a second experiment."""
    parts: list[list[Answer]] = [[]]
    seen: set[str] = set()
    for section, meaning in answers:
        if meaning.field in seen:
            parts.append([])
            seen.clear()
        if meaning.field not in OFTEN:
            seen.add(meaning.field)
        parts[-1].append((section, meaning))
    return parts


def _item(item: Item, answers: Sequence[Answer], about: Section | None) -> Item | None:
    headed = [(section, meaning) for section, meaning in answers if section.heading]
    names = tuple(section.heading for section, _ in headed)
    sheet = Sheet(0, names, tuple(meaning for _, meaning in headed), (), ())
    place = about.heading if about else item.sheet
    found = Columns(sheet).item(item.file, place, item.row, [body_of(section) for section, _ in headed], item.inferred)
    before = tuple(
        Said(Cell(section.words, "")) for section, _ in answers if not section.heading and section.words.strip()
    )
    if found is None and not before:
        return None
    found = found or item._replace(sheet=place)
    named = (Cell(about.heading, about.heading),) if about else ()
    fields = {**item.fields, **found.fields}
    attributes = {**item.attributes, **found.attributes}
    return found._replace(
        fields=fields, attributes=attributes, said=(*before, *found.said), components=(*named, *found.components)
    )
