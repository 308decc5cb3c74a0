"""Work on the codebook at the desk: what is asked of it, and the acts that change it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from workbench.acts.bulk import bulk
from workbench.acts.codebook import take_codebook
from workbench.acts.codes import (
    add_code,
    merge_codes,
    move_code,
    redefine_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
)
from workbench.acts.memos import remove_memo, revise_memo
from workbench.codebook import FILE, Codebook, codebook_text, make_codebook
from workbench.coding import codebook_diff, codebook_diff_text, new_steps
from workbench.coding.descent import CodebookError
from workbench.desk.codebook_shown import CodebookShown, Seen
from workbench.desk.shown import Plain
from workbench.reading import UNREADABLE, parse_mapping
from workbench.store.draft import Act, new_codes
from workbench.store.live import LiveStudy

Asked = Mapping[str, Any]
_NAMES = ("name_sv", "name_en")
_NEW = "new:"  # begins the name of a code that a split makes
_MOVES_CODINGS = {"merge", "split"}


class CodebookWork:
    """What a coder does with the codebook at the desk.

    Parameters
    ----------
    live : LiveStudy
        The study.
    done : callable
        Does an act, and tells what it changed.
    seen : callable
        Leaves out of some codings what this coder may not see.

    Attributes
    ----------
    answers : dict
        For each thing that can be asked what answers it.
    """

    def __init__(self, live: LiveStudy, done: Callable[[Act], Plain], seen: Seen) -> None:
        self._live, self._done = live, done
        self._shown = CodebookShown(live, seen)
        self.answers: dict[str, Callable[[Asked], Plain]] = {
            "code page": lambda asked: self._shown.page(str(asked["code"])),
            "examples": self._examples,
            "edit code": lambda asked: self._done(self._edited(asked)),
            "merge preview": self._merge_preview,
            "merge codes": lambda asked: self._done(
                merge_codes(_several(asked["sources"]), str(asked["into"]), reason=_reason(asked))
            ),
            "split list": self._split_list,
            "split code": lambda asked: self._done(self._split(asked)),
            "move code": lambda asked: self._done(
                move_code(str(asked["code"]), _maybe(asked["parent"]), reason=_reason(asked))
            ),
            "retire code": lambda asked: self._done(
                retire_code(str(asked["code"]), replaced_by=_maybe(asked["heir"]), reason=_reason(asked))
            ),
            "restore code": lambda asked: self._done(restore_code(str(asked["code"]), reason=_reason(asked))),
            "revise memo": lambda asked: self._done(revise_memo(self._own(asked["memo"]), text=str(asked["text"]))),
            "remove memo": lambda asked: self._done(remove_memo(self._own(asked["memo"]))),
            "codebook": self._codebook,
            "codebook diff": self._diff,
            "codebook read": self._read,
            "codebook take": self._take,
        }

    def _examples(self, asked: Asked) -> Plain:
        return self._shown.examples(str(asked["code"]), fewest_writers=1 if asked.get("alone") else 2)

    def _own(self, memo: object) -> str:
        """Refuse another's memo: what somebody wrote is not changed by others from the desk."""
        for row in self._live.find("memos", memo=str(memo)):
            if row["author"] != self._live.actor:
                raise CodebookError(f"It is {row['author']}'s memo. Cure: write one of your own.")
        return str(memo)

    def _edited(self, asked: Asked) -> Act:
        """Name and word a code anew, where `words` differ from what they were when the coder began."""
        code, reason = str(asked["code"]), _reason(asked)
        words = {str(name): _maybe(value) for name, value in dict(asked["words"]).items()}
        was = {str(name): _maybe(value) for name, value in dict(asked["was"]).items()}
        new = {name: value for name, value in words.items() if value != was[name]}
        for row in self._live.find("codes", code=code):
            _require_unchanged({name: row[name] for name in new}, was)
        names: dict[str, Any] = {name: value or "" for name, value in new.items() if name in _NAMES}
        rest = {name: value for name, value in new.items() if name not in _NAMES}
        acts = [rename_code(code, reason=reason, **names)] if names else []
        acts += [redefine_code(code, reason=reason, **rest)] if rest or not names else []
        return acts[0] if len(acts) == 1 else bulk("edit code", acts, reason=reason)

    def _merge_preview(self, asked: Asked) -> Plain:
        found = self._shown.merge(_several(asked["sources"]), str(asked["into"]))
        return {**found, "blind": self._shown.blind()}

    def _split_list(self, asked: Asked) -> Plain:
        return {**self._shown.split(str(asked["code"])), "blind": self._shown.blind()}

    def _split(self, asked: Asked) -> Act:
        """Divide a code among others, new ones made first; every coding that is seen must have its place."""
        code, reason = str(asked["code"]), _reason(asked)
        made = {f"{_NEW}{place}": str(name) for place, name in enumerate(_several(asked["names"]))}
        codes = dict(zip(made, new_codes("codes", len(made)), strict=True))
        sorted_ = {str(coding): str(target) for coding, target in dict(asked["sorted"]).items()}
        places = _all_sorted(self._shown.split(code)["rows"], sorted_, _maybe(asked.get("rest")))
        recoded = {coding: codes.get(target, target) for coding, target in places.items() if target != code}
        parent = next((row["parent"] for row in self._live.find("codes", code=code)), None)
        acts = [add_code(made[key], code=codes[key], parent=parent, reason=reason) for key in made]
        return bulk("split code", [*acts, split_code(code, recoded, reason=reason)], reason=reason)

    def _codebook(self, _asked: Asked) -> Plain:
        """Give the codebook as a file, and the versions it has been in."""
        book = self._shown.book()
        return {"version": book.version, "text": codebook_text(book), "versions": self._shown.versions()}

    def _diff(self, asked: Asked) -> Plain:
        """Tell what differs between two versions."""
        return _difference(*(self._shown.book_in(str(asked[side])) for side in ("old", "new")))

    def _read(self, asked: Asked) -> Plain:
        """Tell what a file would change, exactly: the act is planned, and nothing is written."""
        book, now = _book_of(str(asked["text"])), self._shown.book()
        act = take_codebook(book, reason=_reason(asked) or "(why is asked for next)")
        codes, lineage = self._live.planned(act, "codes", "lineage")
        new = replace(now, version=str(lineage["version"].iloc[-1]), codes=codes, lineage=lineage)
        return {**_difference(now, new), "version": now.version, "notes": _notes(now, book)}

    def _take(self, asked: Asked) -> Plain:
        """Take a file in, if the codebook is still the one that its changes were shown for."""
        if (version := self._shown.version()) != asked["version"]:
            raise CodebookError(
                f"The codebook was changed meanwhile: it is {version} now. Cure: look at what the file changes again."
            )
        return self._done(take_codebook(_book_of(str(asked["text"])), reason=_reason(asked)))


