"""One row as two copies of a study have it, combined column by column. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.columns import Table
from workbench.records import Record, Value

# Columns that only mean something together: changing one here and another there is a conflict.
UNITS = {
    "ratings": (("level", "missing"),),
    "codings": (("start", "end", "quote"),),
    "codes": (("status", "replaced_by"),),
}
_SPLIT = "\x00"  # no value that can be stored equals it


@dataclass(frozen=True)
class Combined:
    """A row of both copies: what it becomes if ours is right, if theirs is right, and where the two clash."""

    if_ours: Record | None
    if_theirs: Record | None
    clashing: tuple[str, ...] = ()

    @property
    def clashes(self) -> bool:
        """Tell whether somebody must decide."""
        return self.if_ours != self.if_theirs


def combine(table: Table, base: Record | None, ours: Record | None, theirs: Record | None) -> Combined:
    """Combine a row's two versions with the one they began from; None is a row that is not there."""
    if theirs in (base, ours):
        return Combined(ours, ours)
    if ours == base:
        return Combined(theirs, theirs)
    if ours is None or theirs is None:
        return Combined(ours, theirs, tuple(column.name for column in table.columns))
    taken, clashing = dict(ours), list[str]()
    for unit in _units(table):
        was = [(base or {}).get(name, _SPLIT) for name in unit]
        here, there = ([side[name] for name in unit] for side in (ours, theirs))
        if here == was:
            taken |= dict(zip(unit, there, strict=True))
        elif there not in (was, here):
            clashing += [name for name in unit if ours[name] != theirs[name]]
    other = {**taken, **{name: theirs[name] for unit in _units(table) if set(unit) & set(clashing) for name in unit}}
    return Combined(taken, other, tuple(clashing))


def _units(table: Table) -> Iterator[tuple[str, ...]]:
    units = UNITS.get(table.name, ())
    yield from units
    for column in table.columns:
        if not any(column.name in unit for unit in units):
            yield (column.name,)


def common_row(start: Record | None, found: Sequence[Record | None]) -> Record | None:
    """Give the version two copies began from, where they have several last common events.

    Parameters
    ----------
    start : Record or None
        The row before any of these events.
    found : sequence of Record or None
        The row after each of them. Where they differ from the start in different ways, no value is the
        common one, and what the copies made of it must be decided between them.
    """
    changed = [row for number, row in enumerate(found) if row != start and row not in found[:number]]
    if len(changed) < 2:  # noqa: PLR2004  two of them differ
        return changed[0] if changed else start
    names = next(row for row in changed if row is not None)
    if start is None or None in changed:
        return dict.fromkeys(names, _SPLIT)
    return {name: _common_value(start[name], [row[name] for row in changed if row]) for name in names}


def _common_value(start: Value, found: Sequence[Value]) -> Value:
    changed = {value for value in found if value != start}
    return start if not changed else changed.pop() if len(changed) == 1 else _SPLIT


def shown(record: Mapping[str, Value] | None) -> Record | None:
    """Leave out of a common version what is no value."""
    return None if record is None else {name: None if value == _SPLIT else value for name, value in record.items()}
