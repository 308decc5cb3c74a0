"""What participants are told before they choose, with its version; and what each of them has chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.acts.bulk import bulk
from workbench.acts.consents import TAKE_PART, consent
from workbench.errors import Fault, WorkbenchError
from workbench.language import LANGUAGES, Language
from workbench.reading import read_mapping
from workbench.store.draft import Act
from workbench.tables import CONSENTS

FILE: Final = "information.toml"
PURPOSES: Final = CONSENTS["purpose"].allowed
_OURS: Final = Path(__file__).parent / FILE
_WORDS: Final = tuple(f"{part}_{tongue}" for part in ("title", "text") for tongue in LANGUAGES)
_CURE: Final = "write it as the workbench's own information.toml is written"


class InformationError(WorkbenchError):
    """An information text that cannot be used; lists every fault."""


@dataclass(frozen=True)
class Words:
    """A title and a text, in both languages: ``title_sv``, ``title_en``, ``text_sv``, ``text_en``."""

    by: Mapping[str, str]

    def title(self, language: Language) -> str:
        """Give the title."""
        return self.by[f"title_{language}"]

    def text(self, language: Language) -> str:
        """Give the text."""
        return self.by[f"text_{language}"]


@dataclass(frozen=True)
class Information:
    """An information text.

    Attributes
    ----------
    version : str
        Kept with each choice that rests on it.
    points : tuple of Words
        What is told, in order.
    purposes : dict of Words
        By each of the purposes of ``consents``, in their order.
    """

    version: str
    points: tuple[Words, ...]
    purposes: Mapping[str, Words]


def read_information(folder: Path) -> Information:
    """Read a server's own ``information.toml``, or the workbench's when there is none.

    Raises
    ------
    InformationError
        The file lacks something; nothing is taken from the workbench's then.
    """
    path = folder / FILE
    content, faults = read_mapping(path if path.exists() else _OURS)
    faults = faults or list(_faults(content))
    if faults:
        raise InformationError("\n".join([f"{FILE} cannot be used:", *(f"- {fault}" for fault in faults)]))
    purposes = {str(item["code"]): Words(item) for item in content["purpose"]}
    points = tuple(Words(item) for item in content["point"])
    return Information(content["version"], points, {code: purposes[code] for code in PURPOSES})


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    if not _is_words(content.get("version")):
        yield Fault(FILE, 0, "version", repr(content.get("version")), "a version in words", 'write version = "1.0"')
    for part in ("point", "purpose"):
        items = content.get(part)
        if not (isinstance(items, list) and items and all(isinstance(item, dict) for item in items)):
            yield Fault(FILE, 0, part, "none", f"at least one [[{part}]]", _CURE)
            continue
        for number, item in enumerate(items, 1):
            for name in _WORDS:
                if not _is_words(item.get(name)):
                    yield Fault(FILE, number, f"{part}.{name}", repr(item.get(name)), "some words", _CURE)
    yield from _purpose_faults(content.get("purpose"))


def _purpose_faults(items: object) -> Iterator[Fault]:
    told = [item.get("code") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if sorted(map(str, told)) != sorted(PURPOSES):
        yield Fault(FILE, 0, "purpose.code", repr(told), f"each of {', '.join(PURPOSES)}, once", _CURE)


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def choices(consents: pd.DataFrame, person: str) -> dict[str, bool]:
    """Give a person's latest choice for each purpose they have chosen for.

    Parameters
    ----------
    consents : DataFrame
        The table.
    person : str
    """
    mine = consents[consents["person"] == person].sort_values("decided", kind="stable")
    latest = mine.drop_duplicates("purpose", keep="last")
    return {str(row.purpose): bool(row.given) for row in latest.itertuples()}


def is_asked(consents: pd.DataFrame, person: str) -> bool:
    """Tell whether there is a purpose that a person has not chosen for yet."""
    return set(choices(consents, person)) < set(PURPOSES)


def choose(person: str, chosen: Mapping[str, bool], before: Mapping[str, bool], *, information: str) -> Act:
    """Note what a person has chosen anew; what they had chosen so already is left as it stands.

    Parameters
    ----------
    person : str
    chosen, before : dict
        Purpose → yes or no: now, and as `choices` gives it.
    information : str
        Version of the information they had before them.

    Returns
    -------
    Act
        Refused when nothing differs.

    Raises
    ------
    InformationError
        It says no to taking part, which is leaving the study and has its own act.
    """
    if chosen.get(TAKE_PART) is False:
        raise InformationError("Not to take part is to leave. Cure: `workbench.access.leaving.leave`.")
    news = {purpose: given for purpose, given in chosen.items() if before.get(purpose) is not given}
    acts = [consent(person, purpose, given=given, information=information) for purpose, given in news.items()]
    return bulk("consent", acts)
