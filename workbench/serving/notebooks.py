"""The notebooks that are served: found at start, shown by their titles."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

_SERVED = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Served:
    """A notebook and its place.

    Attributes
    ----------
    name : str
        Last part of its address: the file's name without the ending.
    title : str
        Its metadata's title, or its first heading.
    path : Path
        The file.
    """

    name: str
    title: str
    path: Path


def find_notebooks(folder: Path) -> dict[str, Served]:
    """Find a folder's notebooks by name, in reading order; names unfit for an address are left out."""
    found = [path for path in sorted(folder.glob("*.ipynb")) if _SERVED.fullmatch(path.stem)]
    return {path.stem: Served(path.stem, title_of(path), path) for path in found}


def title_of(path: Path) -> str:
    """Return the title in a notebook's metadata, else its first heading, else its file name."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if title := notebook.get("metadata", {}).get("title", ""):
        return str(title)
    for cell in notebook.get("cells", []):
        heading = re.search(r"^#\s+(.+)$", "".join(cell.get("source", "")), flags=re.MULTILINE)
        if cell.get("cell_type") == "markdown" and heading:
            return heading.group(1).strip()
    return path.stem
