"""The one door for what is handed in: files in, an import out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from workbench.loaders.aside import aside
from workbench.loaders.collecting import Collected, collect
from workbench.loaders.files import find_files, read_handed_in
from workbench.loaders.imported import Import, people_named
from workbench.loaders.items.days import style_of
from workbench.loaders.items.item import Item
from workbench.loaders.items.known import Known, names_in_normal_form
from workbench.loaders.items.mapping import ImportMapping, make_mapping, read_import_mapping
from workbench.loaders.judging.across import beside_texts, entries_of, languages, personal, same_text, two_files
from workbench.loaders.judging.copies import copies
from workbench.loaders.judging.resolving import Resolver
from workbench.loaders.judging.rules import refuse_rule_breakers
from workbench.loaders.judging.sorting import Sorted, Standing
from workbench.loaders.judging.turns import Turns, designs_first
from workbench.loaders.problem import Problem
from workbench.loaders.texts.seen import Looked, see
from workbench.store.live import uncollected
from workbench.study import Study

Thing = TypeVar("Thing")
_NO_PEOPLE: Mapping[str, str] = {}
_LARGE = 500_000  # bytes, or characters


def load_entries(
    path: str | Path | Sequence[str | Path],
    *,
    study: Study,
    mapping: ImportMapping | Mapping[str, Any] | str | Path | None = None,
    people: Mapping[str, str] = _NO_PEOPLE,
    progress: bool = True,
) -> Import:
    """Read what was handed in, hold it against a study, and say what becomes of every row.

    Nothing is changed, in the study or on disk.

    Parameters
    ----------
    path : path, or several
        Files, folders, ZIPs of CSV, TSV, XLSX, ODS, XLS, JSON Lines, text, Markdown, e-mail, DOCX, ODT, PDF, VTT, SRT.
    study : Study
        Gives the people, occasions, components and experiments that are named, and what is there already.
    mapping : ImportMapping, its content, or the path of its file, optional
        What headings and words stand for that are not recognised.
    people : mapping of str to str, optional
        Names and e-mail addresses, and the code of each: `workbench.names.Names.people` gives it.
    progress : bool
        Show how far it has come, in a terminal or a notebook, when it takes longer than a second.

    Returns
    -------
    Import
        Entries, ratings, experiments, people; problems; the account.

    Raises
    ------
    WorkbenchError
        A path is not there, or the mapping cannot be used. What is wrong with a file is no error, but told.
    """
    said = _mapping(mapping)
    known = Known(study, names_in_normal_form(people))
    paths = [Path(one) for one in ([path] if isinstance(path, (str, Path)) else path)]
    places = dict(find_files(paths))
    with uncollected():
        shown = _shown(places.items(), "reading", progress=progress, at_once=_are_large(places.values()))
        files = (file for told, place in shown for file in read_handed_in(told, place))
        collected = tuple(collect(file, said, known) for file in files)
        texts, others = _words(collected)
        look = partial(see, list(texts), list(others), frozenset(people))
        with aside(look, worth_it=sum(map(len, texts)) > _LARGE) as seen:
            items = _sorted(collected, known, said, progress=progress)
            across, copied = _looked_through(items, Looked(texts, others, seen(), frozenset(people)), study)
        told = dict.fromkeys([*_told(collected), *_told(items), *across])
        return Import(collected, tuple(items), tuple(told), copied, people_named(items, known.find_person), places)


def _mapping(given: ImportMapping | Mapping[str, Any] | str | Path | None) -> ImportMapping:
    if isinstance(given, ImportMapping):
        return given
    if isinstance(given, (str, Path)):
        return read_import_mapping(Path(given))
    return make_mapping(given or {})


def _are_large(files: Iterable[Path]) -> bool:
    """Tell whether reading them surely takes a second, perhaps already the first."""
    return sum(file.stat().st_size for file in files if file.is_file()) > _LARGE


def _shown(things: Collection[Thing], what: str, *, progress: bool, at_once: bool = False) -> Iterable[Thing]:
    """Show how far a loop has come."""
    from tqdm.auto import tqdm  # noqa: PLC0415

    shown: Iterable[Thing] = tqdm(things, desc=what, delay=0 if at_once else 1, leave=False, disable=not progress)
    return shown


def _sorted(collected: Sequence[Collected], known: Known, mapping: ImportMapping, *, progress: bool) -> list[Sorted]:
    turns, resolver = Turns(Standing(known)), Resolver(known, mapping)
    pairs = [(one, item) for one in collected for item in one.items]
    styles = _styles(pairs, known)
    problems = [problem for one in collected for problem in one.problems if problem.weight == "refused"]
    told = {(problem.file, problem.sheet, problem.row): problem for problem in problems}
    order = designs_first([item for _, item in pairs], known, mapping)
    for place in _shown(order, "checking", progress=progress):
        one, item = pairs[place]
        case = resolver.case(item, styles.get((item.file, item.sheet)))
        if early := told.get((item.file, item.sheet, item.row)):
            case.problems.append(early)
        turns.take(place, case, resolver.rows(case), one.file.source)
    return refuse_rule_breakers(turns.finish(), known.study)


def _styles(pairs: Iterable[tuple[Collected, Item]], known: Known) -> dict[tuple[str, str], str | None]:
    """Tell for each table whether its days have the day or the month first."""
    days: dict[tuple[str, str], list[str]] = {}
    for _, item in pairs:
        days.setdefault((item.file, item.sheet), []).append(item.words("written"))
    return {place: style_of(words, likely=known.lies_within) for place, words in days.items()}


def _told(things: Iterable[Collected | Sorted]) -> Iterator[Problem]:
    return (problem for one in things for problem in one.problems)


def _words(collected: Iterable[Collected]) -> tuple[dict[str, int], dict[str, int]]:
    """Give every text and all else in words, each once with its place."""
    items = [item for one in collected for item in one.items]
    texts = dict.fromkeys(text.cell.words for item in items for text in item.texts)
    others = dict.fromkeys(words for item in items for words in beside_texts(item) if words not in texts)
    places = {words: place for place, words in enumerate((*texts, *others))}
    return {words: places[words] for words in texts}, {words: places[words] for words in others}


def _looked_through(items: Sequence[Sorted], looked: Looked, study: Study) -> tuple[list[Problem], pd.DataFrame]:
    """Find what is to be looked at in the texts that are taken, and what in them was copied."""
    texts = entries_of(items)
    copied, parts = copies(texts, study, looked.shingled)
    across = [*same_text(texts, study), *two_files(texts), *languages(texts, looked), *copied]
    return [*across, *personal((one for one in items if one.outcome == "taken"), looked)], parts
