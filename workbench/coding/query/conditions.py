"""What a coding or its entry is: code, coder, who, when, what about, which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from workbench.coding.patterns import Pattern, Words
from workbench.coding.query.among import Among, Marks, QueryError
from workbench.coding.query.expression import Query

Value = str | None


def code(*codes: str) -> Query:
    """Ask for codings with one of the codes."""
    return Is("code", "code", codes)


def coder(*coders: str) -> Query:
    """Ask for codings by one of the coders: a person, ``rule: …`` or a model."""
    return Is("coder", "coder", coders)


def organisation(*organisations: str) -> Query:
    """Ask for codings of one of the organisations' entries."""
    return Is("organisation", "organisation", organisations)


def person(*people: Value) -> Query:
    """Ask for codings of one of the persons' entries; None: written jointly."""
    return Is("person", "person", people)


def during(*occasions: str) -> Query:
    """Ask for codings of entries from one of the occasions, or from the time at home after it."""
    return Is("during", "occasion", occasions)


def phase(*phases: str) -> Query:
    """Ask for codings of entries from the meeting or from home."""
    return Is("phase", "phase", phases)


def kind(*kinds: str) -> Query:
    """Ask for codings of entries of one of the kinds, such as reflection."""
    return Is("kind", "kind", kinds)


def about(*components: Value) -> Query:
    """Ask for codings of entries about one of the components; None: about none."""
    return Is("about", "component", components)


@dataclass(frozen=True, repr=False)
class Is(Query):
    """Codings that have one of some values in a column."""

    name: str
    column: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        """Refuse a question about nothing."""
        if not self.values:
            raise QueryError(f"{self.name}() asks for nothing. Cure: name at least one.")

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        if self.column == "code":
            _require_known(among, self.values)
        wanted = frozenset(self.values)
        return np.array([value in wanted for value in among.columns[self.column]], dtype=bool)

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return f"{self.name}({', '.join(map(repr, self.values))})"


@dataclass(frozen=True, repr=False)
class under(Query):  # noqa: N801  it is called as the functions beside it are
    """Ask for codings with a code or any code below it; the codes must be given to `retrieve`."""

    code: str

    def marks(self, among: Among) -> Marks:
        """Answer for every coding; QueryError without the codes."""
        if among.lines is None:
            raise QueryError(f"{self!r} needs the codebook. Cure: retrieve(…, codes=study.codes).")
        _require_known(among, (self.code,))
        lines = among.lines
        return np.array([self.code in lines.get(own, ()) for own in among.columns["code"]], dtype=bool)

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return f"under({self.code!r})"


@dataclass(frozen=True, repr=False, init=False)
class attribute(Query):  # noqa: N801
    """Ask for codings of entries handed in with something under a heading; with values, with one of them there."""

    name: str
    values: tuple[str, ...]

    def __init__(self, name: str, *values: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "values", values)

    def marks(self, among: Among) -> Marks:
        """Answer for every coding; QueryError without the attributes, or when no entry has one called so."""
        if among.attributes is None:
            raise QueryError(f"{self!r} needs the attributes. Cure: retrieve(…, attributes=study.attributes).")
        names = sorted({name for _, name in among.attributes})
        if self.name not in names:
            raise QueryError(f"Found attribute {self.name!r}; there are {names}. Cure: mend the name.")
        found = {entry: value for (entry, name), value in among.attributes.items() if name == self.name}
        return np.array(
            [entry in found and (not self.values or found[entry] in self.values) for entry in among.columns["entry"]],
            dtype=bool,
        )

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return f"attribute({', '.join(map(repr, (self.name, *self.values)))})"


@dataclass(frozen=True)
class written(Query):  # noqa: N801
    """Ask for codings of entries written from the day `since` to the day `until`, both with it, in UTC: 2025-05-21."""

    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is no day."""
        for day in (self.since, self.until):
            try:
                dt.date.fromisoformat(day or "2025-05-21")
            except ValueError:
                raise QueryError(f"Found {day!r}; a day is written as 2025-05-21. Cure: write it so.") from None

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        first = dt.date.fromisoformat(self.since) if self.since else dt.date.min
        last = dt.date.fromisoformat(self.until) if self.until else dt.date.max
        return np.array([first <= moment.date() <= last for moment in among.columns["written"]], dtype=bool)


@dataclass(frozen=True)
class saying(Query):  # noqa: N801
    """Ask for codings whose words hold a pattern: `workbench.coding.find` tells how it is written."""

    pattern: Words
    regex: bool = False

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        texts = {str(place): quote for place, quote in enumerate(among.columns["quote"])}
        found = {int(place) for place, _, _ in Pattern(self.pattern, regex=self.regex).found_in(texts)}
        return np.array([place in found for place in range(len(among))], dtype=bool)


def _require_known(among: Among, codes: tuple[Value, ...]) -> None:
    known = among.lines
    for name in codes:
        if known is not None and name not in known:
            alike = get_close_matches(str(name), known, n=3) or sorted(known)[:8]
            raise QueryError(f"Found code {name!r}, which the codebook lacks. Cure: did you mean {', '.join(alike)}?")
