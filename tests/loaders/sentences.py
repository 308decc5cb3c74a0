"""The sentences that are said of what was handed in, as the code has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import workbench.loaders

LOADERS = Path(workbench.loaders.__file__).parent
_OF_THEIR_OWN = {"letter.py", "report.py", "quarantine.py", "senders.py", "templates"}  # not said of a file or a row


def sentences() -> set[str]:
    """List the words of every rule and cure."""
    paths = [path for path in LOADERS.rglob("*.py") if path.relative_to(LOADERS).parts[0] not in _OF_THEIR_OWN]
    return {words for path in paths for words in _told(ast.parse(path.read_text(encoding="utf-8")))}


def _told(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell":
            assert isinstance(node.args[0], ast.Constant), ast.unparse(node)
            yield str(node.args[0].value)
