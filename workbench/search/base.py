"""The base form of a word, by which its forms are the same: förmågorna, förmåga."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from workbench.errors import WorkbenchError

Look = Callable[[str], str | None]

_KEPT = 2**17  # answers of a dictionary
SHORTEST_FIRST, SHORTEST_LAST = 3, 4  # letters in the parts of a compound


class SearchError(WorkbenchError):
    """What a search lacks, and the cure."""


def base_form(form: str, language: str) -> str:
    """Give the base form of a word that is folded already.

    simplemma's dictionary, asked until it says no other word (*lärandet*, *lärande*, *lära*). A Swedish compound that
    it lacks is inflected as its last part is (*innovationsförmågan*, *innovationsförmåga*). Else simplemma's rules;
    else the word is its own base form.

    Parameters
    ----------
    form : str
        See `workbench.search.words.fold`.
    language : {"sv", "en"}

    Raises
    ------
    SearchError
        simplemma is not installed.

    Source: A. Barbaresi, simplemma, doi:10.5281/zenodo.4673264; docs/search.md for what was measured.
    """
    look, rules = dictionary(language)
    known = _settled(form, look) or look(form.capitalize())  # the latter a name, such as Malmö
    return known or (_compound(form, look) if language == "sv" else None) or rules(form) or form


@cache
def dictionary(language: str) -> tuple[Look, Look]:
    """Load a language's dictionary, which takes about a second, and its rules: functions of a folded word.

    Raises
    ------
    SearchError
        simplemma is not installed.
    """
    try:
        from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY, RulesStrategy  # noqa: PLC0415  heavy
    except ModuleNotFoundError as error:
        cure = "pip install 'innovation-workbench[search]'"
        raise SearchError(f"Searching needs {error.name}. Cure: {cure}") from error
    lemmas, rules = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language), RulesStrategy()

    @lru_cache(_KEPT)  # compounds have their parts in common
    def look(form: str) -> str | None:
        found = lemmas.get(form)
        return found.lower() if found else None

    return look, lambda form: rules.get_lemma(form, language)


def _settled(form: str, look: Look) -> str | None:
    """Follow a word from lemma to lemma; None when the dictionary lacks it."""
    seen = [form]
    while (found := look(seen[-1])) and found not in seen:
        seen.append(found)
    if found:
        return min(seen[seen.index(found) :])  # words that are each other's lemma have one base form
    return seen[-1] if len(seen) > 1 else None


def _compound(form: str, look: Look) -> str | None:
    """Part a compound before the longest last part that the dictionary has, if it has the first one too."""
    for place in range(SHORTEST_FIRST, len(form) - SHORTEST_LAST + 1):
        first, last = form[:place], form[place:]
        if (base := _settled(last, look)) and (look(first) or (first.endswith("s") and look(first[:-1]))):
            return first + base
    return None
