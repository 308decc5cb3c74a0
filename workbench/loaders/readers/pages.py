"""Pages of a PDF made into one text: what the printer added is taken away, and told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_HYPHENS = "\u00ad\x02\ufffe"  # as PDFs write it, and as the library marks one at a line's end
_BROKEN = re.compile(rf"([^\s{_HYPHENS}]{{0,100}}+)[{_HYPHENS}]+\n?([^\s{_HYPHENS}]*)")  # or it looks ahead without end
_PAUSING = frozenset({"och", "eller", "samt", "respektive", "and", "or"})  # in- och utflöde
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?:sida|sidan|sid\.?|s\.|page|p\.)\s*(\d{1,5})(?:\s*(?:av|of|/|\()\s*\d{1,5}\)?)?"
    r"|(\d{1,5})\s*(?:\(\d{1,5}\)|(?:av|of|/)\s*\d{1,5})|^\W*(\d{1,5})\W*$)(?!\w)"
)
_MOST_LINES = 4  # of a head or a foot
_FEWEST, _FEWEST_NUMBERED = 3, 2  # pages from which a line that comes again is the printer's
_UNREADABLE = "\ufffd"


@dataclass(frozen=True)
class CleanPages:
    """Pages, and what was done to them.

    Attributes
    ----------
    pages : sequence of str
        Their words.
    mended : sequence of str
        Words that were put together again.
    margins : sequence of str
        Lines that were taken away, each once, with # where the page's number stood.
    unreadable : int
        Letters that the PDF does not name.
    """

    pages: Sequence[str]
    mended: Sequence[str] = ()
    margins: Sequence[str] = ()
    unreadable: int = 0


def clean_pages(pages: Sequence[str]) -> CleanPages:
    """Mend words that were parted at a line's end, and take away what stands at the top or bottom of most pages."""
    mended: list[str] = []
    whole = [_mended(page.replace("\r\n", "\n").replace("\r", "\n"), mended) for page in pages]
    named = ["".join(_letter(letter) for letter in page) for page in whole]
    margins = _Margins([[line.rstrip() for line in page.strip().split("\n")] for page in named])
    for bottom in (False, True):
        margins.take(bottom=bottom)
    words = ["\n".join(lines).strip("\n") for lines in margins.pages]
    return CleanPages(words, mended, list(margins.taken), sum(page.count(_UNREADABLE) for page in words))


def _mended(page: str, mended: list[str]) -> str:
    """Put words together at hyphens that a program set; one that a person may have set stays."""

    def join(found: re.Match[str]) -> str:
        before, after = found.groups()
        if after.strip(".,;:").casefold() in _PAUSING:
            return f"{before}- {after}"
        word = f"{before}{'-' * _is_own(before, after)}{after}"
        mended.append(word.strip("()[]\"'.,;:!?”“"))
        return word

    return _BROKEN.sub(join, page)


def _is_own(before: str, after: str) -> bool:
    """Tell whether the hyphen is the word's own: IT-stöd, e-post, 2024-2025, Anna-Karin; not in a line of capitals."""
    first, second = before.lstrip("([\"'”“"), after[:1]
    capitals = first.isupper() and after.isupper()
    named = not capitals and (first.isupper() or second.isupper())
    return len(first) == 1 or named or (first[-1:] + second).isdigit()


def _letter(letter: str) -> str:
    """Mark what is no letter: controls, and places in a font that have no name."""
    odd = letter not in "\n\t" and unicodedata.category(letter) in {"Cc", "Co", "Cn", "Cs"}
    return _UNREADABLE if odd else letter


@dataclass
class _Margins:
    """Heads and feet, found by coming again."""

    pages: list[list[str]]
    taken: dict[str, None] = field(default_factory=dict)

    def take(self, *, bottom: bool) -> None:
        """Take lines from one end, as long as most pages have the same one there."""
        place = -1 if bottom else 0
        for _ in range(_MOST_LINES):
            keys = {at: _key(lines[place], at) for at, lines in enumerate(self.pages) if any(lines)}
            key, count = Counter(keys.values()).most_common(1)[0] if keys else ("", 0)
            if 2 * count <= len(keys) or count < (_FEWEST_NUMBERED if "#" in key else _FEWEST):
                return
            for at in (at for at, one in keys.items() if one == key):
                line = self.pages[at].pop(place)
                self.taken[_NUMBERED.sub("#", line.strip().casefold()) if "#" in key else line.strip()] = None
                self._trim(self.pages[at], place)

    @staticmethod
    def _trim(lines: list[str], place: int) -> None:
        while lines and not lines[place].strip():
            lines.pop(place)


def _key(line: str, at: int) -> str:
    """Make lines equal that differ by their page's number only; other numbers may be an occasion's."""
    plain = " ".join(line.split()).casefold()

    def number(found: re.Match[str]) -> str:
        return f"#{int(next(filter(None, found.groups()))) - at}"

    return _NUMBERED.sub(number, plain)
