"""The words of an HTML page or message, a paragraph a line."""

from __future__ import annotations

import html
import re

_PARAGRAPHS = frozenset({"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_LINES = frozenset({
    "address", "article", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "header", "hr", "li",
    "main", "nav", "section", "tr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "title", "template"})
_SPACES = re.compile(r"[ \t\n\f\r]+")
# No sign is looked at twice: html.parser takes the square of a message's length where a quote does not close.
_MARK = re.compile(r"<!--|<(/?)([a-z][a-z0-9:]*+)[^<>]*+>|<[!?][^<>]*+>", re.IGNORECASE)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?", re.IGNORECASE)


def text_of_html(page: str) -> str:
    """Give what a reader of the page sees: no tags, styles or scripts; cells of a row with a tab between."""
    lines = "".join(_parts(page)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip(" \t") for line in lines)).strip()


def _parts(page: str) -> list[str]:
    parts, hidden, unseen, at = [""], [""], "", 0
    last_comment = page.rfind("-->")
    while mark := _MARK.search(page, at):
        (hidden if unseen else parts).append(_words(page[at : mark.start()]))
        at = mark.end()
        name = (mark.group(2) or "").lower()
        if mark.group() == "<!--" and at <= last_comment:
            at = page.index("-->", at) + len("-->")
        elif unseen:
            unseen, hidden = ("", [""]) if mark.group(1) and name == unseen else (unseen, hidden)
        elif name in _UNSEEN and not mark.group(1):
            unseen = name
        else:
            parts.append(_break(name, closing=bool(mark.group(1)), after=parts[-1] or parts[-2]))
    return [*parts, *hidden, _words(page[at:])]  # what was to be hidden and has no end is seen


def _words(source: str) -> str:
    return characters_of(_SPACES.sub(" ", source))


def characters_of(source: str) -> str:
    """Write ``&amp;`` and the like as the characters they stand for; numbers that are none stay as they are."""
    return _CHARACTER.sub(lambda match: html.unescape(match.group()), source).replace("\r", "\n")


def _break(name: str, *, closing: bool, after: str) -> str:
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "\n" if name == "br" or not after.endswith("\n") else ""
    return "\t" if name in _CELLS and not closing and not after.endswith("\n") else ""
