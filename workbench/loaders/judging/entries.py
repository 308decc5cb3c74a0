"""The texts of an item as entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.loaders.items.days import home_day
from workbench.loaders.items.item import Cell, Said, digest_of
from workbench.loaders.judging.case import Case
from workbench.loaders.judging.incoming import Incoming, Scene, named_component
from workbench.loaders.texts.languages import language_of
from workbench.loaders.texts.personal import find_personal
from workbench.loaders.told import tell
from workbench.records import Record, moment_text

NOTED = {"interview", "observation", "conversation", "discussion", "document"}  # what researchers write down


def incoming_entries(case: Case, scene: Scene) -> Iterator[Incoming]:
    """Make an entry of each text; answers to the prompts of one reflection are one, with the prompts above them."""
    component = named_component(case, scene)
    parts = [one for one in case.item.said if one.prompt]
    if parts:
        cell = Cell(
            "\n\n".join(f"{one.cell.heading.strip()}\n{one.cell.words}" for one in parts), parts[0].cell.heading
        )
        yield from _entry(case, scene, Said(cell), component)
    for one in case.item.said:
        if not one.prompt:
            yield from _entry(case, scene, one, component)


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


def _entry(case: Case, scene: Scene, said: Said, component: str | None) -> Iterator[Incoming]:
    text = said.cell.words
    if not text or text.isspace():
        return
    data = _stored(text)
    if data is None:
        cure = tell("Write the text anew, as plain text.")
        case.tell(said.cell, tell("It holds signs that no database keeps."), cure)
        return
    own = case.component(Cell(said.component, said.cell.heading), scene.organisation) if said.component else component
    frame = said.frame or case.choice("frame") or None
    kind = case.choice("kind", "state_description" if frame else "reflection")
    about: Record = {
        "organisation": scene.organisation, "person": scene.person, "occasion": scene.occasion, "kind": kind,
        "frame": None if frame == "then" else frame, "component": own,
        "experiment": case.experiment("experiment", scene.organisation),
    }  # fmt: skip
    written = case.written(scene.moment, scene.occasion)
    beside: Record = {
        "phase": case.choice("phase") or case.known.phase_of(scene.occasion, home_day(written)),
        "visibility": case.choice("visibility") or ("researchers" if kind in NOTED else "organisation"),
        "recorder": _recorder(case),
        "setting": case.value("setting") or None,
        "written": _written_text(written),
        "language": case.choice("language") or (language_of(text) or "sv"),
    }
    asked = {"question": said.cell.heading} if said.apart else {}
    attributes = {**case.item.attributes, **asked}
    dated = [f"{home_day(written)}"] if "written" in case.item.fields else []  # two days may have the same words
    origin = digest_of(["entries", *about.values(), *asked.values(), *dated], data)
    yield Incoming("entries", {"entry": f"e{origin[:24]}", **about, **beside, "text": text}, origin, attributes)
