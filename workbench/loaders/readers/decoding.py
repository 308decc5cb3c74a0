"""Bytes into text: which encoding a file is in, said aloud where it is not plain UTF-8."""
# ruff: noqa: RUF001  signs that look alike are what this module tells apart

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.told import tell
from workbench.records import storable

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE = tell("Save it as UTF-8, or name its encoding in the mapping.")
_ORIGINAL = tell("Send the original, if it is whole; here the text is kept as it came.")
_AGAIN = tell("Open it in the program it was written in and save it anew as UTF-8.")

# How usual a character is in Swedish, in natural logarithms; rough, since only great differences decide.
_USUAL = {
    **dict.fromkeys("åäö", -1.2),
    **dict.fromkeys("ÅÄÖ", -2.0),
    **dict.fromkeys("é”’–\u00a0", -3.0),
    **dict.fromkeys("—…•§´½°€«»“„‘·", -4.0),
    **dict.fromkeys("üÜèàáøæÉçñëïôâêÆØ£×²³®©™µ±¨", -6.0),
}
_UNUSUAL, _MISPLACED, _NO_TEXT, _AT_AN_EDGE = -9.0, -8.0, -14.0, -1.2
_INSIDE = "’´·\u00a0\u00ad"  # what may stand between two letters and is none
_CANDIDATES = {"cp1252": 0.0, "mac_roman": -2.0, "cp850": -2.0}  # Windows is what the agencies have
_LEAST_APART, _LEAST_USUAL, _SAMPLE = 3.0, -7.0, 5_000

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FOREIGN_BYTE = re.compile(rb"[^\x00-\x7f]")
_SWEDISH = re.compile("[åäöÅÄÖ]")
_MISREAD = re.compile(
    r"Ã[¥¤¶…„–©¨\u0085\u0084\u0096]|â€[™œ\u009d“”¦¢˜]|Â[\u00a0§°½·»«]|√[•§∂ÖÑ©]|‚Ä[ôúùìî¶]|├[ÑñÂàäû®]|\ufffd"
)


def decode(data: bytes, *, encoding: str | None = None) -> tuple[str, list[Problem]]:
    """Decode a file's bytes.

    Parameters
    ----------
    data : bytes
        The whole file.
    encoding : str, optional
        Its encoding, where somebody knows it.

    Returns
    -------
    text : str
        With LF at the end of lines, without a byte order mark; otherwise as it stands.
    problems : list of Problem
        A guessed encoding, and characters that were spoilt before the file came here.

    Raises
    ------
    UnreadableError
        Nothing in it, no text, or no telling which encoding.
    """
    text, problems = (_decode_as(data, encoding), []) if encoding else _decode_marked(data) or _decode_unmarked(data)
    if "\0" in text or (encoding and not storable(text)):  # no other way leads to half a character
        raise UnreadableError("NUL", tell("Half a character or a NUL stands in it, so it is no text."), _AGAIN)
    if not text or text.isspace():
        raise UnreadableError("", tell("There is nothing in the file."), tell("Send the file with its contents."))
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return text, [*problems, *_spoilt(text)]


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        rule = tell("Line {line} is not in {encoding}.", line=line, encoding=encoding)
        raise UnreadableError(data[error.start : error.end].hex(" "), rule, _SAVE) from error
    except ValueError as error:
        raise UnreadableError(ascii(encoding[:60]), tell("Its text cannot be read in this encoding."), _SAVE) from error
    except LookupError as error:
        raise UnreadableError(ascii(encoding[:60]), tell("There is no encoding of this name."), _SAVE) from error


def _decode_marked(data: bytes) -> tuple[str, list[Problem]] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding), []
    return None


def _decode_unmarked(data: bytes) -> tuple[str, list[Problem]]:
    if b"\0" in data:
        return _decode_wide(data)
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        _refuse_broken(data, error)
        return _decode_narrow(data)


