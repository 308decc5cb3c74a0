"""A question, and questions put together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from workbench.coding.query.among import Among, Marks, QueryError


class Query(ABC):
    """A question that each coding answers with yes or no.

    ``one & other``: both; ``one | other``: at least one; ``~one``: not. Printed, it reads as it was written.
    """

    @abstractmethod
    def marks(self, among: Among) -> Marks:
        """Answer for every coding, True for yes."""

    def __and__(self, other: Query) -> Query:
        """Both."""
        return Both(self, _query(other))

    def __or__(self, other: Query) -> Query:
        """At least one."""
        return Either(self, _query(other))

    def __invert__(self) -> Query:
        """Not."""
        return Not(self)

    def __bool__(self) -> bool:
        """Refuse `and`, `or` and `not`, which would silently drop a part of the question."""
        raise QueryError(f"{self!r} stands with `and`, `or` or `not`. Cure: write &, | or ~, with () around the parts.")


@dataclass(frozen=True, repr=False)
class Both(Query):
    """Codings that answer yes to both."""

    one: Query
    other: Query

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        return self.one.marks(among) & self.other.marks(among)

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return " & ".join(_bracketed(part, Either) for part in (self.one, self.other))


@dataclass(frozen=True, repr=False)
class Either(Query):
    """Codings that answer yes to at least one."""

    one: Query
    other: Query

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        return self.one.marks(among) | self.other.marks(among)

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return f"{self.one!r} | {self.other!r}"


@dataclass(frozen=True, repr=False)
class Not(Query):
    """Codings that answer no."""

    one: Query

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        return ~self.one.marks(among)

    def __repr__(self) -> str:
        """Write it as it was asked."""
        return f"~{_bracketed(self.one, (Both, Either))}"


def _bracketed(part: Query, loose: type[Query] | tuple[type[Query], ...]) -> str:
    return f"({part!r})" if isinstance(part, loose) else repr(part)


def _query(other: object) -> Query:
    if not isinstance(other, Query):
        raise QueryError(f"Found {other!r} in a question; parts are such as code('COND_TIME'). Cure: wrap it in one.")
    return other
