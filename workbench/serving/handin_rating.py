"""Handing in a rating: words first, then the level whose sentence fits; now, and desired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.acts.bulk import bulk
from workbench.acts.entries import hand_in
from workbench.acts.ratings import rate
from workbench.language import Language
from workbench.serving.handin_fields import Choice, Field, Values, day
from workbench.serving.handin_forms import (
    Asked,
    Form,
    NotYoursError,
    Told,
    handed_in_code,
    has_row,
    latest_occasion,
    plain,
    visibility_field,
)
from workbench.store.draft import Act
from workbench.study import Study

FRAMES = ("now", "desired", "then")
_DESCRIBED = ("now", "desired")
_TOLD = {"now": ("evidence", "confidence"), "desired": ("target",), "then": ()}
_WITHOUT = ("DK", "NA")  # what a person may say instead of a level; the other codes are the researchers'


class RatingForm(Form):
    """One component at one occasion, rated by one person."""

    kind = "rating"
    names = ("occasion", "component", "now_text", "now", "evidence", "confidence", "desired_text", "desired", "target",
             "then", "visibility")  # fmt: skip
    wordy = ("now_text", "desired_text")

    def title(self, asked: Asked) -> str:
        """Name the component."""
        return asked.component_names().get(asked.one("component"), asked.one("component"))

    def lead(self, asked: Asked) -> str:
        """Say in which order."""
        _ = asked.translate
        return _("Describe first in your own words, then choose the level whose sentence fits best.")

    def told(self, asked: Asked) -> list[Told]:
        """Say so when it has been rated, and show the organisation's own definition."""
        _ = asked.translate
        rated, defined = _rated(asked), asked.study.definitions
        notes = []
        if not rated.empty:
            told = _("What you hand in takes the place of that. What was before stays in the study's log.")
            notes.append(Told(_("You have rated this at this occasion"), [("", told)]))
        own = defined[defined["component"] == asked.one("component")].sort_values("version").tail(1)
        lines = [(str(row.name), str(row.text)) for row in _rows(own)]
        return [*notes, *([Told(_("In your organisation's words"), lines)] if lines else [])]

    def before(self, asked: Asked) -> Values:
        """Begin with what was rated at the same occasion."""
        values: dict[str, list[str]] = {"occasion": [_occasion(asked)]}
        for row in _rows(_rated(asked)):
            level = plain(row.level)
            values[str(row.frame)] = [str(row.missing) if level is None else str(level)]
            for name in _TOLD[row.frame]:
                values[name] = [_shown(getattr(row, name))]
        return values

    def fields(self, asked: Asked) -> list[Field]:
        """Give words, then levels, of the state now and then of the one wished for."""
        _ = asked.translate
        asked.row("components", asked.one("component"))
        if _occasion(asked) not in set(asked.begun()["occasion"]):
            raise NotYoursError(f"{_occasion(asked)!r} has not begun.")
        levels = level_choices(asked.study, asked.one("component"), asked.language)
        missing = named_choices(asked.study.instrument.missing, "code", asked.language, _WITHOUT)
        evidence = named_choices(asked.study.instrument.evidence, "code", asked.language)
        sure = (Choice("1", _("Unsure")), Choice("2", _("Rather sure")), Choice("3", _("Sure")))
        needed = _("Choose a level, or say that you do not know.")
        describe = _("How is it with us today? Give an example if you have one.")
        wish = _("How do we want it to be, and why?")
        return [
            Field("occasion", "", "kept"),
            Field("component", "", "kept"),
            Field("now_text", _("Describe"), "area", hint=describe, heading=_("Now")),
            Field("now", _("The sentence that fits best now"), "one", choices=(*levels, *missing), required=needed),
            Field("evidence", _("What it rests on"), "choose", choices=(Choice("", _("Not said")), *evidence)),
            Field("confidence", _("How sure are you?"), "one", choices=sure),
            Field("desired_text", _("Describe"), "area", hint=wish, heading=_("Desired")),
            Field("desired", _("The sentence you wish would fit"), "one", choices=(*levels, *missing),
                  hint=_("It may be higher, lower or the same. Leave it if you do not want to say.")),
            Field("target", _("By when"), "day", hint=_("If there is a day.")),
            *([_then(asked, (*levels, *missing))] if _is_then(asked) else []),
            visibility_field(asked, required=False),
        ]  # fmt: skip

    def faults(self, asked: Asked) -> dict[str, str]:
        """Ask for whom the words are, where there are any."""
        _ = asked.translate
        faults = {}
        if any(asked.one(name) for name in self.wordy) and not asked.one("visibility"):
            faults["visibility"] = _("Choose who may read what you described.")
        if asked.one("target") and not asked.one("desired"):
            faults["desired"] = _("Choose the level that you wish for by that day.")
        return faults

    def is_there(self, asked: Asked) -> bool:
        """Whether its words have been handed in."""
        return any(has_row(asked, "entries", handed_in_code(asked, f"-{frame}")) for frame in _DESCRIBED)

    def act(self, asked: Asked) -> Act:
        """Rate, and hand in what was described, as one."""
        return bulk("rate", [*_ratings(asked), *_texts(asked)])

    def after(self, asked: Asked) -> dict[str, str]:
        """Go on to the next component that was in focus and is not rated."""
        return {"occasion": asked.one("occasion"), "rated": asked.one("component")}


