"""What is seen in many texts, and in other words, alone: what may be personal, two languages, marks to find copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.loaders.texts.languages import mixed
from workbench.loaders.texts.personal import NOBODY, Finding, find_in_texts, find_personal
from workbench.loaders.texts.shingles import Shingled, Shingles, shingles_of


class Seen(NamedTuple):
    """What some texts have, by their places; the texts themselves are not in it.

    Attributes
    ----------
    personal : mapping of int to list of Finding
        What may tell who somebody is; of the other words too, whose places come after the texts'.
    mixed : frozenset of int
        Those partly Swedish and partly English.
    shingles : Shingles
        Of all texts.
    """

    personal: Mapping[int, Sequence[Finding]]
    mixed: frozenset[int]
    shingles: Shingles


def see(texts: Sequence[str], others: Sequence[str] = (), names: frozenset[str] = NOBODY) -> Seen:
    """Look through texts.

    Parameters
    ----------
    texts : sequence of str
        The words.
    others : sequence of str
        What is no text, as an attribute's value; looked through for what may be personal only.
    names : frozenset of str
        People known to be about.
    """
    two = frozenset(place for place, text in enumerate(texts) if mixed(text))
    return Seen(find_in_texts([*texts, *others], names), two, shingles_of(texts))


@dataclass(frozen=True)
class Looked:
    """Texts, and what was seen in them.

    Attributes
    ----------
    texts, others : mapping of str to int
        Each text, and all else that was looked through, once, with its place.
    seen : Seen
    names : frozenset of str
        People known to be about.
    """

    texts: Mapping[str, int]
    others: Mapping[str, int]
    seen: Seen
    names: frozenset[str] = NOBODY

    def personal(self, words: str) -> Sequence[Finding]:
        """Return what in some words may tell who somebody is; words that were not seen are looked through now."""
        place = self.texts.get(words, self.others.get(words))
        return find_personal(words, names=self.names) if place is None else self.seen.personal.get(place, ())

    def is_mixed(self, text: str) -> bool:
        """Tell whether a text is partly Swedish and partly English."""
        return self.texts[text] in self.seen.mixed

    @property
    def shingled(self) -> Shingled:
        """The texts with their shingles."""
        return Shingled(self.texts, self.seen.shingles)
