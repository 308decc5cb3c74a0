"""A document as items: one, or one for each occasion it has a heading for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.loaders.items.forms import form_items
from workbench.loaders.items.grids import told_of_attribute
from workbench.loaders.items.item import Cell, Item, Said
from workbench.loaders.items.known import Known
from workbench.loaders.items.mapping import ATTRIBUTE, ImportMapping
from workbench.loaders.items.sections import Section, sections_of
from workbench.loaders.items.tables import NOTHING_TO_DO, PRIVATE
from workbench.loaders.problem import Problem
from workbench.loaders.reading import Document
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import headings, normal

_NEVER = {"private", "leave out"}


def items_of_document(
    file: str, document: Document, mapping: ImportMapping, known: Known, inferred: Mapping[str, str]
) -> list[Item]:
    """Make the items of a document.

    Headings that name an occasion part it. A document with headings of a hand-in form is read as one: see
    `workbench.loaders.items.forms`. Any other is one text, as it stands.
    """
    fields, attributes = _fields(document.fields)
    document = _with_codes(document, known)
    sections = sections_of(document)
    parts = _by_occasion(sections, known)
    items: list[Item] = []
    for occasion, within in parts:
        said = {**inferred, **({"occasion": occasion} if occasion else {})}
        item = Item(
            file, occasion if len(parts) > 1 else "", 0, fields=dict(fields), attributes=attributes, inferred=said
        )
        whole = document.text if len(parts) == 1 else "\n\n".join(section.words for section in within)
        items += _items(item, within, whole, mapping, known)
    return items


def _with_codes(document: Document, known: Known) -> Document:
    """Write the codes of those who speak in place of their names, where they are known."""
    text = document.text
    for speaker in document.speakers:
        if code := known.find_person(speaker):
            text = re.sub(rf"^(\[[\d:.]+\] ){re.escape(speaker)}:", rf"\g<1>{code}:", text, flags=re.MULTILINE)
    return replace(document, text=text)


def _fields(told: Mapping[str, str]) -> tuple[dict[str, Cell], dict[str, str]]:
    fields: dict[str, Cell] = {}
    attributes: dict[str, str] = {}
    for label, words in told.items():
        field = headings().get(normal(label), ATTRIBUTE)
        if field in _NEVER or not words.strip() or (field in {"name", "email"} and field in fields):
            continue
        if field == ATTRIBUTE or field in fields or field in {"text", "level"}:
            attributes[label] = words
        else:
            fields[field] = Cell(words, label)
    return fields, attributes


def document_problems(document: Document, items: Sequence[Item], known: Known) -> Iterator[Problem]:
    """Say which labels are kept as they are, which are not kept, and whose names became codes."""
    _, attributes = _fields(document.fields)
    for label, words in document.fields.items():
        if label in attributes:
            yield from told_of_attribute(label, 0, items)
        elif words.strip() and headings().get(normal(label)) == "private":
            yield Problem("", "", 0, label[:80], "", PRIVATE, NOTHING_TO_DO, "changed")
    if codes := [code for speaker in document.speakers if (code := known.find_person(speaker))]:
        rule = tell("The names of those who speak were replaced by their codes.")
        yield Problem("", "", 0, "", ", ".join(codes), rule, NOTHING_TO_DO, "changed")


def _by_occasion(sections: Sequence[Section], known: Known) -> list[tuple[str, list[Section]]]:
    parts: list[tuple[str, list[Section]]] = [("", [])]
    for section in sections:
        if is_occasion(section.heading, known):
            parts.append((section.heading, []))
        parts[-1][1].append(section)
    return [part for part in parts if part[0] or any(section.words.strip() for section in part[1])] or parts


def is_occasion(heading: str, known: Known) -> bool:
    """Tell whether a heading names an occasion, by its word and number or by its title."""
    return bool(heading) and not normal(heading)[:1].isdigit() and known.find_occasion(heading)[0] is not None


def _items(item: Item, sections: Sequence[Section], whole: str, mapping: ImportMapping, known: Known) -> list[Item]:
    filled = form_items(item, sections, mapping, known)
    if filled is not None:
        return filled
    return [item._replace(said=(Said(Cell(whole, "")),) if whole.strip() else ())]
