"""A mapping: what a researcher says of files whose headings and words nobody could guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from workbench.errors import Fault, WorkbenchError
from workbench.loaders.vocabulary import headings, normal, words_for
from workbench.reading import read_mapping

ATTRIBUTE, LEFT_OUT = "attribute", "leave out"
STATES = ("now", "desired", "then")
_KEYS = ("columns", "values", "defaults", "files", "encoding", "delimiter")
_WHERE = ("person", "organisation", "occasion", "kind", "phase", "frame", "component", "experiment", "language",
          "visibility", "recorder", "setting", "written", "basis")  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """What a column is for.

    Attributes
    ----------
    field : str
        As `workbench.loaders.vocabulary.headings` has it, "attribute" or "leave out".
    component, frame : str
        What a level or a text in it is about; "" where the row or the file says.
    """

    field: str
    component: str = ""
    frame: str = ""


@dataclass(frozen=True)
class ImportMapping:
    """What to take files for, beyond what is recognised.

    Attributes
    ----------
    columns : mapping of str to Meaning
        By heading in its normal form.
    values : mapping of str to mapping of str to str
        By field: a cell's words in their normal form, and what they stand for.
    defaults : mapping of str to str
        What holds where a file says nothing.
    files : sequence of (str, mapping of str to str)
        Patterns of paths (``intervjuer/*.vtt``), and what holds for the files that fit.
    encoding, delimiter : str or None
        Of text files, where they cannot be told.
    """

    columns: Mapping[str, Meaning] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, Mapping[str, str]], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None

    def for_file(self, path: str) -> dict[str, str]:
        """Return what is said of one file; later patterns win."""
        found: dict[str, str] = {}
        for pattern, said in self.files:
            if fnmatchcase(path.casefold(), pattern.casefold()):
                found |= said
        return found


class MappingError(WorkbenchError):
    """A mapping that cannot be used, with every fault in it."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{name} cannot be used.\n" + "\n".join(f"- {fault}" for fault in self.faults))


def read_import_mapping(path: Path) -> ImportMapping:
    """Read a mapping file (YAML); docs/importing.md shows one.

    Raises
    ------
    MappingError
        It cannot be read, or says what there is not; every fault is named.
    """
    content, faults = read_mapping(path)
    if faults:
        raise MappingError(path.name, faults)
    return make_mapping(content, path.name)


def make_mapping(content: Mapping[str, Any], name: str = "mapping") -> ImportMapping:
    """Make a mapping of a file's content, or of what a notebook writes; raises as `read_import_mapping`."""
    faults: list[Fault] = [_strange(name, key, _KEYS) for key in content if key not in _KEYS]
    parts = {key: _mapping(content.get(key), name, key, faults) for key in ("columns", "values", "defaults", "files")}
    columns = {
        normal(str(heading)): _meaning(heading, said, name, faults) for heading, said in parts["columns"].items()
    }
    values = {
        str(key): {
            normal(str(word)): str(value) for word, value in _mapping(said, name, f"values.{key}", faults).items()
        }
        for key, said in parts["values"].items()
    }
    files = tuple(
        (str(pattern), _where(said, name, f"files.{pattern}", faults)) for pattern, said in parts["files"].items()
    )
    defaults = _where(parts["defaults"], name, "defaults", faults)
    encoding, delimiter = content.get("encoding"), content.get("delimiter")
    faults += _text_faults(name, encoding, delimiter)
    if faults:
        raise MappingError(name, faults)
    return ImportMapping(columns, values, defaults, files, encoding, delimiter)


def _text_faults(name: str, encoding: object, delimiter: object) -> Iterator[Fault]:
    try:
        codecs.lookup(str(encoding or "utf-8"))
    except LookupError:
        yield Fault(name, 0, "encoding", str(encoding), "must be the name of an encoding", "write such as cp1252")
    if delimiter is not None and not (isinstance(delimiter, str) and len(delimiter) == 1):
        yield Fault(name, 0, "delimiter", str(delimiter), "must be one character", 'write such as ";"')


def _mapping(found: object, name: str, place: str, faults: list[Fault]) -> dict[Any, Any]:
    if found is None or isinstance(found, Mapping):
        return dict(found or {})
    faults.append(Fault(name, 0, place, str(found)[:40], "must be a mapping of names to values", "write name: value"))
    return {}


def _meaning(heading: object, said: object, name: str, faults: list[Fault]) -> Meaning:
    place = f"columns.{heading}"
    parts = {"field": said} if isinstance(said, str) else _mapping(said, name, place, faults)
    known = {*headings().values(), ATTRIBUTE, LEFT_OUT}
    word = str(parts.get("field", ""))
    if word not in known:
        faults.append(_strange(name, word or "nothing", sorted(known), place))
    if (state := str(parts.get("frame", ""))) not in ("", *STATES):
        faults.append(_strange(name, state, STATES, f"{place}.frame"))
    base, stated = split_state(word)
    return Meaning(base, str(parts.get("component", "")), state or stated)


def split_state(word: str) -> tuple[str, str]:
    """Part "level now" into what it is and which state it is about."""
    base, _, stated = word.rpartition(" ")
    return (base, stated) if stated in STATES else (word, "")


def _where(said: object, name: str, place: str, faults: list[Fault]) -> dict[str, str]:
    found = {str(key): str(value) for key, value in _mapping(said, name, place, faults).items()}
    for key, value in found.items():
        allowed = set(words_for(key).values()) - {""}
        if key not in _WHERE:
            faults.append(_strange(name, key, _WHERE, place))
        elif allowed and words_for(key).get(normal(value)) is None:
            faults.append(_strange(name, value, sorted(allowed), f"{place}.{key}"))
    return found


def _strange(name: str, found: str, allowed: Iterable[str], place: str = "") -> Fault:
    return Fault(name, 0, place or found, found, f"allowed are {', '.join(allowed)}", "choose one of them")
