"""What a study says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from workbench.errors import Fault
from workbench.sealing import ABOUT_FILE
from workbench.shape import shape_faults


@dataclass(frozen=True)
class About:
    """What ``study.toml`` says of a study: texts and a day; `label` tells fictional data from real."""

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


def make_about(content: Mapping[str, Any]) -> tuple[About | None, list[Fault]]:
    """Check the content of ``study.toml`` and give it shape; None when it has faults."""
    names = [field.name for field in fields(About)]
    faults = list(shape_faults(ABOUT_FILE, content, dict.fromkeys(names, str) | {"published": dt.date}))
    return (None if faults else About(**{name: content[name] for name in names})), faults
