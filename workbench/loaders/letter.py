"""The account of an import in words, for the person who sent the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count

import pandas as pd

from workbench.language import Language
from workbench.loaders.problem import Problem, Weight
from workbench.loaders.senders import LOOKED_AT, for_senders
from workbench.loaders.told import Told, tell

MOST_PLACES = 10  # of one matter that are named; the report has all
LONGEST = 200  # bytes of a letter's name; most file systems hold 255

_HEADED: dict[Weight, Told] = {
    "refused": tell("This has to be mended before it can be taken in"),
    "changed": tell("This was taken in a little otherwise than it stood"),
    "flag": tell("This we would like you to look at"),
}


def write_letter(
    account: pd.DataFrame, problems: Sequence[Problem], *, language: Language, file: str | None = None
) -> str:
    """Say what came in, what was taken, what was not and why, and what to do.

    What tells of others, or is for a researcher to mend, is not in it: see `workbench.loaders.senders`.

    Parameters
    ----------
    account : DataFrame
        A row a file or sheet: file, sheet, kind, rows, taken, there, refused; ``rows = taken + there + refused``.
    problems : sequence of Problem
        What was found.
    language : {"sv", "en"}
        In which words.
    file : str, optional
        Only this file, or the members of this ZIP; so that nobody is told of what others sent.

    Returns
    -------
    str
        Markdown, a part a file.
    """
    rows = account[account["file"].map(lambda name: is_in(name, file)).astype("bool")]
    mine = list(for_senders(one for one in problems if is_in(one.file, file)))
    names = sorted({*rows["file"], *(one.file for one in mine)})
    parts = [tell("# What became of what you sent").told(language), tell("Thank you for sending it in.").told(language)]
    for name in names:
        of_file = [one for one in mine if one.file == name]
        parts += [f"## {_plain(name)}", *_of_file(rows[rows["file"] == name], of_file, language)]
    return "\n\n".join([*parts, *_closing(mine, language)]) + "\n"


def letters(
    account: pd.DataFrame, problems: Sequence[Problem], files: Iterable[str], *, language: Language
) -> Iterator[tuple[str, str]]:
    """Write a letter for each file that was handed in; a ZIP is one.

    Yields
    ------
    name, letter : str
        Of a file: its path as a file's name, no two alike, and what `write_letter` says.
    """
    given: set[str] = set()
    for file in files:
        yield _name(file, given), write_letter(account, problems, language=language, file=file)


def _name(file: str, given: set[str]) -> str:
    """Make a name of a path that a file system holds, and takes for none of those given already."""
    data = file.replace("/", " – ").encode("utf-8", "replace")  # noqa: RUF001
    short = data.decode() if len(data) <= LONGEST else f"…{data[-LONGEST:].decode(errors='ignore')}"
    ways = (f"{short} ({number}).md" if number > 1 else f"{short}.md" for number in count(1))
    name = next(way for way in ways if _alike(way) not in given)
    given.add(_alike(name))
    return name


def _alike(name: str) -> str:
    """Write a name as file systems do that know no capital letters, or one way only to write an å."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_in(name: str, file: str | None) -> bool:
    """Tell whether a file is the one asked for, or lies in it when that is a ZIP; None asks for any."""
    return file is None or name == file or name.startswith(f"{file}/")


def _of_file(rows: pd.DataFrame, problems: Sequence[Problem], language: Language) -> Iterator[str]:
    """Give the paragraphs of one file."""
    if not rows["rows"].sum() and any(one.weight == "refused" and not one.row for one in problems):
        yield tell("The file could not be taken in; why is said below.").told(language)
    else:
        counted = [_sheet(row, language) for row in rows.to_dict("records")]
        if counted:
            yield counted[0] if len(counted) == 1 else "\n".join(f"- {said}" for said in counted)
    for weight, words in _HEADED.items():
        if matters := [one for one in problems if one.weight == weight]:
            yield f"### {words.told(language)}"
            yield "\n".join(_matters(matters, language))


def _sheet(row: Mapping[Hashable, object], language: Language) -> str:
    """Count the rows of a file, or of one of its sheets."""
    rows, taken, there, refused = (int(str(row[name])) for name in ("rows", "taken", "there", "refused"))
    said = [_came(rows), _taken(taken, rows), _there(there), _refused(refused)]
    sheet = tell("Sheet {sheet}:", sheet=_plain(str(row["sheet"]))) if row["sheet"] else None
    return " ".join(one.told(language) for one in [sheet, *said] if one)


def _came(rows: int) -> Told:
    if rows == 0:
        return tell("There were no answers in it.")
    return tell("It has one answer.") if rows == 1 else tell("It has {n} answers.", n=rows)


def _taken(taken: int, rows: int) -> Told | None:
    if taken == 0:
        return None
    if taken == rows:
        return tell("It has been taken in.") if rows == 1 else tell("All have been taken in.")
    return tell("One has been taken in.") if taken == 1 else tell("{n} have been taken in.", n=taken)


def _there(there: int) -> Told | None:
    if there == 0:
        return None
    if there == 1:
        return tell("One was with us already, and was left as it is.")
    return tell("{n} were with us already, and were left as they are.", n=there)


def _refused(refused: int) -> Told | None:
    if refused == 0:
        return None
    if refused == 1:
        return tell("One could not be taken in yet; why is said below.")
    return tell("{n} could not be taken in yet; why is said below.", n=refused)


def _matters(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    """Say each matter once, with the places where it was found."""
    matters: dict[tuple[Told, Told], list[Problem]] = {}
    for one in sorted(set(problems)):
        matters.setdefault((one.rule, one.cure), []).append(one)
    for (rule, cure), found in matters.items():
        said = " ".join(part for part in (rule.told(language), cure.told(language)) if part)
        places = [place for one in found[:MOST_PLACES] if (place := _place(one, language))]
        yield f"- {said}"
        yield from (f"    - {place}" for place in places)
        if more := _more(len(found) - MOST_PLACES):
            yield f"    - {more.told(language)}"


def _place(one: Problem, language: Language) -> str:
    """Say where it was found, and what."""
    where = [
        tell("sheet {sheet}", sheet=_plain(one.sheet)) if one.sheet else None,
        tell("row {row}", row=one.row) if one.row else None,
        tell("column {column}", column=_plain(one.column)) if one.column else None,
    ]
    place = ", ".join(part.told(language) for part in where if part)
    return ": ".join(part for part in (place, f"”{_plain(one.found)}”" if one.found else "") if part)


def _more(more: int) -> Told | None:
    if more <= 0:
        return None
    return tell("and in one place more") if more == 1 else tell("and in {n} places more", n=more)


def _closing(problems: Sequence[Problem], language: Language) -> Iterator[str]:
    """Say what to do."""
    yield tell("## What to do now").told(language)
    if any(one.weight == "refused" and one.cure != LOOKED_AT for one in problems):
        yield tell(
            "Mend what is named above in the file you sent, and send it again. "
            "What has been taken in already is not taken twice."
        ).told(language)
    elif any(one.weight == "refused" for one in problems):
        yield tell("You need do nothing: the researchers will look at what could not be taken in.").told(language)
    elif problems:
        yield tell("Read through what is named above. If it is right, you need do nothing.").told(language)
    else:
        yield tell("You need do nothing.").told(language)
    yield tell("If something here does not seem right, answer this letter and tell us.").told(language)


def _plain(words: str) -> str:
    """Keep words that were handed in from being read as Markdown, on one line."""
    return re.sub(r"([\\`*<\[])", r"\\\1", " ".join(words.split()))
