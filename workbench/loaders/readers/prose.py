"""A text put together line by line, and an account of what was left out of it: the same for Word and OpenDocument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from workbench.loaders.problem import NOTHING, Problem, Weight
from workbench.loaders.reading import Document
from workbench.loaders.told import Told, tell

_LONGEST_LABEL = 100  # a label that is longer is text in a table made for its looks
_LOOK = tell("Look whether they belong to the text.")
_PASTE = tell("Write what they say in the text.")

LEFT_OUT: Mapping[str, tuple[Weight, Told, Told]] = {
    "inserted": ("changed", tell("Tracked insertions, kept: {count}."), NOTHING),
    "deleted": ("changed", tell("Tracked deletions, left out: {count}."), NOTHING),
    "moved": ("changed", tell("Passages moved with tracked changes, kept where they went: {count}."), NOTHING),
    "notes": ("changed", tell("Footnotes and endnotes, put at the end: {count}."), NOTHING),
    "unfilled": ("changed", tell("Fields that were not filled in, left out: {count}."), NOTHING),
    "margins": ("changed", tell("Page headers and footers, left out: {count}."), _LOOK),
    "hidden": ("flag", tell("Hidden passages, left out: {count}."), _LOOK),
    "comments": ("flag", tell("A comment in the margin is left out."), tell("Look whether it belongs to the text.")),
    "pictures": ("flag", tell("Pictures and drawings, not read: {count}."), _PASTE),
    "embedded": ("flag", tell("Other documents, charts or diagrams within this one, not read: {count}."), _PASTE),
    "symbols": ("flag", tell("Signs of a symbol font that no other font has, kept as □: {count}."), _PASTE),
    "soft": ("flag", tell("Soft hyphens, kept: {count}."), NOTHING),
    "unknown": ("flag", tell("Notes that the text names and the file lacks: {count}."), NOTHING),
}


@dataclass
class LeftOut:
    """What is not in the text as it stood in the file: how often, and the words where they are to be seen."""

    counts: Counter[str] = field(default_factory=Counter)
    words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, words: str = "") -> None:
        """Count one more, with its words if a person has to judge them."""
        self.counts[kind] += 1
        if words.strip():
            self.words.setdefault(kind, []).append(words.strip())

    def add_margins(self, margins: Iterable[str]) -> None:
        """Count headers and footers, each once, unless they are a page's number."""
        for words in dict.fromkeys(margin.strip() for margin in margins):
            if words.strip("0123456789 \n\t"):
                self.add("margins", words)

    def problems(self) -> list[Problem]:
        """Tell of everything, each comment by itself."""
        kinds = [kind for kind in LEFT_OUT if self.counts[kind] and kind != "comments"]
        told = [self._problem(kind, " / ".join(self.words.get(kind, []))) for kind in kinds]
        return told + [self._problem("comments", words) for words in self.words.get("comments", [])]

    def _problem(self, kind: str, found: str) -> Problem:
        weight, rule, cure = LEFT_OUT[kind]
        counted = replace(rule, values=(("count", self.counts[kind]),)) if "{count}" in rule.words else rule
        return Problem("", "", 0, "", found, counted, cure, weight)


@dataclass
class Prose:
    """Lines of a text, or of a cell, a note or a text box within it (``within``)."""

    within: bool = False
    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    begun: bool = False
    _open: str = ""

    def add(self, words: str, *, mark: str = "", heading: bool = False, goes_on: bool = False) -> None:
        """Add a paragraph; one whose end was deleted ``goes_on`` in the next."""
        words = self._open + words.replace("\r\n", "\n").replace("\r", "\n")
        self._open = words if goes_on else ""
        if goes_on:
            return
        if heading and words.strip():
            self.headings.append((len(self.lines), " ".join(words.split())))
        self.begun = self.begun or bool(words.strip() and not heading)
        self.lines.append(mark + words if words.strip() else words)

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, a row a line; before the first words one of labels and values is the document's head."""
        if not self.begun and not self.within and self._are_fields(rows):
            self.fields.update((label.strip(), value.strip()) for label, value in rows)
            return
        for row in rows:
            self.add("\t".join(row))

    def _are_fields(self, rows: Sequence[Sequence[str]]) -> bool:
        """Tell whether rows are labels, short and each its own, and values."""
        if not rows or any(len(row) != 2 for row in rows):  # noqa: PLR2004 - a label and a value
            return False
        labels = [row[0].strip() for row in rows]
        short = all(0 < len(label) <= _LONGEST_LABEL and "\n" not in label for label in labels)
        return short and len({*labels, *self.fields}) == len(labels) + len(self.fields)

    def text(self) -> str:
        """Return the lines as they stand."""
        return "\n".join([*self.lines, self._open] if self._open else self.lines)

    def document(self, notes: Sequence[str] = ()) -> Document:
        """Make the document: notes at the end, nothing at the ends but words, headings where they then stand."""
        text = self.text()
        if notes:
            text = "\n".join((text.rstrip(), "", *notes))
        starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        before = len(text) - len(text.lstrip())
        headings = [(max(starts[line] - before, 0), words) for line, words in self.headings]
        return Document(text.strip(), dict(self.fields), headings)
