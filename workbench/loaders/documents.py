"""A document as items: one, or one for each occasion it has a heading for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.loaders.grids import EXPERIMENT
from workbench.loaders.headings import meaning_of
from workbench.loaders.item import Cell, Item, Said
from workbench.loaders.known import Known
from workbench.loaders.mapping import ATTRIBUTE, ImportMapping, Meaning
from workbench.loaders.reading import Document
from workbench.loaders.vocabulary import headings, normal

_NEVER = {"private", "leave out"}
_FORM = 3  # so many headings of an experiment make a document one


@dataclass(frozen=True)
class Section:
    """A heading, "" before the first, and the words below it."""

    heading: str
    words: str


def sections_of(document: Document) -> list[Section]:
    """Part a document at its headings; together the sections hold every word."""
    starts = [(start, heading) for start, heading in document.headings]
    ends = [start for start, _ in starts[1:]] + [len(document.text)]
    first = document.text[: starts[0][0]] if starts else document.text
    found = [Section("", first.strip("\n"))] if first.strip() else []
    for (start, heading), end in zip(starts, ends, strict=True) if starts else ():
        found.append(Section(heading, document.text[start:end].strip("\n")))
    return found


def body_of(section: Section) -> str:
    """Return a section's words without the line of its heading."""
    return section.words.partition("\n")[2].strip("\n") if section.heading else section.words


def items_of_document(
    file: str, document: Document, mapping: ImportMapping, known: Known, inferred: Mapping[str, str]
) -> list[Item]:
    """Make the items of a document.

    Headings that name an occasion part it; headings of an experiment's form make it an experiment; headings A, B and
    A→B, or now and desired, give a text for each state. Any other document is one text, as it stands.
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
        if field in _NEVER or not words.strip():
            continue
        if field == ATTRIBUTE or field in fields or field in {"text", "level"}:
            attributes[label] = words
        else:
            fields[field] = Cell(words, label)
    return fields, attributes


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


def _items(item: Item, sections: Sequence[Section], whole: str, mapping: ImportMapping, known: Known) -> Iterator[Item]:
    meanings = [
        meaning_of(section.heading, mapping, known) if section.heading else Meaning(ATTRIBUTE) for section in sections
    ]
    answered = [
        (section, meaning) for section, meaning in zip(sections, meanings, strict=True) if body_of(section).strip()
    ]
    if sum(meaning.field in EXPERIMENT for meaning in meanings) >= _FORM:
        yield _experiment(item, answered)
    elif any(meaning.field == "text" and meaning.frame for meaning in meanings):
        yield replace(item, said=tuple(_stated(answered)))
    elif any(meaning.field == "prompt" for meaning in meanings):
        kept = "\n\n".join(section.words for section, _ in answered)
        yield replace(item, said=(Said(Cell(kept, "")),) if kept else ())
    else:
        yield replace(item, said=(Said(Cell(whole, "")),) if whole.strip() else ())


def _experiment(item: Item, answered: Sequence[tuple[Section, Meaning]]) -> Item:
    fields, components, said = dict(item.fields), [*item.components], []
    for section, meaning in answered:
        cell = Cell(body_of(section).strip(), section.heading)
        if meaning.field in EXPERIMENT:
            fields[meaning.field] = cell
        elif meaning.field == "component":
            components.append(cell)
        else:
            said.append(Said(Cell(section.words, section.heading)))
    return replace(item, fields=fields, components=tuple(components), said=tuple(said))


def _stated(answered: Sequence[tuple[Section, Meaning]]) -> Iterator[Said]:
    """Give each state its text; what stands under other headings is a text of its own, headings and all."""
    for section, meaning in answered:
        if meaning.field == "text" and meaning.frame:
            yield Said(Cell(body_of(section), section.heading), meaning.component, meaning.frame)
    if others := [section.words for section, meaning in answered if not (meaning.field == "text" and meaning.frame)]:
        yield Said(Cell("\n\n".join(others), ""))
