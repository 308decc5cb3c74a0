"""A message file (.eml): its head, its words, and what hangs on it."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageError
from email.message import Message

from workbench.loaders.problem import NOTHING, Problem, UnreadableError, Weight
from workbench.loaders.readers.decoding import decode
from workbench.loaders.readers.htmltext import text_of_html
from workbench.loaders.reading import Document
from workbench.loaders.told import Told, tell
from workbench.records import storable

_FIRST = 20_000  # bytes in which a message shows itself
_LINE = re.compile(rb"([!-9;-~]+):")
_TELLING = frozenset({b"mime-version", b"message-id", b"received", b"content-type", b"return-path"})
_TOP = ("From", "Date", "To", "Cc", "Subject")
_LONGEST = 2_000  # characters of a line of the head
# What broken heads make the library raise.
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
_MEND = tell("Save the message anew from the e-mail program, or paste its text in a text file.")


def is_message(data: bytes) -> bool:
    """Tell whether a file is a message as it was sent: a head, with lines in it that only programs write."""
    head = re.split(rb"\r?\n\r?\n", data[:_FIRST], maxsplit=1)[0].removeprefix(b"\xef\xbb\xbf")
    lines = [line for line in re.sub(rb"\AFrom .*\r?\n", b"", head).splitlines() if line[:1] not in b" \t"]
    labels = [match.group(1).lower() if (match := _LINE.match(line)) else None for line in lines]
    return None not in labels and not _TELLING.isdisjoint(labels)


def read_message(data: bytes) -> tuple[Document, list[Problem]]:
    """Read a message.

    Returns
    -------
    document : Document
        Its words, of HTML if it has no others; `fields` with its head, the date as 2025-02-05T14:10:00+01:00.
    problems : list of Problem
        Words taken out of HTML, spoilt letters, attachments that were not read.

    Raises
    ------
    UnreadableError
        A broken head, or no words.
    """
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))
        plain, pages, attached = _parts(message)
        fields = _fields(message)
    except _BROKEN as error:
        raise UnreadableError(type(error).__name__, tell("The head of the message is broken."), _MEND) from error
    texts = [_decode_part(part) for part in plain or pages]
    words = [text if plain else text_of_html(text) for text, _ in texts]
    problems = [problem for _, told in texts for problem in told] + _told(fields, attached, of_html=not plain)
    if any(part.defects for part in message.walk()):
        problems.append(_problem("", tell("The message is damaged; look whether its words are whole."), "flag", _MEND))
    text = "\n\n".join(one.strip() for one in words if one.strip())
    if not text:
        raise UnreadableError(", ".join(attached)[:60], tell("There are no words in the message."), _MEND)
    return Document(text, fields), problems


def _parts(message: Message) -> tuple[list[Message], list[Message], list[str]]:
    """Sort the parts: plain text, HTML, names of what is attached."""
    plain: list[Message] = []
    pages: list[Message] = []
    attached: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or part.get_filename() or not kind.startswith("text/"):
            attached.append(part.get_filename() or kind)
        else:
            (pages if kind == "text/html" else plain).append(part)
    return plain, pages, attached


def _fields(message: Message) -> dict[str, str]:
    raw: dict[str, str] = {}
    for name, value in message.raw_items():
        raw.setdefault(name.title(), value)
    fields = {name: _field(name, raw[name]) for name in _TOP if name in raw}
    if not storable("".join(fields.values())):
        raise ValueError("NUL")
    return fields


def _field(name: str, raw: str) -> str:
    if len(raw) > _LONGEST:  # the library takes the square of its length, and who else got the message is not kept
        return " ".join(raw.encode(errors="surrogateescape").decode(errors="replace").split())
    value = email.policy.default.header_fetch_parse(name, raw)
    moment = getattr(value, "datetime", None)
    return moment.isoformat() if moment else str(value)


def _decode_part(part: Message) -> tuple[str, list[Problem]]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return "", []
    declared = part.get_content_charset()
    try:
        return decode(data, encoding=declared)
    except UnreadableError:
        if not declared:
            raise
    text, problems = decode(data)
    return text, [
        *problems,
        _problem(declared[:60], tell("It is not in the encoding it declares."), "changed"),
    ]


def _told(fields: dict[str, str], attached: list[str], *, of_html: bool) -> list[Problem]:
    told = []
    if of_html:
        told.append(_problem("HTML", tell("The message is a page; its words were taken out of it."), "changed"))
    if attached:
        rule = tell("{count} attachments were not read.", count=len(attached))
        told.append(
            _problem(", ".join(attached)[:60], rule, "flag", tell("Hand them in as files, if they belong here."))
        )
    if spoilt := [value for value in fields.values() if "\ufffd" in value]:
        told.append(_problem(spoilt[0][:60], tell("Letters in the head of the message are spoilt."), "flag"))
    return told


def _problem(found: str, rule: Told, weight: Weight, cure: Told = NOTHING) -> Problem:
    kept = found.encode(errors="replace").decode().replace("\0", "")  # of a broken name
    return Problem("", "", 0, "", kept, rule, cure, weight)