def _decode_wide(data: bytes) -> tuple[str, list[Problem]]:
    """Every other byte of Western text in UTF-16 is a NUL, and hardly one of the others."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or min(even, odd) * 20 > max(even, odd) or max(even, odd) * 4 < len(data):
        raise UnreadableError("NUL", tell("It holds NUL bytes, so it is no text file."), _AGAIN)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = _decode_as(data, encoding)
    return text, [_guess(encoding, text)]


class _Candidate(NamedTuple):
    likely: float
    usual: float
    encoding: str
    places: list[str]


def _refuse_broken(data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse UTF-8 with a few bytes damaged, or cut within a character: in no other encoding is it text."""
    lost = data.decode(errors="replace")
    broken = lost.count("\ufffd")
    if len(lost) - len(lost.encode("ascii", "ignore")) >= 2 * broken:
        line = data.count(b"\n", 0, error.start) + 1
        rule = tell("It is UTF-8 but for {count} places, the first in line {line}.", count=broken, line=line)
        raise UnreadableError(data[error.start : error.end].hex(" "), rule, _AGAIN) from error


def _decode_narrow(data: bytes) -> tuple[str, list[Problem]]:
    best, *others = sorted(_rank(data), reverse=True)
    if best.usual < _LEAST_USUAL:
        raise UnreadableError("", tell("It is in no encoding known here, or no text."), _SAVE)
    text = _decode_as(data, best.encoding)
    for other in others:
        if best.likely - other.likely < _LEAST_APART and best.places != other.places:
            found = f"{_example(text)} / {_example(data.decode(other.encoding, 'replace'))}"
            raise UnreadableError(found, tell("Two encodings are as likely as each other."), _SAVE)
    return text, [_guess(best.encoding, text)]


def _rank(data: bytes) -> Iterator[_Candidate]:
    places = [match.start() for match in islice(_FOREIGN_BYTE.finditer(data), _SAMPLE)]
    around = [(data[at - 1 : at] or b" ") + data[at : at + 1] + (data[at + 1 : at + 2] or b" ") for at in places]
    for encoding, prior in _CANDIDATES.items():
        found = [place.decode(encoding, "replace") for place in around]  # one not in it is most unusual
        weight = sum(map(_weigh, found))
        yield _Candidate(prior + weight, weight / len(found), encoding, found)


def _weigh(place: str) -> float:
    """Say how likely the middle one of three characters is where it stands."""
    before, char, after = tuple(place)
    left, right = before.isalpha(), after.isalpha()
    if unicodedata.category(char) == "Cc":
        return _NO_TEXT
    if not char.isalpha():
        within = left and right and char not in _INSIDE
        return _MISPLACED if within else _USUAL.get(char, _UNUSUAL)
    cased = (char.isupper() and before.islower()) or (char.islower() and before.isupper() and right)
    return _USUAL.get(char, _UNUSUAL) + _AT_AN_EDGE * ((not left) + (not right)) + _MISPLACED * cased


def _guess(encoding: str, text: str) -> Problem:
    words = dict.fromkeys(_word_at(text, match.start()) for match in islice(_SWEDISH.finditer(text), 20))
    rule = tell("It is not marked as UTF-8; it was read as {encoding}, which fits its words best.", encoding=encoding)
    cure = tell("Look whether its letters are right; if not, save it as UTF-8, or name its encoding in the mapping.")
    return Problem("", "", 0, "", ", ".join(list(words)[:3]), rule, cure, "changed")


def _example(text: str) -> str:
    return _word_at(text, next(_FOREIGN.finditer(text)).start())


def _word_at(text: str, at: int) -> str:
    """Return the word around a place, no more than 40 characters of it."""
    before = re.split(r"\s", text[max(0, at - 20) : at])[-1]
    return (before + text[at] + re.split(r"\s", text[at + 1 : at + 20])[0]).strip(" .,;:!?()\"”'")


def seems_spoilt(text: str) -> bool:
    """Tell whether a sign stands in a text with which spoilt letters begin; each is one quick search."""
    return any(map(text.__contains__, "ÃÂâ√‚├\ufffd"))


def _spoilt(text: str) -> list[Problem]:
    """Tell of letters that somebody's program spoilt; mending them would be guessing."""
    if not seems_spoilt(text):
        return []
    found = list(islice(_MISREAD.finditer(text), _SAMPLE))
    if not found:
        return []
    rule = tell("In {count} places letters were spoilt by a program that mistook the encoding.", count=len(found))
    return [Problem("", "", 0, "", _word_at(text, found[0].start()), rule, _ORIGINAL, "flag")]
