"""The texts of an item as entries."""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.loaders.items.days import home_day
from workbench.loaders.items.item import Cell, Said, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.experiments import heading_of_text
from workbench.loaders.judging.incoming import Incoming, Scene, named_component
from workbench.loaders.texts.languages import language_of
from workbench.loaders.texts.personal import find_personal
from workbench.loaders.told import tell
from workbench.records import Record, moment_text


def incoming_entries(case: Case, scene: Scene) -> list[Incoming]:
    """Make an entry of each text."""
    component = named_component(case, scene)
    texts = [one for one in case.item.texts if one.cell.words and not one.cell.words.isspace()]
    return [row for one in texts if (row := _entry(case, scene, one, component))]


def _stored(text: str) -> bytes | None:
    """Write a text as a database does; None when none would keep it."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    return None if b"\0" in data else data


_NAMED = re.compile(r"[@\s]")  # no code has one
_written_text = lru_cache(maxsize=20_000)(moment_text)  # many texts are written on one day


def _recorder(case: Case) -> str | None:
    """Return the code of the researcher who wrote it down; what may be a name is not taken in."""
    words = case.value("recorder")
    if not words or not (_NAMED.search(words) or find_personal(words)):
        return words or None
    rule = tell("It may be a name, and is not taken in.")
    case.tell(Cell("", case.item.heading("recorder")), rule, tell("Write the researcher's code."), "changed")
    return None


def _entry(case: Case, scene: Scene, said: Said, component: str | None) -> Incoming | None:
    text = said.cell.words
    data = _stored(text)
    if data is None:
        cure = tell("Write the text anew, as plain text.")
        case.tell(said.cell, tell("It holds signs that no database keeps."), cure)
        return None
    own = case.component(Cell(said.component, said.cell.heading), scene.organisation) if said.component else component
    frame = said.frame or case.choice("frame") or None
    kind = case.choice("kind", "state_description" if frame else "reflection")
    about: Record = {
        "organisation": scene.organisation, "person": scene.person, "occasion": scene.occasion, "kind": kind,
        "frame": None if frame == "then" else frame, "component": own,
        "experiment": case.experiment("experiment", scene.organisation),
    }  # fmt: skip
    written = case.written(scene.moment, scene.occasion)
    day = home_day(written)
    beside: Record = {
        "phase": case.choice("phase") or case.known.phase_of(scene.occasion, day),
        "visibility": case.choice("visibility") or "researchers",
        "recorder": _recorder(case),
        "setting": case.value("setting") or None,
        "written": _written_text(written),
        "language": case.choice("language") or (language_of(text) or "sv"),
    }
    asked = {"question": said.cell.heading} if said.apart else {}
    dated = [day.isoformat()] if "written" in case.item.fields else []  # two days may have the same words
    origin = digest_of(["entries", *about.values(), *asked.values(), *dated], data)
    record: Record = {"entry": f"e{origin[:24]}", **about, **beside, "text": text}
    kept = {**case.item.attributes, **heading_of_text(case.item), **case.kept, **asked}
    return Incoming("entries", record, origin, kept)
