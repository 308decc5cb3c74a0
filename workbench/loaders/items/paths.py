"""What a file's name and its folders tell: who, where, when, what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workbench.loaders.items.days import MONTHS, read_day
from workbench.loaders.items.known import Known
from workbench.loaders.texts.personal import find_personal
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
        told = dict(_told(part, known))
        if "person" in told:
            found.pop("name", None)  # a folder's name, which nobody knows: nearer is who the file is from
        found |= told
    return found


def told_by_sheet(name: str, known: Known) -> dict[str, str]:
    """Read what a sheet's name tells of who and when, as in a workbook with a sheet for each occasion."""
    found = dict(_told(unicodedata.normalize("NFC", name), known))
    return {field: words for field, words in found.items() if field in {"person", "name", "organisation", "occasion"}}


def _full_names(stem: str) -> Iterator[str]:
    """Find what looks like somebody's given name and surname."""
    words = stem.replace("_", " ")
    for found in find_personal(words):
        if found.kind == "name" and " " in words[found.start : found.end]:
            yield words[found.start : found.end]


def _told(part: str, known: Known) -> Iterator[tuple[str, str]]:
    """Read one part of a path. Of two that are named nobody can tell which is meant: they are refused together."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part)
    words = [stem, *(word for word in _PARTS.split(stem) if word)]
    kinds = [kind for word in words if (kind := words_for("kind").get(normal(word)))]
    yield from (("kind", kind) for kind in kinds)
    organisations = [code for word in words if (code := known.find_organisation(word))]
    people = [code for word in (*words, *_full_names(stem)) if (code := known.find_person(word))]
    strangers = [] if people else list(_full_names(stem))[:1]  # so that their text is not taken for a joint one
    numbers = [match[1] or match[2] for match in _OCCASION.finditer(normal(stem).replace("_", " "))]
    occasions = [code for number in numbers if (code := known.find_occasion(number)[0])]
    named = {"organisation": organisations, "person": people, "name": strangers, "occasion": occasions}
    yield from ((field, " + ".join(dict.fromkeys(codes))) for field, codes in named.items() if codes)
    if (day := _DATE.search(stem)) and read_day(day[0])[0]:
        yield "written", day[0]
