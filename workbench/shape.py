"""What shape a file's content must have, declared as a nested structure, and every place where it differs.

A shape is a type (`str`, `int`, `float`, `date`), a mapping of shapes (keys that are not in it are not read),
or one of the classes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.errors import Fault

Shape = Any  # nested: a type, a mapping of shapes, Listed, Named, Maybe or OneOf

_LEAVES: dict[Any, tuple[tuple[type, ...], str, str]] = {
    str: ((str,), "must be a text", 'write it as a text; one that looks like a number goes in quotes: "1.10"'),
    int: ((int,), "must be a whole number", "write a whole number, such as 3"),
    float: ((int, float), "must be a number", "write a number, such as 0.5"),
    date: ((date,), "must be a day", "write it as a day without quotes, such as 2025-02-05"),
}
BOTH = {"sv": str, "en": str}  # a text in both languages


@dataclass(frozen=True)
class Listed:
    """A list of at least `least` items of one shape."""

    item: Shape
    least: int = 1


@dataclass(frozen=True)
class Named:
    """A mapping with keys of any name and values of one shape."""

    item: Shape


@dataclass(frozen=True)
class Maybe:
    """What may be absent or empty."""

    shape: Shape


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]


def shape_faults(file: str, content: object, shape: Shape, place: str = "") -> Iterator[Fault]:
    """Compare content with its shape, never deeper than the shape goes; the place is a Fault's column."""
    if isinstance(shape, Maybe):
        yield from [] if content is None else shape_faults(file, content, shape.shape, place)
    elif isinstance(shape, Listed):
        yield from _list_faults(file, content, shape, place)
    elif isinstance(shape, (Named, Mapping)):
        yield from _mapping_faults(file, content, shape, place)
    elif isinstance(shape, OneOf):
        if not (isinstance(content, str) and content in shape.words):
            yield Fault(file, 0, place, _shown(content), f"allowed are {', '.join(shape.words)}", "choose one of them")
    else:
        yield from _leaf_faults(file, content, shape, place)


def _list_faults(file: str, content: object, shape: Listed, place: str) -> Iterator[Fault]:
    if not isinstance(content, list):
        yield Fault(file, 0, place, _shown(content), "must be a list", "write a list, as the demo's file does")
        return
    if len(content) < shape.least:
        yield Fault(file, 0, place, "an empty list", f"has at least {shape.least}", "list what belongs here")
    for number, item in enumerate(content):
        yield from shape_faults(file, item, shape.item, f"{place}.{_name(item, number)}")


def _mapping_faults(file: str, content: object, shape: Named | Mapping[str, Shape], place: str) -> Iterator[Fault]:
    if not isinstance(content, dict):
        rule = "must be a mapping of names to values"
        yield Fault(file, 0, place, _shown(content), rule, "write it as the demo's file does")
        return
    named = shape if isinstance(shape, Mapping) else dict.fromkeys(content, shape.item)
    for key, inner in named.items():
        where = f"{place}.{key}".lstrip(".")
        if key in content or isinstance(inner, Maybe):
            yield from shape_faults(file, content.get(key), inner, where)
        else:
            yield Fault(file, 0, where, "nothing", _rule(inner), f"add {key}")


def _rule(shape: Shape) -> str:
    return f"is required, and {_LEAVES[shape][1]}" if isinstance(shape, type) else "is required"


def _leaf_faults(file: str, content: object, shape: Shape, place: str) -> Iterator[Fault]:
    kinds, rule, cure = _LEAVES[shape]
    if content is None or (shape is str and isinstance(content, str) and not content.strip()):
        yield Fault(file, 0, place, "nothing", rule, "write it")
    elif type(content) not in kinds:  # by type: True is no number, and a moment is no day
        yield Fault(file, 0, place, _shown(content), rule, cure)


def _shown(content: object) -> str:
    if content is None or content == "":
        return "nothing"
    if isinstance(content, (str, int, float, date, datetime)):
        return str(content)
    return "a list" if isinstance(content, list) else "a mapping"


def _name(item: object, number: int) -> str:
    known = [item.get(key) for key in ("id", "code")] if isinstance(item, dict) else []
    return next((name for name in known if isinstance(name, str) and name), str(number))


def twice_faults(file: str, place: str, names: list[str]) -> Iterator[Fault]:
    """Find every name that stands more than once in a list that names each thing once."""
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Fault(file, 0, f"{place}.{name}", f"{names.count(name)} times", "a name occurs once", "rename one")
