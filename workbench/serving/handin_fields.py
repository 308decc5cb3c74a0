"""The fields of a form: declared once, drawn by one template, read and held against what they say. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from workbench.language import Translate

Kind = Literal["area", "line", "choose", "one", "some", "day", "kept"]
LONG, MIDDLE, SHORT = 12_000, 4_000, 160
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """One of those a field lets be chosen among."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    name, label : str
        In the form, and for the reader.
    kind : Kind
        ``area`` and ``line`` take words, ``choose``, ``one`` (all seen at once) and ``some`` (several) one of the
        choices, ``day`` a day; ``kept`` is not shown.
    hint : str
        Beside the label.
    choices : tuple of Choice
    required : str
        What is said when nothing stands there; "" when it may be left.
    most : int
        Characters.
    heading : str
        Over this field, where a new part of the form begins.
    """

    name: str
    label: str
    kind: Kind
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required: str = ""
    most: int = MIDDLE
    heading: str = ""


def one(values: Values, name: str) -> str:
    """Return a field's value, without space around it; "" for none."""
    return next((value.strip() for value in values.get(name, ())), "")


def day(values: Values, name: str) -> dt.date | None:
    """Return a field's day; None where there is none, or no day."""
    with suppress(ValueError):
        return dt.date.fromisoformat(one(values, name))
    return None


def faults_in(fields: Sequence[Field], values: Values, _: Translate) -> dict[str, str]:
    """Hold what stands in a form against its fields: field → what is wrong and how to mend it."""
    return {field.name: fault for field in fields for fault in _faults(field, values, _)}


def _faults(field: Field, values: Values, _: Translate) -> Iterator[str]:
    """Tell the first fault of a field."""
    given = [value for value in values.get(field.name, ()) if value.strip()]
    allowed = {choice.value for choice in field.choices}
    longest = max((len(value) for value in given), default=0)
    if not given:
        yield from filter(None, [field.required])
    elif field.kind in {"choose", "one", "some"} and not set(given) <= allowed:
        yield _("Choose among those that are listed.")
    elif field.kind == "day" and day(values, field.name) is None:
        yield _("Write the day as year-month-day, such as 2026-03-31.")
    elif field.kind in {"area", "line"} and longest > field.most:
        yield _("At most {most} characters fit here; there are {count}.").format(most=field.most, count=longest)
    elif any("\0" in value for value in given):
        yield _("There is a character here that cannot be kept. Type it anew.")
