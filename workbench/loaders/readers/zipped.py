"""ZIPs of handed-in files: what is in them, and in ZIPs within them, once."""

from __future__ import annotations

from workbench.loaders.problem import NOTHING, Problem, UnreadableError
from workbench.loaders.readers.container import Container, open_container
from workbench.loaders.told import tell

Files = list[tuple[str, bytes]]

_LEAVINGS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LEAVING = tell("A file that a program leaves for itself; it was not read.")
_DEEP = tell("A ZIP within a ZIP within a ZIP was not read.")
_FLAT = tell("Unpack it and hand in what is in it.")


def open_zip(data: bytes) -> tuple[Files, list[Problem]]:
    """Read all files of a ZIP.

    Returns
    -------
    files : list of (str, bytes)
        Paths within the ZIP, those of a ZIP within after its own path, and what the files hold.
    problems : list of Problem
        Files that could not be read, `file` being their path; names that had to be guessed; what was passed over.

    Raises
    ------
    UnreadableError
        It is no ZIP, is damaged, or holds far too much, all ZIPs within counted.
    """
    return _opened(open_container(data, twice=True), within=False)


def _opened(package: Container, *, within: bool) -> tuple[Files, list[Problem]]:
    files: Files = []
    problems = list(package.problems)
    for path in package.names:
        if _is_leaving(path):
            problems.append(Problem(path, "", 0, "", "", _LEAVING, NOTHING, "changed"))
            continue
        try:
            more, told = _member(path, package, within=within)
        except UnreadableError as error:
            more, told = [], [_refusal(path, error)]
        files += more
        problems += told
    return files, problems


def _member(path: str, package: Container, *, within: bool) -> tuple[Files, list[Problem]]:
    """Read a member, or what is in it."""
    data = package.read(path)
    if not path.casefold().endswith(".zip"):
        return [(path, data)], []
    if within:
        return [], [Problem(path, "", 0, "", "", _DEEP, _FLAT)]
    inner = open_container(data, twice=True)
    inner.inflated = package.inflated  # the bound is on everything together
    files, problems = _opened(inner, within=True)
    package.inflated = inner.inflated
    return [(f"{path}/{name}", found) for name, found in files], [_beneath(path, problem) for problem in problems]


def _is_leaving(path: str) -> bool:
    name = path.rpartition("/")[2].casefold()
    return "__MACOSX" in path.split("/") or name in _LEAVINGS or name.startswith(("~$", "._", ".~lock"))


def _refusal(path: str, error: UnreadableError) -> Problem:
    one = error.problem
    return Problem(path, "", 0, "", one.found if one.found != path else "", one.rule, one.cure)


def _beneath(path: str, one: Problem) -> Problem:
    return Problem(f"{path}/{one.file}", one.sheet, one.row, one.column, one.found, one.rule, one.cure, one.weight)
