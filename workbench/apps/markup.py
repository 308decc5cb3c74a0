"""Words into HTML: everything a person wrote is escaped here, and nowhere else is HTML made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pandas as pd


@dataclass(frozen=True, order=True)
class Passage:
    """A stretch of a text that carries one code, in code points, end exclusive."""

    start: int
    end: int
    code: str


def passages(codings: pd.DataFrame) -> list[Passage]:
    """Join what several coders marked with the same code where it overlaps, in reading order.

    Parameters
    ----------
    codings : DataFrame
        start, end, code: the codings of one entry.
    """
    joined: list[Passage] = []
    rows = codings.sort_values(["code", "start"])
    for start, end, code in rows[["start", "end", "code"]].itertuples(index=False):
        if joined and joined[-1].code == code and start <= joined[-1].end:
            joined[-1] = Passage(joined[-1].start, max(end, joined[-1].end), code)
        else:
            joined.append(Passage(int(start), int(end), str(code)))
    return sorted(joined)


def mark_up(text: str, marked: Sequence[Passage]) -> str:
    """Write the text as HTML with each passage underlined and, at its end, its number in `marked`.

    Passages may overlap; each stretch between two boundaries is one ``<mark>``. All text is escaped.
    """
    edges = sorted({0, len(text), *(edge for passage in marked for edge in (passage.start, passage.end))})
    return "".join(_stretch(text[start:end], start, end, marked) for start, end in pairwise(edges))


def _stretch(words: str, start: int, end: int, marked: Sequence[Passage]) -> str:
    covered = any(passage.start <= start and end <= passage.end for passage in marked)
    ending = [str(number) for number, passage in enumerate(marked, 1) if passage.end == end]
    note = f"<sup>{', '.join(ending)}</sup>" if ending else ""
    return f"<mark>{escape(words)}</mark>{note}" if covered else escape(words) + note


def element(tag: str, words: str, *, style: str = "") -> str:
    """Write one element around plain text; `style` is its class."""
    named = f' class="{escape(style)}"' if style else ""
    return f"<{tag}{named}>{escape(words)}</{tag}>"


def items(lines: Iterable[str], *, kind: str = "ul") -> str:
    """Write a list; the lines are HTML already."""
    return f"<{kind}>{''.join(f'<li>{line}</li>' for line in lines)}</{kind}>"


def section(title: str, *parts: str, name: str = "") -> str:
    """Write a titled section; the parts are HTML already."""
    anchor = f' id="{escape(name)}"' if name else ""
    return f'<section class="wb-section"{anchor}>{element("h2", title)}{"".join(parts)}</section>'


def scrolled(content: str, name: str) -> str:
    """Write wide content, HTML already, in a named region that can be scrolled, by keyboard too."""
    return f'<div class="html" role="region" tabindex="0" aria-label="{escape(name)}">{content}</div>'


def folded(summary: str, content: str) -> str:
    """Write content that opens on a click; both are HTML already."""
    return f"<details><summary>{summary}</summary>{content}</details>"


def facts(pairs: Mapping[str, str | None]) -> str:
    """Write a description list of those pairs that have a value; keys and values are plain text."""
    rows = (f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in pairs.items() if value)
    return f"<dl>{''.join(rows)}</dl>"