def _reason(asked: Asked) -> str:
    return str(asked.get("reason") or "")


def _maybe(value: object) -> str | None:
    """Take words of nothing but space as none."""
    return value if isinstance(value, str) and value.strip() else None


def _several(values: object) -> list[str]:
    if not isinstance(values, list):
        raise TypeError("a list is needed")
    return [str(value) for value in values]


def _require_unchanged(now: Mapping[str, object], was: Mapping[str, object]) -> None:
    if changed := [name for name, value in now.items() if value != was[name]]:
        told = "; ".join(f"{name}: {now[name]}" for name in changed)
        raise CodebookError(f"Somebody changed this meanwhile. It says now: {told}. Cure: open the code anew.")


def _all_sorted(rows: Collection[Plain], placed: Mapping[str, str], rest: str | None) -> dict[str, str]:
    """Give every coding its place; CodebookError when one has none and the rest has none."""
    left = [row["coding"] for row in rows if row["coding"] not in placed]
    if left and rest is None:
        raise CodebookError(
            f"{len(left)} of {len(rows)} codings are not sorted. Cure: sort them, or say which code the rest gets."
        )
    return {**placed, **{coding: str(rest) for coding in left}}


def _book_of(text: str) -> Codebook:
    try:
        content = parse_mapping(FILE, text)
    except UNREADABLE as error:
        raise CodebookError(f"{FILE} is no YAML: {error}. Cure: mend that place, and read it again.") from error
    book, faults = make_codebook(content)
    if book is None:
        told = "\n".join(f"- {fault}" for fault in faults)
        raise CodebookError(f"{FILE} cannot be taken in: {len(faults)} faults.\n{told}")
    return book


def _difference(old: Codebook, new: Codebook) -> Plain:
    return {"changes": len(codebook_diff(old, new)), "told": codebook_diff_text(old, new)}


def _notes(now: Codebook, book: Codebook) -> list[str]:
    """Say what a file cannot do, and what it would turn back."""
    moving = [step for step in new_steps(now, book)["act"] if step in _MOVES_CODINGS]
    unknown = new_steps(book, now)
    notes = []
    if moving:
        told = " and ".join(dict.fromkeys(moving))
        notes.append(f"The file's history has a {told}: no coding is given another code by a file. Do that here.")
    if len(unknown):
        told = f"({len(unknown)})"
        notes.append(
            f"The study's codebook has steps that the file does not know {told}: see below what it turns back."
        )
    return notes
