"""One thing handed in, before it is known what of the study it names: a row of a table, or a text of a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """Words, and the heading they stood under."""

    words: str
    heading: str


@dataclass(frozen=True)
class Said:
    """A text: what it answers, and which state of which component it is about ("" where the item says)."""

    cell: Cell
    component: str = ""
    frame: str = ""
    prompt: bool = False
    apart: bool = False  # one of several open questions of a form: an entry of its own


@dataclass(frozen=True)
class Rated:
    """A level, with what it rests on, how sure, and by when."""

    cell: Cell
    component: str = ""
    frame: str = ""
    beside: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True)
class Item:
    """What was handed in at one place of a file.

    Attributes
    ----------
    file, sheet, row : str, str, int
        As of a `Problem`.
    fields : dict of str to Cell
        What is said once, by field: person, occasion, written, …
    components : tuple of Cell
        The components named, one or more.
    said, rated : tuple
        Texts and levels.
    attributes : dict of str to str
        By heading: what the study has no column for.
    inferred : dict of str to str
        What the file's name, its folders, a heading in it or a mapping tell, by field; what the item itself says
        goes before.
    """

    file: str
    sheet: str = ""
    row: int = 0
    fields: dict[str, Cell] = field(default_factory=dict)
    components: tuple[Cell, ...] = ()
    said: tuple[Said, ...] = ()
    rated: tuple[Rated, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    inferred: dict[str, str] = field(default_factory=dict)

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
