"""A document parted at its headings."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.loaders.reading import Document


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
