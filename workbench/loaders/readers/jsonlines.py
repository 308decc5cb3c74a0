"""Rows as JSON: one object a line, or one list of objects."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers.decoding import decode
from workbench.loaders.reading import Grid, Reading
from workbench.loaders.told import Told, tell
from workbench.records import storable

_MEND = tell("Write one object in braces, each key once; the other lines are taken.")
_DEEP = tell("It is nested too deeply.")
_EMPTY_CELLS, _MOST_EMPTY = 1_000_000, 50  # a table may have so many, and so many for each that is filled
_Row = tuple[int, dict[str, str]]


class _Number(str):
    """A number as it stands in the file: no end of digits, no rounding."""

    __slots__ = ()


class _FaultError(ValueError):
    """Why a line is not taken."""

    def __init__(self, found: str, rule: Told) -> None:
        self.found, self.rule = found, rule
        super().__init__(found, rule)


def read_jsonlines(data: bytes, *, encoding: str | None = None) -> Reading:
    """Read JSON Lines, or a JSON file that is one list.

    Returns
    -------
    Reading
        Of kind jsonl or json, with one grid: in row 0 every key in order of appearance, then a row for each object by
        its line (its place in a list); numbers as they stand, null as "", what is nested as compact JSON. A line that
        is no object is a problem of its own.

    Raises
    ------
    UnreadableError
        Its encoding is unclear, a list that is no JSON, or not one object in it.
    """
    text, problems = decode(data, encoding=encoding)
    listed = text.lstrip().startswith("[")
    objects, faults = _sort_out(_items(text) if listed else _lines(text))
    if not any(cells for _, cells in objects):
        found, rule = (faults[0].found, faults[0].rule) if faults else ("", tell("There is nothing in the file."))
        raise UnreadableError(found, rule, _MEND)
    return Reading("json" if listed else "jsonl", [_grid(objects)], problems=[*problems, *faults])


def _items(text: str) -> Iterator[tuple[int, object]]:
    try:
        yield from enumerate(_parse(text), start=1)
    except _FaultError as fault:
        raise UnreadableError(fault.found, fault.rule, tell("Mend it, or write one object a line.")) from fault


def _lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, _parse(line)
            except _FaultError as fault:
                yield number, fault


def _sort_out(given: Iterable[tuple[int, object]]) -> tuple[list[_Row], list[Problem]]:
    rows: list[_Row] = []
    faults = []
    for number, value in given:
        try:
            rows.append((number, _cells(value)))
        except _FaultError as fault:
            faults.append(Problem("", "", number, "", fault.found, fault.rule, _MEND))
    return rows, faults


def _cells(value: object) -> dict[str, str]:
    if isinstance(value, _FaultError):
        raise value
    if not isinstance(value, dict):
        raise _FaultError(str(value)[:60], tell("A row is an object: names and values in braces."))
    try:
        cells = {key: _cell(one) for key, one in value.items()}
    except RecursionError:
        raise _FaultError("", _DEEP) from None
    if not storable("".join([*cells, *cells.values()])):
        raise _FaultError("NUL", tell("Half a character or a NUL stands in it."))
    return cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else _compact(value)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _compact(value: object) -> str:
    """Write JSON, its numbers as they stood."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_compact(key)}:{_compact(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def _parse(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        rule = tell("It is no JSON from line {line}, character {place} on.", line=error.lineno, place=error.colno)
        raise _FaultError(text[max(0, error.pos - 20) : error.pos + 20].strip(), rule) from error
    except RecursionError:
        raise _FaultError("", _DEEP) from None


def _refuse(constant: str) -> None:
    raise _FaultError(constant, tell("A number is written in digits."))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise _FaultError(twice[:60], tell("A name stands twice in the object."))
    return found


_DECODER = json.JSONDecoder(parse_float=_Number, parse_int=_Number, parse_constant=_refuse, object_pairs_hook=_object)


def _grid(rows: Sequence[_Row]) -> Grid:
    names = list(dict.fromkeys(name for _, cells in rows for name in cells))
    if len(names) * len(rows) > _EMPTY_CELLS + _MOST_EMPTY * sum(len(cells) for _, cells in rows):
        rule = tell("Its {count} objects have {names} names and few in common.", count=len(rows), names=len(names))
        raise UnreadableError("", rule, tell("Use one name for what is the same in every object."))
    filled = ((number, [cells.get(name, "") for name in names]) for number, cells in rows if any(cells.values()))
    return Grid([(0, names), *filled])
