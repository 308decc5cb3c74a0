"""One thing handed in, before it is known what of the study it names: a row of a table, or a text of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

_NONE: Mapping[str, Any] = MappingProxyType({})


class Cell(NamedTuple):
    """Words, and the heading they stood under."""

    words: str
    heading: str


class Said(NamedTuple):
    """A text: what it answers, and which state of which component it is about ("" where the item says)."""

    cell: Cell
    component: str = ""
    frame: str = ""
    prompt: bool = False
    apart: bool = False  # one of several open questions of a form: an entry of its own


class Rated(NamedTuple):
    """A level, with what it rests on, how sure, and by when."""

    cell: Cell
    component: str = ""
    frame: str = ""
    beside: tuple[tuple[str, Cell], ...] = ()


class Item(NamedTuple):
    """What was handed in at one place of a file.

    Attributes
    ----------
    file, sheet, row : str, str, int
        As of a `Problem`.
    fields : mapping of str to Cell
        What is said once, by field: person, occasion, written, …
    components : tuple of Cell
        The components named, one or more.
    said, rated : tuple
        Texts and levels.
    attributes : mapping of str to str
        By heading: what the study has no column for.
    inferred : mapping of str to str
        What the file's name, its folders, a heading in it or a mapping tell, by field; what the item itself says
        goes before.
    """

    file: str
    sheet: str = ""
    row: int = 0
    fields: Mapping[str, Cell] = _NONE
    components: tuple[Cell, ...] = ()
    said: tuple[Said, ...] = ()
    rated: tuple[Rated, ...] = ()
    attributes: Mapping[str, str] = _NONE
    inferred: Mapping[str, str] = _NONE

    @property
    def place(self) -> str:
        """Where in its file it stood, for the study: sheet and row, or a heading."""
        return ", ".join(part for part in (self.sheet, f"row {self.row}" * bool(self.row)) if part)

    def words(self, name: str) -> str:
        """Return what is said of a field: by the item itself, or by where it lay; "" when nobody says."""
        cell = self.fields.get(name)
        return cell.words if cell is not None else self.inferred.get(name, "")

    def heading(self, name: str) -> str:
        """Return the heading that a field's words stood under; "" when they were inferred."""
        cell = self.fields.get(name)
        return cell.heading if cell is not None else ""

    @property
    def texts(self) -> tuple[Said, ...]:
        """The texts, of which answers to the prompts of one reflection are one, with the prompts above them."""
        parts = [one.cell for one in self.said if one.prompt]
        if not parts:
            return self.said
        whole = "\n\n".join(f"{cell.heading.strip()}\n{cell.words}" for cell in parts)
        return Said(Cell(whole, parts[0].heading)), *(one for one in self.said if not one.prompt)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said in it, as in a row that could not be read."""
        return not (self.fields or self.components or self.said or self.rated or self.attributes)

    @property
    def digest(self) -> str:
        """A code made of everything said, the same for the same item in another file."""
        told = [
            sorted((name, cell.words) for name, cell in self.fields.items()),
            [cell.words for cell in self.components],
            [[one.cell.words, one.component, one.frame] for one in self.said],
            [[one.cell.words, one.component, one.frame] for one in self.rated],
            sorted(self.attributes.items()),
            sorted(self.inferred.items()),
        ]
        return digest_of(told)


def digest_of(told: object, text: bytes = b"") -> str:
    """Make a code of 128 bits from plain values (lists of words, numbers and None), and a text that may be long."""
    return hashlib.sha256(ascii(told).encode() + b"\n" + text).hexdigest()[:32]
