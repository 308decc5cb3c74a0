"""What a development lead hands in for the organisation: a level that fits, why, and what was not agreed on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from workbench.acts.agreeing import APART, WHY, Agreed, agree_on, rating_key, text_code
from workbench.records import Key, Record
from workbench.serving.handin_fields import SHORT, Choice, Field, Values, day
from workbench.serving.handin_forms import (
    Asked,
    Form,
    NotYoursError,
    Told,
    latest_occasion,
    plain,
    visibility_field,
)
from workbench.serving.handin_front import moment
from workbench.serving.handin_rating import level_choices, named_choices
from workbench.store.draft import Act

FRAMES: Final = ("now", "desired")
OPEN: Final = "open"  # they have not agreed on a level
_WITHOUT: Final = ("NA",)
_TEXTS: Final = (WHY, APART)
_MOST_PEOPLE: Final = 999


class ConsensusForm(Form):
    """One component at one occasion, as an organisation's people agreed on it."""

    kind = "consensus"
    names = (
        *("occasion", "component", "now", "evidence", WHY, APART, "desired", "target", "present", "returning"),
        *("phase", "visibility"),
    )
    wordy = _TEXTS

    @property
    def address(self) -> str:
        """Where it is: a place of its own, for the lead alone."""
        return "consensus/form"

    def title(self, asked: Asked) -> str:
        """Name the component."""
        return asked.component_names().get(asked.one("component"), asked.one("component"))

    def lead(self, asked: Asked) -> str:
        """Say what is handed in, and for whom."""
        _ = asked.translate
        return _(
            "Write down what you agreed on after having rated one by one and talked about what differs. It is not an "
            "average: choose the level whose sentence fits. Everybody in your organisation who takes part sees it, and "
            "the researchers."
        )

    def told(self, asked: Asked) -> list[Told]:
        """Give what stood before each correction, the latest first."""
        _ = asked.translate
        ordered = sorted(asked.versions, key=lambda version: version.at, reverse=True)
        lines = [
            (_("Until {day}").format(day=moment(version.at)), was)
            for version in ordered
            if (was := _described(version.was, asked)) and was != _described(version.became, asked)
        ]
        return [Told(_("As it was before"), lines)] if lines else []

    def traces(self, asked: Asked) -> list[tuple[str, Key]]:
        """Name the levels and texts of this component and occasion."""
        where = _where(asked)
        ratings: list[tuple[str, Key]] = [("ratings", rating_key(*where, frame)) for frame in FRAMES]
        return [*ratings, *(("entries", (text_code(*where, part),)) for part in _TEXTS)]

    def before(self, asked: Asked) -> Values:
        """Begin with what stands."""
        where = {"occasion": [_occasion(asked)], "component": [asked.one("component")]}
        values: dict[str, list[str]] = {**where, "phase": ["meeting"]}
        for row in agreed_rows(asked, _occasion(asked), asked.one("component")):
            level = plain(row.level)
            values[row.frame] = [str(row.missing) if level is None else str(level)]
            told = ("evidence",) if row.frame == "now" else ("target",)
            values |= {name: [_shown(getattr(row, name))] for name in told}
            values |= {name: [_shown(getattr(row, name))] for name in ("present", "returning")}
        for part, entry in _texts(asked):
            values |= {part: [str(entry["text"])]}
            values |= {name: [str(entry[name])] for name in ("phase", "visibility")}
        return values

    def fields(self, asked: Asked) -> list[Field]:
        """Give the level now with its reasons, the level wished for, and who agreed."""
        _ = asked.translate
        asked.row("components", asked.one("component"))
        if _occasion(asked) not in set(asked.begun()["occasion"]):
            raise NotYoursError(f"{_occasion(asked)!r} has not begun.")
        return [Field("occasion", "", "kept"), Field("component", "", "kept"), *_levels(asked), *_agreeing(asked)]

    def faults(self, asked: Asked) -> dict[str, str]:
        """Hold what belongs together against each other."""
        return dict(_faults(asked))

    def is_there(self, asked: Asked) -> bool:
        """Whether it stands already, word for word: the form was sent twice."""
        standing = replace(asked, values=self.before(asked))
        return any(standing.one(name) for name in (*FRAMES, *_TEXTS)) and all(
            asked.one(name) == standing.one(name) for name in self.names
        )

    def act(self, asked: Asked) -> Act:
        """Hand all of it in."""
        levels = {frame: _level(asked, frame) for frame in FRAMES if asked.one(frame)}
        where = {"phase": asked.one("phase"), "language": asked.language}
        if any(asked.one(part) for part in _TEXTS):
            where["visibility"] = asked.one("visibility")
        agreed = Agreed(levels, asked.one(WHY), asked.one(APART), **where)
        return agree_on(asked.person, asked.one("occasion"), asked.one("component"), agreed)

    def after(self, asked: Asked) -> dict[str, str]:
        """Go on to the next component."""
        return {"occasion": asked.one("occasion")}


def agreed_rows(asked: Asked, occasion: str, component: str) -> Any:
    """Return what the organisation's ratings say was agreed on at an occasion about a component."""
    ratings = asked.study.ratings
    here = (ratings["occasion"] == occasion) & (ratings["component"] == component)
    return ratings[here & (ratings["basis"] == "consensus") & ratings["frame"].isin(FRAMES)].itertuples(index=False)


