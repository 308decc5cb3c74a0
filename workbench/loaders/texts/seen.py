"""What is seen in many texts alone: what may be personal, two languages, and marks to find copies by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.loaders.texts.languages import mixed
from workbench.loaders.texts.personal import NOBODY, Finding, find_in_texts
from workbench.loaders.texts.shingles import Shingled, Shingles, shingles_of


class Seen(NamedTuple):
    """What some texts have, by their places; the texts themselves are not in it.

    Attributes
    ----------
    personal : mapping of int to list of Finding
        What may tell who somebody is.
    mixed : frozenset of int
        Those partly Swedish and partly English.
    shingles : Shingles
        Of them all.
    """

    personal: Mapping[int, Sequence[Finding]]
    mixed: frozenset[int]
    shingles: Shingles


def see(texts: Sequence[str], names: frozenset[str] = NOBODY) -> Seen:
    """Look through texts.

    Parameters
    ----------
    texts : sequence of str
        The words.
    names : frozenset of str
        People known to be about.
    """
    two = frozenset(place for place, text in enumerate(texts) if mixed(text))
    return Seen(find_in_texts(texts, names), two, shingles_of(texts))


@dataclass(frozen=True)
class Looked:
    """Texts, and what was seen in them.

    Attributes
    ----------
    places : mapping of str to int
        Each text once.
    seen : Seen
    """

    places: Mapping[str, int]
    seen: Seen

    def personal(self, text: str) -> Sequence[Finding]:
        """Return what in a text may tell who somebody is."""
        return self.seen.personal.get(self.places[text], ())

    def is_mixed(self, text: str) -> bool:
        """Tell whether a text is partly Swedish and partly English."""
        return self.places[text] in self.seen.mixed

    @property
    def shingled(self) -> Shingled:
        """The texts with their shingles."""
        return Shingled(self.places, self.seen.shingles)
