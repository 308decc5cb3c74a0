"""Names of people: those usual in Sweden, and those of the people who are known to be about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from workbench.loaders.texts.listed import listed
from workbench.loaders.texts.scanning import WordTable

PARTICLES = frozenset({"af", "al", "da", "de", "del", "den", "der", "di", "el", "la", "le", "och", "van", "von", "zu"})
LONGEST = 60  # code points of one name
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(_LETTERS)
_JOINED = re.compile(rf"-({_LETTERS})")
_NEXT = re.compile(rf"[ \u00a0]((?:(?:{'|'.join(sorted(PARTICLES - {'och'}))})[ \u00a0])*)({_LETTERS}(?:-{_LETTERS})*)")
_INITIAL = re.compile(r"[ \u00a0][^\W\d_]\.")
_STARTS = re.compile(r"(?:^|[.!?:…\n\r\t•*\u2022])[\s\"'”“»(\u2013\u2014-]*$")
_BEFORE = 12  # code points looked back on to see whether a sentence begins


@dataclass(frozen=True)
class Names:
    """Which words are names.

    Attributes
    ----------
    usual : frozenset of str
        Given names and surnames, NFC.
    words : frozenset of str
        Those of them that are ordinary words as well.
    known : frozenset of str
        Parts of the names of known people, casefolded.
    table : WordTable
        Tells quickly where one of them may begin.
    """

    usual: frozenset[str]
    words: frozenset[str]
    known: frozenset[str]
    table: WordTable

    def end_of_name(self, text: str, start: int) -> int:
        """Say where the name that begins with this word ends, surname included; 0 when it is no name."""
        match = _WORD.match(text, start, start + LONGEST) if _begins(text, start) else None
        forms = self._names_in(match[0]) if match and not match[0][0].islower() else []
        if not match or not forms:
            return 0
        end = _joined(text, match.end())
        whole = self._with_surname(text, end)
        is_word = whole == end and all(form.title() in self.words for form in forms)
        return 0 if is_word and _STARTS.search(text[max(start - _BEFORE, 0) : start]) else whole

    def _names_in(self, word: str) -> list[str]:
        return [form for form in _forms(word) if form in self.usual or form.casefold() in self.known]

    def _with_surname(self, text: str, end: int) -> int:
        """Go on over up to three words that can be surnames or initials."""
        for _ in range(3):
            if initial := _INITIAL.match(text, end):
                end = initial.end()
            elif (match := _NEXT.match(text, end)) and match[2][0].isupper() and not match[2].isupper():
                end = match.end()
            else:
                break
        return end


def names_of(people: frozenset[str]) -> Names:
    """Make the names of Sweden and of some known people ready for search."""
    return _names_of(people)


@lru_cache(maxsize=4)
def _names_of(people: frozenset[str]) -> Names:
    usual, words = listed("given_names.txt") | listed("surnames.txt"), listed("names_that_are_words.txt")
    known = frozenset(part for name in people for part in _parts(name))
    spelt = {form for name in usual for form in (name, f"{name}s")}
    spelt |= {form for part in known for name in (part, f"{part}s") for form in (name.title(), name.upper())}
    return Names(usual, words, known, WordTable(spelt | {normalize("NFD", form) for form in spelt}))


def _begins(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalpha() or combining(text[start - 1]))


def _parts(name: str) -> Iterator[str]:
    """Give the words of a name that are its own; an address has none."""
    if "@" not in name:
        words = (match[0].casefold() for match in _WORD.finditer(normalize("NFC", name)))
        yield from (word for word in words if len(word) > 1 and word not in PARTICLES)


def _forms(word: str) -> Iterator[str]:
    """Give a word as it stands, and without the s of the genitive."""
    plain = normalize("NFC", word)
    yield plain
    if plain.endswith(("s", "S")) and len(plain) > len("Bos"):
        yield plain[:-1]


def _joined(text: str, end: int) -> int:
    """Go on over a second given name after a hyphen."""
    match = _JOINED.match(text, end)
    return match.end() if match and match[1][0].isupper() else end
