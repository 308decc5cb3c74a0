"""Words told in either language: what is said of a file goes to the researcher and to whoever sent it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.language import Language, translator


@dataclass(frozen=True, order=True)
class Both:
    """Words that are not in the catalogue, such as a column's meaning, in either language."""

    sv: str
    en: str

    def told(self, language: Language) -> str:
        """Say them in a language."""
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, order=True)
class Told:
    """A sentence in English with what stands in its ``{places}``; the catalogue has its Swedish."""

    words: str
    values: tuple[tuple[str, object], ...] = ()

    def told(self, language: Language) -> str:
        """Say it in a language."""
        if not self.words:
            return ""  # which a catalogue takes for the question of its own heading
        said = (Told, Both)
        values = {name: value.told(language) if isinstance(value, said) else value for name, value in self.values}
        return translator(language)(self.words).format(**values)

    def __str__(self) -> str:
        """Say it in English."""
        return self.told("en")


def tell(words: str, **values: object) -> Told:
    """Make a `Told`; the words are a literal, so that they can be gathered for translation."""
    return Told(words, tuple(values.items()))
