"""The loaders' lists of words, in files that anyone can add to."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def listed(file: str) -> frozenset[str]:
    """Read a list: words with spaces between, lines that begin with # aside."""
    lines = (files("workbench.loaders.texts") / "data" / file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
