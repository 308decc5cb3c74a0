"""A level, or why there is none, as people write it."""

from __future__ import annotations

import re
from functools import cached_property

from workbench.instrument import Instrument
from workbench.language import LANGUAGES
from workbench.loaders.items.item import Cell
from workbench.loaders.judging.case import Case
from workbench.loaders.told import tell
from workbench.loaders.vocabulary import normal, words_for

_NUMBER = re.compile(r"(?:nivå\s*|level\s*)?(\d+)(?:[.,]0+)?(?:\s*[-–—:.(/,]\s*(\D.*))?")  # noqa: RUF001  dashes
Level = tuple[int | None, str | None]  # a level, or a missing code


class Scale:
    """The levels of a study's instrument, with their names in both languages."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    @cached_property
    def names(self) -> dict[str, int]:
        """Each level's names and their value."""
        levels = self.instrument.levels
        return {
            normal(word): int(value)
            for tongue in LANGUAGES
            for word, value in zip(levels[tongue], levels["value"], strict=True)
        }

    @cached_property
    def missing(self) -> dict[str, str]:
        """Every way to say why there is no level."""
        told = self.instrument.missing
        own = {
            normal(word): code for tongue in LANGUAGES for word, code in zip(told[tongue], told["code"], strict=True)
        }
        return {**words_for("missing"), **own}

    def read(self, words: str) -> Level | None:
        """Read a level, or a reason for none; None when it is neither."""
        plain = normal(words)
        if plain in self.missing:
            return None, self.missing[plain]
        if plain in self.names:
            return self.names[plain], None
        match = _NUMBER.fullmatch(plain)
        value = int(match[1]) if match else -1
        named = self.names.get(normal(match[2].rstrip(")"))) if match and match[2] else None
        if value not in self.names.values() or (named is not None and named != value):
            return None
        return value, None

    def says_more(self, words: str) -> bool:
        """Tell whether more stands there than a level, or a reason for none, that can be read."""
        plain = normal(words)
        match = None if plain in {**self.missing, **self.names} else _NUMBER.fullmatch(plain)
        named = match is None or match[2] is None or normal(match[2].rstrip(")")) in self.names
        return not named or ("?" in words and plain not in self.missing)


def read_level(case: Case, scale: Scale, cell: Cell) -> Level | None:
    """Read a cell; None where it is wrong, or where nothing was answered; a number that stands for that is told."""
    words = case.mapped("level", cell.words)
    if (found := scale.read(words)) is not None:
        if scale.says_more(words):
            case.leave(cell, cell.words, tell("Beside the level stands something that is not read."))
        return found
    if normal(words) in words_for("no answer"):
        rule = tell("It stands for no answer, and was read as none.")
        cure = tell('If it means something else, such as "don\'t know", say so in a mapping.')
        case.tell(cell, rule, cure, "changed")
        case.is_answered = True
        return None
    values = list(scale.names.values())
    rule = tell("A level is one whole number from {lowest} to {highest}.", lowest=min(values), highest=max(values))
    case.tell(cell, rule, tell("Choose the one whose sentence fits best, or write why there is none."))
    return None
