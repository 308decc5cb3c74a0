"""How each code descends from codes before it: the codebook's lineage, walked forward and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workbench.errors import WorkbenchError
from workbench.frames import read

Version = str | dt.date  # a version of the codebook, or a day: the codebook as that day ended

_ONE_TO_ONE, _DIVIDING = "rename", ("rename", "merge", "split")  # the acts after which a coding's code can be another


class CodebookError(WorkbenchError):
    """Something asked of the codebook that it cannot answer."""


@dataclass(frozen=True)
class Step:
    """One row of the lineage: in the version it made, the codes `before` became those `after`."""

    version: str
    day: dt.date
    act: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def forward(self, code: str) -> set[str]:
        """Give what a coding with `code` may be called after the step: one code, of a split several."""
        return set(self.after) if self.act in _DIVIDING and code in self.before and self.after else {code}

    def back(self, code: str) -> set[str]:
        """Give what a coding with `code` may have been called before the step."""
        if self.act not in _DIVIDING or code not in self.after or not self.before:
            return {code}
        return set(self.before) if self.act == _ONE_TO_ONE else {code, *self.before}


@dataclass(frozen=True)
class Called:
    """What a code is called in another version.

    Attributes
    ----------
    possible : tuple of str
        The codes it may be, sorted: one where the lineage tells, none where it had not come.
    through : tuple of str
        The steps that changed or divided it, such as "split 1.1.0", in the order they were walked.
    """

    possible: tuple[str, ...]
    through: tuple[str, ...]


class Descent:
    """The steps of a lineage in order, and when each code came.

    Parameters
    ----------
    codes, lineage : DataFrame
        Tables of a study or a codebook.
    """

    def __init__(self, codes: Any, lineage: Any) -> None:
        rows = read(lineage).select("version", "changed", "act", "sources", "targets").rows()
        self.steps = tuple(
            Step(version, changed.date(), act, _listed(before), _listed(after))
            for version, changed, act, before, after in rows
        )
        self._came = self._coming(dict(read(codes).select("code", "since").rows()))

    def place(self, version: Version) -> int:
        """Count the steps up to a version: 0 before the first; of copies that were merged, up to the last so named.

        Raises
        ------
        CodebookError
            The lineage made no such version, and had begun.
        """
        if isinstance(version, dt.date):
            return max((number for number, step in enumerate(self.steps, 1) if step.day <= _day(version)), default=0)
        places = [number for number, step in enumerate(self.steps, 1) if step.version == version]
        if places or not self.steps or [] < _numbers(version) < _numbers(self.steps[0].version):
            return places[-1] if places else 0
        allowed = ", ".join(dict.fromkeys(step.version for step in self.steps))
        raise CodebookError(
            f"Found version {version!r}; the lineage made {allowed}, and any number below the first is the codebook "
            "before them. Cure: give one of these, or a day."
        )

    def called(self, code: str, *, at: int, then: int) -> Called:
        """Say what a code is called elsewhere in the lineage.

        Parameters
        ----------
        code : str
            The code, as it is called at `at`.
        at, then : int
            Places, as `place` counts them.
        """
        possible, through = {code}, []
        forward = at < then
        for number in range(at + 1, then + 1) if forward else range(at, then, -1):
            step = self.steps[number - 1]
            ways = [step.forward(name) if forward else self._known(step.back(name), number) for name in possible]
            if ways != [{name} for name in possible]:
                through.append(f"{step.act} {step.version}")
            possible = set().union(*ways)
        return Called(tuple(sorted(possible)), tuple(through))

    def _known(self, codes: Iterable[str], number: int) -> set[str]:
        """Drop the codes that came with the step of this number."""
        return {code for code in codes if self._came.get(code) != number}

    def _coming(self, since: dict[str, str]) -> dict[str, int]:
        """Map each code to the number of the step it came with; one that is missing was there from the beginning."""
        first = {step.version: number for number, step in reversed(list(enumerate(self.steps, 1)))}
        came = {code: first[version] for code, version in since.items() if version in first}
        added = [
            (code, number) for number, step in enumerate(self.steps, 1) if step.act == "add" for code in step.after
        ]
        return came | dict(added)


def _listed(codes: object) -> tuple[str, ...]:
    return tuple(codes.split()) if isinstance(codes, str) else ()


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when
