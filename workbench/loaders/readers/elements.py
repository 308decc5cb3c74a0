"""Elements of an office file, by their local names: strict, transitional and older files differ in their namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

_WHOLE = re.compile(r"-?\d{1,9}")
_OFF = frozenset({"0", "false", "off"})


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Name of a tag or an attribute without its namespace."""
    return tag[tag.rfind("}") + 1 :]


def attribute(element: ET.Element | None, name: str, default: str = "") -> str:
    """Value of an attribute, in whatever namespace."""
    for key, value in (element.attrib if element is not None else {}).items():
        if local(key) == name:
            return value
    return default


def whole(element: ET.Element | None, name: str, default: int = 0) -> int:
    """Value of an attribute that is a whole number of a sane size."""
    value = attribute(element, name)
    return int(value) if _WHOLE.fullmatch(value) else default


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """First descendant along a path of names."""
    for name in path:
        element = next((one for one in (element if element is not None else ()) if local(one.tag) == name), None)
    return element


def is_on(element: ET.Element | None) -> bool:
    """Tell whether a switch is there and not turned off."""
    return element is not None and attribute(element, "val", "on") not in _OFF


def seen_through(element: ET.Element, name: str, wrappers: frozenset[str]) -> Iterator[ET.Element]:
    """Children of a name, also those that stand in a wrapper."""
    for one in element:
        kind = local(one.tag)
        if kind == name:
            yield one
        elif kind in wrappers:
            yield from seen_through(one, name, wrappers)


def holds(element: ET.Element, *names: str) -> bool:
    """Tell whether an element of one of these names is anywhere below."""
    return any(local(one.tag) in names for one in element.iter())
