"""Damage to the elements of an office file's XML, which stays well formed."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from tests.fuzz.signs import odd_words

_NUMBERS = ("0", "-1", "1", "2", "255", "1024", "16384", "65536", "1048576", "999999999", "2147483647", "2147483648",
            "4294967295", "9" * 30, "-999999999", "1e308", "NaN", "", " 7 ", "٣", "true", "A1", "XFD1048576",
            "A1:XFD1048576", "A0", "1:1", "none", "..", "../..", "/", "/etc/passwd", "word/document.xml", "content.xml",
            "PT9H9M9S", "#REF!", "2025-13-45", "1000000000000-01-01", "error", "float", "s", "str", "inlineStr", "e",
            "b", "d")  # fmt: skip
_SPACES = ("", "urn:x", "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
           "http://purl.oclc.org/ooxml/main", "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
           "http://www.w3.org/XML/1998/namespace")  # fmt: skip
_DEEPEST = (1, 3, 30, 240, 1_500)
_OPENING = re.compile(rb"<[a-zA-Z]")
_FIRST = 3_000  # elements of a part, among which one is chosen
_MOST = 1_500_000  # bytes of one part

Element = Any  # lxml has no types of its own


def damage_elements(data: bytes, rng: random.Random) -> bytes:
    """Damage a part some times over.

    Raises
    ------
    ValueError
        It is no XML.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
        for _ in range(rng.choice((1, 1, 2, 4, 10))):
            rng.choice(_WAYS)(root, rng)
        written = etree.tostring(root, encoding=rng.choice(("utf-8", "utf-8", "utf-8", "utf-16", "ascii")))
    except (etree.LxmlError, ValueError) as error:
        raise ValueError("no XML, or none that can be written") from error
    return _deepened(written, rng) if rng.random() < 0.1 else written[:_MOST]


def _deepened(data: bytes, rng: random.Random) -> bytes:
    """Open one of its elements very often, one in the other; the tree itself need not be made for it."""
    starts = [found.start() for found in islice(_OPENING.finditer(data), _FIRST)]
    if not starts:
        return data
    at, of = rng.choice(starts), rng.choice(starts)
    name = data[of + 1 :].split(b">")[0].split(b"/")[0].split()[0]
    times = rng.choice((100, 3_000, 20_000))
    return data[:at] + b"<%b>" % name * times + b"</%b>" % name * times + data[at:]


def _any(root: Element, rng: random.Random) -> Element:
    return rng.choice(list(islice(root.iter("*"), _FIRST)))


def _drop(root: Element, rng: random.Random) -> None:
    one = _any(root, rng)
    if one is not root:
        one.getparent().remove(one)


def _double(root: Element, rng: random.Random) -> None:
    one = _any(root, rng)
    if one is not root:
        size = len(etree.tostring(one))
        for _ in range(min(rng.choice((1, 1, 5, 100, 3_000)), _MOST // size + 1)):
            one.addnext(copy.deepcopy(one))


def _nest(root: Element, rng: random.Random) -> None:
    """Put an element into itself, or into others of the part."""
    inner, shape = _any(root, rng), _any(root, rng)
    if inner is root:
        return
    outer = top = etree.Element(shape.tag, dict(shape.attrib))
    for _ in range(rng.choice(_DEEPEST)):
        outer = etree.SubElement(outer, shape.tag, dict(shape.attrib))
    inner.getparent().replace(inner, top)
    outer.append(inner)


def _move(root: Element, rng: random.Random) -> None:
    one, to = _any(root, rng), _any(root, rng)
    if one is not root and one not in (to, *to.iterancestors()):
        to.insert(rng.randrange(len(to) + 1), one)


def _copy(root: Element, rng: random.Random) -> None:
    one, to = _any(root, rng), _any(root, rng)
    if len(etree.tostring(one)) * 3 < _MOST:
        to.insert(rng.randrange(len(to) + 1), copy.deepcopy(one))


def _rename(root: Element, rng: random.Random) -> None:
    _any(root, rng).tag = _any(root, rng).tag


def _respace(root: Element, rng: random.Random) -> None:
    """Put an element, or very many, into another namespace."""
    space = rng.choice(_SPACES)
    for one in [_any(root, rng)] if rng.random() < 0.7 else list(islice(root.iter("*"), _FIRST)):
        name = etree.QName(one).localname
        one.tag = f"{{{space}}}{name}" if space else name


def _attribute(root: Element, rng: random.Random) -> None:
    """Change an attribute, or take it away, or add one from elsewhere."""
    having = [one for one in root.iter("*") if one.attrib]
    if not having:
        return
    one = rng.choice(having)
    name = rng.choice(list(one.attrib))
    way = rng.random()
    if way < 0.15:
        del one.attrib[name]
    elif way < 0.3:
        _any(root, rng).set(name, one.get(name))
    else:
        one.set(name, rng.choice(_NUMBERS) if rng.random() < 0.8 else _legal(odd_words(rng)))


def _words(root: Element, rng: random.Random) -> None:
    one = _any(root, rng)
    words = _legal(odd_words(rng)) if rng.random() < 0.6 else rng.choice(_NUMBERS)
    words *= rng.choice((1, 1, 1, 20, 2_000))
    if rng.random() < 0.7:
        one.text = words
    else:
        one.tail = words


def _beside(root: Element, rng: random.Random) -> None:
    """Add what is no element."""
    made = etree.Comment("words") if rng.random() < 0.5 else etree.ProcessingInstruction("xml-model", "words")
    _any(root, rng).append(made)


_WAYS: Sequence[Callable[[Element, random.Random], None]] = (
    _drop, _double, _nest, _move, _copy, _rename, _respace, _attribute, _attribute, _attribute, _words, _beside,
)  # fmt: skip


def _legal(words: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        sign
        for sign in words
        if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
