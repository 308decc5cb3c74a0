"""Open a frozen study: a folder of open files in, a checked `Study` out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from workbench.about import About, make_about
from workbench.checks import check_frames
from workbench.codebook import FILE as CODEBOOK_FILE
from workbench.codebook import make_codebook
from workbench.errors import Fault, StudyError
from workbench.instrument import FILE as INSTRUMENT_FILE
from workbench.instrument import make_instrument
from workbench.reading import read_frames, read_mapping
from workbench.rules import RULES, rules_for
from workbench.sealing import ABOUT_FILE, TEXTS, seal_faults
from workbench.study import Study
from workbench.tables import TABLES

Part = TypeVar("Part")


def open_frozen(folder: Path) -> Study:
    """Open a frozen study's folder, checked, read-only; StudyError lists every fault of one that is not sound."""
    _require_folder(folder)
    about, faults = _read(folder, ABOUT_FILE, make_about)
    instrument, no_instrument = _read(folder, INSTRUMENT_FILE, make_instrument)
    codebook, no_codebook = _read(folder, CODEBOOK_FILE, make_codebook)
    frames, unread = read_frames(folder)
    if codebook is not None:
        frames |= {"codes": codebook.codes, "lineage": codebook.lineage}
    rules = RULES if instrument is None else rules_for(set(instrument.components["component"]))
    faults += no_instrument + no_codebook + unread
    faults += check_frames(frames, unread + no_codebook, rules)
    faults += _news(seal_faults(folder), faults)
    if faults or about is None or instrument is None or codebook is None:
        raise StudyError(folder.name, faults)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in TEXTS}
    return Study(about, instrument, codebook, {name: frames[name] for name in TABLES}, texts)


def _require_folder(folder: Path) -> None:
    try:
        found = "no folder" if not folder.is_dir() else ""
    except OSError as error:  # a folder above it that may not be entered
        found = str(error.strerror)
    if found:
        cure = "mend the path, or set WORKBENCH_STUDY"
        raise StudyError(folder.name, [Fault(str(folder), 0, "", found, "a frozen study is a folder", cure)])


def _news(sealed: list[Fault], known: list[Fault]) -> Iterator[Fault]:
    """Keep what the seal tells of files that reading them has not told already."""
    lost = {fault.file for fault in known if not (fault.row or fault.column)}
    return (fault for fault in sealed if fault.file not in lost)


def _read(
    folder: Path, name: str, make: Callable[[Mapping[str, Any]], tuple[Part | None, list[Fault]]]
) -> tuple[Part | None, list[Fault]]:
    content, faults = read_mapping(folder / name)
    return make(content) if not faults else (None, faults)


def read_about(folder: Path) -> About:
    """Read ``study.toml`` of a folder; StudyError when it cannot be read or lacks a field."""
    about, faults = _read(folder, ABOUT_FILE, make_about)
    if about is None:
        raise StudyError(folder.name, faults)
    return about
