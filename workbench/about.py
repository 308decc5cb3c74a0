"""What a study says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from workbench.errors import Fault
from workbench.sealing import ABOUT_FILE
from workbench.shape import Maybe, shape_faults

SMALLEST_GROUP, FEWEST = 5, 3


@dataclass(frozen=True)
class About:
    """What ``study.toml`` says of a study: texts, a day and a number; `label` tells fictional data from real.

    `smallest_group` is how many people there must be before their answers are counted together on anybody's page;
    5 unless it is said, and never under 3.
    """

    id: str
    version: str
    title_sv: str
    title_en: str
    about_sv: str
    about_en: str
    label_sv: str
    label_en: str
    licence: str
    published: dt.date
    smallest_group: int = SMALLEST_GROUP


def make_about(content: Mapping[str, Any]) -> tuple[About | None, list[Fault]]:
    """Check the content of ``study.toml`` and give it shape; None when it has faults."""
    names = [field.name for field in fields(About)]
    shape = dict.fromkeys(names, str) | {"published": dt.date, "smallest_group": Maybe(int)}
    faults = list(shape_faults(ABOUT_FILE, content, shape))
    faults = faults or list(_group_faults(content.get("smallest_group", SMALLEST_GROUP)))
    return (None if faults else About(**{name: content[name] for name in names if name in content})), faults


def _group_faults(people: int) -> Iterator[Fault]:
    if people < FEWEST:
        rule = f"at least {FEWEST}: fewer can work out each other's answers"
        yield Fault(ABOUT_FILE, 0, "smallest_group", str(people), rule, f"write {FEWEST} or more, such as 5")
