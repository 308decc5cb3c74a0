"""What the study knows already, found by the words people use for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from workbench.language import LANGUAGES
from workbench.loaders.items.days import MONTHS, home_day
from workbench.loaders.templates.choices import choices
from workbench.loaders.vocabulary import normal
from workbench.study import Study

_OCCASION = re.compile(
    r"(?:t|o|w|tillfälle|träff|möte|occasion|meeting|wave|våg|omgång|nr|event)?[\s_.-]*0*(\d{1,3})(.*)", re.DOTALL
)
_MONTH = re.compile(rf"\s*[(,]?\s*({'|'.join(sorted(MONTHS, key=len, reverse=True))})?\.?\s*(20\d{{2}})?\)?\s*")
_ADDRESSED = re.compile(r"(.*?)\s*[<\[](?:mailto:)?([^<>\[\]]+)[>\]]")
_ARM = re.compile(r"_arm_\d+$")  # behind every event's name in REDCap


@dataclass(frozen=True)
class Known:
    """A study's people, organisations, occasions, components and experiments.

    Parameters
    ----------
    study : Study
    people : mapping of str to str
        How else a person may be written, in normal form (a name, an e-mail address), and their code.
    """

    study: Study
    people: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def homes(self) -> dict[str, str]:
        """Each person's organisation."""
        return _pairs(self.study.people, "person", "organisation")

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """People whose latest choice is not to take part."""
        asked = self.study.consents[self.study.consents["purpose"] == "take_part"].sort_values("decided")
        latest = asked.drop_duplicates("person", keep="last")
        return frozenset(latest.loc[~latest["given"], "person"].astype("str"))

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {normal(person): person for person in self.homes}

    @cached_property
    def _organisations(self) -> dict[str, str]:
        table = self.study.organisations
        return {
            normal(word): code
            for name in ("name", "organisation")
            for word, code in _pairs(table, name, "organisation").items()
        }

    @cached_property
    def _occasions(self) -> pd.DataFrame:
        return self.study.occasions.sort_values("number")

    def lies_within(self, moment: dt.datetime) -> bool:
        """Tell whether a moment lies in the study's time: from its first occasion to half a year after its last."""
        first, last = self._days[0][0], self._days[-1][1] + dt.timedelta(days=183)
        return first <= home_day(moment) <= last

    @cached_property
    def owners(self) -> dict[str, str]:
        """Organisation of each component that is an organisation's own."""
        return _pairs(self.study.components.dropna(subset=["organisation"]), "component", "organisation")

    @cached_property
    def components(self) -> dict[str, list[str]]:
        """Components by every name they have, the organisations' own wordings among them."""
        named: dict[str, list[str]] = {}
        tables = (self.study.components, self.study.definitions)
        for table, columns in zip(tables, (("component", "name_sv", "name_en"), ("name",)), strict=True):
            for column in columns:
                for word, code in zip(table[column].astype("str"), table["component"].astype("str"), strict=True):
                    if code not in named.setdefault(normal(word), []):
                        named[normal(word)].append(code)
        return named

    def find_person(self, words: str) -> str | None:
        """Find who is meant by a code, a name, an address, or a name with the address in angle brackets."""
        match = _ADDRESSED.fullmatch(words.strip()) if words.rstrip()[-1:] in {">", "]"} else None
        ways = (words, *match.groups()) if match else (words,)
        found = (self._codes.get(normal(way)) or self.people.get(normal(way)) for way in ways)
        return next((code for code in found if code), None)

    def find_organisation(self, words: str) -> str | None:
        """Find an organisation by its code or its name."""
        return self._organisations.get(normal(words))

    def find_component(self, words: str, organisation: str | None) -> str | None:
        """Find a component by its code, its name, or the name it has in the organisation; None when two are meant."""
        found = self.components.get(normal(words), [])
        mine = [code for code in found if self.owners.get(code, organisation) == organisation]
        if organisation is not None and len(mine) > 1:
            own = self.study.definitions[self.study.definitions["organisation"] == organisation]
            worded = own.loc[own["name"].map(normal) == normal(words), "component"]
            mine = list(worded.unique()) or mine
        return mine[0] if len(mine) == 1 else None

    def find_occasion(self, words: str) -> tuple[str | None, str]:
        """Find an occasion by code, title or number.

        Returns
        -------
        occasion : str or None
        rest : str
            What stands behind the number and means nothing, as in ``3 (mars)``.
        """
        if (known := self._occasion_names.get(normal(words))) is not None:
            return known, ""
        match = _OCCASION.fullmatch(_ARM.sub("", normal(words)))
        if match is None or re.search(r"\d", re.sub(r"[12]\d{3}", "", match[2])):  # a year may stand behind
            return None, ""
        found, when = self._numbers.get(int(match[1])), _MONTH.fullmatch(match[2])
        if found and when and when[1] and not self._may_be_in(found, MONTHS[when[1]], when[2]):
            return None, ""  # "5 februari" is rather a day than the fifth occasion, in November
        return found, "" if when else match[2].strip()

    def _may_be_in(self, occasion: str, month: int, year: str | None) -> bool:
        """Tell whether a month, of a year if that is said, lies between an occasion and the next one."""
        starts = [(day.year, day.month) for day, _, _ in self._days]
        place = [code for _, _, code in self._days].index(occasion)
        first = starts[place]
        last = (
            starts[place + 1] if place + 1 < len(starts) else (first[0] + (first[1] + 5) // 12, (first[1] + 5) % 12 + 1)
        )
        years = range(first[0], last[0] + 1) if year is None else (int(year),)
        return any(first <= (one, month) <= last for one in years)

    @cached_property
    def _occasion_names(self) -> dict[str, str]:
        table = self._occasions
        printed = {
            normal(label): code
            for language in LANGUAGES
            for label, code in choices(self.study, "occasions", language).items()
        }
        return printed | {
            normal(word): code
            for name in ("title_sv", "title_en", "occasion")
            for word, code in _pairs(table, name, "occasion").items()
        }

    @cached_property
    def _numbers(self) -> dict[int, str]:
        return {int(row.number): str(row.occasion) for row in self._occasions.itertuples()}  # type: ignore[arg-type]

    @cached_property
    def occasion_numbers(self) -> dict[str, int]:
        """Number of each occasion."""
        return {code: number for number, code in self._numbers.items()}

    @cached_property
    def _days(self) -> list[tuple[dt.date, dt.date, str]]:
        table = self._occasions
        return list(zip(table["starts"].dt.date, table["ends"].dt.date, table["occasion"].astype("str"), strict=True))

    def occasion_at(self, day: dt.date) -> str | None:
        """Return the occasion that a day lies at, or at home after; None before the first."""
        return next((code for starts, _, code in reversed(self._days) if starts <= day), None)

    def phase_of(self, occasion: str, day: dt.date) -> str:
        """Tell whether a day is one of the occasion's meeting days."""
        starts, ends = self._meetings[occasion]
        return "meeting" if starts <= day <= ends else "home"

    @cached_property
    def _meetings(self) -> dict[str, tuple[dt.date, dt.date]]:
        return {code: (starts, ends) for starts, ends, code in self._days}

    def last_day(self, occasion: str) -> dt.date:
        """Return the occasion's last meeting day."""
        return self._meetings[occasion][1]

    @cached_property
    def experiments(self) -> dict[tuple[str, str], str]:
        """Experiments by organisation and by title or code in normal form; those begun by the import are added."""
        table, found = self.study.experiments, {}
        for column in ("title", "experiment"):
            for owner, word, code in zip(table["organisation"], table[column], table["experiment"], strict=True):
                found[str(owner), normal(str(word))] = str(code)
        return found

    def begin_experiment(self, organisation: str, title: str, code: str) -> None:
        """Know an experiment from now on that an import begins."""
        self.experiments[organisation, normal(title)] = code


def _pairs(table: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    return dict(zip(table[key].astype("str"), table[value].astype("str"), strict=True))


def names_in_normal_form(people: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Write the names and addresses of people as they are compared."""
    return {normal(words): person for words, person in dict(people).items()}
