"""An awkward file, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.study import Study

NAMES = {"Anna Ek": "P-1", "anna.ek@ena.example": "P-1", "bo.alm@ena.example": "P-2", "Eva Ås": "P-3"}
Content = bytes | Callable[[Path], object]  # bytes to write there, or what makes something else of the path
Files = Mapping[str, Content]
REGISTER: list[Awkward] = []


@dataclass(frozen=True)
class Awkward:
    """Files that belong together, in a folder of their own.

    Attributes
    ----------
    name : str
        Their folder, and what they are.
    traps : frozenset of str
        What is awkward about them.
    make : callable
        Makes the files, by path.
    account : (int, int, int)
        Rows taken, there already and refused.
    texts, levels : tuple of str
        What is taken: texts as they are, levels as "P-1 T2 now 3", sorted.
    refused, told : tuple of str
        Beginnings of the rules that rows or files are refused by, and of what is told of those that are taken; every
        one, and no other.
    mapping : mapping
        What the researcher has to say of them.
    """

    name: str
    traps: frozenset[str]
    make: Callable[[], Files]
    account: tuple[int, int, int]
    texts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    mapping: Mapping[str, Any] | None = None

    def write(self, folder: Path) -> Path:
        """Write the files, and give their folder."""
        home = folder / self.name
        for path, content in self.make().items():
            place = home / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                place.write_bytes(content)
            else:
                content(place)
        return home

    def load(self, home: Path, study: Study) -> Import:
        """Load the files from where they were written."""
        return load_entries(home, study=study, mapping=self.mapping, people=NAMES)


def awkward(
    path: str,
    traps: str,
    account: tuple[int, int, int] = (1, 0, 0),
    **comes: Any,
) -> Callable[[Callable[[], Content | Files]], Callable[[], Content | Files]]:
    """Declare what a builder makes: one file with this path, or several where it gives a mapping."""

    def declare(build: Callable[[], Content | Files]) -> Callable[[], Content | Files]:
        def make() -> Files:
            made = build()
            return made if isinstance(made, Mapping) else {path: made}

        told = {name: _tuple(value) if name != "mapping" else value for name, value in comes.items()}
        split = frozenset(trap.strip() for trap in traps.split(","))
        REGISTER.append(Awkward(build.__name__.replace("_", " "), split, make, account, **told))
        return build

    return declare


def _tuple(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
