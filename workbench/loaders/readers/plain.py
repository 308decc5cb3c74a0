"""Plain text and Markdown: what stands beside the words, the words, and their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from workbench.loaders.problem import Problem
from workbench.loaders.readers.decoding import decode
from workbench.loaders.readers.mail import flag_quoted, looks_like_mail, parse_mail
from workbench.loaders.reading import Document, Reading
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import headings, normal
from workbench.reading import UNREADABLE, parse_mapping

_FRONT = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PAIR = re.compile(r"([^\W\d][^:\n]{0,39}):(?:[ \t]+(.{0,200}))?")
_YAML_SIGN = re.compile(r"""[\[{"'|>&*!%@`#]|.*(?:\s#)""")  # what YAML does not read as it stands
_LEAST_LINES = 2
_ATX = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_OCCASION = re.compile(
    r"[ \t]*(?:tillfälle|träff|möte|omgång|occasion|meeting|round|session|workshop)[ \t]+(?:nr[ \t]*)?"
    r"\d{1,2}\b[^.?!\n]{0,60}",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"([*_]{1,3})(?![*_])(.+?)\1")


def read_plain(data: bytes, *, encoding: str | None = None) -> Reading:
    """Read a text or Markdown file, an e-mail pasted in one among them.

    Returns
    -------
    Reading
        Of kind text or mail, with one document. Its `fields` are the front matter, or the lines ``label: value``
        above the first empty line, where one of two or more labels is known; its text keeps every sign of Markdown.
        `headings` are Markdown's, and lines by themselves such as Tillfälle 3.

    Raises
    ------
    UnreadableError
        Nothing in it, or no telling its encoding.
    """
    text, problems = decode(data, encoding=encoding)
    if looks_like_mail(text):
        document, quoted = parse_mail(text)
        return Reading("mail", documents=[document], problems=[*problems, *quoted])
    fields, start, told = _front(text)
    body = text[start:].strip()
    quoted = flag_quoted(body, text.count("\n", 0, text.find(body, start)), marked=False)
    document = Document(body, fields, list(headings_of(body)))
    return Reading("text", documents=[document], problems=[*problems, *told, *quoted])


def _front(text: str) -> tuple[dict[str, str], int, list[Problem]]:
    """Give labels and values above the words, and where the words begin."""
    match = _FRONT.match(text)
    if not match:
        return *_labelled(text), []
    lines = [line for line in match.group(1).split("\n") if line.strip()]
    pairs = [_PAIR.fullmatch(line) for line in lines]
    if lines and all(pair and not _YAML_SIGN.match(pair.group(2) or "") for pair in pairs):
        fields = _unique([(pair.group(1), pair.group(2) or "") for pair in pairs if pair])
    else:
        fields = _yaml_fields(match.group(1))
    if fields is None:
        rule = tell("The lines between --- are not labels and values, each label once; they stay in the text.")
        cure = tell("Write one label, a colon, a space and a value in each line.")
        return {}, 0, [Problem("", "", 0, "", lines[0][:60] if lines else "---", rule, cure, "flag")]
    remark = re.search(r"^\s*#.*|\s#.*", match.group(1), re.MULTILINE)
    return fields, match.end(), [_remark(remark.group().strip())] if remark else []


def _yaml_fields(block: str) -> dict[str, str] | None:
    """Read front matter as it was written: 3.10 is no number, and no is no truth."""
    try:
        parse_mapping("front.yaml", block)  # first, since it bounds how deep it goes
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except UNREADABLE:
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    pairs = [(_words(key), _words(value)) for key, value in node.value]
    return _unique([(key, value) for key, value in pairs if key is not None and value is not None], len(pairs))


def _words(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.SequenceNode):
        words = [_words(one) if isinstance(one, yaml.ScalarNode) else None for one in node.value]
        return None if None in words else ", ".join(word for word in words if word)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _unique(pairs: list[tuple[str, str]], count: int = 0) -> dict[str, str] | None:
    fields = {label.strip(): value.strip() for label, value in pairs}
    return fields if len(fields) == max(count, len(pairs)) else None


def _remark(found: str) -> Problem:
    rule = tell("Between --- what stands behind # is a remark; it is not taken.")
    return Problem("", "", 0, "", found[:60], rule, tell("Put the value in quotes if it holds a #."), "flag")


def _labelled(text: str) -> tuple[dict[str, str], int]:
    """Read lines of labels and values above the first empty line; a conversation has names there, no known labels."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n\n", start)
    lines = text[start : end if end >= 0 else start].split("\n")
    pairs = [(pair.group(1), pair.group(2) or "") for line in lines if (pair := _PAIR.fullmatch(line.strip()))]
    fields = _unique(pairs, len(lines))
    known = any(normal(label) in headings() for label in fields or ())
    return (fields, end) if fields and known and len(fields) >= _LEAST_LINES else ({}, 0)


def headings_of(text: str) -> Iterator[tuple[int, str]]:
    """Give each heading of a text: where its line begins, and its words without marks."""
    lines = text.split("\n")
    start, fence = 0, ""
    for number, line in enumerate(lines):
        before, after = lines[number - 1] if number else "", lines[number + 1] if number + 1 < len(lines) else ""
        mark = found.group(1) if (found := _FENCE.match(line)) else ""
        words = "" if fence or mark else _heading(before, line, after)
        if words:
            yield start, words
        if mark and fence in {"", mark}:
            fence = "" if fence else mark
        start += len(line) + 1


def _heading(before: str, line: str, after: str) -> str:
    marked = _ATX.fullmatch(line)
    if marked:
        return _bare(_unclosed(marked.group(1).strip()))
    alone = not before.strip() and bool(line.strip())
    underlined = alone and bool(_UNDERLINE.fullmatch(after)) and not _UNDERLINE.fullmatch(line)
    if underlined or (alone and not after.strip() and _OCCASION.fullmatch(_bare(line))):
        return _bare(line)
    return ""


def _unclosed(words: str) -> str:
    """Take away the signs that may close a heading; those of a word, as in C#, stay."""
    bare = words.rstrip("#")
    return words if bare and not bare[-1].isspace() else bare.rstrip()


def _bare(words: str) -> str:
    emphasis = _EMPHASIS.fullmatch(words.strip())
    return (emphasis.group(2) if emphasis else words).strip()
