"""What a reader gets out of a file's bytes, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.loaders.problem import Problem


@dataclass(frozen=True)
class Grid:
    """Rows of cells, every cell as text.

    Attributes
    ----------
    rows : sequence of (int, sequence of str)
        Each row's number as a spreadsheet gives it, and its cells as they stand, "" for an empty one; its heading is
        a row like the others, and need not be the first. Rows wholly empty are left out. A day is written
        2025-02-05, a moment 2025-02-05T14:10:00, a whole number without a decimal point, yes and no true and false.
    sheet : str
        Name of the sheet; "" where a file has one table.
    """

    rows: Sequence[tuple[int, Sequence[str]]]
    sheet: str = ""


@dataclass(frozen=True)
class Document:
    """A text, and what stands beside it.

    Attributes
    ----------
    text : str
        The words, line ends LF, nothing at its ends but words; otherwise as received.
    fields : mapping of str to str
        Labels and values that stand beside the words, as they were written: front matter, the head of an e-mail, a
        table of two columns at the beginning of a document.
    headings : sequence of (int, str)
        Where in `text` each heading's line begins (code points), and its words without marks.
    speakers : sequence of str
        Who speaks in a transcript, in order of appearance.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    headings: Sequence[tuple[int, str]] = ()
    speakers: Sequence[str] = ()


@dataclass(frozen=True)
class Reading:
    """Everything a file holds. `problems` have no file name yet.

    `kind` is what the file turned out to be: csv, xlsx, docx, …
    """

    kind: str
    grids: Sequence[Grid] = ()
    documents: Sequence[Document] = ()
    problems: Sequence[Problem] = ()
