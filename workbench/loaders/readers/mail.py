"""E-mails: a message file, or one pasted in a text file."""

from __future__ import annotations

import re

from workbench.loaders.problem import Problem
from workbench.loaders.readers.decoding import decode
from workbench.loaders.readers.message import is_message, read_message
from workbench.loaders.reading import Document, Reading
from workbench.loaders.told import tell

_SENDER = frozenset({"från", "from"})
_OTHERS = frozenset({"skickat", "sent", "datum", "date", "till", "to", "kopia", "cc", "ämne", "subject"})
_BESIDE = frozenset({"hemlig kopia", "bcc", "svara till", "reply-to", "bilaga", "bilagor", "attachments", "prioritet",
                     "importance"})  # fmt: skip
_MOST_LINES = 100  # of a head
_LINE = re.compile(r"[ \t]*([*_]{0,2})([^\W\d_]+(?:[ -][^\W\d_]+)?)(?::\1|\1:)[ \t]*(.*)")
_QUOTED = re.compile(
    r"^[ \t>]*(?:"
    r"-{2,}[ ]?(?:ursprungligt meddelande|original message|vidarebefordrat meddelande|forwarded message)[ ]?-{2,}"
    r"|(?:den|on|mån|tis|ons|tors|fre|lör|sön|\d{1,2})\b(?=[^\n]*(?:\d{4}|\d[:.]\d\d))[^\n]{0,200}"
    r"(?:\n[^\n]{0,100})?\b(?:skrev|wrote)\b[^\n]{0,100}:[ \t]*$"
    r"|[*_]{0,2}(?:från|from):[^\n]+\n[ \t>]*[*_]{0,2}(?:skickat|sent|datum|date):"
    r"|>)",
    re.IGNORECASE | re.MULTILINE,
)


def read_mail(data: bytes, *, encoding: str | None = None) -> Reading:
    """Read one e-mail.

    Returns
    -------
    Reading
        Of kind mail, with one document: the head as `fields`, the words with what is quoted below them, which is
        flagged where it begins. What was attached is told, and not read.

    Raises
    ------
    UnreadableError
        No words in it, or no telling its encoding.
    """
    if is_message(data):
        document, problems = read_message(data)
        return Reading("mail", documents=[document], problems=[*problems, *flag_quoted(document.text)])
    text, problems = decode(data, encoding=encoding)
    document, quoted = parse_mail(text)
    return Reading("mail", documents=[document], problems=[*problems, *quoted])


def looks_like_mail(text: str) -> bool:
    """Tell whether a text begins with the head of an e-mail: who it is from, and something more of a head."""
    labels = {label.casefold() for label in _head(text)[0]}
    return bool(labels & _SENDER) and bool(labels & _OTHERS)


def parse_mail(text: str) -> tuple[Document, list[Problem]]:
    """Part the text of an e-mail, without a head at times, into head and words."""
    fields, end = _head(text) if looks_like_mail(text) else ({}, 0)
    body = text[end:].strip()
    return Document(body, fields), flag_quoted(body, text.count("\n", 0, text.find(body, end)))


def flag_quoted(body: str, lines_above: int = 0, *, marked: bool = True) -> list[Problem]:
    """Say where an older message begins below the words, so that a human can cut it.

    Parameters
    ----------
    body : str
        The words.
    lines_above : int
        Lines of the file above them.
    marked : bool
        Whether a ``>`` before a line marks it as older, as in an e-mail; in other texts it marks a quotation.
    """
    for match in _QUOTED.finditer(body):
        found = match.group().strip().split("\n")[0]
        if marked or found != ">":
            line = lines_above + body.count("\n", 0, match.start()) + 1
            rule = tell("An older message seems to begin in line {line}; it is kept.", line=line)
            return [Problem("", "", 0, "", found[:60], rule, tell("Cut it if it is not part of the answer."), "flag")]
    return []


def _head(text: str) -> tuple[dict[str, str], int]:
    """Read the head: its labels and values as they stand, and where it ends."""
    place = len(text) - len(text.lstrip())
    fields: dict[str, str] = {}
    for line in text[place:].split("\n", _MOST_LINES)[:_MOST_LINES]:
        match = _LINE.fullmatch(line)
        label = match.group(2).casefold() if match else ""
        if match and label in _SENDER | _OTHERS | _BESIDE and label not in map(str.casefold, fields):
            fields[match.group(2)] = match.group(3).strip()
        elif fields and line[:1] in {" ", "\t"} and line.strip():  # the line above goes on
            fields[list(fields)[-1]] += " " + line.strip()
        else:
            break
        place += len(line) + 1
    return fields, min(place, len(text))