def _levels(asked: Asked) -> list[Field]:
    _ = asked.translate
    instrument = asked.study.instrument
    levels = level_choices(asked.study, asked.one("component"), asked.language)
    none = named_choices(instrument.missing, "code", asked.language, _WITHOUT)
    differ = Choice(
        OPEN, _("We have not agreed on a level"), _("No level is kept. Say in words what you do not agree on.")
    )
    evidence = (Choice("", _("Not said")), *named_choices(instrument.evidence, "code", asked.language))
    needed = _("Choose a level, or say that you have not agreed on one.")
    unlike = _(
        "What some of you see differently, as they would say it themselves, without names. Leave it if all agreed."
    )
    wish = _("It may be higher, lower or the same. Leave it if you have not talked about it.")
    return [
        Field("now", _("The sentence that fits best now"), "one", choices=(*levels, *none, differ), required=needed,
              heading=_("What you agree on now")),
        Field("evidence", _("What it rests on"), "choose", choices=evidence),
        Field(WHY, _("Why"), "area", hint=_("What decided it? Give the examples you talked about.")),
        Field(APART, _("What you did not agree on"), "area", hint=unlike),
        Field("desired", _("The sentence you wish would fit"), "one", choices=(*levels, *none, differ), hint=wish,
              heading=_("Desired")),
        Field("target", _("By when"), "day", hint=_("If there is a day.")),
    ]  # fmt: skip


def _agreeing(asked: Asked) -> list[Field]:
    _ = asked.translate
    phases = (Choice("meeting", _("At the meeting")), Choice("home", _("At home, after it")))
    whole = _("A number. With it, the page can say whether a change may be due to chance or to new people.")
    read = visibility_field(asked, required=False, together=True)
    read = replace(read, choices=tuple(choice for choice in read.choices if choice.value != "researchers"))
    return [
        Field(
            "present", _("How many of you agreed"), "line", hint=whole, most=SHORT, heading=_("Who agreed, and where")
        ),
        Field("returning", _("How many of them were there from the start"), "line", most=SHORT),
        Field("phase", _("Where"), "one", choices=phases, required=_("Choose one of the two.")),
        replace(read, label=_("Who may read the words")),
    ]


def _faults(asked: Asked) -> Iterator[tuple[str, str]]:
    _ = asked.translate
    words = [part for part in _TEXTS if asked.one(part)]
    if words and not asked.one("visibility"):
        yield "visibility", _("Choose who may read it.")
    if OPEN in {asked.one(frame) for frame in FRAMES} and not asked.one(APART):
        yield APART, _("Say in some words what you do not agree on.")
    for part, _entry in _texts(asked):
        if part not in words:
            yield part, _("Some words have been handed in here. Write what holds now in their place.")
    if asked.one("target") and asked.one("desired") in {"", OPEN}:
        yield "desired", _("Choose the level that you wish for by that day.")
    yield from _wrong_numbers(asked)


def _wrong_numbers(asked: Asked) -> Iterator[tuple[str, str]]:
    _ = asked.translate
    most = _MOST_PEOPLE
    for name, least in (("present", 1), ("returning", 0)):
        number = _number(asked.one(name))
        if asked.one(name) and (number is None or not least <= number <= most):
            yield name, _("Write a number from {least} to {most}.").format(least=least, most=most)
            return
        most = (number or 0) if name == "present" else most


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) <= len(str(_MOST_PEOPLE)) else None


def _level(asked: Asked, frame: str) -> dict[str, Any] | None:
    """Give the columns of one level; None where they have not agreed."""
    chosen = asked.one(frame)
    if chosen == OPEN:
        return None
    told: dict[str, Any] = {"missing": chosen} if chosen in _WITHOUT else {"level": int(chosen)}
    told |= {name: _number(asked.one(name)) for name in ("present", "returning")}
    return told | (
        {"evidence": asked.one("evidence") or None} if frame == "now" else {"target": day(asked.values, "target")}
    )


def _occasion(asked: Asked) -> str:
    return asked.one("occasion") or latest_occasion(asked)


def _where(asked: Asked) -> tuple[str, str, str]:
    return asked.organisation, _occasion(asked), asked.one("component")


def _texts(asked: Asked) -> Iterator[tuple[str, Record]]:
    """Give the texts that stand, by which part they are."""
    known = set(asked.study.entries["entry"])
    for part in _TEXTS:
        code = text_code(*_where(asked), part)
        if code in known:
            yield part, asked.row("entries", code)


def _described(record: Record | None, asked: Asked) -> str:
    """Write a level or a text for the reader; "" for none."""
    if record is None:
        return ""
    if "text" in record:
        return str(record["text"])
    _ = asked.translate
    frame = _("Now") if record["frame"] == "now" else _("Desired")
    levels = asked.study.instrument.levels.set_index("value")[asked.language]
    level = record["level"]
    return f"{frame}: {record['missing'] if level is None else levels[level]}"


def _shown(value: Any) -> str:
    found = plain(value)
    return "" if found is None else str(found)
