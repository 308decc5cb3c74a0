"""How a coding stands to others: on the same words, inside, near, followed by, earlier."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import ClassVar, Literal

import numpy as np

from workbench.coding.query.among import Among, Marks, Places, QueryError
from workbench.coding.query.expression import Query

_AT_ONCE = 4_000_000  # pairs compared in one go, which bounds the memory
Unit = Literal["characters", "words"]


@dataclass(frozen=True)
class _Relation(Query):
    """Codings to which some other coding, one that answers yes to `to`, stands in a relation.

    A coding is never its own other. Any coder's codings count unless `same_coder`: then only its own coder's.
    """

    to: Query
    same_coder: bool = field(default=False, kw_only=True)

    def marks(self, among: Among) -> Marks:
        """Answer for every coding."""
        wanted, found = self.to.marks(among), np.zeros(len(among), dtype=bool)
        for places in self._groups(among):
            others = places[wanted[places]]
            parts = ceil(len(places) * len(others) / _AT_ONCE)  # 0 where there is no other
            for part in np.array_split(places, parts) if parts else []:
                found[part] = self._pairs(among, part, others).any(axis=1)
        return found

    def _pairs(self, among: Among, own: Places, others: Places) -> Marks:
        one, two = own[:, None], others[None, :]
        pairs: Marks = (one != two) & self._holds(among, one, two)
        return pairs & (among.coders[one] == among.coders[two]) if self.same_coder else pairs

    def _groups(self, among: Among) -> Sequence[Places]:
        return among.by_entry

    @abstractmethod
    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        """Tell of each pair whether the first stands so to the second."""

    def __repr__(self) -> str:
        """Write it as it was asked."""
        rest = [f"{name}={getattr(self, name)!r}" for name in self._options if getattr(self, name)]
        return f"{type(self).__name__}({', '.join([repr(self.to), *rest])})"

    _options: ClassVar[tuple[str, ...]] = ("same_coder",)


@dataclass(frozen=True, repr=False)
class in_entry_with(_Relation):  # noqa: N801  called as the functions of `conditions` are
    """Ask for codings that have another such coding anywhere in their entry."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:  # noqa: ARG002
        return np.ones((len(one), two.shape[1]), dtype=bool)


@dataclass(frozen=True, repr=False)
class overlapping(_Relation):  # noqa: N801
    """Ask for codings that share at least one character with another such coding."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return (among.start[two] < among.end[one]) & (among.start[one] < among.end[two])


@dataclass(frozen=True, repr=False)
class within(_Relation):  # noqa: N801
    """Ask for codings that lie wholly in another such coding, or on the same words."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return (among.start[two] <= among.start[one]) & (among.end[one] <= among.end[two])


@dataclass(frozen=True, repr=False)
class around(_Relation):  # noqa: N801
    """Ask for codings that wholly hold another such coding, or are on the same words."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return (among.start[one] <= among.start[two]) & (among.end[two] <= among.end[one])


@dataclass(frozen=True, repr=False)
class _Distant(_Relation):
    characters: int | None = field(default=None, kw_only=True)
    words: int | None = field(default=None, kw_only=True)

    _options: ClassVar[tuple[str, ...]] = ("characters", "words", "same_coder")

    def __post_init__(self) -> None:
        """Refuse two distances, and one below nothing."""
        given = [distance for distance in (self.characters, self.words) if distance is not None]
        if len(given) > 1 or any(distance < 0 for distance in given):
            raise QueryError(f"Found {self!r}: one distance, 0 or more. Cure: give characters=… or words=….")

    def __repr__(self) -> str:
        """Write it as it was asked, a distance of 0 too."""
        rest = [f"{name}={value}" for name in ("characters", "words") if (value := getattr(self, name)) is not None]
        coder = ["same_coder=True"] if self.same_coder else []
        return f"{type(self).__name__}({', '.join([repr(self.to), *rest, *coder])})"

    def _gap(self, among: Among, one: Places, two: Places) -> tuple[Places, Places]:
        """Measure from one to two where two comes after, and the other way round."""
        first, last = (among.start, among.end) if self.words is None else among.in_words
        return first[two] - last[one], first[one] - last[two]

    def _close(self, gap: Places) -> Marks:
        limit = self.characters if self.words is None else self.words
        return np.ones(gap.shape, dtype=bool) if limit is None else gap <= limit


@dataclass(frozen=True, repr=False)
class near(_Distant):  # noqa: N801
    """Ask for codings with another such coding in the entry, at most so many characters or words between.

    What overlaps is near. Words are runs of letters and digits.
    """

    def __post_init__(self) -> None:
        """Refuse a question without a distance."""
        super().__post_init__()
        if self.characters is None and self.words is None:
            raise QueryError(f"{self!r} has no distance. Cure: near(…, words=10), or in_entry_with(…) for any.")

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        after, before = self._gap(among, one, two)
        return self._close(np.maximum(after, before))


@dataclass(frozen=True, repr=False)
class followed_by(_Distant):  # noqa: N801
    """Ask for codings after whose end another such coding begins, in the entry; at a distance at most, if given."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return (among.start[two] >= among.end[one]) & self._close(self._gap(among, one, two)[0])


@dataclass(frozen=True, repr=False)
class preceded_by(_Distant):  # noqa: N801
    """Ask for codings before whose beginning another such coding ends; as `followed_by`."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return (among.start[one] >= among.end[two]) & self._close(self._gap(among, one, two)[1])


@dataclass(frozen=True, repr=False)
class earlier_than(_Relation):  # noqa: N801
    """Ask for codings whose writer has another such coding in an entry written later.

    A writer is a person, or an organisation where it wrote jointly.
    """

    def _groups(self, among: Among) -> Sequence[Places]:
        return among.by_writer

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return among.moments[one] < among.moments[two]


@dataclass(frozen=True, repr=False)
class later_than(earlier_than):  # noqa: N801
    """Ask for codings whose writer has another such coding in an entry written earlier; as `earlier_than`."""

    def _holds(self, among: Among, one: Places, two: Places) -> Marks:
        return among.moments[one] > among.moments[two]
