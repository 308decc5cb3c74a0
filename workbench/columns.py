"""How a table is declared: its columns, types, allowed values, keys and privacy class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["id", "text", "choice", "whole", "date", "time", "truth"]
Privacy = Literal["open", "pseudonymous", "free text"]

DTYPES: dict[Kind, str] = {
    "id": "str",
    "text": "str",
    "choice": "str",
    "whole": "Int64",
    "date": "datetime64[us]",
    "time": "datetime64[us, UTC]",
    "truth": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        The study's word for it.
    kind : Kind
        Decides the pandas dtype (`DTYPES`), the check on opening and the package schema.
    en, sv : str
        Meaning, in English and Swedish.
    privacy : Privacy
        "open": no personal data. "pseudonymous": about a person behind a code.
        "free text": may hold anything a person wrote.
    required : bool
        Whether a missing value is a fault.
    allowed : tuple of str
        All allowed values of a "choice".
    lowest, highest : int or None
        Allowed range of a "whole", inclusive.
    refers : str
        ``table.column`` that must hold the value, or "".
    """

    name: str
    kind: Kind
    en: str
    sv: str
    privacy: Privacy = "open"
    required: bool = True
    allowed: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    refers: str = ""

    @property
    def dtype(self) -> str:
        """Pandas dtype of the column in every DataFrame the workbench returns."""
        return DTYPES[self.kind]

    @property
    def optional(self) -> Column:
        """The same column, allowed to be empty."""
        return replace(self, required=False)

    @property
    def personal(self) -> Column:
        """The same column, about a person behind a code."""
        return replace(self, privacy="pseudonymous")


@dataclass(frozen=True)
class Table:
    """One table: a name, a meaning, columns, a primary key, and other columns that together are unique."""

    name: str
    en: str
    sv: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    file: str = ""
    unique: tuple[tuple[str, ...], ...] = ()

    @property
    def source(self) -> str:
        """File of the frozen form that holds the rows."""
        return self.file or f"{self.name}.csv"

    def __getitem__(self, name: str) -> Column:
        """Return the column called `name`; KeyError when there is none."""
        return {column.name: column for column in self.columns}[name]


def identity(name: str, en: str, sv: str) -> Column:
    """Declare an identifier of the table's own rows."""
    return Column(name, "id", en, sv)


def refer(name: str, to: str, en: str, sv: str) -> Column:
    """Declare an identifier of another table's row, `to` being ``table.column``."""
    return Column(name, "id", en, sv, refers=to)


def text(name: str, en: str, sv: str, privacy: Privacy = "open") -> Column:
    """Declare words."""
    return Column(name, "text", en, sv, privacy)


def wrote(name: str, en: str, sv: str) -> Column:
    """Declare words that a person of the study wrote, which may hold anything."""
    return Column(name, "text", en, sv, "free text")


def choice(name: str, values: str, en: str, sv: str) -> Column:
    """Declare one of the space-separated `values`."""
    return Column(name, "choice", en, sv, allowed=tuple(values.split()))


def whole(name: str, lowest: int, highest: int | None, en: str, sv: str) -> Column:
    """Declare a whole number from `lowest` to `highest`, inclusive; None is no limit."""
    return Column(name, "whole", en, sv, lowest=lowest, highest=highest)


def date(name: str, en: str, sv: str) -> Column:
    """Declare a calendar day."""
    return Column(name, "date", en, sv)


def time(name: str, en: str, sv: str) -> Column:
    """Declare a moment in UTC."""
    return Column(name, "time", en, sv)


def truth(name: str, en: str, sv: str) -> Column:
    """Declare yes or no."""
    return Column(name, "truth", en, sv)