def level_choices(study: Study, component: str, language: Language) -> tuple[Choice, ...]:
    """Give the levels, each with the component's own sentence, or the general rule where it has none."""
    instrument = study.instrument
    mine = instrument.anchors[instrument.anchors["component"] == component]
    rule = f"rule_{language}"
    sentences = dict(zip(mine["level"], mine[language], strict=True))
    return tuple(
        Choice(str(level["value"]), f"{level['value']} {level[language]}", sentences.get(level["value"], level[rule]))
        for level in instrument.levels.to_dict("records")
    )


def named_choices(frame: pd.DataFrame, key: str, language: Language, only: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Give what the instrument names, all of it or some."""
    rows = frame.to_dict("records")
    return tuple(Choice(row[key], row[language]) for row in rows if not only or row[key] in only)


def own_ratings(study: Study, person: str, occasion: str) -> pd.DataFrame:
    """Return what a person has rated themselves at an occasion."""
    ratings = study.ratings
    return ratings[(ratings["person"] == person) & (ratings["occasion"] == occasion)]


def _occasion(asked: Asked) -> str:
    return asked.one("occasion") or latest_occasion(asked)


def _is_then(asked: Asked) -> bool:
    """Whether it is the programme's last occasion, and the person rated the component at an earlier one."""
    ordered, ratings = asked.study.occasions.sort_values("number"), asked.study.ratings
    mine = (ratings["person"] == asked.person) & (ratings["component"] == asked.one("component"))
    earlier = ratings[mine & (ratings["frame"] == "now") & (ratings["occasion"] != _occasion(asked))]
    return len(ordered) > 1 and ordered["occasion"].iloc[-1] == _occasion(asked) and not earlier.empty


def _then(asked: Asked, choices: tuple[Choice, ...]) -> Field:
    _ = asked.translate
    hint = _(
        "Think of how it was when you began. Which sentence would you choose for that time, with what you know now? "
        "It tells whether your yardstick has moved. Leave it if you do not want to say."
    )
    label, heading = _("The sentence for how it was at the start"), _("The start, as you see it today")
    return Field("then", label, "one", hint=hint, choices=choices, heading=heading)


def _rated(asked: Asked) -> pd.DataFrame:
    mine = own_ratings(asked.study, asked.person, _occasion(asked))
    return mine[(mine["component"] == asked.one("component")) & mine["frame"].isin(FRAMES)]


def _ratings(asked: Asked) -> Iterator[Act]:
    for frame in FRAMES:
        chosen = asked.one(frame)
        if chosen:
            level: dict[str, object] = {"missing": chosen} if chosen in _WITHOUT else {"level": int(chosen)}
            told = level | _told(asked, frame)
            yield rate(asked.one("occasion"), asked.one("component"), frame, person=asked.person, **told)


def _told(asked: Asked, frame: str) -> dict[str, object]:
    if frame != "now":
        return {"target": day(asked.values, "target")} if frame == "desired" else {}
    sure = asked.one("confidence")
    return {"evidence": asked.one("evidence") or None, "confidence": int(sure) if sure else None}


def _texts(asked: Asked) -> Iterator[Act]:
    for frame in _DESCRIBED:
        if asked.one(f"{frame}_text"):
            yield hand_in(
                asked.one(f"{frame}_text"),
                occasion=asked.one("occasion"),
                kind="state_description",
                person=asked.person,
                entry=handed_in_code(asked, f"-{frame}"),
                frame=frame,
                component=asked.one("component"),
                visibility=asked.one("visibility"),
                language=asked.language,
            )


def _shown(value: Any) -> str:
    found = plain(value)
    return "" if found is None else str(found)


def _rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)
