"""A draft: what stands in a form, which form it is, and the version that tells two windows apart. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.errors import WorkbenchError

_ID: Final = re.compile(r"[0-9a-f]{16}")
_SHOWN = 80

Words = Mapping[str, Sequence[str]]
"""What stands in a form: field → its values, several where several boxes are ticked."""


@dataclass(frozen=True)
class Draft:
    """What one person is writing.

    Attributes
    ----------
    id : str
        Sixteen hexadecimal digits, random.
    kind : str
        Which form it stands in.
    words : dict
        Field → values.
    version : int
        From 1; each saving makes the next.
    saved_at : float
        Seconds since 1970.
    """

    id: str
    kind: str
    words: Words
    version: int
    saved_at: float

    def begins(self, names: Sequence[str]) -> str:
        """Give the first words that stand in the fields named, shortened; "" when none do."""
        texts = (value for name in names for value in self.words.get(name, ()))
        first = next((" ".join(text.split()) for text in texts if text.strip()), "")
        return first if len(first) <= _SHOWN else first[: _SHOWN - 1].rstrip() + "…"


class DraftError(WorkbenchError):
    """A draft that cannot be kept or read."""


class ElsewhereError(DraftError):
    """The draft was saved, or put away, from another window since this one saw it.

    Attributes
    ----------
    version : int
        Of what is kept now; 0 when nothing is.
    saved_at : float
        When it was kept; 0 when nothing is.
    """

    def __init__(self, version: int, saved_at: float) -> None:
        self.version, self.saved_at = version, saved_at
        super().__init__(f"Another window has made it version {version}. Cure: look at that, or save over it.")


def new_id() -> str:
    """Make a draft's id."""
    return secrets.token_hex(8)


def is_id(text: str) -> bool:
    """Whether a text is a draft's id."""
    return _ID.fullmatch(text) is not None


def next_version(seen: int | None, now: Draft | None) -> int:
    """Tell which version a saving makes.

    Parameters
    ----------
    seen : int or None
        The version that the window has seen last, 0 for none; None saves over whatever is kept.
    now : Draft or None
        What is kept.

    Raises
    ------
    ElsewhereError
        Another window has come in between: the later has it, and this one is told.
    """
    version = now.version if now else 0
    if seen is not None and seen != version:
        raise ElsewhereError(version, now.saved_at if now else 0)
    return version + 1
