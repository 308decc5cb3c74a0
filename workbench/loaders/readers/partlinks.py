"""Links between the parts of a Word document or an Excel workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.loaders.readers.container import Container
from workbench.loaders.readers.elements import attribute


@dataclass(frozen=True)
class PartLink:
    """A link to another part.

    Attributes
    ----------
    name : str
        What the part that links calls it.
    kind : str
        What it is: styles, comments, worksheet, …
    path : str
        Where it is in the package.
    """

    name: str
    kind: str
    path: str


def part_links(package: Container, part: str) -> Iterator[PartLink]:
    """Find the links of a part, or of the package ("") itself; those that lead out of it are left alone."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    for one in package.tree(path) if path in package else ():
        if attribute(one, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attribute(one, "Target"))).lstrip("/")
            yield PartLink(attribute(one, "Id"), attribute(one, "Type").rpartition("/")[2], target)


def related(package: Container, part: str) -> dict[str, list[str]]:
    """Paths of the parts a part links to, by what they are; each once, however often it is linked to."""
    paths: dict[str, dict[str, None]] = {}
    for link in part_links(package, part):
        paths.setdefault(link.kind, {})[link.path] = None
    return {kind: list(found) for kind, found in paths.items()}
