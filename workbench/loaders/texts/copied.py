"""Text copied from the person's previous one, and what is new in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.coding.repetition import SHORTEST, copied_blocks
from workbench.loaders.texts.shingles import Shingled, shingled

ABOVE = 0.6  # in real reflection logs 15 % of consecutive texts are copied to more than this
MOST_EQUAL = 200_000  # pairs of equal words; two texts of a page have some thousands
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Copy:
    """A text that is largely copied.

    Attributes
    ----------
    share : float
        Words in runs of at least four that stand in the previous text, of all its words.
    new : tuple of (int, int)
        The parts that do not, in code points, ends exclusive.
    """

    share: float
    new: tuple[tuple[int, int], ...]


def copied(pairs: Sequence[tuple[str, str]], *, above: float = ABOVE, known: Shingled | None = None) -> dict[int, Copy]:
    """Find the texts that are largely copied.

    Parameters
    ----------
    pairs : sequence of (str, str)
        A previous text, and the text that may have been copied from it.
    above : float
        A share that is more than this, from 0 to 1, is told.
    known : Shingled, optional
        Texts whose shingles were made before.

    Returns
    -------
    dict of int to Copy
        Place of each such pair, in order; shares as `workbench.coding.copied_share` gives them.
    """
    most = (known or shingled()).most_copied(pairs)  # who cannot have so large a share is not compared word by word
    found = {place: copy_of(*pairs[place]) for place, share in enumerate(most) if share > above}
    return {place: one for place, one in found.items() if one.share > above}


def copy_of(before: str, after: str) -> Copy:
    """Compare a text with the one before it.

    Texts too long to be compared word by word (reports of many pages) are compared by their runs of four words,
    wherever they stand.
    """
    words = [match.span() for match in _WORD.finditer(after)]
    earlier, later = before.split(), after.split()
    blocks = _shared_runs(earlier, later) if _is_long(earlier, later) else copied_blocks(earlier, later)
    share = sum(size for _start, size in blocks) / max(len(words), 1)
    return Copy(share, tuple(_between(words, blocks)))


def _is_long(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell by how many pairs of equal words there are, which decides how long a comparison takes."""
    counts = Counter(before)
    return sum(counts[word] for word in after) > MOST_EQUAL


def _shared_runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Find the longest runs of words of which every four in a row stand in the earlier text."""
    known = {tuple(before[place : place + SHORTEST]) for place in range(len(before) - SHORTEST + 1)}
    runs: list[tuple[int, int]] = []
    for place in range(len(after) - SHORTEST + 1):
        if tuple(after[place : place + SHORTEST]) in known:
            start, size = runs[-1] if runs else (-1, 0)
            if start + size >= place > start >= 0:
                runs[-1] = (start, place + SHORTEST - start)
            else:
                runs.append((place, SHORTEST))
    return runs


def _between(words: Sequence[tuple[int, int]], blocks: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Give the parts of a text between its copied blocks."""
    place = 0
    for start, size in [*blocks, (len(words), 0)]:
        if place < start:
            yield words[place][0], words[start - 1][1]
        place = start + size
