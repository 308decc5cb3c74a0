"""What a file's name and its folders tell: who, where, when, what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workbench.loaders.days import MONTHS, read_day
from workbench.loaders.known import Known
from workbench.loaders.vocabulary import normal, words_for

_PARTS = re.compile(r"[\s_()\[\],;]+|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])|\.(?!\d)")
_NUMBER = r"[ _-]?0*(\d{1,2})(?![\da-zåäö])"
_OCCASION = re.compile(
    rf"(?:^|(?<=[^a-zåäö]))(?:(?:t|tillfälle|tillfalle|occasion){_NUMBER}"
    rf"|(?:träff|traff|möte|mote|meeting){_NUMBER}(?!\.?\s(?:{'|'.join(MONTHS)})\b))"  # "möte 5 mars" is a day
)
_DATE = re.compile(r"(?<!\d)(?:20\d{2}-\d{2}-\d{2}|20\d{6})(?!\d)")


def told_by_path(path: str, known: Known) -> dict[str, str]:
    """Read what a path tells; the file's own name goes before its folders, the inner before the outer.

    Returns
    -------
    dict of str to str
        Codes of a person, organisation, occasion; a kind of entry; a day; those that are told.
    """
    found: dict[str, str] = {}
    for part in unicodedata.normalize("NFC", path).split("/"):
        found |= dict(_told(part, known))
    return found


def told_by_sheet(name: str, known: Known) -> dict[str, str]:
    """Read what a sheet's name tells of who and when, as in a workbook with a sheet for each occasion."""
    found = dict(_told(unicodedata.normalize("NFC", name), known))
    return {field: words for field, words in found.items() if field in {"person", "organisation", "occasion"}}


def _told(part: str, known: Known) -> Iterator[tuple[str, str]]:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part)
    words = [stem, *(word for word in _PARTS.split(stem) if word)]
    plain = normal(stem).replace("_", " ")
    named: dict[str, dict[str, None]] = {"organisation": {}, "person": {}, "occasion": {}}
    for word in words:
        if organisation := known.find_organisation(word):
            named["organisation"][organisation] = None
        if person := known.find_person(word):
            named["person"][person] = None
        if kind := words_for("kind").get(normal(word)):
            yield "kind", kind
    for match in _OCCASION.finditer(plain):
        if occasion := known.find_occasion(match[1] or match[2])[0]:
            named["occasion"][occasion] = None
    for field, codes in named.items():
        if codes:
            yield field, " + ".join(codes)  # of two nobody can tell which is meant: they are refused together
    if (day := _DATE.search(stem)) and read_day(day[0])[0]:
        yield "written", day[0]
